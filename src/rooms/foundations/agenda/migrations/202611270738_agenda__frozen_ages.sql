-- Interviews and attendances keep the age of their day once their person is made anonymous, as visits do: what a past year told by age stays.
ALTER TABLE agenda.interviews ADD COLUMN frozen_age smallint;
ALTER TABLE agenda.attendances ADD COLUMN frozen_age smallint;
-- And visits whether their person had the RSA on that day: the situation itself is erased with who they were.
ALTER TABLE agenda.visits ADD COLUMN frozen_rsa text CHECK (frozen_rsa IN ('yes', 'no'));
