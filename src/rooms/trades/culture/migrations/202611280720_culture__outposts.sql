-- What the pole adds to sessions of its programmes: who hosts and which volunteers hold them, who was met on the spot (one row a press of a
-- button: sent twice, counted once), and notes for projects. Who came stays the agenda's: what was counted on the spot goes into the
-- attendances of the session when it is closed, once, and each row says so.
CREATE TABLE culture.outposts (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  session_id uuid NOT NULL,
  host_id uuid NOT NULL,
  PRIMARY KEY (house_id, session_id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, host_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX outposts_by_host ON culture.outposts (house_id, host_id);
SELECT core.protect('culture.outposts', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE culture.outpost_volunteers (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  session_id uuid NOT NULL,
  volunteer_id uuid NOT NULL,
  PRIMARY KEY (house_id, session_id, volunteer_id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, volunteer_id) REFERENCES culture.volunteers (house_id, id)
);
CREATE INDEX outpost_volunteers_by_volunteer ON culture.outpost_volunteers (house_id, volunteer_id);
SELECT core.protect('culture.outpost_volunteers', 'SELECT, INSERT, DELETE');

-- People met, without a name. `heads` under zero takes a press back. `settled_at`: it is in the attendances since (`settled_as` "added"),
-- or somebody said that it was there already ("left-out").
CREATE TABLE culture.people_met (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  sex text CHECK (sex IN ('F', 'M')),
  heads smallint NOT NULL CHECK (heads BETWEEN -200 AND 200 AND heads <> 0),
  at timestamptz NOT NULL,
  account_id uuid,
  settled_at timestamptz,
  settled_as text CHECK (settled_as IN ('added', 'left-out')),
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  CHECK ((settled_at IS NULL) = (settled_as IS NULL))
);
CREATE INDEX people_met_by_session ON culture.people_met (house_id, session_id);
SELECT core.protect('culture.people_met', 'SELECT, INSERT, UPDATE');

-- A need heard on the spot, that may become a project. `settled_at`: somebody saw to it.
CREATE TABLE culture.outpost_notes (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  body text NOT NULL CHECK (body <> ''),
  at timestamptz NOT NULL,
  account_id uuid,
  settled_at timestamptz,
  settled_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id)
);
CREATE INDEX outpost_notes_by_session ON culture.outpost_notes (house_id, session_id);
SELECT core.protect('culture.outpost_notes', 'SELECT, INSERT, UPDATE');
