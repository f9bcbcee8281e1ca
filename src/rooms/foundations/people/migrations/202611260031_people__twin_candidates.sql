-- Whom one person is to be compared with, and how they were found: at a desk, each time that somebody is entered or corrected. It is the
-- owner's function because a trigram index cannot serve a query under row-level security, and because its plans are kept; the house
-- condition is written here. More than three hundred people of one birth date, or twenty of one telephone, one mail or one name, are not
-- one person keyed twice.
CREATE FUNCTION people.twin_candidates(who uuid) RETURNS TABLE (other uuid, how text)
LANGUAGE plpgsql STABLE ROWS 10 SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  house uuid := core.current_house();
  me people.persons;
  found uuid[];
  given text;
  family text;
BEGIN
  SELECT * INTO me FROM people.persons p WHERE p.house_id = house AND p.id = who AND p.merged_into IS NULL AND p.anonymised_at IS NULL;
  IF me.id IS NULL THEN RETURN; END IF;
  found := ARRAY(SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.birth_date = me.birth_date AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND p.id <> who LIMIT 301);
  IF cardinality(found) <= 300 THEN RETURN QUERY SELECT unnest(found), 'birth'; END IF;
  IF extract(day FROM me.birth_date) <= 12 AND extract(day FROM me.birth_date) <> extract(month FROM me.birth_date) THEN
    found := ARRAY(SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND p.birth_date =
      make_date(extract(year FROM me.birth_date)::int, extract(day FROM me.birth_date)::int, extract(month FROM me.birth_date)::int) LIMIT 301);
    IF cardinality(found) <= 300 THEN RETURN QUERY SELECT unnest(found), 'turned'; END IF;
  END IF;
  found := ARRAY(SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.phone = me.phone AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND p.id <> who LIMIT 20);
  IF cardinality(found) < 20 THEN RETURN QUERY SELECT unnest(found), 'phone'; END IF;
  found := ARRAY(SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.email = me.email AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND p.id <> who LIMIT 20);
  IF cardinality(found) < 20 THEN RETURN QUERY SELECT unnest(found), 'mail'; END IF;
  given := core.normalise(me.given_name);
  family := core.normalise(me.family_name);
  IF length(given || family) < 3 THEN RETURN; END IF;
  -- The same names, and the same birth date (among a crowd of it) or one that is missing.
  found := ARRAY(SELECT p.id FROM people.persons p WHERE p.house_id = house AND p.merged_into IS NULL AND p.anonymised_at IS NULL AND p.id <> who
      AND (p.search_text LIKE given || ' ' || family || '%' OR p.search_text LIKE family || ' ' || given || '%')
      AND (p.birth_date = me.birth_date OR p.birth_date IS NULL OR me.birth_date IS NULL)
      AND (core.normalise(p.given_name) = given AND core.normalise(p.family_name) = family OR core.normalise(p.given_name) = family AND core.normalise(p.family_name) = given)
    LIMIT 20);
  IF cardinality(found) < 20 THEN
    RETURN QUERY SELECT p.id, CASE WHEN p.birth_date = me.birth_date THEN 'birth' ELSE 'names' END FROM people.persons p WHERE p.house_id = house AND p.id = ANY(found);
  END IF;
END $$;

DROP FUNCTION people.same_names(text, text, boolean);
