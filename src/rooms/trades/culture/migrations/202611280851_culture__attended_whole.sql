-- Of a group of which one came in out of three, nobody knows yet what became of the two others: what a booking says is whole once a total
-- was given (a file, the team, a link, « les autres ne sont pas venus ») or once everybody is in. What is there already counts as whole.
ALTER TABLE culture.bookings ADD COLUMN attended_whole boolean NOT NULL DEFAULT true;
