// What to ask the routes around the box office with: collective projects, jobs in culture.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const projectForm = (more: Record<string, string> = {}): Record<string, string> => ({
  titre: "Parcours d’essai",
  genre: "turnkey",
  besoin: "Sortir du quartier",
  freins: "mobilite",
  jour: "12/03/2020",
  etat: "planned",
  mediations: "2",
  ...more,
});
const jobForm = (more: Record<string, string> = {}): Record<string, string> => ({
  titre: "Visite des coulisses",
  genre: "discovery",
  jour: "12/03/2020",
  etat: "held",
  participants: "8",
  ...more,
});

async function aProject(hand: Hand, form: Record<string, string> = {}) {
  const project = hand.id();
  await hand.make("/culture/projets/nouveau", projectForm({ key: project }));
  return { params: { project }, form };
}
async function aStructureName(hand: Hand): Promise<string> {
  const name = `Théâtre ${hand.id()}`;
  await hand.structure(name);
  return name;
}
async function aProposal(hand: Hand, form: Record<string, string> = {}) {
  const { params } = await aProject(hand);
  const partner = hand.id();
  const partenaire = await aStructureName(hand);
  await hand.make(`/culture/projets/${params.project}/partenaires`, { key: partner, partenaire });
  return { params: { ...params, partner }, form };
}
async function aJob(hand: Hand, form: Record<string, string> = {}) {
  const action = hand.id();
  await hand.make("/culture/metiers/nouvelle", jobForm({ key: action }));
  return { params: { action }, form };
}
let year = 2030;

const textForm = (key: string, more: Record<string, string> = {}): Record<string, string> => ({
  key,
  titre: "Ma première pièce",
  texte: "J’y suis allée.",
  signature: "none",
  accord: "1",
  ...more,
});
async function aText(hand: Hand, form: Record<string, string> = {}) {
  const contribution = hand.id();
  await hand.make("/culture/tribune/nouveau", textForm(contribution, { venue: "mail" }));
  return { params: { contribution }, form };
}
/** One point, as a PNG. */
export const pointFile = {
  field: "image",
  name: "dessin.png",
  text: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ) as Buffer<ArrayBuffer>,
};
const pictureOf = async (hand: Hand, contribution: string): Promise<string> =>
  (
    await hand.house.owner.query<{ id: string }>(
      "SELECT id FROM culture.contribution_pictures WHERE contribution_id = $1 LIMIT 1",
      [contribution],
    )
  ).rows[0]?.id ?? "";
/** A drawing that the team entered, with its picture. */
async function aDrawing(hand: Hand, more: Record<string, string> = {}) {
  const { params } = await aText(hand);
  await hand.make(`/culture/tribune/${params.contribution}/images`, {}, pointFile);
  const picture = await pictureOf(hand, params.contribution);
  return { params: { ...params, picture }, form: { image: picture, ...more } };
}
/** The link of an author who sends a drawing by the open page, and that drawing's picture. */
async function anAuthor(hand: Hand, more: Record<string, string> = {}) {
  const { params } = await aPage(hand);
  const contribution = hand.id();
  const form = textForm(contribution, { quoi: "picture" });
  const got = await hand.ask("POST", `/culture-pour-tous/${params.house}/tribune/ecrire`, { form });
  const [, token = ""] = /^\/tribune\/([A-Za-z0-9_-]+)/.exec(got.location) ?? [];
  await hand.ask("POST", `/tribune/${token}/images`, { file: pointFile });
  const picture = await pictureOf(hand, contribution);
  return { params: { token, picture }, form: { image: picture, ...more } };
}

/** The open page of the house. */
async function aPage(hand: Hand, form: Record<string, string> = {}) {
  const { owner, houseId } = hand.house;
  await owner.query(
    "INSERT INTO culture.public_pages (house_id, about, open) VALUES ($1, 'Le pôle', true) ON CONFLICT (house_id) DO UPDATE SET open = true",
    [houseId],
  );
  const { rows } = await owner.query<{ code: string }>("SELECT code FROM house.houses WHERE house_id = $1", [houseId]);
  return { params: { house: rows[0]?.code ?? "" }, form };
}

export const aroundSamples: Samples = {
  "GET /culture/projets": () => ({ query: { titre: "parcours", etat: "held", frein: "mobilite" } }),
  "GET /culture/projets/export.csv": () => ({}),
  "GET /culture/projets/export.xlsx": () => ({ slow: true }),
  "GET /culture/projets/objectifs": () => ({ query: { annee: "2020" } }),
  "POST /culture/projets/objectifs"() {
    year += 1;
    return { form: { annee: String(year), projets: "60", participants: "800", source: "Convention", version: "0" } };
  },
  "GET /culture/projets/nouveau": () => ({}),
  async "POST /culture/projets/nouveau"(hand) {
    return { form: projectForm({ key: hand.id(), demandeur: await aStructureName(hand) }) };
  },
  "GET /culture/projets/:project": (hand) => aProject(hand),
  "POST /culture/projets/:project": (hand) =>
    aProject(hand, projectForm({ version: "1", etat: "held", participants: "12" })),
  async "POST /culture/projets/:project/partenaires"(hand) {
    return aProject(hand, { key: hand.id(), partenaire: await aStructureName(hand) });
  },
  "POST /culture/projets/:project/partenaires/:partner": (hand) => aProposal(hand, { version: "1", reponse: "yes" }),
  "GET /culture/actions": () => ({ query: { titre: "permanence", etat: "held" } }),
  "GET /culture/actions/export.csv": () => ({}),
  "GET /culture/actions/export.xlsx": () => ({ slow: true }),
  "GET /culture/metiers": () => ({ query: { genre: "discovery", etat: "held" } }),
  "GET /culture/metiers/export.csv": () => ({}),
  "GET /culture/metiers/export.xlsx": () => ({ slow: true }),
  "GET /culture/metiers/nouvelle": () => ({}),
  "POST /culture/metiers/nouvelle": (hand) => ({ form: jobForm({ key: hand.id() }) }),
  "GET /culture/metiers/:action": (hand) => aJob(hand),
  "POST /culture/metiers/:action": (hand) => aJob(hand, jobForm({ version: "1", etat: "cancelled", raison: "Essai" })),
  "GET /culture/tribune": () => ({ query: { etat: "received" } }),
  "GET /culture/tribune/export.csv": () => ({}),
  "GET /culture/tribune/export.xlsx": () => ({ slow: true }),
  "GET /culture/tribune/nouveau": () => ({}),
  "POST /culture/tribune/nouveau": (hand) => ({ form: textForm(hand.id(), { venue: "hand" }) }),
  "GET /culture/tribune/:contribution": (hand) => aText(hand),
  "POST /culture/tribune/:contribution": (hand) => aText(hand, { version: "1", decision: "publish" }),
  "POST /culture/tribune/:contribution/retrait": (hand) => aText(hand, { version: "1" }),
  "GET /culture/page-publique": () => ({}),
  async "POST /culture/page-publique"(hand) {
    await hand.house.owner.query("DELETE FROM culture.public_pages WHERE house_id = $1", [hand.house.houseId]);
    return { form: { version: "0", presentation: `Le pôle ${hand.id()}`, venir: "Par une structure", ouverte: "1" } };
  },
  "GET /culture-pour-tous/:house": (hand) => aPage(hand),
  "GET /culture-pour-tous/:house/facile": (hand) => aPage(hand),
  "GET /culture-pour-tous/:house/tribune": (hand) => aPage(hand),
  "GET /culture-pour-tous/:house/tribune/ecrire": (hand) => aPage(hand),
  "POST /culture-pour-tous/:house/tribune/ecrire": (hand) => aPage(hand, textForm(hand.id())),
  "GET /culture/tribune/:contribution/images/:picture": (hand) => aDrawing(hand),
  async "POST /culture/tribune/:contribution/images"(hand) {
    const { params } = await aText(hand);
    return { params, file: pointFile };
  },
  "POST /culture/tribune/:contribution/description": (hand) => aDrawing(hand, { mots: "Un point" }),
  "POST /culture/tribune/:contribution/effacement": (hand) => aDrawing(hand),
  async "POST /culture/tribune/:contribution/lien"(hand) {
    const contribution = hand.id();
    const form = textForm(contribution, { venue: "mail", joindre: "ada@exemple.test" });
    await hand.make("/culture/tribune/nouveau", form);
    return { params: { contribution }, form: { key: hand.id() } };
  },
  async "GET /culture-pour-tous/:house/tribune/images/:picture"(hand) {
    const [{ params: page }, { params, form }] = [await aPage(hand), await aDrawing(hand)];
    const path = `/culture/tribune/${params.contribution}`;
    await hand.make(`${path}/description`, { ...form, mots: "Un point" });
    await hand.make(path, { version: "2", decision: "publish" });
    return { params: { ...page, picture: params.picture } };
  },
  "GET /tribune/:token": (hand) => anAuthor(hand),
  "GET /tribune/:token/images/:picture": (hand) => anAuthor(hand),
  async "POST /tribune/:token/images"(hand) {
    const { params, form } = await anAuthor(hand);
    await hand.ask("POST", `/tribune/${params.token}/effacement`, { form });
    return { params, file: pointFile };
  },
  "POST /tribune/:token/description": (hand) => anAuthor(hand, { mots: "Un point" }),
  "POST /tribune/:token/effacement": (hand) => anAuthor(hand),
  "POST /tribune/:token/retrait": (hand) => anAuthor(hand),
};
