-- The annual report as a document: an edition is made of chapters, a chapter of blocks. Figures stand in it as references, so that records
-- write them; what only people can write is kept with every version that it had. A state is a row: who froze, published or reopened it, when
-- and why. What is frozen keeps each value with its definition and the fingerprint of its rows.
CREATE TABLE report.editions (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  -- What the public address calls it.
  slug text NOT NULL CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,79}$'),
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day >= from_day),
  state text NOT NULL CHECK (state IN ('draft', 'review', 'frozen', 'published')),
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, slug)
);
SELECT core.protect('report.editions', 'SELECT, INSERT, UPDATE');

CREATE TABLE report.edition_events (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'review', 'frozen', 'published')),
  -- Why it was reopened.
  why text,
  at timestamptz NOT NULL,
  by_account uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, edition_id) REFERENCES report.editions (house_id, id)
);
CREATE INDEX edition_events_of ON report.edition_events (house_id, edition_id, at);
SELECT core.protect('report.edition_events', 'SELECT, INSERT');

CREATE TABLE report.edition_chapters (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('overview', 'moral', 'desks', 'programme', 'resources', 'outlook', 'free')),
  -- The code of the programme whose chapter it is.
  programme text CHECK ((programme IS NOT NULL) = (kind = 'programme')),
  title text NOT NULL CHECK (title <> ''),
  position integer NOT NULL,
  owner_id uuid,
  state text NOT NULL CHECK (state IN ('to-write', 'written', 'checked')),
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, edition_id) REFERENCES report.editions (house_id, id)
);
CREATE INDEX edition_chapters_of ON report.edition_chapters (house_id, edition_id, position);
SELECT core.protect('report.edition_chapters', 'SELECT, INSERT, UPDATE');

CREATE TABLE report.edition_blocks (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  chapter_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('text', 'figures', 'table', 'chart', 'testimony', 'photo', 'box', 'partners')),
  position integer NOT NULL,
  hidden boolean NOT NULL DEFAULT false,
  -- The next edition starts with a copy of it.
  kept boolean NOT NULL DEFAULT false,
  content jsonb NOT NULL,
  removed_at timestamptz,
  changed_at timestamptz NOT NULL,
  changed_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, chapter_id) REFERENCES report.edition_chapters (house_id, id)
);
CREATE INDEX edition_blocks_of ON report.edition_blocks (house_id, chapter_id, position);
SELECT core.protect('report.edition_blocks', 'SELECT, INSERT, UPDATE');

-- Every content that a block had, the present one too: nothing that somebody wrote is lost.
CREATE TABLE report.edition_block_versions (
  house_id uuid NOT NULL,
  block_id uuid NOT NULL,
  version integer NOT NULL,
  content jsonb NOT NULL,
  -- The version that was brought back, when one was.
  from_version integer,
  at timestamptz NOT NULL,
  by_account uuid,
  PRIMARY KEY (house_id, block_id, version),
  FOREIGN KEY (house_id, block_id) REFERENCES report.edition_blocks (house_id, id)
);
SELECT core.protect('report.edition_block_versions', 'SELECT, INSERT');

CREATE TABLE report.edition_comments (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  chapter_id uuid NOT NULL,
  text text NOT NULL CHECK (text <> ''),
  at timestamptz NOT NULL,
  by_account uuid,
  settled_at timestamptz,
  settled_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, chapter_id) REFERENCES report.edition_chapters (house_id, id)
);
CREATE INDEX edition_comments_of ON report.edition_comments (house_id, chapter_id, at);
SELECT core.protect('report.edition_comments', 'SELECT, INSERT, UPDATE');

-- Pictures are made anew from what was sent, without what a camera writes beside them, and small enough to be in one row.
CREATE TABLE report.edition_photos (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  edition_id uuid NOT NULL,
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  jpeg bytea NOT NULL,
  added_at timestamptz NOT NULL,
  added_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, edition_id) REFERENCES report.editions (house_id, id)
);
ALTER TABLE report.edition_photos ALTER COLUMN jpeg SET STORAGE EXTERNAL;
SELECT core.protect('report.edition_photos', 'SELECT, INSERT');

-- One freeze: the document as it was, with its exact numbers and as readers outside the team have it.
CREATE TABLE report.edition_freezes (
  house_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  at timestamptz NOT NULL,
  by_account uuid,
  within jsonb NOT NULL,
  outside jsonb NOT NULL,
  PRIMARY KEY (house_id, edition_id, number),
  FOREIGN KEY (house_id, edition_id) REFERENCES report.editions (house_id, id)
);
SELECT core.protect('report.edition_freezes', 'SELECT, INSERT');

CREATE TABLE report.frozen_figures (
  house_id uuid NOT NULL,
  edition_id uuid NOT NULL,
  number integer NOT NULL,
  -- Figure, filter and period as one text.
  key text NOT NULL,
  code text NOT NULL,
  filters jsonb NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  value numeric NOT NULL,
  label text NOT NULL,
  unit text NOT NULL,
  definition text NOT NULL,
  -- Over the rows that were counted; NULL: no record gives the figure, somebody declared it.
  fingerprint text,
  PRIMARY KEY (house_id, edition_id, number, key),
  FOREIGN KEY (house_id, edition_id, number) REFERENCES report.edition_freezes (house_id, edition_id, number)
);
SELECT core.protect('report.frozen_figures', 'SELECT, INSERT');
