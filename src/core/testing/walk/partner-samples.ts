// What to ask the routes of structures and of the staff with.
import { hashToken } from "../../http/session.ts";
import type { Hand } from "./hand.ts";
import type { Samples } from "./walk.ts";

const aStructure = async (hand: Hand, form: Record<string, string> = {}) => ({
  params: { structure: await hand.structure() },
  form,
});
const structureTwins = async (hand: Hand, form: Record<string, string> = {}) => {
  const name = `Structure ${hand.id()}`;
  const [first = "", second = ""] = [await hand.structure(name), await hand.structure(name)].sort();
  return { params: { first, second }, form };
};
const structureMerge = async (hand: Hand) => {
  const { params, form } = await structureTwins(hand, { key: hand.id(), version: "1", other_version: "1" });
  await hand.direct(`/structures/doublons/${params.first}/${params.second}`, form);
  return { params: { merge: form.key ?? "" }, form: {} };
};
const roleOf = async (hand: Hand): Promise<string> => {
  const { rows } = await hand.house.owner.query<{ id: string }>(
    "SELECT id FROM partners.terms WHERE house_id = $1 AND kind = 'role' ORDER BY label LIMIT 1",
    [hand.house.houseId],
  );
  return rows[0]?.id ?? "";
};
const partForms: Readonly<Record<string, (hand: Hand) => Promise<Record<string, string>>>> = {
  roles: async (hand) => ({ role: await roleOf(hand), du: "01/01/2020", au: "31/12/2020" }),
  contacts: async () => ({
    nom: "Camille Essai",
    fonction: "directrice",
    courriel: "c@exemple.test",
    telephone: "0612345678",
  }),
  lieux: async () => ({ nom: "Le hangar", adresse: "1 quai", code_postal: "69007", commune: "Lyon" }),
  conventions: async () => ({ intitule: "Convention", signee: "01/02/2020", au: "31/12/2020", montant: "1 000" }),
};
const aPart = async (hand: Hand, path: string, form: Record<string, string> = {}) => {
  const { params } = await aStructure(hand);
  const part = hand.id();
  await hand.direct(`/structures/${params.structure}/${path}`, { key: part, ...(await partForms[path]?.(hand)) });
  return { params: { ...params, part }, form };
};
const partSamples: Samples = Object.fromEntries(
  Object.entries(partForms).flatMap(([path, formOf]): [string, Samples[string]][] => {
    const base = `/structures/:structure/${path}`;
    return [
      [`GET ${base}/nouveau`, (hand) => aStructure(hand)],
      [`POST ${base}`, async (hand) => aStructure(hand, { key: hand.id(), ...(await formOf(hand)) })],
      [`GET ${base}/:part`, (hand) => aPart(hand, path)],
      [
        `POST ${base}/:part`,
        async (hand) => aPart(hand, path, { ...(await formOf(hand)), au: "30/06/2020", version: "1" }),
      ],
      [`POST ${base}/:part/retrait`, (hand) => aPart(hand, path, { raison: "Noté deux fois" })],
      [
        `POST ${base}/:part/retour`,
        async (hand) => {
          const { params } = await aPart(hand, path);
          await hand.direct(`/structures/${params.structure}/${path}/${params.part}/retrait`, { raison: "Essai" });
          return { params, form: {} };
        },
      ],
    ];
  }),
);
const structureForm = {
  autres_noms: "Essai",
  numero: "13000354400033",
  commune: "Lyon",
  code_postal: "69007",
  effectif: "12",
};
const aWord = async (hand: Hand, form: Record<string, string> = {}) => {
  const term = hand.id();
  await hand.direct("/structures/listes", { key: term, liste: "role", mot: `Rôle ${term}` });
  return { params: { term }, form };
};

/** An account that somebody has for a structure, its first letter written. */
async function aPartner(hand: Hand) {
  const [structure, account] = [await hand.structure(), hand.id()];
  await hand.direct(`/structures/${structure}/comptes`, { ...partnerForm(hand), key: account });
  const { rows } = await hand.house.owner.query<{ id: string }>("SELECT id FROM house.grants WHERE account_id = $1", [
    account,
  ]);
  return { structure, account, grant: rows[0]?.id ?? "" };
}
const partnerForm = (hand: Hand) => {
  const key = hand.id();
  return {
    key,
    nom: "Camille Essai",
    courriel: `${key}@exemple.test`,
    cote: "social",
    du: "01/12/2020",
  };
};
async function anEntry(hand: Hand) {
  const { account } = await aPartner(hand);
  const token = hand.house.deps.ids.token();
  await hand.house.owner.query(
    "INSERT INTO messages.links (house_id, token_hash, kind, record_id, expires_at) VALUES ($1, $2, 'entree', $3, $4)",
    [hand.house.houseId, hashToken(token), account, new Date(hand.house.clock.now().getTime() + 86_400_000)],
  );
  return { params: { token }, account };
}
const accounts: Samples = {
  "GET /structures/comptes": () => ({ query: { etat: "tous", cote: "social" } }),
  "GET /structures/comptes/export.csv": () => ({}),
  "GET /structures/comptes/export.xlsx": () => ({ slow: true }),
  "GET /structures/:structure/comptes": (hand) => aStructure(hand),
  "POST /structures/:structure/comptes": (hand) => aStructure(hand, partnerForm(hand)),
  async "POST /structures/:structure/comptes/:grant/lien"(hand) {
    const { structure, grant } = await aPartner(hand);
    return { params: { structure, grant }, form: { key: hand.id() } };
  },
  async "POST /structures/:structure/comptes/:grant/fin"(hand) {
    const { structure, grant } = await aPartner(hand);
    return { params: { structure, grant } };
  },
  "GET /entree": () => ({}),
  async "POST /entree"(hand) {
    const { account } = await aPartner(hand);
    const { rows } = await hand.house.owner.query<{ email: string }>("SELECT email FROM house.accounts WHERE id = $1", [
      account,
    ]);
    return { form: { key: hand.id(), courriel: rows[0]?.email ?? "" }, account };
  },
  "GET /entree/:token": anEntry,
  "POST /entree/:token": anEntry,
  "GET /ma-structure": () => ({}),
  "POST /ma-structure/mot-de-passe": () => ({}),
};

const partners: Samples = {
  "GET /structures": () => ({ query: { q: "Structure", etat: "toutes" } }),
  "GET /structures/export.csv": () => ({}),
  "GET /structures/data-inclusion.json": () => ({}),
  "GET /structures/nouvelle": () => ({ query: { nom: "Essai" } }),
  "POST /structures/nouvelle": (hand) => ({
    form: { ...structureForm, nom: `Structure ${hand.id()}`, key: hand.id(), confirmed: "1" },
  }),
  "GET /structures/:structure": (hand) => aStructure(hand),
  "GET /structures/:structure/modifier": (hand) => aStructure(hand),
  "POST /structures/:structure/modifier": (hand) =>
    aStructure(hand, { ...structureForm, nom: "Structure", version: "1" }),
  "POST /structures/:structure/fermeture": (hand) =>
    aStructure(hand, { key: hand.id(), jour: "01/12/2020", raison: "Essai" }),
  async "POST /structures/:structure/reouverture"(hand) {
    const { params } = await aStructure(hand);
    await hand.direct(`/structures/${params.structure}/fermeture`, {
      key: hand.id(),
      jour: "01/12/2020",
      raison: "Essai",
    });
    return { params };
  },
  ...partSamples,
  "POST /structures/:structure/contacts/:part/effacement": (hand) => aPart(hand, "contacts"),
  "GET /structures/doublons": () => ({ query: { ecartes: "1" } }),
  "GET /structures/doublons/export.csv": () => ({}),
  "POST /structures/doublons/avis": async (hand) => ({ form: (await structureTwins(hand)).params }),
  "POST /structures/doublons/retour": async (hand) => ({ form: (await structureTwins(hand)).params }),
  "GET /structures/doublons/:first/:second": (hand) => structureTwins(hand),
  "POST /structures/doublons/:first/:second": (hand) =>
    structureTwins(hand, { key: hand.id(), version: "1", other_version: "1", phone: "absorbed" }),
  "GET /structures/fusions": () => ({}),
  "GET /structures/fusions/export.csv": () => ({}),
  "GET /structures/fusions/:merge": (hand) => structureMerge(hand),
  "POST /structures/fusions/:merge/annulation": (hand) => structureMerge(hand),
  "GET /structures/conventions": () => ({ query: { jours: "90" } }),
  "GET /structures/conventions/export.csv": () => ({ query: { jours: "toutes" } }),
  "GET /structures/listes": () => ({}),
  "GET /structures/listes/export.csv": () => ({}),
  "POST /structures/listes": (hand) => ({ form: { key: hand.id(), liste: "role", mot: `Rôle ${hand.id()}` } }),
  "GET /structures/listes/:term": (hand) => aWord(hand),
  "POST /structures/listes/:term": (hand) => aWord(hand, { mot: `Rôle ${hand.id()}`, au: "31/12/2021", version: "1" }),
};

const member = async (hand: Hand, form: Record<string, string> = {}) => {
  const id = hand.id();
  await hand.house.owner.query(
    "INSERT INTO house.staff (house_id, id, family_name, given_name, from_day) VALUES ($1, $2, 'Essai', 'Camille', '2019-09-01')",
    [hand.house.houseId, id],
  );
  return { params: { member: id }, form };
};
const staff: Samples = {
  "GET /equipe": () => ({ query: { qui: "tous" } }),
  "GET /equipe/export.csv": () => ({}),
  "GET /equipe/nouvelle": () => ({}),
  "POST /equipe/nouvelle": (hand) => ({
    form: { key: hand.id(), nom: "Marqueur", prenom: "Zéphyrine", entree: "01/02/2020", part: "0,8" },
  }),
  "GET /equipe/:member/corriger": (hand) => member(hand),
  "POST /equipe/:member/corriger": (hand) =>
    member(hand, { nom: "Marqueur", entree: "01/02/2020", part: "1", version: "1" }),
  "GET /equipe/:member": (hand) => member(hand),
  "POST /equipe/:member": (hand) => member(hand, { sortie: "31/12/2020", version: "1" }),
};

export const partnerSamples: Samples = { ...partners, ...accounts, ...staff };
