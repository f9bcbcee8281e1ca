-- Statistics are refreshed only for tables that the server believes smaller than half of what the import has written (202611260005 said
-- so, and asked twice as much instead: each large import read every table of a large house five times over).
CREATE OR REPLACE FUNCTION core.refresh_statistics(targets text[], written integer) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE target regclass; believed real;
BEGIN
  FOREACH target IN ARRAY targets::regclass[] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = target AND a.attname = 'house_id' AND NOT a.attisdropped) THEN
      RAISE EXCEPTION 'not a table of a house: %', target;
    END IF;
    SELECT c.reltuples INTO believed FROM pg_class c WHERE c.oid = target;
    IF believed < written / 2 THEN EXECUTE format('ANALYZE (SKIP_LOCKED) %s', target); END IF;
  END LOOP;
END $$;
