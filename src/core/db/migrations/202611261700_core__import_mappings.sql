-- What was said of a file's columns is kept for every file with the same headers (core.import_mappings, now in the order of the columns),
-- and found there: a draft has no mapping of its own. What was kept by header before is said again.
ALTER TABLE core.import_drafts DROP COLUMN mapping;
DELETE FROM core.import_mappings;
