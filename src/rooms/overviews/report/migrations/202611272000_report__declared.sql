-- Figures that no record gives: declared (65 km ridden, press cuttings) by somebody, on some evidence, on a day; or quoted (a threshold, a
-- date). A correction keeps what was said before it, and why; what is withdrawn stays, with the reason.
CREATE SCHEMA report;
GRANT USAGE ON SCHEMA report TO traboule_web;
CREATE TABLE report.declared_figures (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  -- What other pages name it by; the same code serves year after year, once for a period.
  code text NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9._-]{1,79}$'),
  kind text NOT NULL CHECK (kind IN ('declared', 'quoted')),
  label text NOT NULL CHECK (label <> ''),
  value numeric NOT NULL,
  unit text NOT NULL DEFAULT '',
  -- Both NULL: true whatever the day.
  from_day date,
  to_day date,
  said_by text NOT NULL CHECK (said_by <> ''),
  evidence text NOT NULL CHECK (evidence <> ''),
  said_on date NOT NULL,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_why text CHECK (withdrawn_why <> ''),
  external_id text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  CHECK ((from_day IS NULL) = (to_day IS NULL) AND to_day >= from_day),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_why IS NULL))
);
CREATE UNIQUE INDEX declared_once_a_period ON report.declared_figures (house_id, code, from_day, to_day) NULLS NOT DISTINCT WHERE withdrawn_at IS NULL;
SELECT core.protect('report.declared_figures', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE report.declared_corrections (
  house_id uuid NOT NULL,
  figure_id uuid NOT NULL,
  -- The version that was corrected, and what it said.
  version integer NOT NULL,
  before jsonb NOT NULL,
  why text NOT NULL CHECK (why <> ''),
  corrected_at timestamptz NOT NULL,
  corrected_by uuid,
  PRIMARY KEY (house_id, figure_id, version),
  FOREIGN KEY (house_id, figure_id) REFERENCES report.declared_figures (house_id, id)
);
SELECT core.protect('report.declared_corrections', 'SELECT, INSERT');
