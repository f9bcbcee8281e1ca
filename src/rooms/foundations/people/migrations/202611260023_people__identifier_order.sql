-- Kinds and identifiers are compared byte by byte: in the house's language order each comparison costs several times as much, and
-- nobody reads them in order. An import of a hundred thousand people writes a million of them.
ALTER TABLE people.situations ALTER COLUMN kind TYPE text COLLATE "C";
ALTER TABLE people.external_ids
  ALTER COLUMN system TYPE text COLLATE "C",
  ALTER COLUMN external_id TYPE text COLLATE "C";
