-- The public page of the pole, and the forum of expression. The page says who may be read by strangers: a house without one, or whose page
-- is closed, does not exist for them.
CREATE TABLE culture.public_pages (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  about text NOT NULL CHECK (about <> ''),
  coming text NOT NULL DEFAULT '',
  contact text NOT NULL DEFAULT '',
  -- The same in easy French.
  easy_about text NOT NULL DEFAULT '',
  easy_coming text NOT NULL DEFAULT '',
  open boolean NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id)
);
SELECT core.protect('culture.public_pages', 'SELECT, INSERT, UPDATE');

-- Which house a public address names; only one whose page is open.
CREATE FUNCTION culture.open_page(wanted text) RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT h.house_id, h.code, h.name, h.zone FROM house.houses h JOIN culture.public_pages p ON p.house_id = h.house_id WHERE h.code = wanted AND p.open
$$;
REVOKE ALL ON FUNCTION culture.open_page(text) FROM public;
GRANT EXECUTE ON FUNCTION culture.open_page(text) TO traboule_web;

-- What people write for the forum of expression. Nothing is shown before somebody of the team read it; how its author wants to be named is
-- the author's consent, kept with its day and how it was given. Taken back, it keeps no word and no name.
CREATE TABLE culture.contributions (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  title text NOT NULL DEFAULT '',
  body text NOT NULL DEFAULT '',
  first_name text,
  family_name text,
  -- How to reach the author; never shown.
  reach text,
  signed text NOT NULL CHECK (signed IN ('name', 'first', 'none')),
  came_by text NOT NULL CHECK (came_by IN ('page', 'mail', 'hand')),
  consented_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('received', 'published', 'refused', 'withdrawn')),
  decided_why text,
  published_on date,
  created_at timestamptz NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  CHECK (state = 'withdrawn' OR (title <> '' AND body <> '')),
  CHECK (state <> 'withdrawn' OR (title = '' AND body = '' AND first_name IS NULL AND family_name IS NULL AND reach IS NULL)),
  CHECK ((state = 'published') <= (published_on IS NOT NULL)),
  CHECK (signed = 'none' OR state = 'withdrawn' OR first_name IS NOT NULL)
);
CREATE INDEX contributions_by_state ON culture.contributions (house_id, state, created_at);
SELECT core.protect('culture.contributions', 'SELECT, INSERT, UPDATE');
