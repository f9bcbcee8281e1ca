// A hand that uses the house as a browser without scripts does, and makes the records that a walk needs through the pages themselves.
import { hash } from "@node-rs/argon2";
import { Secret, TOTP } from "otpauth";
import { makeAuthenticator } from "../authenticator.ts";
import type { TestHouse } from "../house.ts";
import { ask, type Fields, type Got, inPage, type Server, type Upload, type Wish } from "../visitor.ts";

export const password = "une phrase bien longue";
/** A hash says what it costs: checking this one costs next to nothing, and a walk signs in hundreds of times. */
const lightHash = hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });

/** What somebody who uses the pages can do, and the records that they leave. */
export type Hand = ReturnType<typeof makeHand>;

export function makeHand(
  house: TestHouse,
  server: Server,
  publicUrl: string,
  makers: { direction: string; administrator: string },
  self: { cookie: string; account: string; structure?: string | null },
) {
  const askHere = (verb: string, path: string, wish: Wish = {}): Promise<Got> =>
    ask(server, publicUrl, verb, path, wish);
  const post = async (as: "direction" | "administrator", path: string, form: Fields, file?: Upload): Promise<Got> => {
    const got = await askHere("POST", path, { cookie: makers[as], form, ...(file ? { file } : {}) });
    if (got.status !== 303 && got.status !== 200) throw new Error(`POST ${path}: ${got.status} ${got.text}`);
    return got;
  };
  const id = (): string => house.deps.ids.uuid();
  let turn = 0;
  const word = (): string => {
    turn += 1;
    return `${String.fromCharCode(97 + (turn % 26))}${turn.toString(36)}${id().slice(-6)}`.replace(
      /\d/g,
      (digit) => "ghijklmnop"[Number(digit)] ?? "",
    );
  };

  return {
    house,
    server,
    publicUrl,
    self,
    ask: askHere,
    id,
    /** A form sent by direction: what a record needs to be there first. */
    make: (path: string, form: Fields, file?: Upload) => post("direction", path, form, file),
    /** A person of the house; `like` gives it another's name and birth: a twin. */
    async person(wish: { family?: string; given?: string } = {}) {
      const key = id();
      await post("direction", "/personnes/nouvelle", {
        key,
        nom: wish.family ?? `Marqueur-${word()}`,
        prenom: wish.given ?? `Zéphyrine-${word()}`,
        naissance: "12/03/1985",
        confirmed: "1",
      });
      return key;
    },
    /** Two files that may be one person, in the order of the inbox. */
    async twins(): Promise<[string, string]> {
      const family = `Marqueur-${word()}`;
      const given = `Zéphyrine-${word()}`;
      const pair = [await this.person({ family, given }), await this.person({ family, given })].sort();
      return [pair[0] ?? "", pair[1] ?? ""];
    },
    async merge() {
      const [first, second] = await this.twins();
      const got = await post("direction", `/doublons/${first}/${second}`, {
        key: id(),
        version: "1",
        other_version: "1",
      });
      return inPage(got.location, /\/fusions\/([0-9a-f-]{36})/);
    },
    async visit(wish: { person?: string; name?: string } = {}) {
      const key = id();
      await post("direction", "/accueil/visites", {
        key,
        lieu: house.sites.gerland,
        personne: wish.person ?? "",
        nom: wish.name ?? "",
      });
      return key;
    },
    /** A structure of the house; `name` gives it another's: a twin. */
    async structure(name?: string) {
      const key = id();
      await post("direction", "/structures/nouvelle", { key, nom: name ?? `Structure ${word()}`, confirmed: "1" });
      return key;
    },
    /** The structure in whose name this hand asks; for one of the team, another structure of the house. */
    async own() {
      return self.structure ?? (await this.structure());
    },
    /** Sends a form as the direction does: a step on the way to what a sample needs. */
    direct: (path: string, form: Fields) => post("direction", path, form),
    async term() {
      const key = id();
      await post("direction", "/accueil/listes", { key, liste: "reason", mot: `Motif ${word()}`, lieu: "" });
      return key;
    },
    async site() {
      const key = id();
      await post("administrator", "/lieux", { key, name: `Lieu ${word()}`, kind: "antenne" });
      return key;
    },
    async apiKey() {
      const key = id();
      const got = await post("administrator", "/cles", {
        key,
        name: "Un programme",
        role: "direction",
        from: "01/12/2020",
      });
      return { key, secret: inPage(got.text, /<code>(trb_[^<]+)</) };
    },
    /** A file sent and tried, not imported yet. Those that an act before it left behind make room. */
    async draft() {
      await house.owner.query(
        `DELETE FROM core.import_drafts WHERE state IN ('columns', 'ready', 'failed')
           AND id NOT IN (SELECT id FROM core.import_drafts ORDER BY created_at DESC, id DESC LIMIT 2)`,
      );
      const code = word();
      const got = await post(
        "direction",
        "/imports",
        {},
        {
          field: "fichier",
          name: "antennes.csv",
          text: `code;nom;code_postal;commune\n${code};Antenne ${code};69007;Lyon\n`,
        },
      );
      await this.finished(got.location);
      return inPage(got.location, /\/imports\/essais\/([0-9a-f-]{36})/);
    },
    /** Asks a page again until the work that it tells of is over: what it is then. */
    async finished(path: string) {
      for (let turn = 0; turn < 1000; turn += 1) {
        const got = await askHere("GET", path, { cookie: makers.direction });
        if (!got.text.includes(" every=")) return got;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`${path} does not finish`);
    },
    async imported() {
      const draft = `/imports/essais/${await this.draft()}`;
      await post("direction", draft, {});
      return inPage((await this.finished(draft)).location, /\/imports\/([0-9a-f-]{36})/);
    },
    /** An account invited by an administrator, and the link that it got. */
    async invited() {
      const key = id();
      const got = await post("administrator", "/comptes", {
        key,
        name: `Camille Marqueur-${word()}`,
        email: `${key}@exemple.test`,
        roles: ["reception"],
        from: "01/12/2020",
      });
      return { account: key, email: `${key}@exemple.test`, token: inPage(got.text, /\/invitation\/([A-Za-z0-9_-]+)/) };
    },
    /** An account that somebody uses: its password is `password`. */
    async member() {
      const invited = await this.invited();
      // As the page of the invitation leaves it, which has its own sample.
      await house.owner.query("UPDATE house.invitations SET used_at = created_at WHERE account_id = $1", [
        invited.account,
      ]);
      await this.givePassword(invited.account);
      return invited;
    },
    /** Signs somebody in by address and password: the page of the second step, or the cookie. */
    signIn: (email: string) => askHere("POST", "/connexion", { form: { email, password } }),
    /** Adds a code of an application to the account of a session; gives the codes that it will show, `later` steps on. */
    async enrolCode(cookie: string) {
      const got = await askHere("GET", "/compte/code", { cookie });
      const secret = inPage(got.text, /<code>([A-Z2-7 ]+)<\/code>/).replaceAll(" ", "");
      const totp = new TOTP({ secret: Secret.fromBase32(secret) });
      const code = (later = 0): string => totp.generate({ timestamp: house.clock.now().getTime() + later * 30_000 });
      return { code, form: { graine: inPage(got.text, /name="graine" value="([^"]+)"/), code: code() } };
    },
    /** Prepares a passkey for the account of a session. */
    async enrolPasskey(cookie: string) {
      const device = makeAuthenticator(publicUrl);
      const got = await askHere("GET", "/compte/cle-acces", { cookie });
      const form = {
        etat: inPage(got.text, /name="etat" value="([^"]+)"/),
        nom: "Mon téléphone",
        reponse: device.make(inPage(got.text, /data-options="([^"]+)"/)),
      };
      return { device, form };
    },
    /** Gives an account the password `password`. */
    async givePassword(account: string) {
      await house.owner.query("UPDATE house.accounts SET password_hash = $2 WHERE id = $1", [account, await lightHash]);
    },
  };
}
