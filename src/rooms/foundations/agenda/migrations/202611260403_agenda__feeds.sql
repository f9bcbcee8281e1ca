-- A calendar that Outlook, Google or Thunderbird reads by a secret address: one an account, of which only the hash is stored.
CREATE TABLE agenda.feeds (
  house_id uuid NOT NULL,
  account_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  -- Whether it says the names of people, who are otherwise initials.
  names boolean NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, account_id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id)
);
SELECT core.protect('agenda.feeds', 'SELECT, INSERT, UPDATE, DELETE');

-- The feed that a token opens, while its account is open: asked before the house is known.
CREATE FUNCTION agenda.open_feed(hash bytea)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, account_id uuid, account_name text, names boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT f.house_id, h.code, h.name, h.zone, a.id, a.name, f.names
    FROM agenda.feeds f
    JOIN house.houses h ON h.house_id = f.house_id
    JOIN house.accounts a ON a.house_id = f.house_id AND a.id = f.account_id AND a.closed_at IS NULL
   WHERE f.token_hash = hash
$$;
