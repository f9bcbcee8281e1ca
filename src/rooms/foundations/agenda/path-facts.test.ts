// What meetings tell where paths are shown: in the balance sheet that is printed to be signed, and in an adviser's active list.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathHouse } from "../../../core/testing/paths.ts";
import { messagesRoom } from "../messages/room.tsx";
import { makePartnersRoom } from "../partners/room.ts";
import { makePeopleRoom } from "../people/room.ts";
import { makeProgrammesRoom } from "../programmes/room.tsx";
import { agendaRoom } from "./room.tsx";

const {
  house,
  as,
  key,
  done,
  path,
  pdf,
  programme,
  adviser: adviserAccount,
} = await pathHouse([
  makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) }),
  makePartnersRoom({ panels: () => [], links: () => [] }),
  messagesRoom,
  makeProgrammesRoom(() => agendaRoom.pathFacts ?? []),
  agendaRoom,
]);
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");

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
