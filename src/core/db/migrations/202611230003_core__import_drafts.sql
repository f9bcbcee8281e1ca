-- Imports that wait for somebody's word, and what a later file is compared with.

-- `external_id`: the row's own identifier in the file; `written`: a short mark of each value that the import wrote (see
-- src/core/importing/written.ts). A later file is compared with these, so that what was corrected by hand since is seen.
-- Undoing takes the rows away; an erasure empties them.
ALTER TABLE core.import_changes ADD COLUMN external_id text, ADD COLUMN written text;
CREATE INDEX import_changes_by_key ON core.import_changes (house_id, target, external_id, import_id DESC) WHERE external_id IS NOT NULL;
CREATE INDEX import_changes_by_record ON core.import_changes (house_id, target, record_id);
GRANT UPDATE, DELETE ON core.import_changes TO traboule_web;

-- A file that was sent and not yet imported: its dry run, and what came of it. Kept a day.
CREATE TABLE core.import_drafts (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  account_id uuid,
  kind text,
  file_name text NOT NULL,
  stored_name text NOT NULL,
  sha256 text NOT NULL,
  bytes bigint NOT NULL,
  headers text[] NOT NULL DEFAULT '{}',
  mapping jsonb,
  state text NOT NULL CHECK (state IN ('columns', 'reading', 'ready', 'importing', 'imported', 'failed')),
  rows_read integer NOT NULL DEFAULT 0,
  beat_at timestamptz NOT NULL,
  report jsonb,
  sentence text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('core.import_drafts', 'SELECT, INSERT, UPDATE, DELETE');
