// The square of a voucher: an address of the house with the booking's short code and a seal, and nothing of anybody. The seal is made with
// the server's secret, so that a code read over a shoulder makes no voucher.
import { createHmac } from "node:crypto";

/** The seal of a booking: ten letters, which change with the booking, its date and the house. */
export const sealOf = (secret: string, house: string, booking: { id: string; date: string; code: string }): string =>
  createHmac("sha256", secret)
    .update(`door\n${house}\n${booking.date}\n${booking.id}\n${booking.code}`)
    .digest("base64url")
    .slice(0, 10);

/** What the square says: `publicUrl` is where the house answers, without a last slash. */
export const squareText = (publicUrl: string, code: string, seal: string): string =>
  `${publicUrl}/billet/${code}.${seal}`;
