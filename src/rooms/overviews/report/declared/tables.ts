// Row types of declared and quoted figures.
import type { Generated } from "kysely";
import type { DeclaredKind } from "./words.ts";

export type DeclaredFiguresTable = {
  house_id: string;
  id: string;
  code: string;
  kind: DeclaredKind;
  label: string;
  value: number;
  unit: Generated<string>;
  from_day: string | null;
  to_day: string | null;
  said_by: string;
  evidence: string;
  said_on: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_why: string | null;
  external_id: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type DeclaredCorrectionsTable = {
  house_id: string;
  figure_id: string;
  version: number;
  before: Record<string, string>;
  why: string;
  corrected_at: Date;
  corrected_by: string | null;
};

export type DeclaredTables = {
  "report.declared_figures": DeclaredFiguresTable;
  "report.declared_corrections": DeclaredCorrectionsTable;
};
