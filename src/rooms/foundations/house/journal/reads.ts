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

/** What to keep: an account, an act, a day of the house's zone, a record. Null: everything. */
export type JournalFilter = { account: string | null; act: string | null; day: string | null; record: string | null };

/** A filter from an address; what is not well formed is left out. */
export const filterOf = (query: Record<string, string | undefined>): JournalFilter => {
  const uuid = (text = ""): string | null => (isUuid(text.trim()) ? text.trim() : null);
  const day = (query.jour ?? "").trim().replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, "$3-$2-$1");
  return {
    account: uuid(query.compte),
    act: query.acte || null,
    day: isDay(day) ? day : null,
    record: uuid(query.fiche),
  };
};

/** The lines of a filter, newest first, as a query. */
export function journalQuery(tx: Tx, filter: JournalFilter) {
  let query = tx
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
    .where("j.house_id", "=", tx.scope.house)
    .orderBy("j.at", "desc")
    .orderBy("j.id", "desc");
  if (filter.account) query = query.where("j.account_id", "=", filter.account);
  if (filter.act) query = query.where("j.act", "=", filter.act);
  if (filter.record) query = query.where("j.subject_id", "=", filter.record);
  if (filter.day) {
    const start = sql<Date>`(${filter.day}::date)::timestamp AT TIME ZONE ${tx.scope.zone}`;
    const end = sql<Date>`(${filter.day}::date + 1)::timestamp AT TIME ZONE ${tx.scope.zone}`;
    query = query.where("j.at", ">=", start).where("j.at", "<", end);
  }
  return query;
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

export type Opening = { at: Date; account: string | null; name: string | null; act: string };

/** Who opened a person's file, newest first. `acts` are the journal's words that count as opening. */
export async function whoOpened(
  tx: Tx,
  person: string,
  most: number,
  acts: readonly string[] = ["person.opened"],
): Promise<Opening[]> {
  const rows = await journalQuery(tx, { account: null, act: null, day: null, record: person })
    .where("j.act", "in", acts)
    .limit(most)
    .execute();
  return rows.map(({ at, account_id, name, act }) => ({ at, account: account_id, name, act }));
}
