// What to ask the routes of interviews, sessions, weeks and calendars with. The clock of the walk stands on 1 December 2020, 9:05.

import type { TestHouse } from "../house.ts";
import { inPage } from "../visitor.ts";
import type { Hand } from "./hand.ts";
import { aProgramme } from "./programme-samples.ts";
import type { Samples } from "./walk.ts";

/** One person and one programme for a whole walk: no act of these pages spends them. */
const lasting = new WeakMap<TestHouse, Promise<{ person: string; programme: string }>>();
function lastingIn(hand: Hand): Promise<{ person: string; programme: string }> {
  const made =
    lasting.get(hand.house) ??
    (async () => ({ person: await hand.person(), programme: (await aProgramme(hand)).id }))();
  lasting.set(hand.house, made);
  return made;
}
const thePerson = async (hand: Hand): Promise<string> => (await lastingIn(hand)).person;
const theProgramme = async (hand: Hand): Promise<string> => (await lastingIn(hand)).programme;

const interviewFields = (hand: Hand) => ({
  dispositif: "",
  lieu: hand.house.sites.gerland,
  conseiller: "",
  jour: "01/12/2020",
  heure: "08:30",
  duree: "45",
  mode: "phone",
  salle: "",
  malgre: "",
});

const anInterview = async (hand: Hand, more: Record<string, string> = {}) => {
  const key = hand.id();
  const form = { ...interviewFields(hand), key, personne: await thePerson(hand), code: "", note: "", ...more };
  await hand.make("/entretiens", form);
  return key;
};

const sessionFields = (hand: Hand, programme: string) => ({
  dispositif: programme,
  type: "atelier",
  titre: "Atelier d’essai",
  jour: "01/12/2020",
  heure: "",
  duree: "180",
  lieu: hand.house.sites.gerland,
  salle: "",
  adresse: "chez un partenaire",
  mode: "in_person",
  places: "12",
  intervenants: "Une coach",
  malgre: "",
});

const aSession = async (hand: Hand, more: Record<string, string> = {}) => {
  const key = hand.id();
  const programme = await theProgramme(hand);
  await hand.make("/seances", { ...sessionFields(hand, programme), key, nombre: "", jours: "", ...more });
  return key;
};

const aRegistered = async (hand: Hand) => {
  const [session, person] = [await aSession(hand), await thePerson(hand)];
  await hand.make(`/seances/${session}/inscriptions`, { key: hand.id(), codes: "", personne: person, ensemble: "" });
  return { session, person };
};

/** A link that opens, and the path of its token. */
const aLink = async (hand: Hand) => {
  const [session, person] = [await aSession(hand), await thePerson(hand)];
  const { text } = await hand.make(`/seances/${session}/liens`, { personne: person, code: "" });
  return inPage(text, /\/inscription\/([A-Za-z0-9_-]+)/);
};

const aPlace = async (hand: Hand) => {
  const key = hand.id();
  await hand.make("/salles", { key, lieu: hand.house.sites.gerland, nom: `Salle ${key}`, places: "8" });
  return key;
};

const aTemplate = async (hand: Hand) => {
  const key = hand.id();
  await hand.make("/entretiens/modeles", { key, titre: `Modèle ${key}`, texte: "Demande :" });
  return key;
};

const interviews: Samples = {
  "GET /entretiens": () => ({ query: { de: "01/01/2020", a: "31/12/2020", lieu: "", etat: "held", avant: "" } }),
  "GET /entretiens/export.csv": () => ({ query: { de: "01/01/2020", a: "31/12/2020" } }),
  "GET /entretiens/nouveau": async (hand) => ({ query: { personne: await thePerson(hand) } }),
  "POST /entretiens": async (hand) => ({
    form: {
      ...interviewFields(hand),
      key: hand.id(),
      personne: await thePerson(hand),
      code: "",
      note: "Une note",
      lecteur: "team",
    },
  }),
  "GET /entretiens/:interview": async (hand) => ({ params: { interview: await anInterview(hand) } }),
  "GET /entretiens/:interview/modifier": async (hand) => ({ params: { interview: await anInterview(hand) } }),
  "POST /entretiens/:interview/modifier": async (hand) => ({
    params: { interview: await anInterview(hand) },
    form: { ...interviewFields(hand), version: "1" },
  }),
  "POST /entretiens/:interview/etat": async (hand) => ({
    params: { interview: await anInterview(hand) },
    form: { etat: "no_show", raison: "", version: "1", retour: "" },
  }),
  "POST /entretiens/:interview/notes": async (hand) => ({
    params: { interview: await anInterview(hand) },
    form: { key: hand.id(), note: "Une note", lecteur: "referents" },
  }),
  async "POST /entretiens/:interview/notes/:note/effacement"(hand) {
    const [interview, note] = [await anInterview(hand), hand.id()];
    await hand.ask("POST", `/entretiens/${interview}/notes`, {
      cookie: hand.self.cookie,
      form: { key: note, note: "Une note", lecteur: "author" },
    });
    return { params: { interview, note } };
  },
  "GET /entretiens/modeles": () => ({}),
  "GET /entretiens/modeles/export.csv": () => ({}),
  "POST /entretiens/modeles": (hand) => ({ form: { key: hand.id(), titre: `Modèle ${hand.id()}`, texte: "Suite :" } }),
  "GET /entretiens/modeles/:template": async (hand) => ({ params: { template: await aTemplate(hand) } }),
  "POST /entretiens/modeles/:template": async (hand) => ({
    params: { template: await aTemplate(hand) },
    form: { titre: `Modèle ${hand.id()}`, texte: "Suite :", au: "31/12/2021", version: "1" },
  }),
  "GET /salles": () => ({}),
  "GET /salles/export.csv": () => ({}),
  "POST /salles": (hand) => ({
    form: { key: hand.id(), lieu: hand.house.sites.gerland, nom: `Salle ${hand.id()}`, places: "8" },
  }),
  "GET /salles/:place": async (hand) => ({ params: { place: await aPlace(hand) } }),
  "POST /salles/:place": async (hand) => ({
    params: { place: await aPlace(hand) },
    form: { nom: `Salle ${hand.id()}`, places: "", fermeture: "31/12/2021", version: "1" },
  }),
};

const sessions: Samples = {
  "GET /seances": () => ({ query: { de: "01/01/2020", a: "31/12/2020", etat: "planned", avant: "" } }),
  "GET /seances/export.csv": () => ({ query: { de: "01/01/2020", a: "31/12/2020" } }),
  "GET /seances/nouvelle": () => ({}),
  "POST /seances": async (hand) => ({
    form: {
      ...sessionFields(hand, await theProgramme(hand)),
      key: hand.id(),
      nombre: "3",
      jours: "",
      animateurs: hand.self.account,
    },
  }),
  "GET /seances/:session": async (hand) => ({ params: { session: (await aRegistered(hand)).session } }),
  "GET /seances/:session/modifier": async (hand) => ({ params: { session: await aSession(hand) } }),
  async "POST /seances/:session/modifier"(hand) {
    const programme = await theProgramme(hand);
    return { params: { session: await aSession(hand) }, form: { ...sessionFields(hand, programme), version: "1" } };
  },
  "POST /seances/:session/etat": async (hand) => ({
    params: { session: await aSession(hand) },
    form: {
      etat: "postponed",
      raison: "Salle inondée",
      nouveau_jour: "08/12/2020",
      nouvelle_heure: "10:00",
      version: "1",
      key: hand.id(),
    },
  }),
  "POST /seances/:session/inscriptions": async (hand) => ({
    params: { session: await aSession(hand) },
    form: { key: hand.id(), codes: "", personne: await thePerson(hand), ensemble: "1" },
  }),
  "GET /seances/:session/inscriptions.csv": async (hand) => ({
    params: { session: (await aRegistered(hand)).session },
  }),
  async "POST /seances/:session/desistement"(hand) {
    const { session, person } = await aRegistered(hand);
    return { params: { session }, form: { personne: person, raison: "Malade" } };
  },
  "POST /seances/:session/liens": async (hand) => ({
    params: { session: await aSession(hand) },
    form: { personne: await thePerson(hand), code: "" },
  }),
  "GET /inscription/:token": async (hand) => ({ params: { token: await aLink(hand) } }),
  "POST /inscription/:token": async (hand) => ({ params: { token: await aLink(hand) }, form: { reponse: "oui" } }),
  "GET /seances/:session/feuille": async (hand) => ({ params: { session: (await aRegistered(hand)).session } }),
  "GET /seances/:session/signer": async (hand) => ({ params: { session: (await aRegistered(hand)).session } }),
  "GET /seances/:session/signer/:person": async (hand) => ({ params: await aRegistered(hand) }),
  "POST /seances/:session/signer/:person": async (hand) => ({
    params: await aRegistered(hand),
    form: { trait: "M10 20L30 40L50 20", initiales: "" },
  }),
  async "POST /seances/:session/signer/:person/effacement"(hand) {
    const { session, person } = await aRegistered(hand);
    await hand.make(`/seances/${session}/signer/${person}`, { trait: "", initiales: "CE" });
    return { params: { session, person }, form: {} };
  },
  "GET /seances/:session/presences": async (hand) => ({ params: { session: (await aRegistered(hand)).session } }),
  async "POST /seances/:session/presences"(hand) {
    const { session, person } = await aRegistered(hand);
    return {
      params: { session },
      form: {
        version: "1",
        codes: "",
        femmes: "2",
        hommes: "1",
        autres: "",
        sans_precision: "",
        [`p-${person}`]: "justified",
      },
    };
  },
};

const week = { du: "30/11/2020" };
const weeks: Samples = {
  "GET /agenda": () => ({ query: week }),
  "GET /agenda/export.csv": () => ({ query: week }),
  "GET /agenda/lieu/:site": (hand) => ({ params: { site: hand.house.sites.gerland }, query: week }),
  "GET /agenda/lieu/:site/export.csv": (hand) => ({ params: { site: hand.house.sites.gerland }, query: week }),
  "GET /agenda/salle/:place": async (hand) => ({ params: { place: await aPlace(hand) }, query: week }),
  "GET /agenda/salle/:place/export.csv": async (hand) => ({ params: { place: await aPlace(hand) }, query: week }),
  "GET /agenda/flux": () => ({}),
  "POST /agenda/flux": () => ({ form: { noms: "1" } }),
  async "POST /agenda/flux/suppression"(hand) {
    await hand.ask("POST", "/agenda/flux", { cookie: hand.self.cookie, form: { noms: "" } });
    return {};
  },
  async "GET /agenda/flux/:file"(hand) {
    const { text } = await hand.make("/agenda/flux", { noms: "" });
    return { params: { file: inPage(text, /\/agenda\/flux\/([A-Za-z0-9_-]+\.ics)/) } };
  },
};

export const meetingSamples: Samples = { ...interviews, ...sessions, ...weeks };
