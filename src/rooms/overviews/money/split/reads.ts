// Reads of entries one by one, of the rules that split them, and of what is left to split.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Side } from "../words.ts";

export type EntryLine = {
  id: string;
  day: string;
  account: string;
  label: string;
  side: Side;
  amount: number;
  funder: string | null;
  programme: string | null;
  version: number;
};

/** One entry; null when the house has none of that identifier. */
export async function entryById(tx: Tx, id: string): Promise<EntryLine | null> {
  const { rows } = await sql<EntryLine>`
    SELECT e.id, e.on_day AS day, e.account, e.label, e.side, e.amount::float8 AS amount, e.funder, e.programme_id AS programme, e.version
      FROM money.entries e WHERE e.house_id = ${tx.scope.house} AND e.id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

export type Rule = {
  id: string;
  account: string;
  words: string;
  funder: string | null;
  programme: string | null;
  entries: number;
};

/** The rules, each with how many entries it is the nearest to. */
export async function splitRules(tx: Tx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    SELECT r.id, r.account, r.words, r.funder, g.code AS programme,
           (SELECT count(*)::int FROM money.entries e WHERE e.house_id = r.house_id AND starts_with(e.account, r.account) AND position(core.normalise(r.words) IN core.normalise(e.label)) > 0) AS entries
      FROM money.split_rules r LEFT JOIN programmes.programmes g ON g.house_id = r.house_id AND g.id = r.programme_id
     WHERE r.house_id = ${tx.scope.house} ORDER BY r.account, r.words`.execute(tx.on());
  return rows;
}

/** Income without a funder, expenditure without a programme: how many entries, and of how much. */
export async function unsplit(
  tx: Tx,
): Promise<{ income: number; incomeSum: number; spending: number; spendingSum: number }> {
  const { rows } = await sql<{ income: number; incomeSum: number; spending: number; spendingSum: number }>`
    SELECT count(*) FILTER (WHERE account LIKE '7%' AND funder IS NULL)::int AS income,
           coalesce(sum(amount) FILTER (WHERE account LIKE '7%' AND funder IS NULL), 0)::float8 AS "incomeSum",
           count(*) FILTER (WHERE account LIKE '6%' AND programme_id IS NULL)::int AS spending,
           coalesce(sum(amount) FILTER (WHERE account LIKE '6%' AND programme_id IS NULL), 0)::float8 AS "spendingSum"
      FROM money.entries WHERE house_id = ${tx.scope.house}`.execute(tx.on());
  return rows[0] ?? { income: 0, incomeSum: 0, spending: 0, spendingSum: 0 };
}

/** The funders that entries name already. */
export async function knownFunders(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ funder: string }>`
    SELECT DISTINCT funder FROM money.entries WHERE house_id = ${tx.scope.house} AND funder IS NOT NULL ORDER BY 1 LIMIT 200`.execute(
    tx.on(),
  );
  return rows.map(({ funder }) => funder);
}
