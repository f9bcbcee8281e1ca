-- An adviser's active list is asked for all day long: who is still followed, and by whom, whatever the years behind.
CREATE INDEX enrolments_followed ON programmes.enrolments (house_id, exit_on) WHERE followed;
CREATE INDEX referents_by_account_and_end ON programmes.referents (house_id, account_id, to_day);
DROP INDEX programmes.referents_by_account;
-- From which year to which the report goes.
CREATE INDEX enrolments_by_entry ON programmes.enrolments (house_id, entry_on);
