-- Volunteers of the pole (civic service and others): a mission from a day to a day, so many hours a week, where, and whose account looks
-- after it. They hold permanences; a mission that ends early keeps why, and the day that it ended on is its last.
CREATE TABLE culture.volunteers (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  given_name text NOT NULL CHECK (given_name <> ''),
  family_name text NOT NULL CHECK (family_name <> ''),
  kind text NOT NULL CHECK (kind IN ('civic', 'other')),
  mission text NOT NULL DEFAULT '',
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day >= from_day),
  weekly_hours smallint NOT NULL CHECK (weekly_hours BETWEEN 1 AND 48),
  tutor_id uuid NOT NULL,
  -- Their own account, when they have one.
  account_id uuid,
  site_id uuid NOT NULL,
  left_why text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, tutor_id) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id)
);
CREATE INDEX volunteers_by_days ON culture.volunteers (house_id, from_day, to_day);
SELECT core.protect('culture.volunteers', 'SELECT, INSERT, UPDATE');
