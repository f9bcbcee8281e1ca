-- Accounts of partner structures: a role held for one structure, from a day to a day. A structure stands above this room, so that its
-- identifier is kept without a foreign key, as a programme's is. The two kinds of role never mix: a team's role is held for no structure,
-- a partner's for nothing else.
ALTER TABLE house.grants ADD COLUMN structure_id uuid;
ALTER TABLE house.grants ADD CONSTRAINT grants_structure CHECK (
  (role IN ('social-partner', 'cultural-partner')) = (structure_id IS NOT NULL)
  AND (structure_id IS NULL OR (site_id IS NULL AND programme_id IS NULL)));
CREATE INDEX grants_by_structure ON house.grants (house_id, structure_id) WHERE structure_id IS NOT NULL;

CREATE OR REPLACE FUNCTION house.open_session(hash bytea, moment timestamptz, today date, idle interval) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE s record; answer jsonb;
BEGIN
  SELECT x.house_id, x.id, x.account_id, x.second_factor, x.last_seen_at, a.name, a.email, h.code, h.name AS house_name, h.zone
    INTO s
    FROM house.sessions x
    JOIN house.accounts a ON a.house_id = x.house_id AND a.id = x.account_id AND a.closed_at IS NULL
    JOIN house.houses h ON h.house_id = x.house_id
   WHERE x.token_hash = hash AND x.expires_at > moment AND x.last_seen_at > moment - idle;
  IF NOT FOUND THEN RETURN NULL; END IF;
  IF s.last_seen_at < moment - interval '5 minutes' THEN
    UPDATE house.sessions SET last_seen_at = moment WHERE house_id = s.house_id AND id = s.id;
  END IF;
  PERFORM set_config('traboule.house', s.house_id::text, true), set_config('traboule.account', s.account_id::text, true);
  SELECT jsonb_build_object('session', s.id, 'house', s.house_id, 'houseCode', s.code, 'houseName', s.house_name, 'zone', s.zone,
           'account', s.account_id, 'name', s.name, 'email', s.email, 'secondFactor', s.second_factor,
           'grants', coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'site', g.site_id, 'programme', g.programme_id, 'structure', g.structure_id))
                              FILTER (WHERE g.id IS NOT NULL), '[]'))
    INTO answer
    FROM (SELECT 1) one
    LEFT JOIN house.grants g ON g.house_id = s.house_id AND g.account_id = s.account_id
      AND g.from_day <= today AND (g.to_day IS NULL OR g.to_day >= today);
  RETURN answer;
END $$;

-- The accounts of partner structures behind an address, for the link by which they sign in without a password. Whoever works for the house
-- as well signs in with a password: a letter must not open a file of the team.
CREATE FUNCTION house.partner_accounts_to_sign_in(address text, day date)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, account_id uuid, account_name text, email text, second_step boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.house_id, h.code, h.name, h.zone, a.id, a.name, a.email,
         a.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)
    FROM house.accounts a JOIN house.houses h ON h.house_id = a.house_id
   WHERE a.email = lower(address) AND a.closed_at IS NULL
     AND EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.structure_id IS NOT NULL
                  AND g.from_day <= day AND (g.to_day IS NULL OR g.to_day >= day))
     AND NOT EXISTS (SELECT 1 FROM house.grants g WHERE g.house_id = a.house_id AND g.account_id = a.id AND g.structure_id IS NULL
                      AND g.from_day <= day AND (g.to_day IS NULL OR g.to_day >= day))
   ORDER BY h.name
$$;
