// One function an act on a permanence: planned, its host and volunteers changed, somebody counted, a need noted, the counting closed.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import {
  attendancesOf,
  changeSession,
  closeSession,
  recordSessions,
  type SessionWish,
  sessionById,
  speakersOf,
} from "../../../foundations/agenda/door.ts";
import { type Holder, holdersOf } from "./reads.ts";
import type { OutpostTables } from "./tables.ts";

/** Volunteers as the agenda names who leads a session: by their account, or by their name. */
const speakersFor = (holders: readonly Holder[]) => ({
  accounts: [...new Set(holders.flatMap(({ accountId }) => (accountId ? [accountId] : [])))],
  names: holders.filter(({ accountId }) => !accountId).map(({ name }) => name),
});

/** Puts host and volunteers to sessions, in place of those that they had. */
async function place(tx: Tx, sessions: readonly string[], host: string | null, holders: readonly Holder[]) {
  const house = tx.scope.house;
  const theirs = sql`house_id = ${house} AND session_id = ANY(${[...sessions]}::uuid[])`;
  await sql`DELETE FROM culture.outposts WHERE ${theirs}`.execute(tx.on());
  await sql`DELETE FROM culture.outpost_volunteers WHERE ${theirs}`.execute(tx.on());
  if (host)
    await sql`INSERT INTO culture.outposts (house_id, session_id, host_id) SELECT ${house}, x, ${host} FROM unnest(${[...sessions]}::uuid[]) x`.execute(
      tx.on(),
    );
  const rows = sessions.flatMap((session) => holders.map(({ id }) => ({ session, volunteer: id })));
  if (rows.length > 0)
    await sql`INSERT INTO culture.outpost_volunteers (house_id, session_id, volunteer_id)
      SELECT ${house}, session, volunteer FROM ${rowset(rows, { session: "uuid", volunteer: "uuid" })}`.execute(
      tx.on(),
    );
}

export type Planned = { ok: true; made: boolean } | { ok: false; field: string; sentence: string };

/** Programmes a permanence, or one a day; the first bears the form's key. */
export async function planOutposts(
  tx: Tx,
  key: string,
  days: readonly string[],
  wish: SessionWish & { host: string; holders: readonly Holder[] },
): Promise<Planned> {
  const recorded = await recordSessions(tx, key, days, wish, speakersFor(wish.holders));
  if (!recorded.ok || !recorded.made) return recorded;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM agenda.sessions WHERE house_id = ${tx.scope.house} AND (id = ${key} OR series_id = ${key})`.execute(
    tx.on(),
  );
  await place(
    tx,
    rows.map(({ id }) => id),
    wish.host,
    wish.holders,
  );
  return recorded;
}

export type Placed = { ok: true } | { ok: false; stale: true } | { ok: false; sentence: string };

/** Says anew who hosts and who holds an action; whoever else leads it in the agenda stays. */
export async function changeOutpost(
  tx: Tx,
  id: string,
  version: number,
  host: string | null,
  holders: readonly Holder[],
): Promise<Placed> {
  const session = await sessionById(tx, id);
  if (!session) return { ok: false, stale: true };
  const before = speakersFor(await holdersOf(tx, id));
  const others = (await speakersOf(tx, id)).filter(({ accountId, name }) =>
    accountId ? !before.accounts.includes(accountId) : !before.names.includes(name),
  );
  const now = speakersFor(holders);
  const speakers = {
    accounts: [...new Set([...others.flatMap(({ accountId }) => accountId ?? []), ...now.accounts])],
    names: [...new Set([...others.filter(({ accountId }) => !accountId).map(({ name }) => name), ...now.names])],
  };
  const changed = await changeSession(tx, session, version, session.startsOn, session, speakers);
  if (!changed.ok) return "stale" in changed ? { ok: false, stale: true } : { ok: false, sentence: changed.sentence };
  await place(tx, [id], host, holders);
  return { ok: true };
}

/** Counts people met, under the key of the press; false: that press was counted already, or takes back more than there is. */
export async function countMet(
  tx: Tx,
  wish: { id: string; session: string; sex: "F" | "M" | null; heads: number },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.people_met (house_id, id, session_id, sex, heads, at, account_id)
    SELECT ${tx.scope.house}, ${wish.id}, ${wish.session}, ${wish.sex}, ${wish.heads}::smallint, ${tx.clock.now()}, ${tx.scope.account}
     WHERE ${wish.heads}::int > 0 OR ${-wish.heads}::int <= (SELECT coalesce(sum(heads), 0) FROM culture.people_met
             WHERE house_id = ${tx.scope.house} AND session_id = ${wish.session} AND sex IS NOT DISTINCT FROM ${wish.sex}::text AND settled_at IS NULL)
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Notes a need heard on the spot; false: it was noted already. */
export async function noteNeed(tx: Tx, wish: { id: string; session: string; body: string }): Promise<boolean> {
  const made = await tx
    .on<OutpostTables>()
    .insertInto("culture.outpost_notes")
    .values({
      house_id: tx.scope.house,
      id: wish.id,
      session_id: wish.session,
      body: wish.body,
      at: tx.clock.now(),
      account_id: tx.scope.account,
      settled_at: null,
      settled_by: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** A note was seen to; false: it was already, or there is none. */
export async function settleNote(tx: Tx, session: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE culture.outpost_notes SET settled_at = ${tx.clock.now()}, settled_by = ${tx.scope.account}
     WHERE house_id = ${tx.scope.house} AND session_id = ${session} AND id = ${id} AND settled_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/**
 * Takes what was counted on the spot and is in no attendance yet into those of the session, or says that it is there already (`add`
 * false). Null: the session changed meanwhile, or cannot be closed. A count that arrives later waits for the next closing.
 */
export async function settleMet(tx: Tx, id: string, version: number, add: boolean): Promise<{ heads: number } | null> {
  const session = await sessionById(tx, id);
  if (!session || session.version !== version) return null;
  const { rows } = await sql<{ sex: "F" | "M" | null; heads: number }>`
    UPDATE culture.people_met SET settled_at = ${tx.clock.now()}, settled_as = ${add ? "added" : "left-out"}
     WHERE house_id = ${tx.scope.house} AND session_id = ${id} AND settled_at IS NULL RETURNING sex, heads`.execute(
    tx.on(),
  );
  const counted = (sex: "F" | "M" | null): number =>
    Math.max(
      0,
      rows.filter((row) => row.sex === sex).reduce((sum, row) => sum + row.heads, 0),
    );
  const sexes = ["F", "M", null] as const;
  if (add) {
    const { heads } = await attendancesOf(tx, id);
    const had = (sex: "F" | "M" | null): number => Number(heads.find((one) => one.sex === sex)?.heads ?? 0);
    const closing = { people: [], heads: sexes.map((sex) => ({ sex, heads: had(sex) + counted(sex) })) };
    if (!(await closeSession(tx, session, version, closing))) return null;
  }
  return { heads: sexes.reduce((sum, sex) => sum + counted(sex), 0) };
}
