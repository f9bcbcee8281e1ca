-- The ground every room stands on: who is asking (house, account), how text is compared, how a table is locked to its house.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- The house of the transaction. Empty outside of a scope: then no row is visible.
CREATE FUNCTION core.current_house() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('traboule.house', true), '')::uuid;

-- Comparison form of a name: no accent, lower case, only letters, digits and single spaces. Declared immutable because the
-- dictionary ships with the server and does not change under a running house.
CREATE FUNCTION core.normalise(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT btrim(regexp_replace(lower(public.unaccent('public.unaccent', $1)), '[^a-z0-9]+', ' ', 'g')) $$;

-- Closes a table to other houses (row-level security, the second lock) and gives the web role what it may do, and no more.
CREATE FUNCTION core.protect(target regclass, privileges text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY house ON %s TO traboule_web USING (house_id = (SELECT core.current_house())) WITH CHECK (house_id = (SELECT core.current_house()))', target);
  EXECUTE format('GRANT %s ON %s TO traboule_web', privileges, target);
END $$;

-- The journal: who did what to which record, from where, when; reads of people's files too. Added to, never altered.
CREATE TABLE core.journal (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  act text NOT NULL,
  subject_kind text,
  subject_id uuid,
  ip text,
  details jsonb,
  PRIMARY KEY (house_id, id)
);
CREATE INDEX journal_by_time ON core.journal (house_id, at DESC);
CREATE INDEX journal_by_subject ON core.journal (house_id, subject_id, at DESC) WHERE subject_id IS NOT NULL;
SELECT core.protect('core.journal', 'SELECT, INSERT');

-- An import that was run: what it read, what it did, whether it was undone.
CREATE TABLE core.imports (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  file_name text NOT NULL,
  sha256 text NOT NULL,
  account_id uuid,
  at timestamptz NOT NULL,
  counts jsonb NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('core.imports', 'SELECT, INSERT, UPDATE');

-- Row by row what an import changed, so that it can be undone: `before` is null for a row that it created.
CREATE TABLE core.import_changes (
  house_id uuid NOT NULL,
  import_id uuid NOT NULL,
  line integer NOT NULL,
  target text NOT NULL,
  record_id uuid NOT NULL,
  before jsonb,
  after_version integer,
  PRIMARY KEY (house_id, import_id, target, record_id),
  FOREIGN KEY (house_id, import_id) REFERENCES core.imports (house_id, id)
);
SELECT core.protect('core.import_changes', 'SELECT, INSERT');
-- What a person was before an import is that person's data: an erasure empties it.
GRANT UPDATE (before) ON core.import_changes TO traboule_web;

-- Column mappings made by hand, kept for the next file with the same headers.
CREATE TABLE core.import_mappings (
  house_id uuid NOT NULL,
  kind text NOT NULL,
  headers_key text NOT NULL,
  mapping jsonb NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, kind, headers_key)
);
SELECT core.protect('core.import_mappings', 'SELECT, INSERT, UPDATE, DELETE');
