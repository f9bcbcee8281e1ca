-- An import runs outside of the request that asks for it, in whatever copy of the program took that request.

-- `attempt`: the piece of work that holds the draft; one that was given up for dead and wakes late finds another there and stops.
-- `rows_total`: rows that the dry run counted. `import_id`: the import that came of it.
ALTER TABLE core.import_drafts
  ADD COLUMN attempt uuid,
  ADD COLUMN rows_total integer,
  ADD COLUMN import_id uuid;

-- Undoing is such work too.
ALTER TABLE core.imports
  ADD COLUMN undo_attempt uuid,
  ADD COLUMN undo_beat_at timestamptz,
  ADD COLUMN undo_sentence text;

-- Identifiers are compared byte by byte: in the house's language order each comparison costs several times as much, and nobody reads
-- them in order.
ALTER TABLE core.import_changes
  ALTER COLUMN target TYPE text COLLATE "C",
  ALTER COLUMN external_id TYPE text COLLATE "C";

-- An erasure looks for everything that imports remember of a record, whatever table it was in.
DROP INDEX core.import_changes_by_record;
CREATE INDEX import_changes_by_record ON core.import_changes (house_id, record_id);

-- Statistics are refreshed only for tables that the server believes smaller than half of what the import has written, and never waited
-- for: another house's import may be refreshing the same.
DROP FUNCTION core.refresh_statistics(text[]);
CREATE FUNCTION core.refresh_statistics(targets text[], written integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE target regclass; believed real;
BEGIN
  FOREACH target IN ARRAY targets::regclass[] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = target AND a.attname = 'house_id' AND NOT a.attisdropped) THEN
      RAISE EXCEPTION 'not a table of a house: %', target;
    END IF;
    SELECT c.reltuples INTO believed FROM pg_class c WHERE c.oid = target;
    IF believed < written * 2 THEN EXECUTE format('ANALYZE (SKIP_LOCKED) %s', target); END IF;
  END LOOP;
END $$;
