-- Opening a session: one reading instead of three, since every request asks it, and an assignment, which costs a fifth of a PERFORM.
-- `known` is what the program remembers of this session: when it is still so, the answer is 'true'; when it is not, the transaction breaks
-- (TRB01), so that nothing sent behind the question, not even its COMMIT, keeps anything under a scope that is no longer true.
DROP FUNCTION house.open_session(bytea, timestamptz, date, interval);
CREATE FUNCTION house.open_session(hash bytea, moment timestamptz, today date, idle interval, known text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE of_house uuid; of_session uuid; of_account uuid; seen timestamptz; answer jsonb; told text;
BEGIN
  SELECT x.house_id, x.id, x.account_id, x.last_seen_at,
         jsonb_build_object('session', x.id, 'house', x.house_id, 'houseCode', h.code, 'houseName', h.name, 'zone', h.zone,
           'account', x.account_id, 'name', a.name, 'email', a.email, 'secondFactor', x.second_factor,
           'grants', (SELECT coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'site', g.site_id, 'programme', g.programme_id, 'structure', g.structure_id) ORDER BY g.id), '[]')
                        FROM house.grants g WHERE g.house_id = x.house_id AND g.account_id = x.account_id
                         AND g.from_day <= today AND (g.to_day IS NULL OR g.to_day >= today)))
    INTO of_house, of_session, of_account, seen, answer
    FROM house.sessions x
    JOIN house.accounts a ON a.house_id = x.house_id AND a.id = x.account_id AND a.closed_at IS NULL
    JOIN house.houses h ON h.house_id = x.house_id
   WHERE x.token_hash = hash AND x.expires_at > moment AND x.last_seen_at > moment - idle;
  IF known IS NOT NULL AND known IS DISTINCT FROM answer::text THEN
    RAISE EXCEPTION 'this session opens another scope' USING ERRCODE = 'TRB01';
  END IF;
  IF of_house IS NULL THEN RETURN NULL; END IF;
  IF seen < moment - interval '5 minutes' THEN
    UPDATE house.sessions SET last_seen_at = moment WHERE house_id = of_house AND id = of_session;
  END IF;
  told := set_config('traboule.house', of_house::text, true);
  told := set_config('traboule.account', of_account::text, true);
  IF known IS NOT NULL THEN RETURN 'true'; END IF;
  RETURN answer;
END $$;
