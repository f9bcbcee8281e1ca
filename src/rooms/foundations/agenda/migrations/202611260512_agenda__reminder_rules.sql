-- By which way people are reminded of their appointments, from a day on.
CREATE TABLE agenda.reminder_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  from_day date NOT NULL,
  way text NOT NULL CHECK (way IN ('none', 'mail', 'sms', 'mail-then-sms', 'sms-then-mail')),
  source text NOT NULL,
  PRIMARY KEY (house_id, from_day)
);
SELECT core.protect('agenda.reminder_rules', 'SELECT, INSERT, UPDATE');
