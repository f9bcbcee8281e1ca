-- An adviser's active list is asked for all day long: who is still followed, and by whom, whatever the years behind.
CREATE INDEX enrolments_active ON programmes.enrolments (house_id, (coalesce(exit_on, 'infinity'::date))) WHERE followed;
CREATE INDEX referents_active ON programmes.referents (house_id, account_id, (coalesce(to_day, 'infinity'::date))) INCLUDE (enrolment_id, from_day);
