-- What a person's file needs to be corrected, merged and forgotten safely.

-- A situation that was noted by mistake, or replaced by another of the same day: it is no longer true of any day, and stays readable
-- with who took it away and why, so that it can be put back.
CREATE TABLE people.situation_withdrawals (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  kind text NOT NULL,
  from_day date NOT NULL,
  value text NOT NULL,
  since_day date,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  withdrawn_at timestamptz NOT NULL,
  withdrawn_by uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX situation_withdrawals_by_person ON people.situation_withdrawals (house_id, person_id);
SELECT core.protect('people.situation_withdrawals', 'SELECT, INSERT, UPDATE, DELETE');

-- Merges into one file are undone in the order opposite to theirs. The kept file's version tells that order; a clock may be set back.
ALTER TABLE people.merges ADD COLUMN kept_version integer NOT NULL DEFAULT 0;

-- Nobody is made anonymous without having been seen as archived for a while: a house that reads old files into a new tool must not
-- lose them the night after.
ALTER TABLE people.retention_rules ADD COLUMN notice_days integer NOT NULL DEFAULT 30 CHECK (notice_days >= 0);

-- Twins by the same address of mail, and by the same names where one of the two has no birth date. The second is the owner's function
-- because a trigram index cannot serve a query under row-level security; the house condition is written here.
CREATE INDEX persons_by_email ON people.persons (house_id, email) WHERE email IS NOT NULL AND merged_into IS NULL;
CREATE FUNCTION people.same_names(given text, family text, without_birth boolean)
RETURNS TABLE (id uuid) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE house uuid := core.current_house(); one text := core.normalise(given); two text := core.normalise(family);
BEGIN
  IF house IS NULL OR one || two = '' THEN RETURN; END IF;
  -- More than twenty namesakes are not one person keyed twice.
  RETURN QUERY EXECUTE format(
    'WITH alike AS MATERIALIZED (SELECT p.id FROM people.persons p
      WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND (p.birth_date IS NULL OR NOT $4)
        AND (p.search_text LIKE %L OR p.search_text LIKE %L)
        AND (core.normalise(p.given_name) = $2 AND core.normalise(p.family_name) = $3 OR core.normalise(p.given_name) = $3 AND core.normalise(p.family_name) = $2)
      LIMIT 22) SELECT alike.id FROM alike WHERE (SELECT count(*) FROM alike) <= 21', one || ' ' || two || '%', two || ' ' || one || '%')
    USING house, one, two, without_birth;
END $$;
