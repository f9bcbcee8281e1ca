-- A programme takes people in, or structures: a company that is advised, an association that is helped. Never both.
ALTER TABLE programmes.programmes ADD COLUMN takes text NOT NULL DEFAULT 'persons' CHECK (takes IN ('persons', 'structures'));

-- A structure in a programme, from a day. `entry` and `leaving`: what was true of it on these days.
CREATE TABLE programmes.accompaniments (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  site_id uuid,
  entry_on date NOT NULL,
  exit_on date,
  exit_word_id uuid,
  exit_note text,
  entry jsonb NOT NULL,
  leaving jsonb,
  -- The conditions as they stood that day, each with its verdict.
  eligibility_check jsonb NOT NULL,
  in_spite_of text,
  -- Noted by mistake: it stays, and is not counted.
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, exit_word_id) REFERENCES programmes.outcome_words (house_id, id),
  CHECK (exit_on >= entry_on),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))
);
CREATE INDEX accompaniments_by_programme ON programmes.accompaniments (house_id, programme_id, entry_on);
CREATE INDEX accompaniments_by_structure ON programmes.accompaniments (house_id, structure_id, entry_on);
SELECT core.protect('programmes.accompaniments', 'SELECT, INSERT, UPDATE');

-- Stages that it has passed, as those of a person.
CREATE TABLE programmes.accompaniment_stages (
  house_id uuid NOT NULL,
  accompaniment_id uuid NOT NULL,
  stage_id uuid NOT NULL,
  on_day date NOT NULL,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  PRIMARY KEY (house_id, accompaniment_id, stage_id),
  FOREIGN KEY (house_id, accompaniment_id) REFERENCES programmes.accompaniments (house_id, id),
  FOREIGN KEY (house_id, stage_id) REFERENCES programmes.stages (house_id, id)
);
SELECT core.protect('programmes.accompaniment_stages', 'SELECT, INSERT, DELETE');
