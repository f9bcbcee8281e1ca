-- Houses, their sites, the accounts that work in them and what each may do. Sign-in happens before a house is known, so the few
-- questions that it asks are functions of the owner; the web role sees no other house's account.
CREATE SCHEMA house;
GRANT USAGE ON SCHEMA house TO traboule_web;

CREATE TABLE house.houses (
  house_id uuid PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[a-z][a-z0-9-]{1,30}$'),
  name text NOT NULL,
  zone text NOT NULL DEFAULT 'Europe/Paris',
  settings jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1
);
SELECT core.protect('house.houses', 'SELECT, UPDATE');

CREATE TABLE house.sites (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  code text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('antenne', 'other')),
  postal_code text,
  commune_name text,
  commune_code text,
  position integer NOT NULL DEFAULT 0,
  opened_on date,
  closed_on date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, code)
);
SELECT core.protect('house.sites', 'SELECT, INSERT, UPDATE, DELETE');

-- Other names of a site ("Gerland" is also "Antenne 7eme"): one alias names one site.
CREATE TABLE house.site_aliases (
  house_id uuid NOT NULL,
  site_id uuid NOT NULL,
  alias text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(alias)) STORED,
  PRIMARY KEY (house_id, comparable),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id)
);
SELECT core.protect('house.site_aliases', 'SELECT, INSERT, DELETE');

CREATE TABLE house.accounts (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  email text NOT NULL CHECK (email = lower(email)),
  name text NOT NULL,
  password_hash text,
  totp_secret text,
  created_at timestamptz NOT NULL,
  closed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, email)
);
SELECT core.protect('house.accounts', 'SELECT, INSERT, UPDATE');

-- A role held for a house, for one site or for one programme, from a day to a day.
CREATE TABLE house.grants (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  role text NOT NULL,
  site_id uuid,
  programme_id uuid,
  from_day date NOT NULL,
  to_day date,
  granted_by uuid,
  granted_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX grants_by_account ON house.grants (house_id, account_id);
SELECT core.protect('house.grants', 'SELECT, INSERT, UPDATE');

CREATE TABLE house.invitations (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  purpose text NOT NULL CHECK (purpose IN ('invitation', 'reset')),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id)
);
SELECT core.protect('house.invitations', 'SELECT, INSERT, UPDATE');

CREATE TABLE house.sessions (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  second_factor boolean NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ip text,
  agent text,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id)
);
CREATE INDEX sessions_by_account ON house.sessions (house_id, account_id);
SELECT core.protect('house.sessions', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE house.passkeys (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  credential_id text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL DEFAULT '{}',
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id)
);
SELECT core.protect('house.passkeys', 'SELECT, INSERT, UPDATE, DELETE');

-- A key for a program: it holds one role, from a day to a day; only its hash is kept.
CREATE TABLE house.api_keys (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  role text NOT NULL,
  site_id uuid,
  from_day date NOT NULL,
  to_day date,
  created_at timestamptz NOT NULL,
  created_by uuid,
  revoked_at timestamptz,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('house.api_keys', 'SELECT, INSERT, UPDATE');

-- Opens a session inside the transaction: checks it, sets the scope that row-level security reads, and says who it is.
-- Null when the session does not exist or has ended. `moment` and `today` come from the program's clock.
CREATE FUNCTION house.open_session(hash bytea, moment timestamptz, today date, idle interval) RETURNS jsonb
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
           'grants', coalesce(jsonb_agg(jsonb_build_object('role', g.role, 'site', g.site_id, 'programme', g.programme_id))
                              FILTER (WHERE g.id IS NOT NULL), '[]'))
    INTO answer
    FROM (SELECT 1) one
    LEFT JOIN house.grants g ON g.house_id = s.house_id AND g.account_id = s.account_id
      AND g.from_day <= today AND (g.to_day IS NULL OR g.to_day >= today);
  RETURN answer;
END $$;

-- The same for a program's key.
CREATE FUNCTION house.open_api_key(hash bytea, today date) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE k record;
BEGIN
  SELECT x.*, h.code, h.name AS house_name, h.zone INTO k
    FROM house.api_keys x JOIN house.houses h ON h.house_id = x.house_id
   WHERE x.key_hash = hash AND x.revoked_at IS NULL AND x.from_day <= today AND (x.to_day IS NULL OR x.to_day >= today);
  IF NOT FOUND THEN RETURN NULL; END IF;
  PERFORM set_config('traboule.house', k.house_id::text, true), set_config('traboule.account', k.id::text, true);
  RETURN jsonb_build_object('session', NULL, 'house', k.house_id, 'houseCode', k.code, 'houseName', k.house_name, 'zone', k.zone,
    'account', k.id, 'name', k.name, 'email', '', 'secondFactor', true,
    'grants', jsonb_build_array(jsonb_build_object('role', k.role, 'site', k.site_id, 'programme', NULL)));
END $$;

-- The accounts behind an address, for sign-in: one a house.
CREATE FUNCTION house.accounts_to_sign_in(address text)
RETURNS TABLE (house_id uuid, house_code text, house_name text, account_id uuid, account_name text, password_hash text, totp_secret text, passkeys bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT a.house_id, h.code, h.name, a.id, a.name, a.password_hash, a.totp_secret,
         (SELECT count(*) FROM house.passkeys p WHERE p.house_id = a.house_id AND p.account_id = a.id)
    FROM house.accounts a JOIN house.houses h ON h.house_id = a.house_id
   WHERE a.email = lower(address) AND a.closed_at IS NULL AND a.password_hash IS NOT NULL
$$;

-- The invitation behind a link, still open.
CREATE FUNCTION house.open_invitation(hash bytea, moment timestamptz)
RETURNS TABLE (house_id uuid, house_name text, invitation_id uuid, account_id uuid, account_name text, email text, purpose text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT i.house_id, h.name, i.id, a.id, a.name, a.email, i.purpose
    FROM house.invitations i
    JOIN house.accounts a ON a.house_id = i.house_id AND a.id = i.account_id AND a.closed_at IS NULL
    JOIN house.houses h ON h.house_id = i.house_id
   WHERE i.token_hash = hash AND i.used_at IS NULL AND i.expires_at > moment
$$;

-- Houses of the server, for the command line.
CREATE FUNCTION house.directory() RETURNS TABLE (house_id uuid, code text, name text, zone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT house_id, code, name, zone FROM house.houses ORDER BY code
$$;
