// Noting who came. One function whoever says it: the door's page, the venue, the team, the letter of the morning after.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { ReportSource } from "../words.ts";
import { attendanceOf, type CheckIn, type CheckInKind, isWhole } from "./rule.ts";

export type NewLine = {
  /** Made where it was noted: a line sent again is the same line. */
  id: string;
  booking: string;
  kind: CheckInKind;
  came: number | null;
  undoes: string | null;
  /** Null: now. */
  at: Date | null;
};

/** Who says it, and from which device, so that a venue sees which telephone noted what. */
export type Teller = { source: Exclude<ReportSource, "import">; device: string | null };

export type Noted = {
  /** Lines that were not there before. */
  made: number;
  /** Lines of bookings that are not of this date ("unknown": not kept), or whose places were given back (kept, and counted nowhere). */
  refused: { id: string; why: "unknown" | "ended" }[];
  /** Bookings of which arrivals were noted and everybody was in already: another device had let them in. */
  already: string[];
};

type Held = {
  id: string;
  seats: number;
  state: string;
  attended: number | null;
  attendedAt: Date | null;
  source: ReportSource | null;
};

/** A clock may run ahead by so many milliseconds and be believed. */
const leeway = 120_000;

/** Adds lines to the bookings of one date, and works out again what each of these says. The date's bookings are locked in one order. */
export async function checkIn(tx: Tx, date: string, teller: Teller, lines: readonly NewLine[]): Promise<Noted> {
  const house = tx.scope.house;
  const wanted = [...new Set(lines.map((line) => line.booking))].sort();
  const { rows: bookings } = await sql<Held>`
    SELECT id, seats, state, attended, attended_at AS "attendedAt", attended_source AS source
      FROM culture.bookings WHERE house_id = ${house} AND date_id = ${date} AND id = ANY(${wanted}::uuid[]) ORDER BY id FOR UPDATE`.execute(
    tx.on(),
  );
  // Asked once the locks are held: a statement that waits for a lock does not see the lines of whoever held it.
  const { rows: told } = await sql<{ booking: string }>`
    SELECT DISTINCT booking_id AS booking FROM culture.check_ins WHERE house_id = ${house} AND booking_id = ANY(${wanted}::uuid[])`.execute(
    tx.on(),
  );
  const hasLines = new Set(told.map((row) => row.booking));
  const byId = new Map(bookings.map((one) => [one.id, one]));
  const kept = lines.filter((line) => byId.has(line.booking));
  const refused: Noted["refused"] = lines.flatMap(({ id, booking }) => {
    const state = byId.get(booking)?.state;
    return state === "confirmed" ? [] : [{ id, why: state === undefined ? "unknown" : "ended" }];
  });
  if (kept.length === 0) return { made: 0, refused, already: [] };
  const now = tx.clock.now();
  const usual = { source: teller.source as ReportSource, device: teller.device, account: tx.scope.account };
  // What was known before there were lines (an import) is the first of them.
  const before = bookings
    .filter((one) => one.attended !== null && !hasLines.has(one.id))
    .map((one) => ({
      ...usual,
      id: tx.ids.uuid(),
      booking: one.id,
      kind: "total",
      came: one.attended,
      undoes: null,
      at: one.attendedAt ?? new Date(0),
      source: one.source ?? usual.source,
      device: null,
      account: null,
    }));
  const added = kept.map((line) => ({
    ...usual,
    ...line,
    at: line.at && line.at.getTime() <= now.getTime() + leeway ? line.at : now,
  }));
  const { rows: made } = await sql<{ id: string; booking: string }>`
    INSERT INTO culture.check_ins (house_id, id, booking_id, kind, came, undoes, at, received_at, device, source, account_id)
    SELECT ${house}, x.id, x.booking, x.kind, x.came, x.undoes, x.at, ${now}, x.device, x.source, x.account
      FROM jsonb_to_recordset(${JSON.stringify([...before, ...added])}::jsonb)
        AS x(id uuid, booking uuid, kind text, came smallint, undoes uuid, at timestamptz, device text, source text, account uuid)
    ON CONFLICT DO NOTHING RETURNING id, booking_id AS booking`.execute(tx.on());
  const own = new Set(added.map((line) => line.id));
  const fresh = made.filter((row) => own.has(row.id));
  const live = new Set(fresh.map((row) => row.booking).filter((id) => byId.get(id)?.state === "confirmed"));
  const said = await recount(tx, teller, live, byId);
  const arrivals = new Set(added.filter((line) => line.kind === "arrival").map((line) => line.booking));
  const already = said
    .filter(({ id, attended }) => arrivals.has(id) && attended !== null && attended === byId.get(id)?.attended)
    .map(({ id }) => id);
  return { made: fresh.length, refused, already };
}

/** What each booking says, out of all its lines. */
async function recount(
  tx: Tx,
  teller: Teller,
  touched: ReadonlySet<string>,
  bookings: ReadonlyMap<string, Pick<Held, "seats">>,
): Promise<{ id: string; attended: number | null }[]> {
  if (touched.size === 0) return [];
  const house = tx.scope.house;
  const { rows } = await sql<Omit<CheckIn, "at"> & { booking: string; at: Date }>`
    SELECT booking_id AS booking, id, kind, came, undoes, at FROM culture.check_ins WHERE house_id = ${house} AND booking_id = ANY(${[...touched]}::uuid[])`.execute(
    tx.on(),
  );
  const byBooking = Map.groupBy(rows, (row) => row.booking);
  const said = [...touched].map((id) => {
    const lines: CheckIn[] = (byBooking.get(id) ?? []).map((row) => ({ ...row, at: row.at.getTime() }));
    const seats = bookings.get(id)?.seats ?? 0;
    return { id, attended: attendanceOf(lines, seats), whole: isWhole(lines, seats) };
  });
  await sql`
    UPDATE culture.bookings b SET attended = x.attended, attended_whole = x.whole, attended_at = CASE WHEN x.attended IS NOT NULL THEN ${tx.clock.now()}::timestamptz END,
           attended_source = CASE WHEN x.attended IS NOT NULL THEN ${teller.source} END, version = b.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS x(id uuid, attended smallint, whole boolean)
     WHERE b.house_id = ${house} AND b.id = x.id`.execute(tx.on());
  return said;
}

/** Says how many came to one booking, or that it is not known after all. False: another version, or not a booking that stands. */
export async function reportAttendance(
  tx: Tx,
  wish: { id: string; attended: number | null; source: Teller["source"]; version: number },
): Promise<boolean> {
  const { rows } = await sql<{ date: string }>`
    SELECT date_id AS date FROM culture.bookings WHERE house_id = ${tx.scope.house} AND id = ${wish.id} AND version = ${wish.version} AND state = 'confirmed' FOR UPDATE`.execute(
    tx.on(),
  );
  if (!rows[0]) return false;
  const line = {
    id: tx.ids.uuid(),
    booking: wish.id,
    kind: "total",
    came: wish.attended,
    undoes: null,
    at: null,
  } as const;
  await checkIn(tx, rows[0].date, { source: wish.source, device: null }, [line]);
  return true;
}

/** Those of a date of whom nothing was said did not come: an act of whoever says so. Gives how many bookings that closes. */
export async function closeDoor(tx: Tx, date: string, teller: Teller): Promise<number> {
  // Said after whatever was noted before, also by a device whose clock runs ahead: it is the last word.
  const { rows } = await sql<{ id: string; came: number; last: Date | null }>`
    SELECT id, coalesce(attended, 0) AS came, (SELECT max(c.at) FROM culture.check_ins c WHERE c.house_id = bookings.house_id AND c.booking_id = bookings.id) AS last
      FROM culture.bookings WHERE house_id = ${tx.scope.house} AND date_id = ${date} AND state = 'confirmed' AND (attended IS NULL OR NOT attended_whole) ORDER BY id FOR UPDATE`.execute(
    tx.on(),
  );
  await checkIn(
    tx,
    date,
    teller,
    rows.map(({ id, came, last }) => ({
      id: tx.ids.uuid(),
      booking: id,
      kind: "total",
      came,
      undoes: null,
      at: last && last >= tx.clock.now() ? new Date(last.getTime() + 1) : null,
    })),
  );
  return rows.length;
}

/** A file says again how many came: one more line for each booking that has lines already, so that they agree with what it says now. */
export async function countedByFile(tx: Tx, said: readonly { booking: string; came: number | null }[]): Promise<void> {
  const now = tx.clock.now();
  const lines = said.map((one) => ({ ...one, id: tx.ids.uuid() }));
  await sql`
    INSERT INTO culture.check_ins (house_id, id, booking_id, kind, came, at, received_at, source, account_id)
    SELECT ${tx.scope.house}, x.id, x.booking, 'total', x.came, ${now}, ${now}, 'import', ${tx.scope.account}
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS x(id uuid, booking uuid, came smallint)
     WHERE EXISTS (SELECT FROM culture.check_ins c WHERE c.house_id = ${tx.scope.house} AND c.booking_id = x.booking)`.execute(
    tx.on(),
  );
}
