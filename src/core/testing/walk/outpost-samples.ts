// What to ask the routes of volunteers and of their permanences with.
import type { Hand } from "./hand.ts";
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
};
