// What to ask the routes of money, of the board and of declared figures with.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const declaredForm = (hand: Hand) => ({
  code: `essai.${hand.id()}`,
  nature: "declared",
  libelle: "Kilomètres parcourus à vélo",
  valeur: "65",
  unite: "km",
  periode: "2020",
  par: "Équipe de la Duchère",
  preuve: "Compteur du vélo",
  dit: "01/12/2020",
});
/** A figure declared already, and a form about it. */
async function aDeclared(hand: Hand, form: Record<string, string> = {}) {
  const figure = hand.id();
  await hand.make("/rapport/declares/nouveau", { key: figure, ...declaredForm(hand) });
  return { params: { figure }, form };
}

/** An entry of the accounts, and a form about it. */
async function anEntry(hand: Hand, form: Record<string, string> = {}) {
  const entry = hand.id();
  await hand.house.owner.query(
    "INSERT INTO money.entries (house_id, id, on_day, account, label, side, amount, external_id) VALUES ($1, $2::uuid, '2020-03-01', '741', 'Subvention', 'credit', 10.10, $2::uuid::text)",
    [hand.house.houseId, entry],
  );
  return { params: { entry }, form };
}
/** A rule: each of accounts of its own. */
const ruleForm = (hand: Hand) => ({
  key: hand.id(),
  compte: `74${String(Math.floor(Math.random() * 1e8)).padStart(8, "0")}`,
  mots: "",
  financeur: "Ville",
  dispositif: "",
});
const mandateForm = {
  nom: "Marqueur",
  prenom: "Zéphyrine",
  sexe: "F",
  college: "Personnes qualifiées",
  debut: "01/02/2020",
};
const memberForm = { nature: "organisation", nom: "Association Marqueur", college: "Citoyens", debut: "01/02/2020" };
const boardMeetingForm = {
  date: "08/06/2020",
  instance: "conseil d’administration",
  convoques: "30",
  presents: "15",
  representes: "3",
  quorum: "16",
  decisions: "Comptes approuvés",
};
/** What governance keeps by hand: the samples of one of its kinds. */
const keptSamples = (path: string, fresh: string, param: string, form: Record<string, string>): Samples => {
  const record = async (hand: Hand) => {
    const key = hand.id();
    await hand.make(`${path}/${fresh}`, { key, ...form });
    return { [param]: key };
  };
  return {
    [`GET ${path}/${fresh}`]: () => ({}),
    [`POST ${path}/${fresh}`]: (hand) => ({ form: { key: hand.id(), ...form } }),
    [`GET ${path}/:${param}`]: async (hand) => ({ params: await record(hand) }),
    [`POST ${path}/:${param}`]: async (hand) => ({ params: await record(hand), form: { ...form, version: "1" } }),
    [`POST ${path}/:${param}/retrait`]: async (hand) => ({
      params: await record(hand),
      form: { raison: "noté par erreur" },
    }),
  };
};
/** A line of a printed report, and a form about it. */
async function aLine(hand: Hand, form: Record<string, string> = {}) {
  await hand.house.owner.query(
    `INSERT INTO report.printed_lines (house_id, year, code, place, label, value, decimals, unit, period) VALUES ($1, 2020, 'F004', 1, 'Visites', 26594, 0, 'visites', '2020')
     ON CONFLICT DO NOTHING`,
    [hand.house.houseId],
  );
  return { params: { year: "2020", line: "F004" }, form };
}

export const resourceSamples: Samples = {
  "GET /tableau-de-bord": () => ({ query: { jour: "31/12/2019" } }),
  "GET /finances/ecritures": () => ({ query: { compte: "74", sens: "credit" } }),
  "GET /finances/ecritures/export.csv": () => ({}),
  "GET /finances/ecritures/export.xlsx": () => ({ slow: true }),
  "GET /finances/compte-de-resultat": () => ({ query: { annee: "2020" } }),
  "GET /finances/ecritures/:entry": (hand) => anEntry(hand),
  "POST /finances/ecritures/:entry": (hand) => anEntry(hand, { financeur: "Ville", dispositif: "", version: "1" }),
  "GET /finances/repartition": () => ({}),
  "POST /finances/repartition": (hand) => ({ form: ruleForm(hand) }),
  "POST /finances/repartition/application": () => ({}),
  "POST /finances/repartition/:rule/retrait": async (hand) => {
    const form = ruleForm(hand);
    await hand.make("/finances/repartition", form);
    return { params: { rule: form.key } };
  },
  "GET /gouvernance": () => ({ query: { etat: "en-cours" } }),
  "GET /gouvernance/export.csv": () => ({}),
  "GET /gouvernance/export.xlsx": () => ({ slow: true }),
  ...keptSamples("/gouvernance/mandats", "nouveau", "mandate", mandateForm),
  ...keptSamples("/gouvernance/membres", "nouveau", "member", memberForm),
  ...keptSamples("/gouvernance/reunions", "nouvelle", "meeting", boardMeetingForm),
  "GET /gouvernance/membres": () => ({ query: { etat: "en-cours" } }),
  "GET /gouvernance/membres/export.csv": () => ({}),
  "GET /gouvernance/membres/export.xlsx": () => ({ slow: true }),
  "GET /gouvernance/reunions": () => ({ query: { instance: "conseil" } }),
  "GET /gouvernance/reunions/export.csv": () => ({}),
  "GET /gouvernance/reunions/export.xlsx": () => ({ slow: true }),
  "GET /rapport/couverture": async (hand) => {
    await aLine(hand);
    return { query: { annee: "2020", etat: "missing" } };
  },
  "GET /rapport/couverture/export.csv": () => ({ query: { annee: "2020" } }),
  "GET /rapport/couverture/export.xlsx": () => ({ query: { annee: "2020" }, slow: true }),
  "POST /rapport/couverture/:year/lignes": () => ({
    params: { year: "2020" },
    file: { field: "fichier", name: "rapport.csv", text: "code;libellé;valeur\nF004;Visites;26594\n" },
  }),
  "GET /rapport/couverture/:year/:line": (hand) => aLine(hand),
  "POST /rapport/couverture/:year/:line": async (hand) => {
    const sample = await aLine(hand, { chiffre: "antennes.visites", raison: "", version: "" });
    await hand.house.owner.query("DELETE FROM report.line_links WHERE house_id = $1", [hand.house.houseId]);
    return sample;
  },
  "GET /explorateur/contours": () => ({}),
  "POST /explorateur/contours": () => ({
    file: {
      field: "fichier",
      name: "communes.geojson",
      text: '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"69001","nom":"Essai"},"geometry":{"type":"Polygon","coordinates":[[[4,45],[5,45],[5,46],[4,45]]]}}]}',
    },
  }),
  "GET /rapport/:year/controle": () => ({ params: { year: "2020" } }),
  "GET /rapport/declares": () => ({ query: { chiffre: "vélo", nature: "declared" } }),
  "GET /rapport/declares/export.csv": () => ({}),
  "GET /rapport/declares/export.xlsx": () => ({ slow: true }),
  "GET /rapport/declares/nouveau": () => ({}),
  "POST /rapport/declares/nouveau": (hand) => ({ form: { key: hand.id(), ...declaredForm(hand) } }),
  "GET /rapport/declares/:figure": (hand) => aDeclared(hand),
  "POST /rapport/declares/:figure": (hand) =>
    aDeclared(hand, { ...declaredForm(hand), valeur: "66", version: "1", raison: "relevé relu" }),
  "POST /rapport/declares/:figure/retrait": (hand) => aDeclared(hand, { version: "1", raison: "compté deux fois" }),
};
