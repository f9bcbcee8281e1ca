// What the tests and the bench of the box office stand on: structures, an offer with a date, and the invariants, asked of the rows.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";

/** Structures of a house, made by SQL; gives their identifiers. */
export async function makeStructures(tx: Tx, count: number, communes: readonly string[] = ["Lyon"]): Promise<string[]> {
  const ids = Array.from({ length: count }, () => tx.ids.uuid());
  await sql`INSERT INTO partners.structures (house_id, id, name, email, commune_name, created_at, changed_at)
    SELECT ${tx.scope.house}, id, 'Structure ' || n, 's' || n || '@exemple.test', (${[...communes]}::text[])[1 + n % ${communes.length}::int], ${tx.clock.now()}, ${tx.clock.now()}
      FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS x(id, n)`.execute(tx.on());
  return ids;
}

export async function makeDate(
  tx: Tx,
  facts: { venue: string; places: number; day: string; mostEach?: number; title?: string; way?: "first" | "draw" },
): Promise<{ offer: string; date: string }> {
  const [offer, date] = [tx.ids.uuid(), tx.ids.uuid()];
  await sql`INSERT INTO culture.offers (house_id, id, structure_id, title, genre, most_each, created_at) VALUES (${tx.scope.house}, ${offer}, ${facts.venue}, ${facts.title ?? "Concert"}, 'concert', ${facts.mostEach ?? 6}, ${tx.clock.now()})`.execute(
    tx.on(),
  );
  await sql`INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places, way) VALUES (${tx.scope.house}, ${date}, ${offer}, ${facts.day}, '20:00', ${facts.places}, ${facts.way ?? "first"})`.execute(
    tx.on(),
  );
  return { offer, date };
}

/** What must be true of every date, whatever happened: nothing when all is well. */
export async function breaches(
  query: (text: string) => Promise<{ rows: Record<string, unknown>[] }>,
): Promise<string[]> {
  const found: string[] = [];
  for (const [what, text] of [
    [
      "more places held than there are",
      "SELECT d.id FROM culture.dates d WHERE d.places < (SELECT coalesce(sum(b.seats), 0) FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered'))",
    ],
    [
      "a counter that is not what is held",
      "SELECT d.id FROM culture.dates d WHERE d.taken <> (SELECT coalesce(sum(b.seats), 0) FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered'))",
    ],
    [
      "places left while a group that fits waits",
      "SELECT b.id FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id WHERE b.state = 'waiting' AND d.cancelled_at IS NULL AND b.seats <= d.places - d.taken",
    ],
    [
      "a cancelled date that holds places",
      "SELECT d.id FROM culture.dates d JOIN culture.bookings b ON b.house_id = d.house_id AND b.date_id = d.id WHERE d.cancelled_at IS NOT NULL AND b.state IN ('confirmed', 'offered', 'waiting', 'requested')",
    ],
  ] as const) {
    const { rows } = await query(text);
    if (rows.length > 0) found.push(`${what} (${rows.length})`);
  }
  return found;
}
