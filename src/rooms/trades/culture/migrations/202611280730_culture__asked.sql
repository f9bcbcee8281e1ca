-- When a venue was asked who came to a date: the turn of the letter and how many bookings were missing then, so that no letter goes twice
-- and the team sees who was asked and did not answer.
CREATE TABLE culture.asked (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  date_id uuid NOT NULL,
  turn smallint NOT NULL CHECK (turn >= 0),
  at timestamptz NOT NULL,
  missing integer NOT NULL CHECK (missing > 0),
  PRIMARY KEY (house_id, date_id, turn),
  FOREIGN KEY (house_id, date_id) REFERENCES culture.dates (house_id, id)
);
SELECT core.protect('culture.asked', 'SELECT, INSERT');
