// What to ask the routes of the house with: signing in, one's own account, accounts, sites, keys, the journal.
import { createHash, randomBytes } from "node:crypto";
import { type Fields, fieldOf, inPage } from "../visitor.ts";
import { type Hand, password } from "./hand.ts";
import type { Samples } from "./walk.ts";

const readOne = async <T>(hand: Hand, text: string, id: string): Promise<T> => {
  const { rows } = await hand.house.owner.query<{ value: T }>(text, [id]);
  if (!rows[0]) throw new Error(`nothing there: ${text}`);
  return rows[0].value;
};
const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";

const keepForm = (hand: Hand): Promise<unknown> =>
  hand.house.owner.query("UPDATE house.sessions SET kept_form = $2 WHERE account_id = $1", [
    hand.self.account,
    JSON.stringify({ back: "/compte", typed: { name: ["Marqueur-gardé"] } }),
  ]);

const anAccount = async (hand: Hand, form: Fields = {}) => ({
  params: { account: (await hand.member()).account },
  form,
});
const aSite = async (hand: Hand, form: Fields = {}) => ({ params: { site: await hand.site() }, form });
const identity = { name: "Camille Essai", email: "camille@exemple.test" };

const signIn: Samples = {
  "GET /connexion": () => ({}),
  async "POST /connexion"(hand) {
    const { email, account } = await hand.member();
    return { form: { email, password }, account };
  },
  async "POST /connexion/maison"(hand) {
    const { email, account } = await hand.member();
    await hand.house.owner.query(
      `INSERT INTO house.accounts (house_id, id, email, name, password_hash, created_at)
       SELECT h.house_id, $2, a.email, 'Camille', a.password_hash, a.created_at
         FROM house.accounts a JOIN house.houses h ON h.code = 'ailleurs' WHERE a.id = $1`,
      [account, hand.id()],
    );
    const { text } = await hand.signIn(email);
    return { form: { etat: fieldOf(text, "etat"), compte: account }, account };
  },
  "GET /connexion/code": () => ({}),
  async "POST /connexion/code"(hand) {
    const { email, account } = await hand.member();
    const cookie = cookieOf((await hand.signIn(email)).headers);
    const { code, form } = await hand.enrolCode(cookie);
    await hand.ask("POST", "/compte/code", { cookie, form });
    const { text } = await hand.signIn(email);
    return { form: { etat: fieldOf(text, "etat"), code: code(1) }, account };
  },
  async "POST /connexion/cle-acces"(hand) {
    const { email, account } = await hand.member();
    const cookie = cookieOf((await hand.signIn(email)).headers);
    const { device, form } = await hand.enrolPasskey(cookie);
    await hand.ask("POST", "/compte/cle-acces", { cookie, form });
    const { text } = await hand.signIn(email);
    const reponse = device.use(inPage(text, /data-options="([^"]+)"/));
    return { form: { etat: fieldOf(text, "etat"), reponse }, account };
  },
  async "GET /connexion/reprise"(hand) {
    await keepForm(hand);
    return {};
  },
  async "POST /connexion/reprise/envoi"(hand) {
    await keepForm(hand);
    return { query: { retour: "/compte" }, form: { name: "Camille" } };
  },
  "POST /connexion/reprise/abandon": () => ({}),
  "POST /deconnexion": () => ({}),
  "GET /invitation/:token": async (hand) => ({ params: { token: (await hand.invited()).token } }),
  async "POST /invitation/:token"(hand) {
    const { token, account } = await hand.invited();
    return { params: { token }, form: { password, again: password }, account };
  },
};

const ownAccount: Samples = {
  "GET /compte": () => ({}),
  "POST /compte": () => ({ form: { name: "Camille Autrement", version: "1" } }),
  async "POST /compte/mot-de-passe"(hand) {
    await hand.givePassword(hand.self.account);
    return { form: { current: password, password: "une autre phrase longue", again: "une autre phrase longue" } };
  },
  "GET /compte/code": () => ({}),
  "POST /compte/code": async (hand) => ({ form: (await hand.enrolCode(hand.self.cookie)).form }),
  async "POST /compte/code/retrait"(hand) {
    await hand.givePassword(hand.self.account);
    const { form } = await hand.enrolCode(hand.self.cookie);
    await hand.ask("POST", "/compte/code", { cookie: hand.self.cookie, form });
    return { form: { confirm: password } };
  },
  "GET /compte/cle-acces": () => ({}),
  "POST /compte/cle-acces": async (hand) => ({ form: (await hand.enrolPasskey(hand.self.cookie)).form }),
  async "POST /compte/cles-acces/retrait"(hand) {
    await hand.givePassword(hand.self.account);
    const { form } = await hand.enrolPasskey(hand.self.cookie);
    await hand.ask("POST", "/compte/cle-acces", { cookie: hand.self.cookie, form });
    const cle = await readOne<string>(
      hand,
      "SELECT id AS value FROM house.passkeys WHERE account_id = $1 ORDER BY id DESC",
      hand.self.account,
    );
    return { form: { cle, confirm: password } };
  },
  async "POST /compte/sessions/fin"(hand) {
    const session = hand.id();
    await hand.house.owner.query(
      `INSERT INTO house.sessions (house_id, id, account_id, token_hash, second_factor, created_at, last_seen_at, expires_at)
       SELECT house_id, $2, account_id, $3, false, created_at, last_seen_at, expires_at FROM house.sessions WHERE account_id = $1 LIMIT 1`,
      [hand.self.account, session, createHash("sha256").update(randomBytes(32)).digest()],
    );
    return { form: { session } };
  },
  "POST /compte/deconnexions": () => ({}),
};

const accounts: Samples = {
  "GET /comptes": () => ({}),
  "GET /comptes/export.csv": () => ({}),
  "GET /comptes/nouveau": () => ({}),
  "POST /comptes": (hand) => ({
    form: {
      key: hand.id(),
      name: "Camille Essai",
      email: `${hand.id()}@exemple.test`,
      roles: ["adviser", "culture"],
      places: [`lieu:${hand.house.sites.gerland}`],
      from: "01/12/2020",
      to: "31/12/2021",
    },
  }),
  "GET /comptes/:account": (hand) => anAccount(hand),
  async "POST /comptes/:account"(hand) {
    const { params } = await anAccount(hand);
    const version = await readOne<number>(
      hand,
      "SELECT version AS value FROM house.accounts WHERE id = $1",
      params.account,
    );
    return { params, form: { ...identity, email: `${hand.id()}@exemple.test`, version: String(version) } };
  },
  "POST /comptes/:account/roles": (hand) => anAccount(hand, { roles: ["training"], from: "01/12/2020", to: "" }),
  async "POST /comptes/:account/roles/fin"(hand) {
    const { params } = await anAccount(hand);
    const grant = await readOne<string>(
      hand,
      "SELECT id AS value FROM house.grants WHERE account_id = $1",
      params.account,
    );
    return { params, form: { grant, last: "01/12/2020" } };
  },
  "POST /comptes/:account/lien": (hand) => anAccount(hand),
  "POST /comptes/:account/deconnexions": (hand) => anAccount(hand),
  "POST /comptes/:account/seconde-etape": (hand) => anAccount(hand),
  "POST /comptes/:account/fermeture": (hand) => anAccount(hand),
  "POST /comptes/:account/reouverture": (hand) => anAccount(hand),
};

const siteFields = { name: "Lieu d’essai", kind: "other", postal: "69008", commune: "Lyon", opened: "01/01/2020" };
const sites: Samples = {
  "GET /lieux": () => ({}),
  "GET /lieux/export.csv": () => ({}),
  "POST /lieux": (hand) => ({ form: { key: hand.id(), ...siteFields, name: `Lieu ${hand.id()}` } }),
  "GET /lieux/:site": (hand) => aSite(hand),
  "POST /lieux/:site": (hand) => aSite(hand, { version: "1", ...siteFields }),
  "POST /lieux/:site/alias": (hand) => aSite(hand, { alias: `Nom ${hand.id()}` }),
  async "POST /lieux/:site/alias/retrait"(hand) {
    const alias = `Nom ${hand.id()}`;
    const { params } = await aSite(hand);
    await hand.house.owner.query("INSERT INTO house.site_aliases (house_id, site_id, alias) VALUES ($1, $2, $3)", [
      hand.house.houseId,
      params.site,
      alias,
    ]);
    return { params, form: { alias } };
  },
  "POST /lieux/:site/fermeture": (hand) => aSite(hand, { version: "1", day: "31/12/2020" }),
  "POST /lieux/:site/reouverture": (hand) => aSite(hand, { version: "1" }),
};

const settings: Samples = {
  "GET /journal": () => ({ query: { acte: "session.opened", de: "01/12/2020", fiche: "", compte: "" } }),
  "GET /journal/export.csv": () => ({ query: { de: "01/12/2020", a: "01/12/2020" } }),
  "GET /cles": () => ({}),
  "GET /cles/export.csv": () => ({}),
  "POST /cles": (hand) => ({
    form: {
      key: hand.id(),
      name: "Un programme",
      role: "adviser",
      site: hand.house.sites.gerland,
      from: "01/12/2020",
      to: "",
    },
  }),
  "POST /cles/revocation": async (hand) => ({ form: { id: (await hand.apiKey()).key } }),
};

export const houseSamples: Samples = { ...signIn, ...ownAccount, ...accounts, ...sites, ...settings };
