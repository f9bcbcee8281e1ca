-- Deleting a person (an import undone) asks each table that refers to people: without these, each question reads a whole table.
CREATE INDEX persons_by_merge ON people.persons (house_id, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX merges_by_kept ON people.merges (house_id, kept_id);
CREATE INDEX merges_by_absorbed ON people.merges (house_id, absorbed_id);
CREATE INDEX requests_by_person ON people.requests (house_id, person_id);
