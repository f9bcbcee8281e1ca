-- What happened on a day: for now the visits at the desks. A visit is one passage of one person, named or not.
CREATE SCHEMA agenda;
GRANT USAGE ON SCHEMA agenda TO traboule_web;

-- Reasons and orientations: lists that a site manager edits. A term that is no longer offered keeps naming the old visits.
CREATE TABLE agenda.visit_terms (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('reason', 'orientation')),
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  site_id uuid,
  position integer NOT NULL DEFAULT 0,
  from_day date NOT NULL,
  to_day date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE UNIQUE INDEX visit_terms_once ON agenda.visit_terms (house_id, kind, comparable, coalesce(site_id, '00000000-0000-0000-0000-000000000000'));
SELECT core.protect('agenda.visit_terms', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE agenda.visits (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  site_id uuid NOT NULL,
  occurred_on date NOT NULL,
  occurred_at time,
  person_id uuid,
  reason_id uuid,
  orientation_id uuid,
  mode text NOT NULL CHECK (mode IN ('in_person', 'phone', 'video')),
  group_id uuid,
  unnamed_sex text CHECK (unnamed_sex IN ('F', 'M')),
  frozen_age smallint,
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, reason_id) REFERENCES agenda.visit_terms (house_id, id),
  FOREIGN KEY (house_id, orientation_id) REFERENCES agenda.visit_terms (house_id, id)
);
CREATE INDEX visits_by_day ON agenda.visits (house_id, occurred_on, site_id);
CREATE INDEX visits_by_person ON agenda.visits (house_id, person_id, occurred_on) WHERE person_id IS NOT NULL;
SELECT core.protect('agenda.visits', 'SELECT, INSERT, UPDATE, DELETE');

-- A visit that was recorded by mistake: it stays, named as such, and is not counted.
CREATE TABLE agenda.visit_withdrawals (
  house_id uuid NOT NULL,
  visit_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, visit_id),
  FOREIGN KEY (house_id, visit_id) REFERENCES agenda.visits (house_id, id)
);
SELECT core.protect('agenda.visit_withdrawals', 'SELECT, INSERT, DELETE');

-- What a visit said before it was corrected, and why it was.
CREATE TABLE agenda.visit_corrections (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  visit_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  before jsonb NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, visit_id) REFERENCES agenda.visits (house_id, id)
);
CREATE INDEX visit_corrections_by_visit ON agenda.visit_corrections (house_id, visit_id);
SELECT core.protect('agenda.visit_corrections', 'SELECT, INSERT, DELETE');

-- A name typed while the line was cut: the visit counts, the person is found later.
CREATE TABLE agenda.visit_names (
  house_id uuid NOT NULL,
  visit_id uuid NOT NULL,
  name text NOT NULL,
  birth_date date,
  PRIMARY KEY (house_id, visit_id),
  FOREIGN KEY (house_id, visit_id) REFERENCES agenda.visits (house_id, id)
);
SELECT core.protect('agenda.visit_names', 'SELECT, INSERT, DELETE');
