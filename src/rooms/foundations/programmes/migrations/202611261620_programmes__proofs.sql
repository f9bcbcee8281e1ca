-- The documents that prove a step: a convention, a contract, a certificate. They live in the database, so that a backup, an erasure and the
-- act that adds one are exact; in pieces, so that none is in memory whole when it is read (docs/decisions/0016-proofs.md).
CREATE TABLE programmes.proofs (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  step_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png')),
  bytes integer NOT NULL CHECK (bytes > 0),
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  added_at timestamptz NOT NULL,
  added_by uuid,
  PRIMARY KEY (house_id, id),
  -- The same document sent twice is one.
  UNIQUE (house_id, step_id, sha256),
  FOREIGN KEY (house_id, step_id) REFERENCES programmes.steps (house_id, id)
);
SELECT core.protect('programmes.proofs', 'SELECT, INSERT, DELETE');

CREATE TABLE programmes.proof_pieces (
  house_id uuid NOT NULL,
  proof_id uuid NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  piece bytea NOT NULL,
  PRIMARY KEY (house_id, proof_id, position),
  FOREIGN KEY (house_id, proof_id) REFERENCES programmes.proofs (house_id, id) ON DELETE CASCADE
);
-- Pictures and PDF are packed already: packing them again costs time and wins nothing.
ALTER TABLE programmes.proof_pieces ALTER COLUMN piece SET STORAGE EXTERNAL;
SELECT core.protect('programmes.proof_pieces', 'SELECT, INSERT, DELETE');
