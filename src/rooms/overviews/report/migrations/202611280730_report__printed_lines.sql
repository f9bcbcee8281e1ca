-- The figures of a report that was printed, one line each as it reads, and what of the house gives each of them: figures of its records, or
-- figures that somebody declared. What no link tells is missing, and is shown as such.
CREATE TABLE report.printed_lines (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  year integer NOT NULL CHECK (year BETWEEN 1900 AND 2099),
  -- The line's own name in the report's table: "F001".
  code text NOT NULL CHECK (code <> ''),
  place integer NOT NULL,
  page text NOT NULL DEFAULT '',
  programme text NOT NULL DEFAULT '',
  label text NOT NULL,
  value numeric NOT NULL,
  -- How many decimals were printed: "62" is compared at none.
  decimals integer NOT NULL CHECK (decimals BETWEEN 0 AND 10),
  unit text NOT NULL DEFAULT '',
  period text NOT NULL DEFAULT '',
  -- What the line is restricted to, in the report's words: {"antenne": "Gerland"}.
  breakdown jsonb NOT NULL DEFAULT '{}',
  kind text NOT NULL DEFAULT '',
  formula text NOT NULL DEFAULT '',
  PRIMARY KEY (house_id, year, code)
);
SELECT core.protect('report.printed_lines', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE report.line_links (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  year integer NOT NULL,
  line text NOT NULL,
  -- Figures and what is done with them: "ier.personnes[antenne=gerland; sexe=F]", "{billetterie.reservees} / {billetterie.places} * 100".
  expression text NOT NULL CHECK (expression <> ''),
  -- Why the house's value is not the printed one, in words; empty where it is, or where nobody has said.
  reason text NOT NULL DEFAULT '',
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  UNIQUE (house_id, year, line),
  FOREIGN KEY (house_id, year, line) REFERENCES report.printed_lines (house_id, year, code) ON DELETE CASCADE
);
SELECT core.protect('report.line_links', 'SELECT, INSERT, UPDATE, DELETE');
