-- Some of the team are lent by another employer (a local mission, a partner house): they work here and are not among the house's own staff.
ALTER TABLE house.staff ADD COLUMN employer text CHECK (employer <> '');
-- The team is counted: what changes in it moves the clock of the answers that are kept. The tables of this schema are followed one by one.
SELECT core.follow('house.staff');
