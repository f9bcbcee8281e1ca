-- The list of people, by name: a page begins where the one before ended, without the whole house being sorted.
CREATE INDEX persons_by_name ON people.persons (house_id, family_name, given_name, id) WHERE merged_into IS NULL AND anonymised_at IS NULL;
