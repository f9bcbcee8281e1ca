// Registering, giving up, entering from the waiting list. Each holds the session's row, so that places are counted by one at a time.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { retractReminders } from "../reminders/reminding.ts";
import { entering } from "./rules.ts";
import type { SessionStatus } from "./tables.ts";

type Held = { id: string; capacity: number | null; status: SessionStatus };

/** The session, its row held until the transaction ends. */
export async function holdSession(tx: Tx, session: string): Promise<Held | null> {
  const { rows } = await sql<Held>`
    SELECT id, capacity, status FROM agenda.sessions WHERE house_id = ${tx.scope.house} AND id = ${session} FOR UPDATE`.execute(
    tx.often(),
  );
  return rows[0] ?? null;
}

/** Lets in the waiting groups that the free places allow, in their order; gives how many people entered. The session is held. */
export async function letIn(tx: Tx, session: Held): Promise<number> {
  if (session.status !== "planned") return 0;
  const { rows } = await sql<{ id: string | null; size: number }>`
    SELECT CASE WHEN state = 'waiting' THEN group_id END AS id, count(*) AS size FROM agenda.registrations
     WHERE house_id = ${tx.scope.house} AND session_id = ${session.id} AND state IN ('registered', 'waiting')
     GROUP BY 1 ORDER BY min(CASE WHEN state = 'waiting' THEN turn ELSE 0 END)`.execute(tx.on());
  const taken = rows.find((row) => row.id === null)?.size ?? 0;
  const waiting = rows.flatMap(({ id, size }) => (id === null ? [] : [{ id, size }]));
  const groups = entering(session.capacity, taken, waiting);
  if (groups.length === 0) return 0;
  const { rows: entered } = await sql`
    UPDATE agenda.registrations SET state = 'registered', entered_at = ${tx.clock.now()}
     WHERE house_id = ${tx.scope.house} AND session_id = ${session.id} AND state = 'waiting' AND group_id = ANY(${groups}::uuid[]) RETURNING person_id`.execute(
    tx.on(),
  );
  return entered.length;
}

export type RegistrationWish = {
  session: string;
  persons: readonly string[];
  /** The form's key: a group of that name that is there already was sent twice. */
  key: string;
  /** All of them or none; else each is a group of one, in this order. */
  together: boolean;
  byLink?: boolean;
};
export type Registered =
  | { ok: true; made: boolean; registered: number; waiting: number }
  | { ok: false; sentence: string };

const closed: Readonly<Record<SessionStatus, string>> = {
  planned: "",
  held: "Cette séance a déjà eu lieu.",
  cancelled: "Cette séance est annulée.",
  postponed: "Cette séance est reportée : inscrivez à la nouvelle date.",
};

/** Registers people, or puts them on the waiting list where places are short. */
export async function register(tx: Tx, wish: RegistrationWish): Promise<Registered> {
  const house = tx.scope.house;
  const session = await holdSession(tx, wish.session);
  if (!session) return { ok: false, sentence: "Cette séance n’existe pas." };
  if (session.status !== "planned") return { ok: false, sentence: closed[session.status] };
  const { rows: there } = await sql<{ group_id: string; person_id: string; state: string }>`
    SELECT group_id, person_id, state FROM agenda.registrations WHERE house_id = ${house} AND session_id = ${session.id}
       AND (group_id = ${wish.key} OR person_id = ANY(${[...wish.persons]}::uuid[]))`.execute(tx.on());
  const active = there.filter((row) => row.state !== "cancelled");
  if (active.some((row) => row.group_id === wish.key)) {
    const waits = active.filter((row) => row.state === "waiting").length;
    return { ok: true, made: false, registered: active.length - waits, waiting: waits };
  }
  if (active.length > 0)
    return {
      ok: false,
      sentence:
        wish.persons.length === 1
          ? "Cette personne est déjà inscrite à cette séance, ou elle attend."
          : `${active.length === 1 ? "Une personne de la liste est déjà inscrite, ou attend" : `${active.length} personnes de la liste sont déjà inscrites, ou attendent`} : ôtez-la de la liste.`,
    };
  if (wish.together && session.capacity !== null && wish.persons.length > session.capacity)
    return {
      ok: false,
      sentence: `La séance n’a que ${session.capacity} places : ce groupe n’y entrera jamais entier.`,
    };
  const rows = wish.persons.map((person, turn) => ({
    person,
    group: wish.together || turn === 0 ? wish.key : tx.ids.uuid(),
    turn: wish.together ? 0 : turn,
  }));
  // A merge under way is waited for: a person whose file is gone is not registered.
  const { rows: made } = await sql`
    INSERT INTO agenda.registrations (house_id, session_id, person_id, group_id, turn, state, by_link, asked_at, asked_by)
    SELECT ${house}, ${session.id}, p.id, x.grp, 1 + x.turn + (SELECT coalesce(max(turn), 0) FROM agenda.registrations WHERE house_id = ${house} AND session_id = ${session.id}), 'waiting',
           ${wish.byLink ?? false}, ${tx.clock.now()}, ${tx.scope.account}::uuid
      FROM ${rowset(
        rows.map(({ person, group, turn }) => ({ person, grp: group, turn })),
        { person: "uuid", grp: "uuid", turn: "integer" },
      )} JOIN people.persons p ON p.house_id = ${house} AND p.id = x.person AND p.merged_into IS NULL AND p.anonymised_at IS NULL
    ON CONFLICT (house_id, session_id, person_id) DO UPDATE SET group_id = excluded.group_id, turn = excluded.turn, state = 'waiting', by_link = excluded.by_link, asked_at = excluded.asked_at,
           asked_by = excluded.asked_by, entered_at = NULL, cancelled_at = NULL, cancelled_by = NULL, reason = NULL
    RETURNING person_id`.execute(tx.on());
  if (made.length < wish.persons.length)
    return { ok: false, sentence: "Une de ces fiches n’existe pas ou plus : cherchez de nouveau la personne." };
  await letIn(tx, session);
  const { rows: now } = await sql<{ state: string }>`
    SELECT state FROM agenda.registrations WHERE house_id = ${house} AND session_id = ${session.id} AND person_id = ANY(${[...wish.persons]}::uuid[])`.execute(
    tx.on(),
  );
  const waiting = now.filter((row) => row.state === "waiting").length;
  return { ok: true, made: true, registered: now.length - waiting, waiting };
}

/** Takes a person off the list; the place goes to those who wait. Null: they were not on it. */
export async function cancelRegistration(
  tx: Tx,
  session: string,
  person: string,
  reason: string | null,
): Promise<{ entered: number } | null> {
  const held = await holdSession(tx, session);
  if (!held) return null;
  const { rows } = await sql`
    UPDATE agenda.registrations SET state = 'cancelled', cancelled_at = ${tx.clock.now()}, cancelled_by = ${tx.scope.account}::uuid, reason = ${reason}
     WHERE house_id = ${tx.scope.house} AND session_id = ${session} AND person_id = ${person} AND state <> 'cancelled' RETURNING person_id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return null;
  await retractReminders(tx, session, person);
  return { entered: await letIn(tx, held) };
}

/** Before people are made anonymous: why they gave up, and the links that were theirs. Who came stays counted. */
export async function forgetRegistrations(tx: Tx, persons: readonly string[]): Promise<void> {
  const theirs = sql`house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`;
  await sql`UPDATE agenda.registrations SET reason = NULL WHERE ${theirs} AND reason IS NOT NULL`.execute(tx.on());
  await sql`DELETE FROM agenda.registration_links WHERE ${theirs}`.execute(tx.on());
}
