-- Who signed for a session on the tablet that went round: the strokes, or initials typed where nothing can be drawn.
CREATE TABLE agenda.signatures (
  house_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  -- Strokes in a box of 600 by 200, as the path of a picture: "M12 30L14 33".
  strokes text CHECK (strokes ~ '^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})+)+$' AND length(strokes) <= 20000),
  initials text CHECK (length(initials) BETWEEN 1 AND 12),
  signed_at timestamptz NOT NULL,
  -- Whose session the tablet had.
  account_id uuid,
  PRIMARY KEY (house_id, session_id, person_id),
  CHECK ((strokes IS NULL) <> (initials IS NULL)),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX signatures_by_person ON agenda.signatures (house_id, person_id);
SELECT core.protect('agenda.signatures', 'SELECT, INSERT, UPDATE, DELETE');
