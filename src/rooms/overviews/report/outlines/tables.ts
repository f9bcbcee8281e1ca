// Row types of the outlines that a house brought.
import type { ColumnType } from "kysely";
import type { Ring } from "./reading.ts";

type Json<T> = ColumnType<T, string, string>;

export type OutlinesTable = {
  house_id: string;
  code: string;
  name: string;
  rings: Json<readonly Ring[]>;
  source: string;
  taken_at: Date;
};

export type OutlineTables = { "report.outlines": OutlinesTable };
