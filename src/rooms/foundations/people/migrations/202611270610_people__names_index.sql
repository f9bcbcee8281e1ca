-- The search while typing, quicker again in a large house: words, spellings and trigrams in one index, which answers "begins like this
-- and is spelt nearly like that" by itself. With an index for each, one gave thousands of names and each was then read to ask the other.
-- Names just written wait in a list that every search reads whole: it is kept short.
CREATE INDEX persons_names ON people.persons USING gin (people.name_words(search_text), people.spelling(search_text), search_text gin_trgm_ops)
  WITH (gin_pending_list_limit = 128) WHERE merged_into IS NULL AND anonymised_at IS NULL;
DROP INDEX people.persons_words;
DROP INDEX people.persons_spelling;
DROP INDEX people.persons_search;

-- `words`: as typed; `external`: a text that may be an identifier, as typed; `fuzzy`: when few are found, look for words with a letter
-- wrong, and when none is, for what is alike. The function is the owner's (these indexes cannot serve a query under row-level security),
-- so the house condition is written here, from the transaction's scope.
CREATE OR REPLACE FUNCTION people.find(words text[], birth date, external text, fuzzy boolean, most integer)
RETURNS TABLE (id uuid, closeness real) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  house uuid := core.current_house();
  whole text := core.normalise(array_to_string(words, ' '));
  names text[] := (string_to_array(whole, ' '))[1:6];
  living text := 'SELECT p.id, p.search_text FROM people.persons p
     WHERE p.house_id = $1 AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND ($4::date IS NULL OR p.birth_date = $4) AND ';
  -- All that fit, then some of them: told at once that some are enough, the planner would rather walk through the house.
  part text := 'WITH fit AS MATERIALIZED (%s), hit AS MATERIALIZED (SELECT * FROM fit LIMIT %s)';
  -- Nearest: words at the beginning of a name, then whole names, then the shortest.
  exactly text;
  -- Fewest letters to change, word by word; a word that is still being typed is compared with as many letters of the name.
  nearly text := ' SELECT id, (1 - least((SELECT sum(n.wrong) FROM unnest($5) w CROSS JOIN LATERAL (
       SELECT min(least(levenshtein(w, x), levenshtein(w, left(x, length(w))))) AS wrong FROM unnest(string_to_array(search_text, '' '')) x) n)
     / length($2)::real, 1))::real FROM hit ORDER BY 2 DESC, 1 LIMIT $3';
  asked text;
  unknown text[] := '{}';
  word text;
  borne boolean;
  found integer;
  more integer;
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
  SELECT ' SELECT id, (1 + (' || string_agg(format('2 * ('' '' || search_text LIKE %L)::int + ('' '' || search_text || '' '' LIKE %L)::int', '% ' || w || '%', '% ' || w || ' %'), ' + ')
      || ')::real / cardinality($5) + 1.0 / (9 + length(search_text)))::real FROM hit ORDER BY 2 DESC, 1 LIMIT $3'
    INTO exactly FROM unnest(names) w;

  asked := living || format('people.name_words(p.search_text) @@ %L::tsquery', array_to_string(names, ':* & ') || ':*');
  RETURN QUERY EXECUTE format(part, asked, 400) || exactly USING house, whole, most, birth, names;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found >= 3 THEN RETURN; END IF;

  -- In the middle of a name: the only word, or one of several whose others begin rightly.
  IF cardinality(names) = 1 THEN
    asked := CASE WHEN length(whole) > 2 THEN living || format('p.search_text LIKE %L', '%' || whole || '%') END;
  ELSIF found = 0 THEN
    SELECT string_agg(living || format('people.name_words(p.search_text) @@ %L::tsquery AND p.search_text LIKE %L', others, '%' || w || '%'), ' UNION ') INTO asked
      FROM unnest(names) WITH ORDINALITY AS one (w, at) CROSS JOIN LATERAL (
        SELECT string_agg(x || ':*', ' & ') AS others FROM unnest(names) WITH ORDINALITY AS other (x, place) WHERE place <> at) o
     WHERE length(w) > 2;
  ELSE
    asked := NULL;
  END IF;
  IF asked IS NOT NULL THEN
    RETURN QUERY EXECUTE format(part, asked, 400) || exactly USING house, whole, most, birth, names;
    GET DIAGNOSTICS more = ROW_COUNT;
    found := greatest(found, more);
  END IF;
  -- The likeness of digits means nothing.
  IF NOT fuzzy OR length(whole) < 4 OR found >= 3 OR whole !~ '[a-z]' THEN RETURN; END IF;

  -- One word with a letter wrong, the others begun rightly.
  SELECT string_agg(living || format('people.spelling(p.search_text) && %L::int[]', people.spelling(w)) || coalesce(others, ''), ' UNION ') INTO asked
    FROM unnest(names) WITH ORDINALITY AS one (w, at) LEFT JOIN LATERAL (
      SELECT format(' AND people.name_words(p.search_text) @@ %L::tsquery', string_agg(x || ':*', ' & ')) AS others
        FROM unnest(names) WITH ORDINALITY AS other (x, place) WHERE place <> at HAVING count(*) > 0) o ON true
   WHERE length(w) BETWEEN 4 AND 24 AND w ~ '^[a-z]';
  IF asked IS NOT NULL THEN
    RETURN QUERY EXECUTE format(part, asked, 150) || nearly USING house, whole, most, birth, names;
    GET DIAGNOSTICS more = ROW_COUNT;
    found := found + more;
  END IF;
  IF found > 0 THEN RETURN; END IF;

  -- More letters wrong: a word that begins nobody's name is looked for among what is alike, beside the others. Where each word is
  -- somebody's, nobody bears them together.
  FOREACH word IN ARRAY names LOOP
    CONTINUE WHEN length(word) < 4;
    EXECUTE format('WITH fit AS MATERIALIZED (%s) SELECT EXISTS (SELECT 1 FROM fit)', living || format('people.name_words(p.search_text) @@ %L::tsquery', word || ':*'))
      USING house, whole, most, birth INTO borne;
    IF NOT borne THEN unknown := unknown || word; END IF;
  END LOOP;
  IF cardinality(unknown) = 0 THEN RETURN; END IF;
  PERFORM set_config('pg_trgm.word_similarity_threshold', '0.35', true);
  SELECT living || string_agg(CASE WHEN w = ANY(unknown) THEN format('%L <%% p.search_text', w) ELSE format('people.name_words(p.search_text) @@ %L::tsquery', w || ':*') END, ' AND ')
    INTO asked FROM unnest(names) w;
  RETURN QUERY EXECUTE format(part, asked, 500) || nearly USING house, whole, most, birth, names;
END $$;
-- A search is over before a process that would help it has started.
ALTER FUNCTION people.find(text[], date, text, boolean, integer) SET max_parallel_workers_per_gather = 0;
