-- The name as it is compared is kept: the list is in its order, and a structure about to be entered is compared with all of them.
ALTER TABLE partners.structures ADD COLUMN name_key text NOT NULL GENERATED ALWAYS AS (core.normalise(name)) STORED;
DROP INDEX partners.structures_by_name;
CREATE INDEX structures_by_name ON partners.structures (house_id, name_key, id) WHERE merged_into IS NULL;
