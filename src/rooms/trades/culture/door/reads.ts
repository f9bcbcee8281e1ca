// What a door needs of its date: who is expected, what was noted of each, and who gave their places back. A code, a first name where one
// was given, the structure to call: never a family name, never a file.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { dayIn } from "../../../../core/time.ts";
import { shortDay } from "../../../../ui/words.ts";
import { type BookingState, bookingStateWords } from "../words.ts";
import type { Known } from "./finding.ts";
import { attendanceOf, type CheckIn, standing } from "./rule.ts";
import { sealOf } from "./seal.ts";

export type DoorDate = {
  id: string;
  title: string;
  venue: string;
  venueId: string;
  place: string;
  day: string;
  at: string | null;
  cancelled: string | null;
};

/** A date, of one venue or of any. */
export async function doorDate(tx: Tx, id: string, venue: string | null): Promise<DoorDate | null> {
  const { rows } = await sql<DoorDate>`
    SELECT d.id, o.title, v.name AS venue, v.id AS "venueId", o.place, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.cancelled_reason AS cancelled
      FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
     WHERE d.house_id = ${tx.scope.house} AND d.id = ${id} AND (${venue}::uuid IS NULL OR o.structure_id = ${venue}::uuid)`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type Guest = Known & {
  people: number;
  companions: number;
  /** False: some are in, and of the others nothing was said. */
  whole: boolean;
  /** The last thing noted that can be taken back, and what would stand without it. */
  last: string | null;
  before: number | null;
};

/** Nothing was said of it, or not of everybody. */
export const isUnsaid = (guest: Pick<Guest, "came" | "whole">): boolean => guest.came === null || !guest.whole;

/** Everybody of a date: those expected, by first name, then those who gave their places back. */
export async function guestsAt(tx: Tx, date: string, secret: string): Promise<Guest[]> {
  const { rows } = await sql<
    Omit<Guest, "seal" | "came" | "ended" | "last" | "before"> & {
      attended: number | null;
      state: BookingState;
      endedAt: Date | null;
      lines: (Omit<CheckIn, "at"> & { at: string })[] | null;
    }
  >`
    SELECT b.id AS booking, b.code, b.first_name AS name, s.name AS by, b.seats, b.people, b.companions, b.attended, b.attended_whole AS whole, b.state, b.ended_at AS "endedAt", c.lines
      FROM culture.bookings b JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
      LEFT JOIN LATERAL (SELECT jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'came', x.came, 'undoes', x.undoes, 'at', x.at)) AS lines
                           FROM culture.check_ins x WHERE x.house_id = b.house_id AND x.booking_id = b.id) c ON true
     WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date} AND b.state IN ('confirmed', 'cancelled')
     ORDER BY b.state DESC, b.first_name NULLS LAST, b.code LIMIT 2000`.execute(tx.on());
  return rows.map(({ attended, state, endedAt, lines, ...row }) => {
    const noted: CheckIn[] = (lines ?? []).map((line) => ({ ...line, at: Date.parse(line.at) }));
    const last = standing(noted).at(-1) ?? null;
    return {
      ...row,
      seal: sealOf(secret, tx.scope.house, { id: row.booking, date, code: row.code }),
      came: attended,
      ended:
        state === "confirmed"
          ? null
          : `${bookingStateWords[state]}${endedAt ? ` le ${shortDay(dayIn(tx.scope.zone, endedAt))}` : ""}`,
      last: last?.id ?? null,
      before: last
        ? attendanceOf(
            noted.filter((line) => line.id !== last.id && line.undoes !== last.id),
            row.seats,
          )
        : null,
    };
  });
}

/** Where a code is good, among the dates of one venue or of all: for a sentence to whoever came on the wrong day. */
export async function whereCode(
  tx: Tx,
  code: string,
  venue: string | null,
): Promise<{ title: string; day: string; at: string | null; date: string } | null> {
  const { rows } = await sql<{ title: string; day: string; at: string | null; date: string }>`
    SELECT o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, d.id AS date
      FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
     WHERE b.house_id = ${tx.scope.house} AND b.code = ${code} AND (${venue}::uuid IS NULL OR o.structure_id = ${venue}::uuid)`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}
