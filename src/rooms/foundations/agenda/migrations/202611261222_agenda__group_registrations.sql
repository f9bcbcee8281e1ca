-- Whom an act on several people registered for a session, so that it can be taken back: `before` is what their registration was when
-- they had given up before, null where they had none. `asked_at` tells whether it is still the registration that the act made.
CREATE TABLE agenda.group_registrations (
  house_id uuid NOT NULL,
  act_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  before jsonb,
  PRIMARY KEY (house_id, act_id, session_id, person_id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX group_registrations_by_person ON agenda.group_registrations (house_id, person_id);
SELECT core.protect('agenda.group_registrations', 'SELECT, INSERT, UPDATE, DELETE');
