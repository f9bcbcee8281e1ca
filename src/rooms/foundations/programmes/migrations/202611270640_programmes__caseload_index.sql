-- The active list reads the open paths of one referent from one index. A referent stays written on a path that has ended, so that years of
-- paths had to be looked at to find those of today: the day of the path's exit stands beside, kept by the database itself.
ALTER TABLE programmes.referents ADD COLUMN path_exit_on date;
UPDATE programmes.referents r SET path_exit_on = e.exit_on FROM programmes.enrolments e
 WHERE e.house_id = r.house_id AND e.id = r.enrolment_id AND e.exit_on IS NOT NULL;

CREATE FUNCTION programmes.path_exit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.path_exit_on := (SELECT e.exit_on FROM programmes.enrolments e WHERE e.house_id = NEW.house_id AND e.id = NEW.enrolment_id);
  RETURN NEW;
END $$;
CREATE TRIGGER path_exit BEFORE INSERT OR UPDATE OF enrolment_id, path_exit_on ON programmes.referents FOR EACH ROW EXECUTE FUNCTION programmes.path_exit();

CREATE FUNCTION programmes.tell_path_exit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE programmes.referents r SET path_exit_on = NEW.exit_on WHERE r.house_id = NEW.house_id AND r.enrolment_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER tell_path_exit AFTER UPDATE OF exit_on ON programmes.enrolments FOR EACH ROW WHEN (OLD.exit_on IS DISTINCT FROM NEW.exit_on)
  EXECUTE FUNCTION programmes.tell_path_exit();

CREATE INDEX referents_of_account ON programmes.referents (house_id, account_id, path_exit_on) INCLUDE (enrolment_id, from_day, to_day);
DROP INDEX programmes.referents_by_account_and_end;
