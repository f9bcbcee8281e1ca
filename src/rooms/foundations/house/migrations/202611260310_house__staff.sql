-- The people who work for the house, from a day to a day: what the yearly report counts. It is no account and no personnel file: a
-- function, a team, a place, a share of full time.
CREATE TABLE house.staff (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  external_id text,
  sex text CHECK (sex IN ('F', 'M', 'X')),
  family_name text NOT NULL,
  given_name text NOT NULL,
  function text,
  pole text,
  site_id uuid,
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  -- In hundredths of a full time: 80 is 0,8.
  full_time_percent integer NOT NULL DEFAULT 100 CHECK (full_time_percent BETWEEN 1 AND 100),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id)
);
SELECT core.protect('house.staff', 'SELECT, INSERT, UPDATE, DELETE');
