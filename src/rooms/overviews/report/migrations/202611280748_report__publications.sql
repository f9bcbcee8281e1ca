-- The house whose published edition bears that address: anybody reads it, without an account.
CREATE FUNCTION report.open_edition(wanted_house text, wanted_edition text)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT h.house_id, h.code, h.name, h.zone FROM house.houses h JOIN report.editions e ON e.house_id = h.house_id
   WHERE h.code = wanted_house AND e.slug = wanted_edition AND e.state = 'published'
$$;
REVOKE ALL ON FUNCTION report.open_edition(text, text) FROM public;
GRANT EXECUTE ON FUNCTION report.open_edition(text, text) TO traboule_web;
