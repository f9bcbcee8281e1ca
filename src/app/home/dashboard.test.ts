// Dashboards: the direction's of the whole house, a site manager's of their site, an adviser's of what waits for them; each number is that of
// the page it leads to.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Role } from "../../core/rights.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../core/testing/visitor.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";
import { shareOfYear, yearBefore } from "./numbers.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let as: (role: Role, options?: { site?: string }) => Promise<Visitor>;
before(async () => {
  house = await testHouse(wholeFile, { rooms });
  house.clock.set("2020-12-01T09:05:00+01:00");
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  as = async (role, options) => makeVisitor(server, publicUrl, (await house.signIn(role, options)).cookie);
  const visit = (day: string, site: string) =>
    house.owner.query(
      `INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, occurred_at, mode, recorded_at)
       VALUES ($1, gen_random_uuid(), $2, $3::date, '10:00', 'in_person', now())`,
      [house.houseId, site, day],
    );
  for (const day of ["2020-03-02", "2020-11-30", "2020-12-01"]) await visit(day, house.sites.gerland);
  await visit("2020-06-02", house.sites.mermoz);
  for (const day of ["2019-05-02", "2019-12-01", "2019-12-02"]) await visit(day, house.sites.gerland);
  const programme = house.deps.ids.uuid();
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, created_at) VALUES ($1, $2, 'essai', 'Essai', now())",
    [house.houseId, programme],
  );
  await house.owner.query(
    "INSERT INTO programmes.targets (house_id, id, programme_id, year, figure, number) VALUES ($1, gen_random_uuid(), $2, 2020, 'sessions', 2), ($1, gen_random_uuid(), $2, 2020, 'personnes', 10)",
    [house.houseId, programme],
  );
  for (const [day, status] of [
    ["2020-11-20", "planned"],
    ["2020-11-21", "planned"],
    ["2020-11-22", "cancelled"],
    ["2020-12-03", "planned"],
    ["2020-10-01", "held"],
    ["2020-10-02", "held"],
  ])
    await house.owner.query(
      `INSERT INTO agenda.sessions (house_id, id, kind, title, starts_on, site_id, mode, status, recorded_at, programme_id)
       VALUES ($1, gen_random_uuid(), 'atelier', 'Séance', $2::date, $3, 'in_person', $4, now(), $5)`,
      [house.houseId, day, house.sites.gerland, status, programme],
    );
});
const flat = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replace(/&amp;/g, "&");
/** The row of a figure: this year, last year, the difference. */
const rowOf = (text: string, label: string): string[] =>
  [...(new RegExp(`${label}</th>(.*?)</tr>`).exec(text)?.[1] ?? "").matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((cell) =>
    (cell[1] ?? "").replace(/<[^>]+>/g, ""),
  );
const visits = "Visites dans les antennes de proximité";

test("the direction sees the year beside the one before at the same date, and what is missing with its number", async () => {
  const direction = await as("direction");
  assert.equal((await direction.get("/")).location, "/tableau-de-bord", "the first page");
  const page = flat((await direction.get("/tableau-de-bord")).text);
  // Of 2019, the visit of the 2nd of December is not counted: on the 1st it had not happened.
  assert.deepEqual(rowOf(page, visits), ["4", "2", "+100 %"]);
  const missing = /<a href="([^"]*\/seances[^"]*)"[^>]*><strong>(\d+) séances passées/.exec(page);
  assert.equal(missing?.[2], "2");
  const list = flat((await direction.get(missing?.[1] ?? "")).text);
  assert.match(list, /aria-label="Pages"><span>2 séances/);
  assert.match(page, /1 séance d’ici six jours/);
  // Two sessions were promised and held; ten people promised in a year that is nearly over, and nobody came in.
  assert.match(page, /<td[^>]*>Séances tenues<\/td><td[^>]*>2<\/td><td[^>]*><a[^>]*>2<\/a><\/td><td[^>]*>atteint/);
  assert.match(page, /<td[^>]*>10<\/td><td[^>]*><a[^>]*>0<\/a><\/td><td[^>]*>en retard sur l’année/);
  const earlier = flat((await direction.get("/tableau-de-bord?jour=02/06/2020")).text);
  assert.deepEqual(rowOf(earlier, visits), ["2", "1", "+100 %"]);
  assert.match(flat((await direction.get("/tableau-de-bord?jour=hier")).text), /Au 1er décembre 2020/);
});

test("a site manager sees their site; an adviser what waits for them; others have no dashboard", async () => {
  const manager = await as("site-manager", { site: house.sites.mermoz });
  const page = flat((await manager.get("/tableau-de-bord")).text);
  assert.match(page, /Tableau de bord, /);
  assert.deepEqual(rowOf(page, visits), ["1", "0", "nouveau"]);
  assert.doesNotMatch(page, /séances passées/, "they are of another site");
  const adviser = flat((await (await as("adviser")).get("/tableau-de-bord")).text);
  assert.doesNotMatch(adviser, /<table/);
  assert.equal((await (await as("board")).get("/tableau-de-bord")).status, 403);
});

test("the same day a year before, and the share of a year that is over", () => {
  assert.equal(yearBefore("2020-02-29"), "2019-02-28");
  assert.equal(yearBefore("2021-02-28"), "2020-02-28");
  assert.equal(shareOfYear("2021-12-31"), 1);
  assert.ok(Math.abs(shareOfYear("2020-07-01") - 0.5) < 0.002);
});
