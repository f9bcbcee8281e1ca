// The demonstration house's year, read by the importer and counted by the registry, against a second count: the same files, recounted
// here line by line in plain code.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import type { Tx } from "../core/db/transaction.ts";
import { askFigures } from "../core/figures/ask.ts";
import { printFigures, yearPeriod } from "../core/figures/print.ts";
import { readAsked } from "../core/lists/asked.ts";
import type { List } from "../core/lists/list.ts";
import { allRows } from "../core/lists/rows.ts";
import { projectRoot } from "../core/root.ts";
import { testHouse } from "../core/testing/house.ts";
import { ageOn } from "../core/time.ts";
import { anonymise } from "../rooms/foundations/people/retention/writes.ts";
import { twinList } from "../rooms/foundations/people/twins/reads.ts";
import { importCommand } from "./imports/command.ts";
import { importKinds, lists, personLinks, registry, rooms } from "./rooms.ts";

const folder = join(projectRoot, "demo/2020");
const records = (name: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, name)), { delimiter: ";", columns: true, bom: true, trim: true });
const iso = (day: string): string => (day.includes("/") ? day.split("/").reverse().join("-") : day);

/** The figures of the desks in 2020, recounted from the files. */
function recount(): Record<string, number> {
  const births = new Map(records("personnes.csv").map((person) => [person.id, iso(person.date_naissance ?? "")]));
  const counted: Record<string, number> = { "antennes.visites": 0 };
  for (let month = 1; month <= 12; month++) counted[`antennes.visites[mois=${String(month).padStart(2, "0")}]`] = 0;
  const add = (code: string): void => {
    counted[code] = (counted[code] ?? 0) + 1;
  };
  const seen = new Set<string>();
  const adults = new Set<string>();
  const bySite = new Map<string, Set<string>>();
  for (const visit of records("visites.csv")) {
    const { antenne = "", personne = "" } = visit;
    const day = iso(visit.date ?? "");
    add("antennes.visites");
    add(`antennes.visites[antenne=${antenne}]`);
    add(`antennes.visites[mois=${day.slice(5, 7)}]`);
    seen.add(personne);
    bySite.set(antenne, (bySite.get(antenne) ?? new Set()).add(personne));
    const birth = births.get(personne);
    if (birth && ageOn(birth, day) >= 26) adults.add(personne);
  }
  for (const [site, people] of bySite) counted[`antennes.personnes[antenne=${site}]`] = people.size;
  for (const { roles = "" } of records("structures.csv"))
    for (const role of roles.split(";")) add(`structures[${role.trim()}]`);
  for (const _ of records("equipe.csv")) add("equipe.salaries");
  return { ...counted, "antennes.personnes": seen.size, "antennes.adultes": adults.size };
}

/** The figures of interviews and sessions in 2020, programme by programme, recounted from the files. */
function recountMeetings(): Record<string, number> {
  const counted: Record<string, number> = {};
  const add = (code: string, number: number): void => {
    counted[code] = (counted[code] ?? 0) + number;
  };
  for (const { dispositif } of records("entretiens.csv")) add(`${dispositif}.entretiens`, 1);
  const held = new Map(
    records("sessions.csv").flatMap(({ id = "", dispositif = "", duree_h = "", statut }) =>
      statut === "réalisée" ? [[id, { dispositif, hours: Number(duree_h) }] as const] : [],
    ),
  );
  for (const { dispositif, hours } of held.values()) {
    add(`${dispositif}.sessions`, 1);
    add(`${dispositif}.heures`, hours);
  }
  for (const { session = "", personne, presence, effectif } of records("presences.csv")) {
    const of = held.get(session);
    if (of && presence === "présent") add(`${of.dispositif}.participations`, personne ? 1 : Number(effectif));
  }
  return counted;
}

/** The box office in 2020, recounted from the files: by the day of the outing. */
function recountBoxOffice(): Record<string, number> {
  const total = (rows: Record<string, string>[], column: string): number =>
    rows.reduce((sum, row) => sum + Number(row[column] || 0), 0);
  const booked = records("reservations.csv");
  return {
    "billetterie.places": total(records("invitations.csv"), "places"),
    "billetterie.reservees": total(booked, "places"),
    "billetterie.reservees_reelles": total(
      booked.filter((row) => row.statut === "confirmée"),
      "places",
    ),
    "billetterie.venues": total(booked, "venues"),
  };
}

/** Collective cultural projects in 2020, recounted from the file. */
function recountProjects(): Record<string, number> {
  const all = records("projets_culture.csv");
  const held = all.filter((row) => row.statut === "réalisé");
  return {
    "mic.projets": all.length,
    "mic.projets_realises": held.length,
    "mic.projets_annules": all.filter((row) => row.statut === "annulé").length,
    "mic.participants_projets": all.reduce((sum, row) => sum + Number(row.participants || 0), 0),
  };
}

/** Money and governance in 2020, recounted from the files: cents as whole numbers, so that a sum is exact. */
function recountResources(): Record<string, number> {
  const text = new TextDecoder("windows-1252").decode(readFileSync(join(folder, "ecritures.csv")));
  const entries: Record<string, string>[] = parse(text, { delimiter: ";", columns: true, trim: true });
  const cents = (rows: readonly Record<string, string>[]): number =>
    rows.reduce((sum, row) => sum + Number((row.montant ?? "").replace(",", "")), 0);
  const credits = entries.filter((entry) => entry.sens === "crédit");
  const debits = entries.filter((entry) => entry.sens === "débit");
  const counted: Record<string, number> = {
    "finances.produits": cents(credits) / 100,
    "finances.charges": cents(debits) / 100,
    "finances.resultat": (cents(credits) - cents(debits)) / 100,
    "gouvernance.administrateurs": records("administrateurs.csv").length,
  };
  for (const [funder, rows] of Map.groupBy(credits, (entry) => entry.financeur ?? ""))
    if (funder) counted[`finances.produits[financeur=${funder}]`] = cents(rows) / 100;
  for (const [body, rows] of Map.groupBy(records("reunions.csv"), (meeting) => meeting.instance))
    counted[`gouvernance.reunions[${body}]`] = rows.length;
  return counted;
}

/** Shares of « très satisfaisant », recounted from the answers: in per cent of those to the same criterion, half up. */
function recountSatisfaction(): Record<string, number> {
  const counted: Record<string, number> = {};
  const keyed = Map.groupBy(
    records("enquetes.csv"),
    (answer) => `${answer.dispositif}.tres_satisfait[${answer.critere}]`,
  );
  for (const [code, answers] of keyed) {
    const very = answers.filter((answer) => answer.reponse === "très satisfaisant").length;
    counted[code] = Math.floor((200 * very + answers.length) / (2 * answers.length));
  }
  return counted;
}

test("the imported year counts as its files do, and the people keyed twice wait in the inbox of doubles", async (t) => {
  const house = await testHouse(t, { rooms });
  house.clock.set("2021-01-04T08:00:00+01:00");
  const printed: string[] = [];
  const once = () =>
    importCommand(house.services, house.scope("direction"), importKinds, folder, {
      strict: true,
      print: (line) => void printed.push(line),
    });
  assert.equal(await once(), 0, printed.join("\n"));
  const figures = await house.run("direction", (tx) => printFigures(tx, registry, 2020));
  const expected = recount();
  for (const [code, number] of Object.entries(expected)) assert.equal(figures[code], number, code);
  assert.equal(Object.keys(expected).length, 1 + 12 + 2 + 5 + 5 + 7 + 1);
  assert.equal(expected["structures[coopérateur social]"], 823);
  const meetings = recountMeetings();
  for (const [code, number] of Object.entries(meetings)) assert.equal(figures[code], number, code);
  assert.equal(Object.keys(meetings).length, 2 + 3 * 8);

  const boxOffice = recountBoxOffice();
  for (const [code, number] of Object.entries(boxOffice)) assert.equal(figures[code], number, code);
  assert.equal(boxOffice["billetterie.places"], 17762);
  // The report's own rates: 44 % of the places, 43 % of the bookings that stood.
  assert.equal(figures["billetterie.taux_reservation"], 44);
  assert.equal(figures["billetterie.taux_venues"], 43);

  const projects = recountProjects();
  for (const [code, number] of Object.entries(projects)) assert.equal(figures[code], number, code);
  assert.equal(projects["mic.participants_projets"], 506);

  const resources = recountResources();
  for (const [code, number] of Object.entries(resources)) assert.equal(figures[code], number, code);
  assert.equal(resources["finances.resultat"], 134_863);

  const satisfaction = recountSatisfaction();
  for (const [code, number] of Object.entries(satisfaction)) assert.equal(figures[code], number, code);
  assert.equal(Object.keys(satisfaction).length, 7);
  assert.equal(satisfaction["gpp.tres_satisfait[Qualité de l'accueil]"], 58);

  // Somebody keyed twice has the same birth date and, accents and case aside, the same names under two identifiers.
  const plain = (text = ""): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const keyed = Map.groupBy(records("personnes.csv"), (person) =>
    [plain(person.nom), plain(person.prenom), iso(person.date_naissance ?? "")].join("|"),
  );
  const twice = [...keyed.values()].filter((people) => people.length > 1);
  const { rows: pairs } = await house.run("direction", (tx) => twinList(tx, false).execute(tx.on()));
  const { rows } = await house.owner.query<{ external_id: string; person_id: string }>(
    "SELECT external_id, person_id FROM people.external_ids WHERE house_id = $1",
    [house.houseId],
  );
  const personOf = new Map(rows.map((row) => [row.external_id, row.person_id]));
  const named = (ids: string[]): string => ids.sort().join("+");
  const found = new Set(
    pairs.filter((pair) => pair.score >= 0.8).map((pair) => named([pair.first.id, pair.second.id])),
  );
  const known = new Set(twice.map((people) => named(people.map((person) => personOf.get(person.id ?? "") ?? ""))));
  assert.equal(known.size, 40);
  assert.deepEqual([...found].sort(), [...known].sort());

  // The same folder again changes nothing.
  printed.length = 0;
  assert.equal(await once(), 0, printed.join("\n"));
  assert.ok(
    printed.every((line) => !/\(importé\)/.test(line) || / 0 créée, 0 changée, /.test(line)),
    printed.join("\n"),
  );
  assert.deepEqual(await house.run("direction", (tx) => printFigures(tx, registry, 2020)), figures);

  // Fifty people are forgotten, those about whom most is known: the year counts as it did, and so does every breakdown of it.
  const told = () => house.run("direction", (tx) => wholeYear(tx));
  const before = await told();
  const { rows: known50 } = await house.owner.query<{ id: string }>(
    `SELECT p.id FROM people.persons p WHERE p.house_id = $1 AND p.birth_date IS NOT NULL ORDER BY
       (SELECT count(*) FROM programmes.enrolments e WHERE e.person_id = p.id) DESC, (SELECT count(*) FROM agenda.attendances a WHERE a.person_id = p.id) DESC,
       (SELECT count(*) FROM agenda.interviews i WHERE i.person_id = p.id) DESC, p.id LIMIT 50`,
    [house.houseId],
  );
  const forgotten = known50.map((row) => row.id);
  await house.run("direction", (tx) => anonymise(tx, personLinks, forgotten));
  const left = await house.owner.query("SELECT 1 FROM people.persons WHERE anonymised_at IS NOT NULL");
  assert.equal(left.rowCount, 50);
  assert.deepEqual(await told(), before);
});

/** Everything that is counted of 2020: the printed figures, each figure by each of its dimensions, and the events of people by age. */
async function wholeYear(tx: Tx): Promise<Record<string, unknown>> {
  const period = yearPeriod(2020);
  const by: Record<string, unknown> = {};
  for (const [, figures] of Map.groupBy(registry.figures, (figure) => figure.source)) {
    const [first] = figures;
    if (!first) continue;
    const { dimensions, name } = registry.source(first);
    // Shares follow from their terms.
    const codes = figures.filter(({ measure }) => measure.kind !== "ratio").map((figure) => figure.code);
    if (codes.length === 0) continue;
    const table = await askFigures(tx, registry, { codes, period, by: dimensions.map(({ key }) => [key]) });
    by[name] = table.cells.map((cell) => JSON.stringify(cell)).sort();
  }
  const events: Record<string, number> = {};
  const list = lists.find((one) => one.name === "personnes-evenements") as List<
    { id: string } & Record<"kind" | "age" | "sex" | "district", string | null>
  >;
  const asked = await readAsked(tx, list, { de: "01/01/2020", a: "31/12/2020" }, list.right);
  for await (const rows of allRows(tx, list, asked, list.right))
    for (const { kind, age, sex, district } of rows) {
      const cell = [kind, age, sex, district].join(", ");
      events[cell] = (events[cell] ?? 0) + 1;
    }
  return { printed: await printFigures(tx, registry, 2020), by, events };
}
