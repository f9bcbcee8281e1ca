-- Outlines of communes, as the house brings them from an official file: no package gives them. A map by commune is drawn from these alone.
CREATE TABLE report.outlines (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  code text NOT NULL CHECK (code <> ''),
  name text NOT NULL CHECK (name <> ''),
  -- Rings of points, lighter than the file's: [[[4.83, 45.76], …], …].
  rings jsonb NOT NULL,
  -- The file they come from, and when it was taken in.
  source text NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, code)
);
SELECT core.protect('report.outlines', 'SELECT, INSERT, DELETE');
