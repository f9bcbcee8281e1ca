-- Filters of a list, kept under a name by whoever uses them, for themselves or for those who do the same work. A saved filter is an
-- address: what it shows is what its reader may see.

-- `query`: the address's part, without what was typed as a person's name. `team_role`: shared with the accounts that hold this role, at
-- `team_site`, or anywhere in the house where no site is said; null: for its owner alone.
CREATE TABLE core.saved_filters (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  list text NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  query text NOT NULL CHECK (length(query) <= 4000),
  team_role text,
  team_site uuid,
  saved_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, account_id, list, name),
  CHECK (team_site IS NULL OR team_role IS NOT NULL)
);
CREATE INDEX saved_filters_by_list ON core.saved_filters (house_id, list);
SELECT core.protect('core.saved_filters', 'SELECT, INSERT, UPDATE, DELETE');
