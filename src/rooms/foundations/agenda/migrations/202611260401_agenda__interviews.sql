-- Interviews: somebody meets an adviser, planned or noted afterwards. What an interview said before is a row; its notes stand apart, so
-- that no list and no export can take them along by mistake.
CREATE TABLE agenda.places (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  name text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(name)) STORED,
  capacity smallint CHECK (capacity > 0),
  closed_on date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, site_id, comparable),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id)
);
SELECT core.protect('agenda.places', 'SELECT, INSERT, UPDATE');

CREATE TABLE agenda.interviews (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  programme_id uuid,
  person_id uuid NOT NULL,
  site_id uuid NOT NULL,
  -- The adviser; null where the old tool did not say.
  account_id uuid,
  starts_on date NOT NULL,
  starts_at time,
  minutes smallint CHECK (minutes BETWEEN 1 AND 1440),
  mode text NOT NULL CHECK (mode IN ('in_person', 'phone', 'video')),
  place_id uuid,
  status text NOT NULL CHECK (status IN ('planned', 'held', 'no_show', 'cancelled')),
  -- Why it is cancelled.
  status_reason text,
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, place_id) REFERENCES agenda.places (house_id, id)
);
CREATE INDEX interviews_by_day ON agenda.interviews (house_id, starts_on, site_id);
CREATE INDEX interviews_by_person ON agenda.interviews (house_id, person_id, starts_on);
CREATE INDEX interviews_by_adviser ON agenda.interviews (house_id, account_id, starts_on) WHERE account_id IS NOT NULL;
CREATE INDEX interviews_by_place ON agenda.interviews (house_id, place_id, starts_on) WHERE place_id IS NOT NULL;
SELECT core.protect('agenda.interviews', 'SELECT, INSERT, UPDATE, DELETE');

-- What an interview said before it was changed, who changed it and why.
CREATE TABLE agenda.interview_changes (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  interview_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text,
  before jsonb NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, interview_id) REFERENCES agenda.interviews (house_id, id)
);
CREATE INDEX interview_changes_by_interview ON agenda.interview_changes (house_id, interview_id);
SELECT core.protect('agenda.interview_changes', 'SELECT, INSERT, UPDATE');

-- A note of an interview, with whom it is for: its author alone, the referents of the person, the team.
CREATE TABLE agenda.interview_notes (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  interview_id uuid NOT NULL,
  author_id uuid NOT NULL,
  reader text NOT NULL CHECK (reader IN ('author', 'referents', 'team')),
  text text NOT NULL,
  written_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, interview_id) REFERENCES agenda.interviews (house_id, id),
  FOREIGN KEY (house_id, author_id) REFERENCES house.accounts (house_id, id)
);
CREATE INDEX interview_notes_by_interview ON agenda.interview_notes (house_id, interview_id);
SELECT core.protect('agenda.interview_notes', 'SELECT, INSERT, DELETE');

-- Texts that a note may start from, kept by the house. One that is no longer offered keeps its row.
CREATE TABLE agenda.note_templates (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  title text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(title)) STORED,
  text text NOT NULL,
  to_day date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, comparable)
);
SELECT core.protect('agenda.note_templates', 'SELECT, INSERT, UPDATE');
