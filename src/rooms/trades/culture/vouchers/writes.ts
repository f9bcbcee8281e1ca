// Sending a voucher, and everything that goes after it to the same address.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { cancelBooking } from "../bookings/writes.ts";
import { voucherLetter } from "./letters.ts";
import { type Voucher, voucherOf } from "./reads.ts";
import { type Address, tellHolder } from "./telling.ts";

/** Sends the voucher of a confirmed booking. `id`: the form's key, so that a form sent twice is one voucher. */
export async function sendVoucher(tx: Tx, id: string, one: Voucher, to: Address): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO culture.vouchers (house_id, id, booking_id, channel, recipient, sent_at, sent_by)
    VALUES (${tx.scope.house}, ${id}, ${one.booking}, ${to.channel}, ${to.recipient}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  await tellHolder(tx, `culture-voucher/${id}`, one, to, voucherLetter(one));
  return true;
}

/** Whoever holds the voucher cannot come: the places go to who waits. False: it was over already. */
export async function declineVoucher(tx: Tx, booking: string): Promise<boolean> {
  const one = await voucherOf(tx, booking);
  if (!one || one.day < tx.today) return false;
  const done = await cancelBooking(tx, booking, "structure", "la personne ne peut pas venir");
  if (!done) return false;
  tx.journal({ act: "booking.declined", subject: { kind: "booking", id: booking }, details: done });
  return true;
}
