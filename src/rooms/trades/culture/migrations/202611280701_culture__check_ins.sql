-- Who came, as it was said: one line each time that somebody was let in, counted, or that this was taken back. Lines are only added, and
-- each has the identifier that the device gave it, so that a line sent twice, by a telephone that lost the network, is there once. What a
-- booking says (`attended`) is worked out of its lines, in the order in which they happened.
CREATE TABLE culture.check_ins (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  -- "arrival": so many more came in; "total": so many came in all, or nobody knows (NULL); "undo": the line `undoes` was a mistake.
  kind text NOT NULL CHECK (kind IN ('arrival', 'total', 'undo')),
  came smallint CHECK (came BETWEEN 0 AND 400),
  undoes uuid,
  -- When it happened, by the clock of whoever noted it; when it reached the house.
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  device text CHECK (length(device) <= 40),
  source text NOT NULL CHECK (source IN ('import', 'team', 'venue', 'door', 'link', 'structure')),
  account_id uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, booking_id) REFERENCES culture.bookings (house_id, id),
  CHECK ((kind = 'arrival') <= (came >= 1)),
  CHECK ((kind = 'undo') = (undoes IS NOT NULL))
);
CREATE INDEX check_ins_by_booking ON culture.check_ins (house_id, booking_id);
SELECT core.protect('culture.check_ins', 'SELECT, INSERT');
