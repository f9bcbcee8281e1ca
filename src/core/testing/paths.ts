// A house with a programme and its people, for tests of what happens on a path: visitors of several roles, and paths made through the pages.
import assert from "node:assert/strict";
import { makeServer } from "../http/server.ts";
import type { Room } from "../room.ts";
import { plainChrome } from "./chrome.ts";
import { type TestHouse, testHouse } from "./house.ts";
import { readPdf } from "./read-pdf.ts";
import { wholeFile } from "./server.ts";
import { makeVisitor, type Server, type Visitor } from "./visitor.ts";

export type PathHouse = {
  house: TestHouse;
  server: Server;
  /** The identifier of the programme `plie`. */
  programme: string;
  /** The account of the visitor "adviser", referent of every path. */
  adviser: string;
  /** "direction", "adviser", "board"; "mermoz": an adviser of another site; "elsewhere": the direction of another house. */
  as: (who: string) => Visitor;
  key: () => string;
  /** Posts a form that must be accepted. */
  done: (path: string, form: Record<string, string>, who?: string) => Promise<void>;
  /** Somebody new and their path in the programme since 2 January 2020. */
  path: () => Promise<{ person: string; enrolment: string; here: string }>;
  pdf: (path: string, who?: string) => ReturnType<typeof readPdf>;
};

/** `rooms`: those that the test is about, people and programmes among them. Ends with the file's tests. */
export async function pathHouse(rooms: readonly Room[]): Promise<PathHouse> {
  const house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const publicUrl = house.services.config.publicUrl;
  const visitors = new Map<string, Visitor>();
  const other = await house.anotherHouse("ailleurs");
  let adviser = "";
  for (const [who, role, wish] of [
    ["direction", "direction", {}],
    ["adviser", "adviser", {}],
    ["board", "board", {}],
    ["mermoz", "adviser", { site: house.sites.mermoz }],
    ["elsewhere", "direction", { house: other.houseId }],
  ] as const) {
    const { cookie, account } = await house.signIn(role, wish);
    visitors.set(who, makeVisitor(server, publicUrl, cookie));
    if (who === "adviser") adviser = account;
  }
  const as = (who: string): Visitor => visitors.get(who) as Visitor;
  const key = (): string => house.deps.ids.uuid();
  const done: PathHouse["done"] = async (path, form, who = "direction") => {
    const got = await as(who).post(path, form);
    assert.equal(got.status, 303, got.text);
  };
  const programme = key();
  await done("/dispositifs/nouveau", {
    version: "0",
    key: programme,
    code: "plie",
    intitule: "PLIE",
    etapes: "Accueil\nProjet",
    resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
    lieux: "gerland",
    taux_de_sortie: "sur les personnes sorties",
  });
  return {
    house,
    server,
    programme,
    adviser,
    as,
    key,
    done,
    async path() {
      const [person, enrolment] = [key(), key()];
      const family = `Essai-${person.slice(-6).replace(/\d/g, "z")}`;
      await done("/personnes/nouvelle", { key: person, nom: family, prenom: "Camille", confirmed: "1" });
      await done("/parcours/nouveau", {
        key: enrolment,
        personne: person,
        dispositif: "plie",
        jour: "02/01/2020",
        antenne: house.sites.gerland,
        accompagne: "oui",
        referent: adviser,
      });
      return { person, enrolment, here: `/parcours/${enrolment}` };
    },
    async pdf(path, who = "adviser") {
      const answer = await server.request(path, { headers: { cookie: as(who).cookie } });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-type"), "application/pdf");
      return readPdf(new Uint8Array(await answer.arrayBuffer()));
    },
  };
}
