-- What sign-in needs beyond an address and a password: the last TOTP step spent (a code works once), the form that somebody was
-- sending when the session ended (kept with the new session, gone with it), the house's zone and code beside each account, and
-- the count of failures.
ALTER TABLE house.accounts ADD COLUMN totp_last_step bigint;
ALTER TABLE house.sessions ADD COLUMN kept_form jsonb;

-- A role given by mistake is ended at once: its last day may be the day before its first, and then it covers no day.
ALTER TABLE house.grants DROP CONSTRAINT grants_check;
ALTER TABLE house.grants ADD CONSTRAINT grants_days CHECK (to_day IS NULL OR to_day >= from_day - 1);

-- Failures of sign-in, counted by address and by network address (rate-limiter-flexible writes exactly these columns). It has no
-- house: it is asked before a house is known, and an address that no house knows is limited the same. The keys are keyed hashes,
-- so the table tells nobody's address.
CREATE TABLE core.sign_in_limits (
  key varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
GRANT SELECT, INSERT, UPDATE, DELETE ON core.sign_in_limits TO traboule_web;

DROP FUNCTION house.accounts_to_sign_in(text);
CREATE FUNCTION house.accounts_to_sign_in(address text)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, account_id uuid, account_name text, email text,
               password_hash text, totp_secret text, totp_last_step bigint, passkeys bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.house_id, h.code, h.name, h.zone, a.id, a.name, a.email, a.password_hash, a.totp_secret, a.totp_last_step,
         (SELECT count(*) FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)
    FROM house.accounts a JOIN house.houses h ON h.house_id = a.house_id
   WHERE a.email = lower(address) AND a.closed_at IS NULL AND a.password_hash IS NOT NULL
   ORDER BY h.name
$$;

DROP FUNCTION house.open_invitation(bytea, timestamptz);
CREATE FUNCTION house.open_invitation(hash bytea, moment timestamptz)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, invitation_id uuid, account_id uuid, account_name text,
               email text, purpose text, has_second_factor boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT i.house_id, h.code, h.name, h.zone, i.id, a.id, a.name, a.email, i.purpose,
         a.totp_secret IS NOT NULL OR EXISTS (SELECT 1 FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)
    FROM house.invitations i
    JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id AND a.closed_at IS NULL
    JOIN house.houses h ON h.house_id = i.house_id
   WHERE i.token_hash = hash AND i.used_at IS NULL AND i.expires_at > moment
$$;

-- Old links are swept away.
GRANT DELETE ON house.invitations TO traboule_web;
