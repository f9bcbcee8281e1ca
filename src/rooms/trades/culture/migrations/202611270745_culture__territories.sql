-- Territories of the box office, by their communes; and the association to which the house hands one over, from a day to a day: it speaks
-- with the structures there. A delegation ends (report 2020: the one of the Ain did in 2021), and what was stays written.
CREATE TABLE culture.territories (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  communes text[] NOT NULL CHECK (cardinality(communes) > 0),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, name)
);
SELECT core.protect('culture.territories', 'SELECT, INSERT, UPDATE');

CREATE TABLE culture.delegations (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  territory_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  from_day date NOT NULL,
  -- The last day; the day before the first where it was written by mistake.
  to_day date CHECK (to_day >= from_day - 1),
  ended_why text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, territory_id) REFERENCES culture.territories (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX delegations_by_territory ON culture.delegations (house_id, territory_id);
CREATE INDEX delegations_by_structure ON culture.delegations (house_id, structure_id);
SELECT core.protect('culture.delegations', 'SELECT, INSERT, UPDATE');
