-- What adviser and person decide together, and what they say of the way at its end. Both are printed to be signed.
CREATE TABLE programmes.plans (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  goal text,
  strengths text,
  obstacles text,
  -- When they look at it together again.
  review_on date,
  changed_at timestamptz NOT NULL,
  changed_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, enrolment_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
SELECT core.protect('programmes.plans', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.plan_actions (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  what text NOT NULL,
  who text NOT NULL CHECK (who IN ('person', 'adviser', 'both', 'other')),
  -- Who, when it is somebody else.
  other text,
  by_day date,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
  closed_on date,
  added_at timestamptz NOT NULL,
  added_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  CHECK ((state = 'open') = (closed_on IS NULL)),
  CHECK ((who = 'other') = (other IS NOT NULL)),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
CREATE INDEX plan_actions_by_enrolment ON programmes.plan_actions (house_id, enrolment_id);
SELECT core.protect('programmes.plan_actions', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE programmes.balances (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  on_day date NOT NULL,
  person_says text,
  adviser_says text,
  next text,
  changed_at timestamptz NOT NULL,
  changed_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, enrolment_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
SELECT core.protect('programmes.balances', 'SELECT, INSERT, UPDATE, DELETE');
