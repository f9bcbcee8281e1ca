// The journal as it is read: newest first, page after page from the last line seen.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import { isDay } from "../../../../core/time.ts";
import type { HouseTables } from "../tables.ts";

export type JournalRow = {
  id: string;
  at: Date;
  account_id: string | null;
  /** Name of the account or of the program's key; null for the machine itself. */
  name: string | null;
  act: string;
  subject_kind: string | null;
  subject_id: string | null;
  ip: string | null;
  details: Record<string, unknown> | null;
};

/** The identifier that no record has. */
export const nothing = "00000000-0000-0000-0000-000000000000";

/** What to keep: an account, an act, a day of the house's zone, a record. Null: everything. */
export type JournalFilter = { account: string | null; act: string | null; day: string | null; record: string | null };

/**
 * A filter from an address; what is not well formed is left out. `recordOf` knows the record that a text names otherwise than by its
 * identifier: a person's code.
 */
export async function filterOf(
  query: Record<string, string | undefined>,
  recordOf: (text: string) => Promise<string | null>,
): Promise<JournalFilter> {
  const uuid = (text = ""): string | null => (isUuid(text.trim()) ? text.trim() : null);
  const day = (query.jour ?? "").trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1");
  const record = (query.fiche ?? "").trim();
  return {
    account: uuid(query.compte),
    act: query.acte || null,
    day: isDay(day) ? day : null,
    // A code that names nothing finds nothing: showing everything would be an answer to another question.
    record: record === "" ? null : (uuid(record) ?? (await recordOf(record)) ?? nothing),
  };
}

/** The lines of a filter, newest first, as a query. */
export const journalQuery = (tx: Tx, filter: JournalFilter) =>
  tx
    .on<HouseTables>()
    .selectFrom("core.journal as j")
    .leftJoin("house.accounts as a", (join) =>
      join.onRef("a.house_id", "=", "j.house_id").onRef("a.id", "=", "j.account_id"),
    )
    .leftJoin("house.api_keys as k", (join) =>
      join.onRef("k.house_id", "=", "j.house_id").onRef("k.id", "=", "j.account_id"),
    )
    .select(["j.id", "j.at", "j.account_id", "j.act", "j.subject_kind", "j.subject_id", "j.ip", "j.details"])
    .select(sql<string | null>`coalesce(a.name, k.name)`.as("name"))
    .where(kept(tx, filter))
    .orderBy("j.at", "desc")
    .orderBy("j.id", "desc");

/** How many lines a filter keeps. */
export async function journalCount(tx: Tx, filter: JournalFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM core.journal j WHERE ${kept(tx, filter)}`.execute(tx.on());
  return rows[0]?.count ?? 0;
}

/** The condition of a filter on the journal's lines, `j`. */
function kept(tx: Tx, filter: JournalFilter) {
  const { house, zone } = tx.scope;
  const conditions = [sql`j.house_id = ${house}`];
  if (filter.account) conditions.push(sql`j.account_id = ${filter.account}`);
  if (filter.act) conditions.push(sql`j.act = ${filter.act}`);
  if (filter.record) conditions.push(sql`j.subject_id = ${filter.record}`);
  if (filter.day)
    conditions.push(
      sql`j.at >= (${filter.day}::date)::timestamp AT TIME ZONE ${zone}`,
      sql`j.at < (${filter.day}::date + 1)::timestamp AT TIME ZONE ${zone}`,
    );
  return sql<boolean>`${sql.join(conditions, sql` AND `)}`;
}

export type JournalPage = { rows: JournalRow[]; next: string | null };

/** One page; `after` is the cursor that the page before gave ("MILLISECONDS_ID"), anything else begins at the newest. */
export async function journalPage(
  tx: Tx,
  filter: JournalFilter,
  after: string | null,
  most = 100,
): Promise<JournalPage> {
  let query = journalQuery(tx, filter).limit(most + 1);
  const [ms = "", id = ""] = (after ?? "").split("_");
  if (/^\d{1,15}$/.test(ms) && isUuid(id))
    query = query.where(sql<boolean>`(j.at, j.id) < (${new Date(Number(ms))}::timestamptz, ${id}::uuid)`);
  const rows: JournalRow[] = await query.execute();
  const shown = rows.slice(0, most);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > most && last ? `${last.at.getTime()}_${last.id}` : null };
}
