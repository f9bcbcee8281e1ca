-- A word put on people, for the house's own use: who is to be called for a project, who agreed to a proposal. Never a reason that the law
-- protects: the form says so.
CREATE TABLE people.tags (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  label text NOT NULL CHECK (length(label) BETWEEN 1 AND 40),
  created_at timestamptz NOT NULL,
  created_by uuid,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, label)
);
SELECT core.protect('people.tags', 'SELECT, INSERT');

-- `act_id`: the act on several people that put it, which may be taken back; null: put by hand.
CREATE TABLE people.person_tags (
  house_id uuid NOT NULL,
  person_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  put_at timestamptz NOT NULL,
  put_by uuid,
  act_id uuid,
  PRIMARY KEY (house_id, person_id, tag_id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, tag_id) REFERENCES people.tags (house_id, id)
);
CREATE INDEX person_tags_by_tag ON people.person_tags (house_id, tag_id);
CREATE INDEX person_tags_by_act ON people.person_tags (house_id, act_id) WHERE act_id IS NOT NULL;
SELECT core.protect('people.person_tags', 'SELECT, INSERT, UPDATE, DELETE');
