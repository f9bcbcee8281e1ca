-- What a funder asks of a participant after the entry: the situation on leaving and six months later, and a few questions that the house
-- does not otherwise keep. A check is never altered: one that replaces it is added, so that a figure of the past can be told again.
CREATE TABLE programmes.funding_checks (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  moment text NOT NULL CHECK (moment IN ('exit', 'later')),
  -- The day of which it is true, or on which the person was sought in vain.
  on_day date NOT NULL,
  situation text NOT NULL CHECK (situation IN ('employee', 'self_employed', 'job_seeking', 'inactive', 'unreached')),
  training boolean,
  qualification boolean,
  improved boolean,
  replaces_id uuid,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  FOREIGN KEY (house_id, replaces_id) REFERENCES programmes.funding_checks (house_id, id)
);
-- Two people who answer at once: the second one sees what the first wrote.
CREATE UNIQUE INDEX funding_checks_one_after_another ON programmes.funding_checks
  (house_id, enrolment_id, moment, coalesce(replaces_id, '00000000-0000-0000-0000-000000000000'));
CREATE INDEX funding_checks_by_replaced ON programmes.funding_checks (house_id, replaces_id) WHERE replaces_id IS NOT NULL;
SELECT core.protect('programmes.funding_checks', 'SELECT, INSERT, DELETE');

-- Sensitive answers, asked only where a regulation asks for them: {"homeless": "no", "origin": "refused"}.
CREATE TABLE programmes.funding_answers (
  house_id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, enrolment_id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
SELECT core.protect('programmes.funding_answers', 'SELECT, INSERT, UPDATE, DELETE');
