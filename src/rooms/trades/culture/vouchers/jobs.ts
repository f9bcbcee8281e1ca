// Two days before: a reminder to whoever holds a voucher, and one letter to each structure for the rest. After: addresses are emptied.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { noticeBefore } from "../notices.ts";
import { reminderLetter } from "./letters.ts";
import { voucherOf } from "./reads.ts";
import { tellHolder } from "./telling.ts";

/** How many days before the outing. */
export const daysBefore = 2;

/** Reminds of the outings of the next days: each voucher and each structure once, also after a day on which nothing ran. */
export async function remindOutings(tx: Tx): Promise<Record<string, number>> {
  const house = tx.scope.house;
  const soon = sql`d.on_day > ${tx.today}::date AND d.on_day <= ${tx.today}::date + ${daysBefore}::int AND d.cancelled_at IS NULL AND b.state = 'confirmed'`;
  const joined = sql`culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id`;
  const { rows } = await sql<{ voucher: string; booking: string; channel: "mail" | "sms"; recipient: string }>`
    SELECT v.id AS voucher, b.id AS booking, v.channel, v.recipient FROM ${joined} JOIN culture.vouchers v ON v.house_id = b.house_id AND v.booking_id = b.id
     WHERE b.house_id = ${house} AND ${soon} AND v.recipient IS NOT NULL
       -- A voucher of yesterday is a reminder already.
       AND v.sent_at < ${new Date(tx.clock.now().getTime() - 86_400_000)} ORDER BY b.id, v.id`.execute(tx.on());
  let [people, structures] = [0, 0];
  for (const { voucher, booking, channel, recipient } of rows) {
    const one = await voucherOf(tx, booking);
    if (one && (await tellHolder(tx, `culture-reminder/${voucher}`, one, { channel, recipient }, reminderLetter(one))))
      people += 1;
  }
  const { rows: dates } = await sql<{ date: string; structure: string }>`
    SELECT DISTINCT d.id AS date, b.structure_id AS structure FROM ${joined} WHERE b.house_id = ${house} AND ${soon} ORDER BY 1, 2`.execute(
    tx.on(),
  );
  for (const { date, structure } of dates) if (await noticeBefore(tx, date, structure)) structures += 1;
  return { people, structures };
}

export const remind: Job = {
  name: "culture-reminders",
  cron: "0 10 * * *",
  sentence: "Rappelle les sorties deux jours avant, aux personnes et aux structures.",
  run: remindOutings,
};

/** Empties the addresses of vouchers whose outing is over. */
export async function forgetAddresses(tx: Tx): Promise<Record<string, number>> {
  const done = await sql`
    UPDATE culture.vouchers v SET recipient = NULL FROM culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id
     WHERE v.house_id = ${tx.scope.house} AND v.recipient IS NOT NULL AND b.house_id = v.house_id AND b.id = v.booking_id AND d.on_day < ${tx.today}::date`.execute(
    tx.on(),
  );
  return { addresses: Number(done.numAffectedRows ?? 0n) };
}

export const forgetHolders: Job = {
  name: "culture-vouchers-forget",
  cron: "20 3 * * *",
  sentence: "Efface les adresses des billets une fois la sortie passée.",
  run: forgetAddresses,
};
