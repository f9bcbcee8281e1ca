// A voucher: what somebody needs to come, and nothing of who they are.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { BookingState } from "../words.ts";

export type Voucher = {
  booking: string;
  date: string;
  title: string;
  day: string;
  at: string | null;
  minutes: number | null;
  venue: string;
  place: string;
  address: string | null;
  postalCode: string | null;
  commune: string | null;
  meeting: string;
  about: string;
  wayThere: string;
  people: number;
  companions: number;
  seats: number;
  code: string;
  state: BookingState;
  /** Why the whole date is called off. */
  calledOff: string | null;
  structure: string;
  structurePhone: string | null;
  person: string | null;
};

/** Null: there is none, or it is not of that structure. */
export async function voucherOf(tx: Tx, booking: string, structure: string | null = null): Promise<Voucher | null> {
  const { rows } = await sql<Voucher>`
    SELECT b.id AS booking, d.id AS date, o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, o.minutes, v.name AS venue, o.place, v.address, v.postal_code AS "postalCode",
           v.commune_name AS commune, o.meeting, o.about, o.way_there AS "wayThere", b.people, b.companions, b.seats, b.code, b.state, d.cancelled_reason AS "calledOff", s.name AS structure, s.phone AS "structurePhone", b.person_id AS person
      FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id
      JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id JOIN partners.structures s ON s.house_id = b.house_id AND s.id = b.structure_id
     WHERE b.house_id = ${tx.scope.house} AND b.id = ${booking} AND (${structure}::uuid IS NULL OR b.structure_id = ${structure}::uuid)`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type SentVoucher = { id: string; channel: "mail" | "sms"; recipient: string | null; sentAt: Date };

export async function sentVouchers(tx: Tx, booking: string): Promise<SentVoucher[]> {
  const { rows } = await sql<SentVoucher>`
    SELECT id, channel, recipient, sent_at AS "sentAt" FROM culture.vouchers WHERE house_id = ${tx.scope.house} AND booking_id = ${booking} ORDER BY sent_at, id`.execute(
    tx.on(),
  );
  return rows;
}
