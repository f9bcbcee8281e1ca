-- Governance: who sits in which college from a day to a day, and the meetings of the house's bodies. A mandate that ends stays.
CREATE SCHEMA board;
GRANT USAGE ON SCHEMA board TO traboule_web;
CREATE TABLE board.mandates (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  sex text CHECK (sex IN ('F', 'M', 'X')),
  family_name text NOT NULL DEFAULT '',
  given_name text NOT NULL DEFAULT '',
  college text NOT NULL DEFAULT '',
  structure text NOT NULL DEFAULT '',
  function text NOT NULL DEFAULT '',
  from_day date,
  to_day date,
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  CHECK (family_name <> '' OR given_name <> ''),
  CHECK (to_day IS NULL OR from_day IS NULL OR to_day >= from_day)
);
SELECT core.protect('board.mandates', 'SELECT, INSERT, UPDATE, DELETE');
CREATE TABLE board.meetings (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  on_day date NOT NULL,
  body text NOT NULL CHECK (body <> ''),
  subject text NOT NULL DEFAULT '',
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id)
);
SELECT core.protect('board.meetings', 'SELECT, INSERT, UPDATE, DELETE');
