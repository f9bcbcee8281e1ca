-- Acts on several lines of a list at once: each can be taken back whole. What an act touched is known by the room whose act it is.

-- `act`: the room's word for it; `list`: where the lines were chosen; `chosen` lines gave `done` changes; `said`: what its author was told.
CREATE TABLE core.group_acts (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  act text NOT NULL,
  list text NOT NULL,
  account_id uuid,
  at timestamptz NOT NULL,
  chosen integer NOT NULL CHECK (chosen > 0),
  done integer NOT NULL DEFAULT 0 CHECK (done >= 0),
  said text NOT NULL DEFAULT '',
  undone_at timestamptz,
  undone_by uuid,
  undone_said text,
  PRIMARY KEY (house_id, id)
);
CREATE INDEX group_acts_by_time ON core.group_acts (house_id, at DESC);
SELECT core.protect('core.group_acts', 'SELECT, INSERT, UPDATE');
