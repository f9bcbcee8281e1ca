-- The search again: what somebody typed is compared as names are kept, whatever signs it holds (a typed % or _ is no wildcard); an old
-- identifier or the short code of a file that was merged leads to the file that took it in; a name with a letter wrong is found by its
-- likeness and ranked by the letters that differ.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- An identifier is looked for without knowing which tool gave it.
ALTER TABLE people.external_ids DROP CONSTRAINT external_ids_pkey;
ALTER TABLE people.external_ids ADD PRIMARY KEY (house_id, external_id, system);

-- `words`: as typed, each must be in the name or the telephone; `external`: a text that may be an identifier, as typed; `fuzzy`: fall
-- back on likeness when few are found. The function is the owner's (a trigram index cannot serve a query under row-level security), so
-- the house condition is written here, from the transaction's scope.
CREATE OR REPLACE FUNCTION people.find(words text[], birth date, external text, fuzzy boolean, most integer)
RETURNS TABLE (id uuid, closeness real) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  house uuid := core.current_house();
  whole text := core.normalise(array_to_string(words, ' '));
  names text[] := (string_to_array(whole, ' '))[1:6];
  found integer;
BEGIN
  IF house IS NULL THEN RETURN; END IF;
  IF external IS NOT NULL THEN
    RETURN QUERY
      WITH RECURSIVE named AS (
        SELECT e.person_id AS who FROM people.external_ids e WHERE e.house_id = house AND e.external_id IN (external, upper(external), lower(external))
        UNION SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.code = upper(external)),
      followed AS (
        SELECT n.who FROM named n
        UNION SELECT p.merged_into FROM followed f JOIN people.persons p ON p.house_id = house AND p.id = f.who WHERE p.merged_into IS NOT NULL)
      SELECT p.id, 9::real FROM followed f JOIN people.persons p ON p.house_id = house AND p.id = f.who
       WHERE p.merged_into IS NULL AND p.anonymised_at IS NULL;
  END IF;
  IF cardinality(names) = 0 THEN
    IF birth IS NOT NULL THEN
      RETURN QUERY SELECT p.id, 2::real FROM people.persons p
       WHERE p.house_id = house AND p.birth_date = birth AND p.merged_into IS NULL AND p.anonymised_at IS NULL LIMIT most;
    END IF;
    RETURN;
  END IF;
  RETURN QUERY EXECUTE
    'WITH hit AS MATERIALIZED (SELECT p.id, p.search_text FROM people.persons p
       WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ($4::date IS NULL OR p.birth_date = $4)'
    || (SELECT string_agg(format(' AND p.search_text LIKE %L', '%' || w || '%'), '') FROM unnest(names) w)
    || ' LIMIT 400)
     SELECT id, (1 + 2 * (' || (SELECT string_agg(format('(search_text LIKE %L)::int', w || '%') || ' + ' || format('(search_text LIKE %L)::int', '% ' || w || '%'), ' + ') FROM unnest(names) w)
    || ')::real / $5 + similarity(search_text, $2))::real AS closeness FROM hit ORDER BY 2 DESC, 1 LIMIT $3'
    USING house, whole, most, birth, cardinality(names);
  GET DIAGNOSTICS found = ROW_COUNT;
  -- A number that was found is that number: the likeness of digits means nothing.
  IF fuzzy AND length(whole) >= 4 AND (found = 0 OR found < 3 AND whole ~ '[a-z]') THEN
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.35', true);
    -- Of those whose names look alike, the nearest are those with the fewest letters to change, word by word; a word that is still
    -- being typed is compared with as many letters of the name. Closeness stays below that of a true find.
    RETURN QUERY EXECUTE
      'WITH alike AS MATERIALIZED (SELECT p.id, p.search_text, word_similarity($2, p.search_text) AS likeness FROM people.persons p
         WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ($4::date IS NULL OR p.birth_date = $4)
           AND $2 <% p.search_text LIMIT 2000),
       hit AS MATERIALIZED (SELECT id, search_text, likeness FROM alike ORDER BY likeness DESC, id LIMIT 150)
       SELECT hit.id, (1 - least(letters.wrong / length($2)::real, 1) + likeness / 100)::real
         FROM hit CROSS JOIN LATERAL (SELECT sum(nearest.wrong) AS wrong FROM unnest($5) w CROSS JOIN LATERAL (
                SELECT min(least(levenshtein(w, x), levenshtein(w, left(x, length(w))))) AS wrong FROM unnest(string_to_array(search_text, '' '')) x) nearest) letters
        ORDER BY 2 DESC, 1 LIMIT $3'
      USING house, whole, most, birth, names;
  END IF;
END $$;
