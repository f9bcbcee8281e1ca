-- A general ledger knows neither funders nor programmes: rules of the house say which accounts, or which words of a label, are theirs. They
-- fill what is empty and move nothing that somebody said.
CREATE TABLE money.split_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  -- The first figures of the accounts: "741".
  account text NOT NULL CHECK (account ~ '^[1-8][0-9]{0,11}$'),
  -- What the label holds; empty: whatever it says.
  words text NOT NULL DEFAULT '',
  funder text CHECK (funder <> ''),
  programme_id uuid,
  created_at timestamptz NOT NULL,
  created_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  CHECK (funder IS NOT NULL OR programme_id IS NOT NULL)
);
CREATE UNIQUE INDEX split_rules_once ON money.split_rules (house_id, account, core.normalise(words));
SELECT core.protect('money.split_rules', 'SELECT, INSERT, DELETE');
