// The words of structures where figures are told by them: cells are by identifier, since two structures may bear one name; these then say
// where each is.

/** SQL giving (value, label) of the structures that `among` keeps; `v` is the structure. */
const structureLabels = (among: string): string => `
  SELECT v.id::text AS value, v.name || CASE WHEN count(*) OVER (PARTITION BY v.name_key) > 1
           THEN ' (' || concat_ws(', ', v.commune_name, coalesce(v.siret, right(v.id::text, 4))) || ')' ELSE '' END AS label
    FROM partners.structures v WHERE v.house_id = $house AND EXISTS (${among}) ORDER BY v.name_key, v.commune_name, v.id`;

export const venueLabels = structureLabels(
  "SELECT 1 FROM culture.offers o WHERE o.house_id = v.house_id AND o.structure_id = v.id",
);
export const bookerLabels = structureLabels(
  "SELECT 1 FROM culture.bookings b WHERE b.house_id = v.house_id AND b.structure_id = v.id",
);
export const askerLabels = structureLabels(
  "SELECT 1 FROM culture.projects p WHERE p.house_id = v.house_id AND p.asked_by = v.id",
);
export const hostLabels = structureLabels(
  "SELECT 1 FROM culture.projects p WHERE p.house_id = v.house_id AND p.hosted_by = v.id",
);
export const jobLabels = structureLabels(
  "SELECT 1 FROM culture.job_actions j WHERE j.house_id = v.house_id AND j.structure_id = v.id",
);
