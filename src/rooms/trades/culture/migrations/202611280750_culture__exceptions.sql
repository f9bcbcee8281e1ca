-- The team may book for a structure that has no right to book today (convention, dues), when it says why: the exception stays with the booking.
CREATE TABLE culture.booking_exceptions (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  booking_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  -- What the rule said that day, by its word.
  rule text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  PRIMARY KEY (house_id, booking_id),
  FOREIGN KEY (house_id, booking_id) REFERENCES culture.bookings (house_id, id) ON DELETE CASCADE
);
SELECT core.protect('culture.booking_exceptions', 'SELECT, INSERT, DELETE');
