-- A programme as its manager enters it: what it asks of a person, its stages, its words for outcomes and what each counts as, its own
-- fields, what was agreed with its funders. What a past enrolment rests on is never overwritten: rules and words are dated rows.
ALTER TABLE programmes.programmes
  ADD COLUMN about text,
  ADD COLUMN carrier text,
  -- Programmes told together: "ier-ensemble" is IER, IER Seniors and IER Creation, each person once.
  ADD COLUMN ensemble text CHECK (ensemble ~ '^[a-z0-9][a-z0-9-]*$'),
  ADD COLUMN referral_rule text,
  ADD COLUMN opened_on date,
  ADD COLUMN ended_on date,
  ADD COLUMN end_reason text,
  ADD COLUMN capacity integer CHECK (capacity > 0),
  -- A share of positive exits is of the people followed, or of those who left.
  ADD COLUMN rate_over text NOT NULL DEFAULT 'left' CHECK (rate_over IN ('followed', 'left')),
  -- A CDDI is counted as insertion, or as common law.
  ADD COLUMN cddi_as text NOT NULL DEFAULT 'insertion' CHECK (cddi_as IN ('insertion', 'common')),
  -- What its chapter of the report shows: blocks in order; NULL: all that it has.
  ADD COLUMN chapter jsonb,
  ADD CHECK (ended_on IS NULL OR opened_on IS NULL OR ended_on >= opened_on);

CREATE TABLE programmes.programme_sites (
  house_id uuid NOT NULL,
  programme_id uuid NOT NULL,
  site_id uuid NOT NULL,
  PRIMARY KEY (house_id, programme_id, site_id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id)
);
SELECT core.protect('programmes.programme_sites', 'SELECT, INSERT, DELETE');

-- What a funder gives, from when to when, and what was promised in return (a number a year of one of the programme's figures).
CREATE TABLE programmes.agreements (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  funder text NOT NULL,
  title text,
  from_day date NOT NULL,
  to_day date NOT NULL,
  amount_cents bigint CHECK (amount_cents >= 0),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  CHECK (to_day >= from_day)
);
CREATE INDEX agreements_by_programme ON programmes.agreements (house_id, programme_id);
SELECT core.protect('programmes.agreements', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.targets (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  agreement_id uuid,
  year integer NOT NULL CHECK (year BETWEEN 1990 AND 2100),
  figure text NOT NULL,
  number numeric NOT NULL CHECK (number >= 0),
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, agreement_id) REFERENCES programmes.agreements (house_id, id)
);
CREATE UNIQUE INDEX targets_once ON programmes.targets (house_id, programme_id, year, figure, coalesce(agreement_id, '00000000-0000-0000-0000-000000000000'));
SELECT core.protect('programmes.targets', 'SELECT, INSERT, UPDATE, DELETE');

-- The conditions of entry: each change is a row more, the last one holds. An enrolment keeps its own check beside it.
CREATE TABLE programmes.eligibility (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  conditions jsonb NOT NULL CHECK (jsonb_typeof(conditions) = 'array'),
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)
);
CREATE INDEX eligibility_by_programme ON programmes.eligibility (house_id, programme_id, at);
SELECT core.protect('programmes.eligibility', 'SELECT, INSERT, DELETE');

CREATE TABLE programmes.stages (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  position integer NOT NULL,
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, programme_id, comparable),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)
);
SELECT core.protect('programmes.stages', 'SELECT, INSERT, UPDATE, DELETE');

-- A programme's words for what is obtained, and what each counts as for this house.
CREATE TABLE programmes.outcome_words (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  position integer NOT NULL DEFAULT 500,
  kind text NOT NULL CHECK (kind IN ('job', 'training', 'creation', 'certification', 'step', 'reorientation', 'abandonment', 'other')),
  lasting boolean,
  law text CHECK (law IN ('common', 'insertion')),
  qualifying boolean,
  positive boolean NOT NULL,
  -- Where the word may be used: on the way, at the exit, both.
  place text NOT NULL DEFAULT 'both' CHECK (place IN ('path', 'exit', 'both')),
  from_day date NOT NULL,
  to_day date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, programme_id, comparable),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)
);
SELECT core.protect('programmes.outcome_words', 'SELECT, INSERT, UPDATE, DELETE');

-- What a word counts as for one funder, where that is not what it is for the house.
CREATE TABLE programmes.outcome_readings (
  house_id uuid NOT NULL,
  word_id uuid NOT NULL,
  funder text NOT NULL,
  positive boolean NOT NULL,
  PRIMARY KEY (house_id, word_id, funder),
  FOREIGN KEY (house_id, word_id) REFERENCES programmes.outcome_words (house_id, id)
);
SELECT core.protect('programmes.outcome_readings', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.fields (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  position integer NOT NULL,
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  kind text NOT NULL CHECK (kind IN ('text', 'number', 'day', 'yes_no', 'choice')),
  options text[] NOT NULL DEFAULT '{}',
  required boolean NOT NULL DEFAULT false,
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, programme_id, comparable),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id)
);
SELECT core.protect('programmes.fields', 'SELECT, INSERT, UPDATE, DELETE');

-- Somebody in a programme, from a day. `entry` and `leaving` are their situation as it was on these days: what a funder asks for.
CREATE TABLE programmes.enrolments (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  person_id uuid NOT NULL,
  site_id uuid,
  entry_on date NOT NULL,
  exit_on date,
  exit_word_id uuid,
  exit_note text,
  -- Accompanied, not only received.
  followed boolean NOT NULL DEFAULT true,
  entry jsonb NOT NULL,
  leaving jsonb,
  -- The conditions as they stood that day, each with its verdict; NULL for what was imported.
  eligibility_check jsonb,
  in_spite_of text,
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, exit_word_id) REFERENCES programmes.outcome_words (house_id, id)
  -- An old file may hold an exit before its entry: it is kept as it is and told, a form refuses it.
);
CREATE INDEX enrolments_by_person ON programmes.enrolments (house_id, person_id, entry_on);
CREATE INDEX enrolments_by_programme ON programmes.enrolments (house_id, programme_id, entry_on);
CREATE INDEX enrolments_by_exit ON programmes.enrolments (house_id, exit_on) WHERE exit_on IS NOT NULL;
SELECT core.protect('programmes.enrolments', 'SELECT, INSERT, UPDATE, DELETE');

-- An enrolment made by mistake: it stays, named as such, and is not counted.
CREATE TABLE programmes.enrolment_withdrawals (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, enrolment_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
SELECT core.protect('programmes.enrolment_withdrawals', 'SELECT, INSERT, DELETE');

-- What an enrolment said before it was corrected or reopened, and why it was.
CREATE TABLE programmes.enrolment_corrections (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  before jsonb NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
CREATE INDEX enrolment_corrections_by_enrolment ON programmes.enrolment_corrections (house_id, enrolment_id);
SELECT core.protect('programmes.enrolment_corrections', 'SELECT, INSERT, DELETE');

CREATE TABLE programmes.field_values (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  field_id uuid NOT NULL,
  value text NOT NULL,
  PRIMARY KEY (house_id, enrolment_id, field_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, field_id) REFERENCES programmes.fields (house_id, id)
);
SELECT core.protect('programmes.field_values', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.stages_reached (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  stage_id uuid NOT NULL,
  on_day date NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  PRIMARY KEY (house_id, enrolment_id, stage_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, stage_id) REFERENCES programmes.stages (house_id, id)
);
SELECT core.protect('programmes.stages_reached', 'SELECT, INSERT, DELETE');

-- Something obtained, on the way or at the exit: the two are never the same count.
CREATE TABLE programmes.outcomes (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  word_id uuid NOT NULL,
  on_day date NOT NULL,
  at_exit boolean NOT NULL,
  part_time boolean,
  months numeric(5, 1) CHECK (months >= 0),
  note text,
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, word_id) REFERENCES programmes.outcome_words (house_id, id)
);
CREATE INDEX outcomes_by_enrolment ON programmes.outcomes (house_id, enrolment_id);
CREATE INDEX outcomes_by_day ON programmes.outcomes (house_id, on_day);
-- An exit has one outcome.
CREATE UNIQUE INDEX outcomes_one_exit ON programmes.outcomes (house_id, enrolment_id) WHERE at_exit;
SELECT core.protect('programmes.outcomes', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.outcome_withdrawals (
  house_id uuid NOT NULL,
  outcome_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, outcome_id),
  FOREIGN KEY (house_id, outcome_id) REFERENCES programmes.outcomes (house_id, id)
);
SELECT core.protect('programmes.outcome_withdrawals', 'SELECT, INSERT, DELETE');

-- The adviser of reference, from a day to a day. A hand-over gives one person or a whole caseload, and can be taken back.
CREATE TABLE programmes.handovers (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  from_account uuid,
  to_account uuid NOT NULL,
  on_day date NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  undone_at timestamptz,
  undone_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, from_account) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, to_account) REFERENCES house.accounts (house_id, id)
);
SELECT core.protect('programmes.handovers', 'SELECT, INSERT, UPDATE');

CREATE TABLE programmes.referents (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  from_day date NOT NULL,
  to_day date,
  account_id uuid NOT NULL,
  handover_id uuid,
  PRIMARY KEY (house_id, enrolment_id, from_day),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, handover_id) REFERENCES programmes.handovers (house_id, id),
  CHECK (to_day IS NULL OR to_day >= from_day)
);
CREATE INDEX referents_by_account ON programmes.referents (house_id, account_id) WHERE to_day IS NULL;
SELECT core.protect('programmes.referents', 'SELECT, INSERT, UPDATE, DELETE');
