// What to ask the routes of volunteers and of their permanences with.
import type { Hand } from "./hand.ts";
import { aProgramme } from "./programme-samples.ts";
import type { Samples } from "./walk.ts";

/** A mission under way on the test's today, looked after by somebody of the pole. */
async function missionForm(hand: Hand, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const { account } = await hand.house.signIn("culture");
  return {
    prenom: "Ada",
    nom: "Essai",
    genre: "civic",
    debut: "02/11/2020",
    fin: "30/06/2021",
    heures: "24",
    lieu: hand.house.sites.gerland,
    tuteur: account,
    ...more,
  };
}
async function aMission(hand: Hand, more: Record<string, string> = {}) {
  const volunteer = hand.id();
  await hand.make(
    "/culture/volontaires/nouveau",
    await missionForm(hand, { key: volunteer, nom: `Marqueur-${hand.id().slice(-6)}` }),
  );
  return { params: { volunteer }, form: await missionForm(hand, more) };
}

/** A form that programmes a permanence on the test's today, with a host of its own and a volunteer. */
async function outpostForm(hand: Hand, more: Record<string, string> = {}): Promise<Record<string, string>> {
  const { id } = await aProgramme(hand);
  await hand.house.owner.query("UPDATE programmes.programmes SET pole = 'culture' WHERE id = $1", [id]);
  const hote = `Centre ${hand.id()}`;
  await hand.structure(hote);
  const { params } = await aMission(hand);
  return {
    dispositif: id,
    type: "permanence",
    titre: "Permanence d’essai",
    hote,
    jour: "01/12/2020",
    heure: "09:00",
    duree: "180",
    lieu: hand.house.sites.gerland,
    volontaires: params.volunteer,
    ...more,
  };
}
async function anOutpost(hand: Hand, form: Record<string, string> = {}) {
  const session = hand.id();
  const planned = await outpostForm(hand, { key: session });
  await hand.make("/culture/actions/nouvelle", planned);
  return { params: { session }, form, host: planned.hote ?? "" };
}
const met = (hand: Hand): Record<string, string> => ({ key: hand.id(), qui: "F", combien: "2" });

/** A date that everybody may book. */
async function aDate(hand: Hand): Promise<string> {
  const venue = `Salle ${hand.id()}`;
  await hand.structure(venue);
  const key = hand.id();
  await hand.make("/culture/sorties/nouvelle", {
    key,
    partenaire: venue,
    titre: "Concert d’essai",
    jour: "20/01/2021",
    places: "10",
    max: "4",
    accompagnants: "1",
  });
  const { rows } = await hand.house.owner.query<{ id: string }>("SELECT id FROM culture.dates WHERE offer_id = $1", [
    key,
  ]);
  return rows[0]?.id ?? "";
}

export const outpostSamples: Samples = {
  "GET /culture/volontaires": () => ({ query: { quand: "tous", genre: "civic" } }),
  "GET /culture/volontaires/export.csv": () => ({}),
  "GET /culture/volontaires/export.xlsx": () => ({ slow: true }),
  "GET /culture/volontaires/nouveau": () => ({}),
  async "POST /culture/volontaires/nouveau"(hand) {
    return { form: await missionForm(hand, { key: hand.id() }) };
  },
  "GET /culture/volontaires/:volunteer": (hand) => aMission(hand),
  "POST /culture/volontaires/:volunteer": (hand) =>
    aMission(hand, { version: "1", fin: "31/01/2021", depart: "Un emploi" }),
  "GET /culture/actions/nouvelle": () => ({}),
  async "POST /culture/actions/nouvelle"(hand) {
    return { form: await outpostForm(hand, { key: hand.id() }) };
  },
  "GET /culture/actions/:session": (hand) => anOutpost(hand),
  async "POST /culture/actions/:session"(hand) {
    const { params, host } = await anOutpost(hand);
    return { params, form: { version: "1", hote: host } };
  },
  "GET /culture/actions/:session/sur-place": (hand) => anOutpost(hand),
  "POST /culture/actions/:session/rencontres": (hand) => anOutpost(hand, met(hand)),
  async "POST /culture/actions/:session/places"(hand) {
    return anOutpost(hand, { key: hand.id(), date: await aDate(hand), personnes: "1", accompagnants: "0" });
  },
  "POST /culture/actions/:session/notes": (hand) => anOutpost(hand, { key: hand.id(), texte: "Un atelier d’écriture" }),
  async "POST /culture/actions/:session/notes/traitee"(hand) {
    const note = hand.id();
    const outpost = await anOutpost(hand, { note });
    const path = `/culture/actions/${outpost.params.session}/notes`;
    await hand.make(path, { key: note, texte: "Un atelier d’écriture" });
    return outpost;
  },
  async "POST /culture/actions/:session/cloture"(hand) {
    const outpost = await anOutpost(hand, { version: "1", suite: "ajouter" });
    await hand.make(`/culture/actions/${outpost.params.session}/rencontres`, met(hand));
    return outpost;
  },
};
