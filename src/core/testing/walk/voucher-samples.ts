// What to ask the routes of vouchers with: a booking of today's evening, and the links that letters hold.
import { hashToken } from "../../http/session.ts";
import { aDoor } from "./door-samples.ts";
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** A link of a kind to a record, as the message that leaves makes it. */
async function aLink(hand: Hand, kind: string, record: string): Promise<string> {
  const token = hand.house.deps.ids.token().slice(0, 22);
  await hand.house.owner.query(
    "INSERT INTO messages.links (house_id, token_hash, kind, record_id, expires_at) VALUES ($1, $2, $3, $4, $5)",
    [hand.house.houseId, hashToken(token), kind, record, new Date(hand.house.clock.now().getTime() + 86_400_000)],
  );
  return token;
}
const aBooking = async (hand: Hand, form: Record<string, string> = {}) => {
  const { booking } = await aDoor(hand, await hand.structure());
  await hand.house.owner.query("UPDATE culture.bookings SET structure_id = $2 WHERE id = $1", [
    booking,
    await hand.own(),
  ]);
  return { params: { booking }, form };
};
const byVoucher = async (hand: Hand) => ({
  params: { token: await aLink(hand, "bon", (await aDoor(hand, await hand.structure())).booking) },
});
const byAsking = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { token: await aLink(hand, "venues", (await aDoor(hand, await hand.structure())).date) },
  form,
});
const returned = async (hand: Hand) => {
  const { booking } = await aDoor(hand, await hand.structure());
  const token = await aLink(hand, "bon", booking);
  await hand.house.owner.query(
    "UPDATE culture.bookings SET state = 'cancelled', ended_at = now(), ended_by = 'structure' WHERE id = $1",
    [booking],
  );
  return { params: { token } };
};

export const voucherSamples: Samples = {
  "GET /espace/reservations/:booking/billet": (hand) => aBooking(hand),
  "GET /espace/reservations/:booking/billet.pdf": async (hand) => ({ ...(await aBooking(hand)), slow: true }),
  "POST /espace/reservations/:booking/billet": (hand) => aBooking(hand, { key: hand.id(), a: "ada@exemple.test" }),
  "GET /culture/reservations/:booking/billet": (hand) => aBooking(hand),
  "GET /culture/reservations/:booking/billet.pdf": async (hand) => ({ ...(await aBooking(hand)), slow: true }),
  "POST /culture/reservations/:booking/billet": (hand) => aBooking(hand, { key: hand.id(), a: "06 12 34 56 78" }),
  "GET /bon/:token": (hand) => byVoucher(hand),
  "GET /bon/:token/billet.pdf": async (hand) => ({ ...(await byVoucher(hand)), slow: true }),
  "POST /bon/:token": (hand) => byVoucher(hand),
  "GET /bon/:token/merci": (hand) => returned(hand),
  "GET /billet/:square": () => ({ params: { square: "ACDEFGH.abcdefghij" } }),
  async "GET /porte/:square"(hand) {
    const { booking } = await aDoor(hand, await hand.own());
    const { rows } = await hand.house.owner.query<{ code: string }>("SELECT code FROM culture.bookings WHERE id = $1", [
      booking,
    ]);
    return { params: { square: `${rows[0]?.code}.abcdefghij` } };
  },
  "GET /venues/:token": (hand) => byAsking(hand),
  "POST /venues/:token": (hand) => byAsking(hand, { qui: "tous" }),
  "GET /venues/:token/merci": (hand) => byAsking(hand),
};
