-- Stages, steps, results and referrals keep the age of their day once their person is made anonymous: what a past year told by age stays.
ALTER TABLE programmes.stages_reached ADD COLUMN frozen_age smallint;
ALTER TABLE programmes.steps ADD COLUMN frozen_age smallint;
ALTER TABLE programmes.outcomes ADD COLUMN frozen_age smallint;
ALTER TABLE programmes.referrals ADD COLUMN frozen_age smallint;
GRANT UPDATE (frozen_age) ON programmes.stages_reached, programmes.referrals TO traboule_web;
