-- A clock that moves with every change of what figures are counted from, so that an answer may serve again while it stands still. It is
-- no more than a number: a change moves it inside its transaction, and holds a shared lock until its end. Who reads the clock, sees that
-- nobody holds that lock, and then counts, has counted exactly what the clock says: whatever changed before is committed and seen,
-- whatever changes after moves the clock.
CREATE SEQUENCE core.changes;
SELECT nextval('core.changes');
GRANT SELECT, USAGE ON SEQUENCE core.changes TO traboule_web;

CREATE FUNCTION core.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(20201231, 1);
  PERFORM nextval('core.changes');
  RETURN NULL;
END $$;

-- `clock`: the same text as long as nothing has changed (another database or a restart is another clock). `settled`: nobody, this
-- transaction included, is changing anything. A transaction that keeps seeing an old state has no clock.
CREATE FUNCTION core.clock() RETURNS TABLE (clock text, settled boolean) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  SELECT d.oid || ' ' || pg_postmaster_start_time() || ' ' || c.last_value INTO clock
    FROM core.changes c, pg_database d WHERE d.datname = current_database();
  settled := current_setting('transaction_isolation') = 'read committed'
    AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = 20201231 AND l.objid = 1
                      AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()));
  RETURN NEXT;
END $$;

CREATE FUNCTION core.follow(target regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE OR REPLACE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION core.note_change()', target);
END $$;

-- Every table of a room is followed. The journal and what the program notes for itself are not, nor accounts and sessions, which every
-- request touches and no figure reads.
CREATE OR REPLACE FUNCTION core.protect(target regclass, privileges text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY house ON %s TO traboule_web USING (house_id = (SELECT core.current_house())) WITH CHECK (house_id = (SELECT core.current_house()))', target);
  EXECUTE format('GRANT %s ON %s TO traboule_web', privileges, target);
  IF (SELECT c.relnamespace::regnamespace::text FROM pg_class c WHERE c.oid = target) NOT IN ('core', 'house') THEN PERFORM core.follow(target); END IF;
END $$;

SELECT core.follow(c.oid) FROM pg_class c
 WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND (c.relnamespace::regnamespace::text NOT IN ('core', 'house') OR c.oid = 'house.sites'::regclass);
