-- Vouchers sent to whoever comes: to which address, so that the reminder and the news of a cancelled outing find them too. The address is
-- emptied once the outing is over.
CREATE TABLE culture.vouchers (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  booking_id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
  recipient text,
  sent_at timestamptz NOT NULL,
  sent_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, booking_id) REFERENCES culture.bookings (house_id, id)
);
CREATE INDEX vouchers_by_booking ON culture.vouchers (house_id, booking_id);
CREATE INDEX vouchers_with_address ON culture.vouchers (house_id) WHERE recipient IS NOT NULL;
SELECT core.protect('culture.vouchers', 'SELECT, INSERT, UPDATE, DELETE');
