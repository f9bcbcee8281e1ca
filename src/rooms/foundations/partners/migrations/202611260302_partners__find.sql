-- The search of structures: every word is in the name, another name, the commune or the number; else those whose names look like it. The
-- function is the owner's because a trigram index cannot serve a query under row-level security (its operators are not leakproof): the
-- house condition is written here, from the transaction's scope.
CREATE FUNCTION partners.find(typed text) RETURNS TABLE (id uuid, closeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  house uuid := core.current_house();
  whole text := core.normalise(typed);
  -- A number typed by groups is one word: "940 095 060 61041".
  digits text := regexp_replace(typed, '[\s.\u00A0\u202F]', '', 'g');
  words text[];
  found integer;
BEGIN
  IF house IS NULL OR whole = '' THEN RETURN; END IF;
  words := CASE WHEN digits ~ '^\d{9,14}$' THEN ARRAY[digits] ELSE (string_to_array(whole, ' '))[1:8] END;
  RETURN QUERY EXECUTE
    'SELECT s.id, (1 + similarity(s.search_text, $2))::real FROM partners.structures s WHERE s.house_id = $1 AND s.merged_into IS NULL'
    || (SELECT string_agg(format(' AND s.search_text LIKE %L', '%' || w || '%'), '') FROM unnest(words) w)
    USING house, whole;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found = 0 AND length(whole) >= 4 AND whole ~ '[a-z]' THEN
    PERFORM set_config('pg_trgm.word_similarity_threshold', '0.5', true);
    RETURN QUERY EXECUTE
      'SELECT s.id, word_similarity($2, s.search_text)::real FROM partners.structures s WHERE s.house_id = $1 AND s.merged_into IS NULL AND $2 <% s.search_text
        ORDER BY 2 DESC, 1 LIMIT 100'
      USING house, whole;
  END IF;
END $$;
