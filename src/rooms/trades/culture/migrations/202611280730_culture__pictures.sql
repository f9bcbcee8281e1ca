-- Drawings and photos of the forum. A contribution is a text, or pictures with or without a text; a picture is kept clean of what it does not
-- show, and is published with words for who does not see it. Taken back, the rows go, and the pictures with them.
ALTER TABLE culture.contributions ADD COLUMN form text NOT NULL DEFAULT 'text' CHECK (form IN ('text', 'picture'));
ALTER TABLE culture.contributions DROP CONSTRAINT contributions_check;
ALTER TABLE culture.contributions ADD CONSTRAINT contributions_say CHECK (state = 'withdrawn' OR (title <> '' AND (body <> '' OR form = 'picture')));

CREATE TABLE culture.contribution_pictures (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  contribution_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('jpeg', 'png')),
  width integer NOT NULL CHECK (width > 0),
  height integer NOT NULL CHECK (height > 0),
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL,
  content bytea NOT NULL,
  -- What it shows, in words; empty: not said yet, and then it is not published.
  words text NOT NULL DEFAULT '',
  added_at timestamptz NOT NULL,
  added_by uuid,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, contribution_id, sha256),
  FOREIGN KEY (house_id, contribution_id) REFERENCES culture.contributions (house_id, id) ON DELETE CASCADE
);
-- Pictures are packed already: packing them again costs time and wins nothing.
ALTER TABLE culture.contribution_pictures ALTER COLUMN content SET STORAGE EXTERNAL;
SELECT core.protect('culture.contribution_pictures', 'SELECT, INSERT, UPDATE, DELETE');
