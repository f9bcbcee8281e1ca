// A draw as the structures of the house see it: what was announced, what came out, line by line, without the name of anybody.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { addDays, dayIn, minuteIn } from "../../../../core/time.ts";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { type DrawState, drawOf } from "./writes.ts";

/** `free`: places to draw, as long as it was not held; those that were drawn since. */
export type SeenDraw = DrawState & { title: string; day: string; at: string | null; free: number };

export async function seenDraw(tx: Tx, date: string): Promise<SeenDraw | null> {
  const draw = await drawOf(tx, date);
  const { rows } = await sql<{ title: string; day: string; at: string | null; free: number }>`
    SELECT o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.places - d.taken AS free
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE d.house_id = ${tx.scope.house} AND d.id = ${date} AND d.cancelled_at IS NULL`.execute(tx.on());
  return draw && rows[0] ? { ...draw, ...rows[0], free: draw.places ?? rows[0].free } : null;
}

/** Whether an outing was proposed to a structure, or it asked for a place: its draw is then its to read. */
export async function mayRead(tx: Tx, date: string, structure: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures s ON s.house_id = d.house_id AND s.id = ${structure}
     WHERE d.house_id = ${tx.scope.house} AND d.id = ${date} AND (
       EXISTS (SELECT 1 FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.structure_id = s.id)
       OR (o.for_communes = '{}' OR s.commune_name = ANY(o.for_communes)) AND (o.for_types = '{}' OR s.type_id = ANY(o.for_types)) AND (o.for_structures = '{}' OR s.id = ANY(o.for_structures)))`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

export type SeenLine = {
  /** The request: a booking's identifier. */
  id: string;
  rank: number;
  seats: number;
  served: number;
  given: boolean;
  /** Places that were left when its turn came. */
  left: number;
  /** Of the structure that looks. */
  own: boolean;
};

/** The lines of a draw in their order; none before it is held. */
export async function seenLines(tx: Tx, date: string, structure: string): Promise<SeenLine[]> {
  const { rows } = await sql<SeenLine>`
    SELECT l.booking_id AS id, l.rank, l.seats, l.served, l.given, b.structure_id = ${structure}::uuid AS own,
           (w.places - coalesce(sum(CASE WHEN l.given THEN l.seats ELSE 0 END) OVER (ORDER BY l.rank ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::int AS left
      FROM culture.draw_lines l JOIN culture.draws w ON w.house_id = l.house_id AND w.date_id = l.date_id
      JOIN culture.bookings b ON b.house_id = l.house_id AND b.id = l.booking_id
     WHERE l.house_id = ${tx.scope.house} AND l.date_id = ${date} ORDER BY l.rank`.execute(tx.on());
  return rows;
}

/** What came of a request, and why. */
export const lineWords = (line: SeenLine): string =>
  line.given
    ? "retenue"
    : `non\u00a0: à son rang il restait ${plural(line.left, "place", "places")}, pour un groupe de ${line.seats}`;

/** Until when: what ends at midnight ends with the day before. */
export function untilWords(zone: string, at: Date): string {
  const [day, minute] = [dayIn(zone, at), minuteIn(zone, at)];
  return minute === "00:00" ? `${shortDay(addDays(day, -1))} à minuit` : `${shortDay(day)} à ${hour(minute)}`;
}

/** From when: what begins at midnight begins with its day. */
export function fromWords(zone: string, at: Date): string {
  const [day, minute] = [dayIn(zone, at), minuteIn(zone, at)];
  return minute === "00:00" ? shortDay(day) : `${shortDay(day)} à ${hour(minute)}`;
}
