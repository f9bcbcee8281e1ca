// What to ask the routes of the box office with.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** A day some weeks from the test's today, as it is typed. */
const inDays = (hand: Hand, days: number): string =>
  new Date(hand.house.clock.now().getTime() + days * 86_400_000)
    .toISOString()
    .slice(0, 10)
    .split("-")
    .reverse()
    .join("/");

const offerForm = (hand: Hand, venue: string, key: string) => ({
  key,
  partenaire: venue,
  titre: "Concert d’essai",
  genre: "concert",
  jour: inDays(hand, 40),
  heure: "20:30",
  repetition: "weekly",
  dates: "2",
  places: "10",
  max: "4",
  acces: "step-free",
  accompagnants: "1",
});

/** A date of an offer, the first of two. */
async function aDate(hand: Hand, form: Record<string, string> = {}) {
  const venue = `Salle ${hand.id()}`;
  await hand.structure(venue);
  const key = hand.id();
  await hand.make("/culture/sorties/nouvelle", offerForm(hand, venue, key));
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM culture.dates WHERE offer_id = $1 ORDER BY on_day LIMIT 1",
    [key],
  );
  return { params: { date: rows[0]?.id ?? "" }, form, venue };
}
async function aStructureName(hand: Hand): Promise<string> {
  const name = `Relais ${hand.id()}`;
  await hand.structure(name);
  return name;
}
async function aBooking(hand: Hand, form: Record<string, string> = {}) {
  const { params } = await aDate(hand);
  const booking = hand.id();
  await hand.make(`/culture/dates/${params.date}/reservations`, {
    key: booking,
    structure: await aStructureName(hand),
    prenom: "Ada",
    personnes: "2",
    accompagnants: "1",
  });
  return { params: { booking }, form, date: params.date };
}
/** A draw announced, whose requests are closed. */
async function aDraw(hand: Hand, drawn: boolean) {
  const { params } = await aDate(hand);
  await hand.make(`/culture/dates/${params.date}/tirage`, { ouvre: "01/01/2020", ferme: inDays(hand, 20) });
  await hand.house.owner.query(
    "UPDATE culture.draws SET opens_at = '2020-01-01', closes_at = '2020-01-02' WHERE date_id = $1",
    [params.date],
  );
  if (drawn) await hand.make(`/culture/dates/${params.date}/tirage/maintenant`, {});
  return { params };
}

export const cultureSamples: Samples = {
  "GET /culture/sorties": () => ({ query: { titre: "concert", etat: "libre" } }),
  "GET /culture/sorties/export.csv": () => ({}),
  "GET /culture/sorties/export.xlsx": () => ({ slow: true }),
  "GET /culture/sorties/nouvelle": () => ({}),
  "GET /culture/sorties/ou": () => ({}),
  async "POST /culture/sorties/nouvelle"(hand) {
    return { form: offerForm(hand, await aStructureName(hand), hand.id()) };
  },
  "GET /culture/dates/:date": (hand) => aDate(hand),
  async "POST /culture/dates/:date/reservations"(hand) {
    const { params } = await aDate(hand);
    return {
      params,
      form: { key: hand.id(), structure: await aStructureName(hand), personnes: "2", accompagnants: "0" },
    };
  },
  "GET /culture/dates/:date/modifier": (hand) => aDate(hand),
  "POST /culture/dates/:date/modifier": (hand) =>
    aDate(hand, { key: hand.id(), version: "1", titre: "Concert d’hiver", max: "4", accompagnants: "1" }),
  "POST /culture/dates/:date/places": (hand) => aDate(hand, { key: hand.id(), version: "1", places: "12" }),
  async "POST /culture/dates/:date/places-gardees"(hand) {
    const sample = await aDate(hand, {
      key: hand.id(),
      places: "4",
      communes: "Vaulx-en-Velin",
      jusque: inDays(hand, 20),
    });
    await hand.house.owner.query("UPDATE partners.structures SET commune_name = 'Vaulx-en-Velin' WHERE name = $1", [
      sample.venue,
    ]);
    return sample;
  },
  "POST /culture/dates/:date/annulation": (hand) => aDate(hand, { key: hand.id(), raison: "Essai" }),
  "GET /culture/dates/:date/tirage": (hand) => aDraw(hand, true),
  "GET /culture/dates/:date/tirage/export.csv": (hand) => aDraw(hand, true),
  "POST /culture/dates/:date/tirage": (hand) => aDate(hand, { ouvre: "01/01/2020", ferme: inDays(hand, 20) }),
  "POST /culture/dates/:date/tirage/maintenant": (hand) => aDraw(hand, false),
  "GET /culture/reservations": () => ({ query: { structure: "relais", etat: "confirmed" } }),
  "GET /culture/reservations/export.csv": () => ({}),
  "GET /culture/reservations/export.xlsx": () => ({ slow: true }),
  "GET /culture/reservations/:booking": (hand) => aBooking(hand),
  "POST /culture/reservations/:booking/annulation": (hand) => aBooking(hand, { raison: "Essai" }),
  "POST /culture/reservations/:booking/changement": (hand) =>
    aBooking(hand, { version: "1", personnes: "3", accompagnants: "1" }),
  async "POST /culture/reservations/:booking/acceptation"(hand) {
    const { params } = await aBooking(hand);
    await hand.house.owner.query(
      "UPDATE culture.bookings SET state = 'offered', confirmed_at = NULL, offered_until = '2030-06-01' WHERE id = $1",
      [params.booking],
    );
    return { params, form: {} };
  },
  async "POST /culture/reservations/:booking/venues"(hand) {
    const { params, date } = await aBooking(hand);
    await hand.house.owner.query("UPDATE culture.dates SET on_day = '2020-01-10' WHERE id = $1", [date]);
    return { params, form: { version: "1", venues: "2" } };
  },
  "GET /culture/annulations": () => ({}),
  async "POST /culture/annulations"(hand) {
    const { venue } = await aDate(hand);
    return {
      form: {
        key: hand.id(),
        partenaire: venue,
        du: inDays(hand, 30),
        au: inDays(hand, 60),
        raison: "Travaux",
        vues: "2",
      },
    };
  },
  "GET /culture/limites": () => ({}),
  "POST /culture/limites": () => ({ form: { saison: "2029", structure: "", places: "40" } }),
};
