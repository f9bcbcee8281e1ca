// Row types of the outlines that a house brought.
import type { Ring } from "./reading.ts";

export type OutlinesTable = {
  house_id: string;
  code: string;
  name: string;
  rings: readonly Ring[];
  source: string;
  taken_at: Date;
};

export type OutlineTables = { "report.outlines": OutlinesTable };
