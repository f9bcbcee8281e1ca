// What to ask the routes of declared lists with, where the room's own samples do not.
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

/** A workbook starts a thread. */
const xlsxOf = (path: string, query: Record<string, string> = {}): Samples => ({
  [`GET ${path}/export.xlsx`]: () => ({ query, slow: true }),
});

const aFilter = async (hand: Hand): Promise<string> => {
  const key = hand.id();
  await hand.ask("POST", "/listes/filtres", {
    cookie: hand.self.cookie,
    form: { key, liste: "structures", requete: "?etat=toutes", nom: `Filtre ${key}`, partage: "moi" },
  });
  return key;
};

const savedSamples: Samples = {
  "GET /listes/filtres": () => ({}),
  "GET /listes/filtres/nouveau": () => ({ query: { liste: "structures", requete: "?etat=toutes" } }),
  "POST /listes/filtres": (hand) => ({
    form: { key: hand.id(), liste: "structures", requete: "?etat=toutes", nom: `Filtre ${hand.id()}`, partage: "moi" },
  }),
  "POST /listes/filtres/:filter": async (hand) => ({
    params: { filter: await aFilter(hand) },
    form: { version: "1", nom: `Autre ${hand.id()}`, partage: "moi" },
  }),
  "POST /listes/filtres/:filter/retrait": async (hand) => ({ params: { filter: await aFilter(hand) } }),
};

/** One's own act on one person: a tag. */
async function anAct(hand: Hand): Promise<string> {
  const key = hand.id();
  await hand.ask("POST", "/groupes/etiquette", { cookie: hand.self.cookie, form: await tagForm(hand, key) });
  return key;
}
const tagForm = async (hand: Hand, key = hand.id()): Promise<Record<string, string>> => ({
  key,
  liste: "personnes",
  requete: "",
  toutes: "0",
  compte: "1",
  ligne: await hand.person(),
  etiquette: "",
  nouvelle: "À rappeler",
});

async function aTag(hand: Hand): Promise<{ person: string; tag: string }> {
  const person = await hand.person();
  await hand.make(`/personnes/${person}/etiquettes`, { mot: "À rappeler" });
  const { rows } = await hand.house.owner.query<{ tag_id: string }>(
    "SELECT tag_id FROM people.person_tags WHERE person_id = $1",
    [person],
  );
  return { person, tag: rows[0]?.tag_id ?? "" };
}

const groupSamples: Samples = {
  "GET /groupes": () => ({ query: { acte: "etiquette" } }),
  "GET /groupes/export.csv": () => ({}),
  ...xlsxOf("/groupes"),
  "POST /groupes": async (hand) => ({
    form: { liste: "personnes", requete: "", toutes: "0", ligne: await hand.person() },
  }),
  "GET /groupes/:act": async (hand) => ({ params: { act: await anAct(hand) } }),
  "POST /groupes/:act": async (hand) => ({ params: { act: "etiquette" }, form: await tagForm(hand) }),
  "POST /groupes/:act/annulation": async (hand) => ({ params: { act: await anAct(hand) } }),
  "POST /personnes/:person/etiquettes": async (hand) => ({
    params: { person: await hand.person() },
    form: { mot: "Mobilité" },
  }),
  "POST /personnes/:person/etiquettes/:tag/retrait": async (hand) => ({ params: await aTag(hand) }),
};

export const listSamples: Samples = {
  ...savedSamples,
  ...groupSamples,
  ...xlsxOf("/messages", { etat: "sent" }),
  ...xlsxOf("/dispositifs"),
  ...xlsxOf("/comptes", { etat: "ouverts" }),
  ...xlsxOf("/lieux", { ouvert: "oui" }),
  ...xlsxOf("/cles"),
  ...xlsxOf("/equipe", { qui: "tous" }),
  ...xlsxOf("/journal", { de: "01/12/2020" }),
  ...xlsxOf("/imports"),
  ...xlsxOf("/structures", { etat: "toutes" }),
  ...xlsxOf("/entretiens", { tri: "-quand" }),
  ...xlsxOf("/seances", { tri: "titre" }),
  ...xlsxOf("/orientations", { par: "moi" }),
  "GET /file-active/export.csv": () => ({ query: { referent: "aucun" } }),
  ...xlsxOf("/file-active"),
  "GET /personnes/liste": () => ({ query: { etat: "toutes", silence: "60", page: "1" } }),
  "GET /personnes/liste/export.csv": () => ({ query: { qpv: "oui" } }),
  ...xlsxOf("/personnes/liste"),
  "GET /export/personnes-evenements": () => ({ query: { de: "01/01/2020", a: "31/12/2020", tri: "jour" } }),
  "GET /export/personnes-evenements/export.csv": () => ({ query: { sorte: "" } }),
  ...xlsxOf("/export/personnes-evenements"),
};
