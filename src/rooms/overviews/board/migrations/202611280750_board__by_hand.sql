-- Governance kept by hand: who of the board is of its bureau, who is a member of the association, and of a meeting who was called, present and
-- represented, the quorum that its statutes ask, and what it decided.
ALTER TABLE board.mandates ADD COLUMN bureau boolean NOT NULL DEFAULT false;
ALTER TABLE board.meetings
  ADD COLUMN called integer CHECK (called >= 0),
  ADD COLUMN present integer CHECK (present >= 0),
  ADD COLUMN represented integer CHECK (represented >= 0),
  -- How many present or represented its rules ask for.
  ADD COLUMN quorum integer CHECK (quorum >= 0),
  -- One decision a line.
  ADD COLUMN decisions text NOT NULL DEFAULT '',
  ADD CHECK (coalesce(present, 0) + coalesce(represented, 0) <= coalesce(called, 2147483647));
CREATE TABLE board.members (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  -- A person, or an organisation that is a member as such.
  kind text NOT NULL CHECK (kind IN ('person', 'organisation')),
  name text NOT NULL CHECK (name <> ''),
  college text NOT NULL DEFAULT '',
  from_day date NOT NULL,
  to_day date CHECK (to_day >= from_day),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('board.members', 'SELECT, INSERT, UPDATE, DELETE');
