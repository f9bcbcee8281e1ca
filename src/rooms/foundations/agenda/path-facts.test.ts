// What meetings tell where paths are shown: in the balance sheet that is printed to be signed, and in an adviser's active list.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { makeServer } from "../../../core/http/server.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../core/testing/house.ts";
import { readPdf } from "../../../core/testing/read-pdf.ts";
import { wholeFile } from "../../../core/testing/server.ts";
import { makeVisitor, type Server, type Visitor } from "../../../core/testing/visitor.ts";
import { messagesRoom } from "../messages/room.tsx";
import { makePartnersRoom } from "../partners/room.ts";
import { makePeopleRoom } from "../people/room.ts";
import { makeProgrammesRoom } from "../programmes/room.tsx";
import { agendaRoom } from "./room.tsx";

let house: TestHouse;
let server: Server;
let adviserAccount = "";
let programme = "";
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");
const rooms = [
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  messagesRoom,
  makeProgrammesRoom(() => agendaRoom.pathFacts ?? []),
  agendaRoom,
];

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const publicUrl = house.services.config.publicUrl;
  for (const role of ["direction", "adviser"] as const) {
    const { cookie, account } = await house.signIn(role);
    visitors.set(role, makeVisitor(server, publicUrl, cookie));
    if (role === "adviser") adviserAccount = account;
  }
  programme = key();
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
});

async function done(path: string, form: Record<string, string>, who = "direction"): Promise<void> {
  const got = await as(who).post(path, form);
  assert.equal(got.status, 303, got.text);
}

async function path(): Promise<{ person: string; enrolment: string; here: string }> {
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
    referent: adviserAccount,
  });
  return { person, enrolment, here: `/parcours/${enrolment}` };
}

async function pdf(path: string, who = "adviser") {
  const answer = await server.request(path, { headers: { cookie: as(who).cookie } });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  return readPdf(new Uint8Array(await answer.arrayBuffer()));
}

test("a balance sheet tells how often they met, and for how long", async () => {
  const { person, here } = await path();
  for (const jour of ["10/11/2020", "20/11/2020", "24/11/2020"]) {
    const interview = key();
    const mode = { dispositif: programme, lieu: house.sites.gerland, conseiller: adviserAccount, mode: "in_person" };
    await done(
      "/entretiens",
      { key: interview, personne: person, ...mode, jour, heure: "10:00", duree: "45" },
      "adviser",
    );
    if (jour === "24/11/2020")
      await done(`/entretiens/${interview}/etat`, { etat: "no_show", version: "1" }, "adviser");
  }
  const page = plain((await as("adviser").get(`${here}/bilan`)).text);
  assert.match(page, /2 entretiens, 1 h 30/);
  assert.match(page, /1 rendez-vous manqué/);
  await done(
    `${here}/bilan`,
    { version: "0", jour: "30/11/2020", personne: "J’ai avancé", suite: "Un point en mars" },
    "adviser",
  );
  const printed = await pdf(`${here}/bilan.pdf`);
  assert.match(plain(printed.text), /Nos rencontres\n.*2 entretiens, 1 h 30\n.*1 rendez-vous manqué/);
  assert.ok(printed.roles.includes("L"), "what happened is a list");
});

test("the next appointment, and one that nobody noted, stand in the active list", async () => {
  const { person } = await path();
  for (const jour of ["27/11/2020", "03/12/2020", "10/12/2020"])
    await house.owner.query(
      `INSERT INTO agenda.interviews (house_id, id, programme_id, person_id, site_id, account_id, starts_on, starts_at, mode, status, recorded_at)
       SELECT house_id, $2, NULL, $3, id, NULL, to_date($4, 'DD/MM/YYYY'), '14:00', 'phone', 'planned', now() FROM house.sites WHERE house_id = $1 AND id = $5`,
      [house.houseId, key(), person, jour, house.sites.gerland],
    );
  const { text } = await as("adviser").get("/file-active");
  assert.match(
    plain(text),
    /<strong>à noter : 27\/11\/2020 à 14 h 00<\/strong><\/a><\/span><span>, <a href="[^"]+">le 03\/12\/2020 à 14 h 00/,
  );
  assert.doesNotMatch(text, /10\/12\/2020/);
});
