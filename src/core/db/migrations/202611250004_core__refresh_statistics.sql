-- An import fills tables that were empty a moment ago. The server plans by what it believed then, and every foreign key checked by that
-- plan walks the whole table: a row costs more than the one before. Only an owner may refresh what the server believes, so the web role
-- asks this function, for tables that hold a house's rows and for nothing else.
CREATE FUNCTION core.refresh_statistics(targets text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE target regclass;
BEGIN
  FOREACH target IN ARRAY targets::regclass[] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = target AND a.attname = 'house_id' AND NOT a.attisdropped) THEN
      RAISE EXCEPTION 'not a table of a house: %', target;
    END IF;
    EXECUTE format('ANALYZE %s', target);
  END LOOP;
END $$;
