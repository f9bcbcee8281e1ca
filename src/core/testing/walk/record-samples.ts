// What to ask the routes with that hold records: people, visits, figures, imports.
import type { Hand } from "./hand.ts";
import { aProgramme, programmeSamples } from "./programme-samples.ts";
import type { Samples } from "./walk.ts";

const aPerson = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { person: await hand.person() },
  form,
});
const aVisit = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { visit: await hand.visit({ person: await hand.person() }) },
  form,
});
const aPair = async (hand: Hand, form: Record<string, string> = {}) => {
  const [first, second] = await hand.twins();
  return { params: { first, second }, form };
};
const aSituation = async (hand: Hand, form: Record<string, string> = {}) => {
  const person = await hand.person();
  await hand.house.owner.query(
    "INSERT INTO people.situations (house_id, person_id, kind, from_day, value, recorded_at) VALUES ($1, $2, 'status', '2020-11-01', 'employee', now())",
    [hand.house.houseId, person],
  );
  return { params: { person, kind: "status", day: "2020-11-01" }, form };
};
const year = { de: "01/01/2020", a: "31/12/2020" };
const exploration = { ...year, chiffre: "antennes.visites", lignes: "antenne", dessin: "barres" };
const identity = {
  sexe: "F",
  nom: "Essai",
  nom_naissance: "Autre",
  prenom: "Camille",
  naissance: "12/03/1985",
  telephone: "06 12 34 56 78",
  courriel: "camille@exemple.test",
  adresse: "1 rue de la République",
  code_postal: "69007",
  commune: "Lyon",
};

const home: Samples = {
  "GET /": () => ({}),
  "GET /recherche": () => ({ query: { q: "Essai" } }),
  "GET /api/v1/openapi.json": () => ({}),
};

const people: Samples = {
  "GET /personnes": () => ({ query: { q: "Marqueur" } }),
  "GET /api/v1/persons": () => ({ query: { q: "Marqueur" } }),
  "GET /api/v1/persons/:person": (hand) => aPerson(hand),
  "GET /personnes/nouvelle": () => ({ query: { nom: "Essai" } }),
  "POST /personnes/nouvelle": (hand) => ({
    form: { ...identity, key: hand.id(), antenne: hand.house.sites.gerland, confirmed: "1" },
  }),
  "GET /doublons": () => ({ query: { ecartes: "1" } }),
  async "POST /doublons/avis"(hand) {
    const [first, second] = await hand.twins();
    return { form: { first, second } };
  },
  async "POST /doublons/retour"(hand) {
    const [first, second] = await hand.twins();
    return { form: { first, second } };
  },
  "GET /doublons/export.csv": () => ({}),
  "GET /doublons/:first/:second": (hand) => aPair(hand),
  "POST /doublons/:first/:second": (hand) =>
    aPair(hand, { key: hand.id(), version: "1", other_version: "1", family_name: "absorbed" }),
  "GET /fusions": () => ({}),
  "GET /fusions/export.csv": () => ({}),
  "GET /fusions/:merge": async (hand) => ({ params: { merge: await hand.merge() } }),
  "POST /fusions/:merge/annulation": async (hand) => ({ params: { merge: await hand.merge() } }),
  "GET /conservation": () => ({ query: { jour: "01/12/2023" } }),
  "GET /conservation/export.csv": () => ({ query: { liste: "archive", jour: "01/12/2023" } }),
  "POST /conservation": () => ({}),
  "POST /conservation/regle": () => ({
    form: { a_partir_du: "", actif: "24", archive: "12", preavis: "30", source: "Décision de la maison" },
  }),
  "GET /personnes/:person": async (hand) => ({ ...(await aPerson(hand)), query: { jour: "01/12/2020" } }),
  "GET /personnes/:person/sensible": (hand) => aPerson(hand),
  "POST /personnes/:person/situation": (hand) =>
    aPerson(hand, { choix: "rsa:yes", a_partir_du: "01/11/2020", inscrit_depuis: "01/10/2020" }),
  "GET /personnes/:person/situation/:kind/:day": (hand) => aSituation(hand),
  "POST /personnes/:person/situation/:kind/:day": (hand) => aSituation(hand, { raison: "Notée par erreur" }),
  async "POST /personnes/:person/retraits/:withdrawal"(hand) {
    const { params } = await aPerson(hand);
    const withdrawal = hand.id();
    await hand.house.owner.query(
      `INSERT INTO people.situation_withdrawals (house_id, id, person_id, kind, from_day, value, recorded_at, withdrawn_at, reason)
       VALUES ($1, $2, $3, 'status', '2020-11-01', 'employee', now(), now(), 'Essai')`,
      [hand.house.houseId, withdrawal, params.person],
    );
    return { params: { ...params, withdrawal } };
  },
  "GET /personnes/:person/lectures": (hand) => aPerson(hand),
  "GET /personnes/:person/lectures/export.csv": (hand) => aPerson(hand),
  "GET /personnes/:person/modifier": (hand) => aPerson(hand),
  "POST /personnes/:person/modifier": (hand) => aPerson(hand, { ...identity, version: "1" }),
  "GET /personnes/:person/donnees": (hand) => aPerson(hand),
  "POST /personnes/:person/consentements": (hand) => aPerson(hand, { purpose: "notice", consent: "informed" }),
  "POST /personnes/:person/demandes": (hand) => aPerson(hand, { kind: "access" }),
  async "POST /personnes/:person/demandes/:request"(hand) {
    const { params } = await aPerson(hand);
    const request = hand.id();
    await hand.house.owner.query(
      "INSERT INTO people.requests (house_id, id, person_id, kind, received_on, due_on) VALUES ($1, $2, $3, 'access', '2020-12-01', '2020-12-31')",
      [hand.house.houseId, request, params.person],
    );
    return { params: { ...params, request }, form: { answer: "Dossier remis." } };
  },
  "GET /personnes/:person/dossier": (hand) => aPerson(hand),
  async "POST /personnes/:person/effacement"(hand) {
    const { params } = await aPerson(hand);
    const { rows } = await hand.house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [
      params.person,
    ]);
    return { params, form: { reason: "À sa demande", confirmation: rows[0]?.code ?? "" } };
  },
};

const visit = (hand: Hand) => ({
  lieu: hand.house.sites.gerland,
  jour: "01/12/2020",
  heure: "08:30",
  motif: "",
  orientation: "",
  mode: "phone",
});

const reception: Samples = {
  "GET /accueil": (hand) => ({ query: { lieu: hand.house.sites.gerland, q: "Marqueur" } }),
  "POST /accueil/visites": (hand) => ({
    form: { ...visit(hand), key: hand.id(), personne: "", sexe: "F", nom: "Essai Camille", naissance: "12/03/1985" },
  }),
  "GET /accueil/nouvelle": (hand) => ({ query: { lieu: hand.house.sites.gerland, nom: "Essai" } }),
  "POST /accueil/nouvelle": (hand) => ({
    form: {
      ...visit(hand),
      key: hand.id(),
      visite: hand.id(),
      sexe: "X",
      nom: "Essai",
      prenom: "Camille",
      naissance: "12/03/1985",
      telephone: "06 12 34 56 78",
      confirmed: "1",
    },
  }),
  "GET /accueil/groupe": (hand) => ({ query: { lieu: hand.house.sites.gerland } }),
  "POST /accueil/groupe": (hand) => ({
    form: { ...visit(hand), key: hand.id(), femmes: "2", hommes: "1", autres: "0", codes: "" },
  }),
  "GET /accueil/hors-ligne": () => ({}),
  "GET /hors-ligne.js": () => ({}),
  "GET /accueil/listes": () => ({}),
  "GET /accueil/listes/export.csv": () => ({}),
  "GET /accueil/listes/export.xlsx": () => ({ slow: true }),
  "GET /accueil/listes/nouveau": () => ({}),
  "POST /accueil/listes": (hand) => ({
    form: {
      key: hand.id(),
      liste: "reason",
      mot: `Motif ${hand.id()}`,
      lieu: hand.house.sites.gerland,
      du: "01/12/2020",
    },
  }),
  "GET /accueil/listes/:term": async (hand) => ({ params: { term: await hand.term() } }),
  "POST /accueil/listes/:term": async (hand) => ({
    params: { term: await hand.term() },
    form: { mot: `Motif ${hand.id()}`, place: "3", au: "31/12/2021", version: "1" },
  }),
  "GET /visites": (hand) => ({ query: { ...year, lieu: hand.house.sites.gerland, motif: "", nom: "oui", avant: "" } }),
  "GET /visites/export.csv": () => ({ query: year }),
  "GET /visites/export.xlsx": () => ({ query: year, slow: true }),
  "GET /api/v1/visits": (hand) => ({
    query: { from: "2020-01-01", to: "2020-12-31", site: hand.house.sites.gerland },
  }),
  "GET /api/v1/visits/:visit": (hand) => aVisit(hand),
  "GET /api/v1/visit-terms": () => ({}),
  "POST /api/v1/visits": (hand) => ({ json: { id: hand.id(), site: hand.house.sites.gerland } }),
  "GET /visites/:visit": (hand) => aVisit(hand),
  "POST /visites/:visit/retrait": (hand) => aVisit(hand, { raison: "Notée deux fois", groupe: "", retour: "" }),
  async "POST /visites/:visit/retour"(hand) {
    const { params } = await aVisit(hand);
    await hand.house.owner.query(
      "INSERT INTO agenda.visit_withdrawals (house_id, visit_id, at, reason) VALUES ($1, $2, now(), 'Essai')",
      [hand.house.houseId, params.visit],
    );
    return { params, form: { groupe: "", retour: "" } };
  },
  "GET /visites/:visit/corriger": (hand) => aVisit(hand),
  "POST /visites/:visit/corriger": (hand) => aVisit(hand, { ...visit(hand), raison: "Autre mode", version: "1" }),
  "GET /visites/:visit/rattacher": async (hand) => ({
    params: { visit: await hand.visit({ name: "Marqueur-gardé Zoé" }) },
    query: { q: "Marqueur" },
  }),
  "POST /visites/:visit/rattacher": async (hand) => ({
    params: { visit: await hand.visit({ name: "Marqueur-gardé Zoé" }) },
    form: { personne: await hand.person(), version: "1" },
  }),
};

const figure = { params: { code: "antennes.visites" }, query: { ...year, par: "antenne", page: "0" } };
const report: Samples = {
  "GET /explorateur": () => ({ query: exploration }),
  "GET /explorateur/export.csv": () => ({ query: exploration }),
  "GET /explorateur/export.xlsx": () => ({ query: exploration, slow: true }),
  "GET /explorateur/vues/nouvelle": () => ({ query: { requete: "?chiffre=antennes.visites" } }),
  "POST /explorateur/vues": (hand) => ({
    form: { key: hand.id(), requete: "?chiffre=antennes.visites", nom: `Vue ${hand.id().slice(-6)}`, partage: "moi" },
  }),
  "GET /rapport": () => ({}),
  "GET /rapport/controle": () => ({}),
  "POST /rapport/controle": () => ({
    file: {
      field: "fichier",
      name: "chiffres.csv",
      text: "code;libellé;valeur;calcul\nA;Personnes;3;\nB;Total;4;A+A\n",
    },
  }),
  "GET /rapport/:year": () => ({ params: { year: "2020" } }),
  "GET /rapport/:year/antennes": () => ({ params: { year: "2020" } }),
  "GET /rapport/:year/:programme": async (hand) => ({
    params: { year: "2020", programme: (await aProgramme(hand)).code },
  }),
  "GET /rapport/:year/chiffres.csv": () => ({ params: { year: "2020" } }),
  "GET /rapport/:year/chiffres.xlsx": () => ({ params: { year: "2020" }, slow: true }),
  "GET /chiffres/:code": () => figure,
  "GET /chiffres/:code/export.csv": () => figure,
  "GET /chiffres/:code/export.xlsx": () => ({ ...figure, slow: true }),
  "GET /api/v1/figures": () => ({ query: { year: "2020" } }),
  "GET /api/v1/figures/:code": () => ({
    params: { code: "antennes.visites" },
    query: { from: "2020-01-01", to: "2020-12-31" },
  }),
};

const imports: Samples = {
  "GET /imports": () => ({}),
  "POST /imports": (hand) => ({
    slow: true,
    file: { field: "fichier", name: "antennes.csv", text: `code;nom\nessai-${hand.id().slice(-6)};Antenne d’essai\n` },
  }),
  "GET /imports/essais/:draft/colonnes": async (hand) => ({
    params: { draft: await hand.draft() },
    slow: true,
    query: { kind: "antennes" },
  }),
  "POST /imports/essais/:draft/colonnes": async (hand) => ({
    params: { draft: await hand.draft() },
    slow: true,
    form: { kind: "antennes", c0: "code", c1: "nom", c2: "", c3: "" },
  }),
  "GET /imports/essais/:draft": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "GET /imports/essais/:draft/refusees.csv": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "GET /imports/essais/:draft/douteuses.csv": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "POST /imports/essais/:draft/essai": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "POST /imports/essais/:draft": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "POST /imports/essais/:draft/abandon": async (hand) => ({ params: { draft: await hand.draft() }, slow: true }),
  "GET /imports/export.csv": () => ({}),
  "GET /imports/:import": async (hand) => ({ params: { import: await hand.imported() }, slow: true }),
  "GET /imports/:import/annulation": async (hand) => ({ params: { import: await hand.imported() }, slow: true }),
  "POST /imports/:import/annulation": async (hand) => ({ params: { import: await hand.imported() }, slow: true }),
};

export const recordSamples: Samples = { ...home, ...people, ...reception, ...report, ...imports, ...programmeSamples };
