// What to ask the routes of the portal of partner structures with: an outing to book, a booking of one's own, a date of one's own.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** An outing of a venue, with one date; for some structures only, or for all. */
async function aDate(
  hand: Hand,
  venue: string,
  only: readonly string[] = [],
): Promise<{ offer: string; date: string }> {
  const { owner, houseId } = hand.house;
  const [offer, date] = [hand.id(), hand.id()];
  await owner.query(
    "INSERT INTO culture.offers (house_id, id, structure_id, title, genre, for_structures, created_at) VALUES ($1, $2, $3, 'Concert', 'concert', $4, now())",
    [houseId, offer, venue, only],
  );
  await owner.query(
    "INSERT INTO culture.dates (house_id, id, offer_id, on_day, at, places) VALUES ($1, $2, $3, '2020-12-19', '20:00', 30)",
    [houseId, date, offer],
  );
  return { offer, date };
}
async function aBooking(hand: Hand, state: "confirmed" | "offered", form: Record<string, string> = {}) {
  const { date } = await aDate(hand, await hand.structure());
  const booking = hand.id();
  await hand.house.owner.query(
    `INSERT INTO culture.bookings (house_id, id, date_id, structure_id, first_name, people, state, code, asked_at, confirmed_at, offered_until)
     VALUES ($1, $2, $3, $4, 'Zéphyrine-essai', 2, $5::text, $6, now(), CASE WHEN $5 = 'confirmed' THEN now() END, '2020-12-10T12:00:00Z')`,
    [hand.house.houseId, booking, date, await hand.own(), state, hand.house.deps.ids.shortCode()],
  );
  await hand.house.owner.query("UPDATE culture.dates SET taken = 2 WHERE id = $1", [date]);
  return { params: { booking }, form };
}
/** An outing that is proposed to the hand's own structure, and to no other. */
const toBook = async (hand: Hand) => ({ date: (await aDate(hand, await hand.structure(), [await hand.own()])).date });
const ownDate = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { date: (await aDate(hand, await hand.own())).date },
  form: { key: hand.id(), ...form },
});

async function aTerritory(hand: Hand, form: Record<string, string> = {}) {
  const territory = hand.id();
  await hand.direct("/culture/territoires/nouveau", {
    key: territory,
    nom: `Territoire ${territory}`,
    communes: "Bron",
  });
  return { params: { territory }, form };
}
/** A structure that its name finds alone. */
async function aNamed(hand: Hand): Promise<string> {
  const name = `Association ${hand.id()}`;
  await hand.structure(name);
  return name;
}
async function aDelegation(hand: Hand) {
  const { params } = await aTerritory(hand);
  const delegation = hand.id();
  await hand.direct(`/culture/territoires/${params.territory}/delegations`, {
    key: delegation,
    structure: await aNamed(hand),
    du: "01/12/2020",
  });
  return { params: { ...params, delegation }, form: { version: "1", au: "31/12/2020", raison: "Elle arrête" } };
}

export const portalSamples: Samples = {
  "GET /culture/territoires": () => ({ query: { confie: "oui" } }),
  "GET /culture/territoires/export.csv": () => ({}),
  "GET /culture/territoires/export.xlsx": () => ({ slow: true }),
  "GET /culture/territoires/nouveau": () => ({}),
  "POST /culture/territoires/nouveau": (hand) => ({
    form: { key: hand.id(), nom: `Territoire ${hand.id()}`, communes: "Bron\nLyon" },
  }),
  "GET /culture/territoires/:territory": (hand) => aTerritory(hand),
  "POST /culture/territoires/:territory": (hand) =>
    aTerritory(hand, { version: "1", nom: `Territoire ${hand.id()}`, communes: "Bron" }),
  "POST /culture/territoires/:territory/delegations": async (hand) =>
    aTerritory(hand, { key: hand.id(), structure: await aNamed(hand), du: "01/12/2020" }),
  "POST /culture/territoires/:territory/delegations/:delegation/fin": (hand) => aDelegation(hand),
  "GET /espace/sorties": () => ({ query: { quand: "mois", vue: "calendrier" } }),
  "GET /espace/sorties/:date": async (hand) => ({ params: await toBook(hand) }),
  "POST /espace/sorties/:date": async (hand) => ({
    params: await toBook(hand),
    form: { key1: hand.id(), key2: hand.id(), key3: hand.id(), prenom1: "Ada", personnes1: "2" },
  }),
  "GET /espace/reservations": () => ({ query: { passees: "1" } }),
  "GET /espace/reservations/:booking": (hand) => aBooking(hand, "confirmed"),
  "POST /espace/reservations/:booking": (hand) =>
    aBooking(hand, "confirmed", { version: "1", personnes: "1", accompagnants: "1" }),
  "POST /espace/reservations/:booking/annulation": (hand) => aBooking(hand, "confirmed"),
  "POST /espace/reservations/:booking/acceptation": (hand) => aBooking(hand, "offered"),
  "GET /espace/offres": () => ({ query: { passees: "1" } }),
  "GET /espace/offres/nouvelle": async (hand) => ({
    query: { copie: (await aDate(hand, await hand.own())).offer },
  }),
  "POST /espace/offres": (hand) => ({
    form: { key: hand.id(), titre: "Concert", jours: "19/12/2020", heure: "20:30", places: "12", accompagnants: "1" },
  }),
  "GET /espace/dates/:date": (hand) => ownDate(hand),
  "GET /espace/dates/:date/modifier": (hand) => ownDate(hand),
  "POST /espace/dates/:date/modifier": (hand) =>
    ownDate(hand, { version: "1", titre: "Concert d’hiver", max: "4", accompagnants: "1" }),
  "POST /espace/dates/:date/places": (hand) => ownDate(hand, { version: "1", places: "20" }),
  "POST /espace/dates/:date/annulation": (hand) => ownDate(hand, { raison: "Fermeture de la salle" }),
};
