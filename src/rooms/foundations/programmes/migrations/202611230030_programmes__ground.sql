-- The catalogue of programmes: for now what the house's list says of each (code, title, pole, funders).
CREATE SCHEMA programmes;
GRANT USAGE ON SCHEMA programmes TO traboule_web;

CREATE TABLE programmes.programmes (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  code text NOT NULL,
  title text NOT NULL,
  pole text,
  funders text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, code)
);
SELECT core.protect('programmes.programmes', 'SELECT, INSERT, UPDATE, DELETE');
