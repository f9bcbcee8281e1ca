// What to ask the routes of seasons and of their campaigns with.
import { hashToken } from "../../http/session.ts";
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

async function aMembership(hand: Hand, form: Record<string, string> = {}) {
  const [structure, membership] = [await hand.structure(), hand.id()];
  await hand.direct(`/structures/${structure}/saisons`, { key: membership, saison: "2020", cote: "social" });
  return { params: { structure, membership }, form };
}
/** A letter of a campaign, of a season that no other sample takes. */
let season = 2100;
async function aLetter(hand: Hand, form: Record<string, string> = {}) {
  const { owner, houseId } = hand.house;
  const [structure, campaign, letter] = [await hand.structure(), hand.id(), hand.id()];
  season += 1;
  await owner.query(
    "INSERT INTO partners.campaigns (house_id, id, season, side, answer_by, started_at) VALUES ($1, $2, $3, 'social', '2020-12-31', now())",
    [houseId, campaign, season],
  );
  await owner.query(
    "INSERT INTO partners.campaign_letters (house_id, id, campaign_id, structure_id, recipient) VALUES ($1, $2, $3, $4, 'c@exemple.test')",
    [houseId, letter, campaign, structure],
  );
  return { params: { letter }, form };
}
async function aRenewal(hand: Hand, form: Record<string, string> = {}) {
  const { params } = await aLetter(hand);
  const token = hand.house.deps.ids.token();
  await hand.house.owner.query(
    "INSERT INTO messages.links (house_id, token_hash, kind, record_id, expires_at) VALUES ($1, $2, 'renouvellement', $3, $4)",
    [hand.house.houseId, hashToken(token), params.letter, new Date(hand.house.clock.now().getTime() + 86_400_000)],
  );
  return { params: { token }, form };
}

export const seasonSamples: Samples = {
  "GET /structures/saisons": () => ({ query: { saison: "2020", cote: "social" } }),
  "GET /structures/saisons/export.csv": () => ({}),
  "GET /structures/saisons/export.xlsx": () => ({ slow: true }),
  "GET /structures/saisons/regles": () => ({ query: { saison: "2020", cote: "social" } }),
  async "POST /structures/saisons/regles"(hand) {
    season += 1;
    return {
      form: {
        saison: String(season - 100),
        cote: "cultural",
        cotisation: "15",
        regler: "31/12/2020",
        convention: "31/10/2020",
        source: `Bureau ${hand.id()}`,
        version: "0",
      },
    };
  },
  "GET /structures/saisons/campagnes": () => ({ query: { saison: "2020", cote: "social" } }),
  async "POST /structures/saisons/campagnes"(hand) {
    season += 1;
    return { form: { key: hand.id(), saison: String(season), cote: "cultural", avant: "15/12/2020", mot: "" } };
  },
  "GET /structures/saisons/reponses": () => ({ query: { reponse: "sans" } }),
  "GET /structures/saisons/reponses/export.csv": () => ({}),
  "GET /structures/saisons/reponses/export.xlsx": () => ({ slow: true }),
  "GET /structures/saisons/reponses/:letter": (hand) => aLetter(hand),
  "POST /structures/saisons/reponses/:letter": (hand) =>
    aLetter(hand, { version: "1", reponse: "yes", qui: "Camille" }),
  "GET /renouvellement/:token": (hand) => aRenewal(hand),
  "POST /renouvellement/:token": (hand) => aRenewal(hand, { reponse: "no" }),
  "GET /structures/:structure/saisons": async (hand) => ({ params: { structure: await hand.structure() } }),
  "POST /structures/:structure/saisons": async (hand) => ({
    params: { structure: await hand.structure() },
    form: { key: hand.id(), saison: "2020", cote: "social", montant: "15" },
  }),
  "POST /structures/:structure/saisons/:membership": (hand) =>
    aMembership(hand, { version: "1", montant: "15", etat: "paid", le: "01/12/2020" }),
  "POST /structures/:structure/saisons/:membership/fin": (hand) =>
    aMembership(hand, { version: "1", jour: "01/12/2020", raison: "Elle a fermé" }),
};
