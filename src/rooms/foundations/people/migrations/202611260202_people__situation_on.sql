-- What was true of a person on a day, in one value: kept with what needs it as it was (an entry in a programme, an exit).
CREATE FUNCTION people.situation_on(in_house uuid, of_person uuid, on_day date) RETURNS jsonb LANGUAGE sql STABLE
SET search_path = pg_catalog AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object('age', date_part('year', age(on_day::timestamp, p.birth_date::timestamp))::int, 'sex', p.sex,
      'commune', p.commune_code, 'postal_code', p.postal_code)) || coalesce((
    SELECT jsonb_object_agg(s.kind, s.value) || jsonb_strip_nulls(jsonb_build_object('since', max(s.since_day) FILTER (WHERE s.kind = 'status')))
      FROM (SELECT DISTINCT ON (n.kind) n.kind, n.value, n.since_day FROM people.situations n
             WHERE n.house_id = in_house AND n.person_id = of_person AND n.from_day <= on_day ORDER BY n.kind, n.from_day DESC) s), '{}')
    FROM people.persons p WHERE p.house_id = in_house AND p.id = of_person
$$;
GRANT EXECUTE ON FUNCTION people.situation_on(uuid, uuid, date) TO traboule_web;
