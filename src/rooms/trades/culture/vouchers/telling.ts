// A message to somebody who holds a voucher, with the link that opens it.
import type { Tx } from "../../../../core/db/transaction.ts";
import { queueMessage } from "../../../foundations/messages/door.ts";
import type { Letter } from "./letters.ts";
import type { Voucher } from "./reads.ts";

/** The kind of link that opens a voucher: `/bon/<token>`. */
export const voucherLink = "bon";

/** Days from `from` to `to`. */
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

export type Address = { channel: "mail" | "sms"; recipient: string };

/** One message to somebody who holds a voucher; of no use once the outing is over. */
export const tellHolder = (tx: Tx, key: string, one: Voucher, to: Address, letter: Letter): Promise<string | null> =>
  queueMessage(tx, {
    key,
    purpose: "outing",
    channel: to.channel,
    person: one.person,
    personal: true,
    recipient: to.recipient,
    subject: letter.subject,
    body: to.channel === "mail" ? letter.mail : letter.sms,
    link: { kind: voucherLink, record: one.booking, days: Math.max(1, daysBetween(tx.today, one.day) + 1) },
    uselessAt: new Date(Date.parse(`${one.day}T23:59:00Z`)),
  });
