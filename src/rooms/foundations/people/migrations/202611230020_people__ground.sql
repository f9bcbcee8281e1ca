-- People, what was true of them and from when, their twins and merges, and their rights over their data.
CREATE SCHEMA people;
GRANT USAGE ON SCHEMA people TO traboule_web;

CREATE TABLE people.persons (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  code text NOT NULL,
  sex text CHECK (sex IN ('F', 'M', 'X')),
  family_name text NOT NULL,
  birth_name text,
  given_name text NOT NULL,
  birth_date date,
  phone text,
  email text,
  address text,
  postal_code text,
  commune_name text,
  commune_code text,
  site_id uuid,
  created_on date NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid,
  last_contact_on date,
  archived_at timestamptz,
  anonymised_at timestamptz,
  merged_into uuid,
  version integer NOT NULL DEFAULT 1,
  search_text text NOT NULL GENERATED ALWAYS AS
    (core.normalise(given_name || ' ' || family_name || ' ' || coalesce(birth_name, '')) || ' ' || coalesce(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '')) STORED,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, code),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, merged_into) REFERENCES people.persons (house_id, id)
);
CREATE INDEX persons_search ON people.persons USING gin (search_text gin_trgm_ops) WHERE merged_into IS NULL AND anonymised_at IS NULL;
CREATE INDEX persons_by_birth ON people.persons (house_id, birth_date) WHERE merged_into IS NULL AND anonymised_at IS NULL;
CREATE INDEX persons_by_phone ON people.persons (house_id, phone) WHERE phone IS NOT NULL AND merged_into IS NULL;
CREATE INDEX persons_by_contact ON people.persons (house_id, last_contact_on) WHERE anonymised_at IS NULL;
SELECT core.protect('people.persons', 'SELECT, INSERT, UPDATE, DELETE');

-- Identifiers that other tools gave; a merged person keeps them all.
CREATE TABLE people.external_ids (
  house_id uuid NOT NULL,
  system text NOT NULL,
  external_id text NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (house_id, system, external_id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX external_ids_by_person ON people.external_ids (house_id, person_id);
SELECT core.protect('people.external_ids', 'SELECT, INSERT, UPDATE, DELETE');

-- What is true of a person from a day on, until the next row of the same kind: no overlap can be written.
-- kinds: status, rsa, ass, rqth, diploma, neighbourhood (qpv, qva, none), nationality.
CREATE TABLE people.situations (
  house_id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('status', 'rsa', 'ass', 'rqth', 'diploma', 'neighbourhood', 'nationality')),
  from_day date NOT NULL,
  value text NOT NULL,
  since_day date,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  PRIMARY KEY (house_id, person_id, kind, from_day),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
SELECT core.protect('people.situations', 'SELECT, INSERT, UPDATE, DELETE');

-- Pairs that may be one person, with why; and what somebody said of a pair.
CREATE TABLE people.twins (
  house_id uuid NOT NULL,
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  score real NOT NULL,
  reasons text[] NOT NULL,
  found_at timestamptz NOT NULL,
  dismissed_at timestamptz,
  dismissed_by uuid,
  PRIMARY KEY (house_id, first_id, second_id),
  FOREIGN KEY (house_id, first_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, second_id) REFERENCES people.persons (house_id, id),
  CHECK (first_id < second_id)
);
CREATE INDEX twins_by_second ON people.twins (house_id, second_id);
SELECT core.protect('people.twins', 'SELECT, INSERT, UPDATE, DELETE');

-- A merge: everything needed to undo it.
CREATE TABLE people.merges (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  kept_id uuid NOT NULL,
  absorbed_id uuid NOT NULL,
  merged_at timestamptz NOT NULL,
  merged_by uuid,
  kept_before jsonb NOT NULL,
  moved jsonb NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, kept_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, absorbed_id) REFERENCES people.persons (house_id, id)
);
SELECT core.protect('people.merges', 'SELECT, INSERT, UPDATE, DELETE');

-- Information notice given, consents given or taken back, each dated. (GDPR articles 13, 6, 7)
CREATE TABLE people.consents (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  purpose text NOT NULL,
  answer text NOT NULL CHECK (answer IN ('informed', 'given', 'refused', 'withdrawn')),
  on_day date NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX consents_by_person ON people.consents (house_id, person_id);
SELECT core.protect('people.consents', 'SELECT, INSERT, DELETE, UPDATE');

-- Requests of a person about their data (GDPR articles 15 to 18, 21): answered within a month.
CREATE TABLE people.requests (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('access', 'rectification', 'erasure', 'restriction', 'objection')),
  received_on date NOT NULL,
  due_on date NOT NULL,
  answered_on date,
  answer text,
  recorded_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
SELECT core.protect('people.requests', 'SELECT, INSERT, UPDATE, DELETE');

-- How long a category is kept, from a day on, with its source: law changes, figures of past runs do not.
CREATE TABLE people.retention_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  category text NOT NULL,
  from_day date NOT NULL,
  active_months integer NOT NULL CHECK (active_months > 0),
  archive_months integer NOT NULL CHECK (archive_months >= 0),
  source text NOT NULL,
  PRIMARY KEY (house_id, category, from_day)
);
SELECT core.protect('people.retention_rules', 'SELECT, INSERT, UPDATE');

-- A run of the retention job: counts only.
CREATE TABLE people.retention_runs (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  on_day date NOT NULL,
  archived integer NOT NULL,
  anonymised integer NOT NULL,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('people.retention_runs', 'SELECT, INSERT');

-- Search. It is the owner's because a trigram index cannot serve a query under row-level security (its operators are not
-- leakproof, so PostgreSQL reads every row first); the house condition is therefore written here, from the transaction's scope.
-- `words`: normalised, each must be in the name or the phone; `fuzzy`: fall back on likeness when few are found.
CREATE FUNCTION people.find(words text[], birth date, external text, fuzzy boolean, most integer)
RETURNS TABLE (id uuid, closeness real) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE house uuid := core.current_house(); whole text := array_to_string(words, ' '); found integer;
BEGIN
  IF house IS NULL THEN RETURN; END IF;
  IF external IS NOT NULL THEN
    RETURN QUERY SELECT coalesce(p.merged_into, p.id), 3::real FROM people.external_ids e
      JOIN people.persons p ON p.house_id = e.house_id AND p.id = e.person_id
     WHERE e.house_id = house AND e.external_id = external AND p.anonymised_at IS NULL
     UNION SELECT p.id, 3::real FROM people.persons p WHERE p.house_id = house AND p.code = external AND p.anonymised_at IS NULL AND p.merged_into IS NULL;
  END IF;
  IF birth IS NOT NULL AND cardinality(words) = 0 THEN
    RETURN QUERY SELECT p.id, 2::real FROM people.persons p
     WHERE p.house_id = house AND p.birth_date = birth AND p.merged_into IS NULL AND p.anonymised_at IS NULL LIMIT most;
    RETURN;
  END IF;
  IF cardinality(words) = 0 THEN RETURN; END IF;
  RETURN QUERY EXECUTE
    'WITH hit AS MATERIALIZED (SELECT p.id, p.search_text FROM people.persons p
       WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ($4::date IS NULL OR p.birth_date = $4)'
    || (SELECT string_agg(format(' AND p.search_text LIKE %L', '%' || w || '%'), '') FROM unnest(words) w)
    || ' LIMIT 400)
     SELECT id, (2 * (' || (SELECT string_agg(format('(search_text LIKE %L)::int', w || '%') || ' + ' || format('(search_text LIKE %L)::int', '% ' || w || '%'), ' + ') FROM unnest(words) w)
    || ') + similarity(search_text, $2))::real AS closeness FROM hit ORDER BY 2 DESC, 1 LIMIT $3'
    USING house, whole, most, birth;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF fuzzy AND found < 3 AND length(whole) >= 4 THEN
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.45', true);
    RETURN QUERY EXECUTE
      'WITH hit AS MATERIALIZED (SELECT p.id, word_similarity($2, p.search_text) AS likeness FROM people.persons p
         WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ($4::date IS NULL OR p.birth_date = $4)
           AND $2 <% p.search_text LIMIT 2000)
       SELECT id, likeness::real FROM hit ORDER BY likeness DESC, id LIMIT $3'
      USING house, whole, most, birth;
  END IF;
END $$;
