-- What stands around the box office: collective projects with the partners proposed for them, what was promised of a year, and jobs in
-- culture. A project is planned, held or cancelled, with its reason: a cancelled one keeps what was foreseen (report 2020, "MIC").
CREATE TABLE culture.projects (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  kind text NOT NULL CHECK (kind IN ('turnkey', 'mediation', 'workshop', 'visit', 'worksite', 'other')),
  -- Who asked, and who hosted.
  asked_by uuid,
  hosted_by uuid,
  need text NOT NULL DEFAULT '',
  -- What keeps its people from culture, by the keys of projects/barriers.ts.
  barriers text[] NOT NULL DEFAULT '{}',
  mediations smallint NOT NULL DEFAULT 0 CHECK (mediations BETWEEN 0 AND 200),
  agreed_on date,
  on_day date NOT NULL,
  to_day date CHECK (to_day >= on_day),
  state text NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  cancelled_reason text,
  -- NULL: not reported.
  participants integer CHECK (participants BETWEEN 0 AND 100000),
  balance text NOT NULL DEFAULT '',
  external_id text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, asked_by) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, hosted_by) REFERENCES partners.structures (house_id, id),
  CHECK ((state = 'cancelled') = (cancelled_reason IS NOT NULL))
);
CREATE INDEX projects_by_day ON culture.projects (house_id, on_day);
CREATE INDEX projects_by_asker ON culture.projects (house_id, asked_by) WHERE asked_by IS NOT NULL;
CREATE INDEX projects_by_host ON culture.projects (house_id, hosted_by) WHERE hosted_by IS NOT NULL;
SELECT core.protect('culture.projects', 'SELECT, INSERT, UPDATE, DELETE');

-- Cultural partners proposed for a project, and what was answered; NULL: nothing yet.
CREATE TABLE culture.project_partners (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  project_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  proposed_on date NOT NULL,
  accepted boolean,
  why text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, project_id, structure_id),
  FOREIGN KEY (house_id, project_id) REFERENCES culture.projects (house_id, id) ON DELETE CASCADE,
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  CHECK (accepted IS DISTINCT FROM false OR why IS NOT NULL)
);
CREATE INDEX project_partners_by_structure ON culture.project_partners (house_id, structure_id);
SELECT core.protect('culture.project_partners', 'SELECT, INSERT, UPDATE, DELETE');

-- What was promised of a calendar year, with where it is written.
CREATE TABLE culture.project_targets (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  year smallint NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  projects integer CHECK (projects BETWEEN 0 AND 100000),
  participants integer CHECK (participants BETWEEN 0 AND 100000),
  source text NOT NULL CHECK (source <> ''),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, year)
);
SELECT core.protect('culture.project_targets', 'SELECT, INSERT, UPDATE');

-- Jobs in culture ("volet RH"): what was foreseen, and what became of it. Counts only: each person's own steps are on their path.
CREATE TABLE culture.job_actions (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('discovery', 'immersion', 'advice', 'training', 'recruitment', 'sponsorship')),
  title text NOT NULL CHECK (title <> ''),
  structure_id uuid,
  on_day date NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  cancelled_reason text,
  participants integer CHECK (participants BETWEEN 0 AND 100000),
  note text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  CHECK ((state = 'cancelled') = (cancelled_reason IS NOT NULL))
);
CREATE INDEX job_actions_by_day ON culture.job_actions (house_id, on_day);
CREATE INDEX job_actions_by_structure ON culture.job_actions (house_id, structure_id) WHERE structure_id IS NOT NULL;
SELECT core.protect('culture.job_actions', 'SELECT, INSERT, UPDATE');
