-- What people thought of a programme, asked so that nobody can tell who answered what. An answer hangs on a survey and a question, never on
-- a person or an invitation; it bears a random identifier and its month. The link is destroyed by the answer: nothing is marked on the
-- invitation, and no journal line tells the moment.
CREATE TABLE agenda.surveys (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  title text NOT NULL,
  intro text,
  -- After the first interview, after the last session of a series, or never by itself (paper only).
  sent_after text NOT NULL CHECK (sent_after IN ('interview', 'session', 'nothing')),
  delay_days integer NOT NULL CHECK (delay_days BETWEEN 0 AND 365),
  by_mail boolean NOT NULL,
  by_sms boolean NOT NULL,
  open_days integer NOT NULL CHECK (open_days BETWEEN 1 AND 365),
  from_day date NOT NULL,
  to_day date,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  CHECK (to_day IS NULL OR to_day >= from_day - 1)
);
SELECT core.protect('agenda.surveys', 'SELECT, INSERT, UPDATE, DELETE');

-- A question that is no longer asked keeps its answers.
CREATE TABLE agenda.survey_questions (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  survey_id uuid NOT NULL,
  position integer NOT NULL,
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  scale text NOT NULL,
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, survey_id, comparable),
  FOREIGN KEY (house_id, survey_id) REFERENCES agenda.surveys (house_id, id)
);
SELECT core.protect('agenda.survey_questions', 'SELECT, INSERT, UPDATE, DELETE');

-- Who was asked, once for what gave cause to it: a first interview, a session or its series. Not whether they answered.
CREATE TABLE agenda.survey_invitations (
  house_id uuid NOT NULL,
  survey_id uuid NOT NULL,
  cause_id uuid NOT NULL,
  person_id uuid NOT NULL,
  made_on date NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
  PRIMARY KEY (house_id, survey_id, cause_id, person_id),
  FOREIGN KEY (house_id, survey_id) REFERENCES agenda.surveys (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX survey_invitations_by_person ON agenda.survey_invitations (house_id, person_id);
SELECT core.protect('agenda.survey_invitations', 'SELECT, INSERT, UPDATE');

-- A filled-in sheet: by a link, or on paper and typed by somebody. `month`: its first day; nothing more precise is known.
CREATE TABLE agenda.survey_sheets (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  survey_id uuid NOT NULL,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  channel text NOT NULL CHECK (channel IN ('link', 'paper')),
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, survey_id) REFERENCES agenda.surveys (house_id, id)
);
CREATE INDEX survey_sheets_by_survey ON agenda.survey_sheets (house_id, survey_id, month);
SELECT core.protect('agenda.survey_sheets', 'SELECT, INSERT');

-- A paper sheet that was typed by mistake: it stays, and no longer counts.
CREATE TABLE agenda.survey_sheet_withdrawals (
  house_id uuid NOT NULL,
  sheet_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  PRIMARY KEY (house_id, sheet_id),
  FOREIGN KEY (house_id, sheet_id) REFERENCES agenda.survey_sheets (house_id, id)
);
SELECT core.protect('agenda.survey_sheet_withdrawals', 'SELECT, INSERT, DELETE');

-- One answer to one question. `answered_on`: the month's first day, or the day that an old tool's file says.
CREATE TABLE agenda.survey_answers (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  question_id uuid NOT NULL,
  sheet_id uuid,
  answered_on date NOT NULL,
  answer text NOT NULL,
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  UNIQUE (house_id, sheet_id, question_id),
  FOREIGN KEY (house_id, question_id) REFERENCES agenda.survey_questions (house_id, id),
  FOREIGN KEY (house_id, sheet_id) REFERENCES agenda.survey_sheets (house_id, id)
);
CREATE INDEX survey_answers_by_question ON agenda.survey_answers (house_id, question_id, answered_on);
SELECT core.protect('agenda.survey_answers', 'SELECT, INSERT, UPDATE, DELETE');
