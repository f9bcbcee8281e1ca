-- Accounting entries, as the accountant's tool gives them: to the cent, with the funder and the programme that they are split by.
CREATE SCHEMA money;
GRANT USAGE ON SCHEMA money TO traboule_web;
CREATE TABLE money.entries (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  on_day date NOT NULL,
  account text NOT NULL CHECK (account ~ '^[1-8][0-9]{0,11}$'),
  label text NOT NULL DEFAULT '',
  side text NOT NULL CHECK (side IN ('debit', 'credit')),
  amount numeric(14, 2) NOT NULL CHECK (amount >= 0),
  funder text CHECK (funder <> ''),
  programme_id uuid,
  external_id text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)
);
CREATE INDEX entries_by_day ON money.entries (house_id, on_day);
SELECT core.protect('money.entries', 'SELECT, INSERT, UPDATE, DELETE');
