// Row types of a printed report's lines and of what gives them.
import type { Generated } from "kysely";

export type PrintedLinesTable = {
  house_id: string;
  year: number;
  code: string;
  place: number;
  page: Generated<string>;
  programme: Generated<string>;
  label: string;
  value: number;
  decimals: number;
  unit: Generated<string>;
  period: Generated<string>;
  breakdown: Generated<Record<string, string>>;
  kind: Generated<string>;
  formula: Generated<string>;
};

export type LineLinksTable = {
  house_id: string;
  id: string;
  year: number;
  line: string;
  expression: string;
  reason: Generated<string>;
  external_id: string | null;
  version: Generated<number>;
};

export type CoverageTables = {
  "report.printed_lines": PrintedLinesTable;
  "report.line_links": LineLinksTable;
};
