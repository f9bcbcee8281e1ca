// What to ask the routes of a door with: a date of today, somebody expected.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** A date of a venue, on the test's today, with one booking of two. */
export async function aDoor(hand: Hand, venue: string): Promise<{ date: string; booking: string }> {
  const { owner, houseId, deps, clock } = hand.house;
  const [offer, date, booking] = [hand.id(), hand.id(), hand.id()];
  const today = clock.now().toISOString().slice(0, 10);
  await owner.query(
    "INSERT INTO culture.offers (house_id, id, structure_id, title, genre, created_at) VALUES ($1, $2, $3, 'Concert', 'concert', now())",
    [houseId, offer, venue],
  );
  await owner.query(
    "INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places) VALUES ($1, $2, $3, $4, '20:00', 30)",
    [houseId, date, offer, today],
  );
  await owner.query(
    `INSERT INTO culture.bookings (house_id, id, date_id, structure_id, first_name, people, state, code, asked_at, confirmed_at)
     VALUES ($1, $2, $3, $4, 'Ada', 2, 'confirmed', $5, now(), now())`,
    [houseId, booking, date, await hand.structure(), deps.ids.shortCode()],
  );
  await owner.query("UPDATE culture.dates SET taken = 2 WHERE id = $1", [date]);
  return { date, booking };
}

const sides = {
  "/espace/dates": (hand: Hand) => hand.own(),
  "/culture/dates": (hand: Hand) => hand.structure(),
};

export const doorSamples: Samples = Object.fromEntries(
  Object.entries(sides).flatMap(([path, venue]): [string, Samples[string]][] => [
    [
      `GET ${path}/:date/porte`,
      async (hand) => ({ params: { date: (await aDoor(hand, await venue(hand))).date }, query: { code: "Ada" } }),
    ],
    [
      `POST ${path}/:date/porte`,
      async (hand) => {
        const { date, booking } = await aDoor(hand, await venue(hand));
        return { params: { date }, form: { cle: hand.id(), reservation: booking, entrees: "2" } };
      },
    ],
    [
      `POST ${path}/:date/porte/cloture`,
      async (hand) => ({ params: { date: (await aDoor(hand, await venue(hand))).date }, form: { cle: hand.id() } }),
    ],
  ]),
);
