// Row types of the schema `money`. An amount is a number of euros and cents: sums are made by the database, which keeps them exact.
import type { Generated } from "kysely";

export type EntriesTable = {
  house_id: string;
  id: string;
  on_day: string;
  account: string;
  label: Generated<string>;
  side: "debit" | "credit";
  amount: number;
  funder: string | null;
  programme_id: string | null;
  external_id: string;
  version: Generated<number>;
};

export type SplitRulesTable = {
  house_id: string;
  id: string;
  account: string;
  words: Generated<string>;
  funder: string | null;
  programme_id: string | null;
  created_at: Date;
  created_by: string | null;
};

export type MoneyTables = { "money.entries": EntriesTable; "money.split_rules": SplitRulesTable };
