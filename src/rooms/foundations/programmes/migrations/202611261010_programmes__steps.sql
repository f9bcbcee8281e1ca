-- What somebody does on the way: an immersion, a training, a contract. A step is not a result and not an exit: a result noted with it is
-- an outcome of the path, which it names. What the law asks of an immersion, and which contracts exist, are dated rows with their source.
CREATE TABLE programmes.immersion_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  from_day date NOT NULL,
  -- One convention lasts no longer, from date to date.
  most_months integer NOT NULL CHECK (most_months > 0),
  most_renewals integer NOT NULL CHECK (most_renewals >= 0),
  -- At one host, over `window_months` in a row: so many conventions, so many days.
  most_conventions integer NOT NULL CHECK (most_conventions > 0),
  most_days integer NOT NULL CHECK (most_days > 0),
  window_months integer NOT NULL CHECK (window_months > 0),
  source text NOT NULL,
  PRIMARY KEY (house_id, from_day)
);
SELECT core.protect('programmes.immersion_rules', 'SELECT, INSERT, UPDATE');

CREATE TABLE programmes.contract_types (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  code text NOT NULL CHECK (code ~ '^[a-z][a-z-]*$'),
  label text NOT NULL,
  position integer NOT NULL,
  from_day date NOT NULL,
  to_day date,
  source text NOT NULL,
  PRIMARY KEY (house_id, code)
);
SELECT core.protect('programmes.contract_types', 'SELECT, INSERT, UPDATE');

CREATE TABLE programmes.steps (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('immersion', 'tutoring', 'training', 'contract', 'vae', 'exam')),
  starts_on date NOT NULL,
  planned_end_on date,
  ended_on date,
  -- Where: as it was said, and the structure of the house where it is known.
  host text,
  structure_id uuid,
  -- Immersion: what for, the days of presence, the convention that it renews.
  objective text CHECK (objective IN ('discover', 'confirm', 'recruit')),
  days integer CHECK (days BETWEEN 1 AND 400),
  renews_id uuid,
  -- Contract: hours are a week's.
  contract_type text,
  weekly_hours numeric(4, 1) CHECK (weekly_hours > 0 AND weekly_hours <= 60),
  trial_end_on date,
  -- Training, VAE file, exam: its title; hours are the whole training's.
  title text,
  hours integer CHECK (hours BETWEEN 1 AND 10000),
  qualifying boolean,
  result text CHECK (result IN ('passed', 'partly', 'failed', 'absent')),
  note text,
  outcome_id uuid,
  -- The warnings that were read and passed over.
  in_spite_of text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, renews_id) REFERENCES programmes.steps (house_id, id),
  FOREIGN KEY (house_id, contract_type) REFERENCES programmes.contract_types (house_id, code),
  FOREIGN KEY (house_id, outcome_id) REFERENCES programmes.outcomes (house_id, id),
  CHECK (planned_end_on >= starts_on),
  CHECK (ended_on >= starts_on),
  CHECK (trial_end_on >= starts_on),
  CHECK (kind = 'immersion' OR (objective IS NULL AND days IS NULL AND renews_id IS NULL)),
  CHECK (kind = 'contract' OR (contract_type IS NULL AND weekly_hours IS NULL AND trial_end_on IS NULL))
);
CREATE INDEX steps_by_enrolment ON programmes.steps (house_id, enrolment_id, starts_on);
CREATE INDEX steps_by_structure ON programmes.steps (house_id, structure_id) WHERE structure_id IS NOT NULL;
SELECT core.protect('programmes.steps', 'SELECT, INSERT, UPDATE');

CREATE TABLE programmes.step_withdrawals (
  house_id uuid NOT NULL,
  step_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, step_id),
  FOREIGN KEY (house_id, step_id) REFERENCES programmes.steps (house_id, id)
);
SELECT core.protect('programmes.step_withdrawals', 'SELECT, INSERT, DELETE');

-- What a step said before it was corrected, and why it was.
CREATE TABLE programmes.step_corrections (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  step_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  before jsonb NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, step_id) REFERENCES programmes.steps (house_id, id)
);
CREATE INDEX step_corrections_by_step ON programmes.step_corrections (house_id, step_id);
SELECT core.protect('programmes.step_corrections', 'SELECT, INSERT, DELETE');

-- The lists that a new house gets, for the houses that are there.
INSERT INTO programmes.immersion_rules (house_id, from_day, most_months, most_renewals, most_conventions, most_days, window_months, source)
SELECT house_id, '2015-01-01', 1, 1, 2, 60, 12, 'Code du travail, art. L5135-1 à L5135-8 et D5135-1 à D5135-8' FROM house.houses;
INSERT INTO programmes.contract_types (house_id, code, label, position, from_day, to_day, source)
SELECT house_id, x.code, x.label, x.position, x.from_day::date, NULL, x.source FROM house.houses, (VALUES
  ('cdi', 'CDI', 1, '2000-01-01', 'Code du travail, art. L1221-2'),
  ('cdd', 'CDD', 2, '2000-01-01', 'Code du travail, art. L1242-1'),
  ('cddi', 'CDDI', 3, '2009-01-01', 'Code du travail, art. L5132-15-1'),
  ('cdi-inclusion', 'CDI inclusion', 4, '2020-12-16', 'Loi n° 2020-1577 du 14 décembre 2020'),
  ('interim', 'mission d’intérim', 5, '2000-01-01', 'Code du travail, art. L1251-1'),
  ('apprentissage', 'contrat d’apprentissage', 6, '2000-01-01', 'Code du travail, art. L6221-1'),
  ('professionnalisation', 'contrat de professionnalisation', 7, '2004-10-01', 'Code du travail, art. L6325-1'),
  ('pec', 'parcours emploi compétences (PEC)', 8, '2018-01-01', 'Code du travail, art. L5134-19-1'),
  ('autre', 'autre contrat', 99, '2000-01-01', 'choix de la maison')) AS x(code, label, position, from_day, source);
