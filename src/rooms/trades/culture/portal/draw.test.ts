// A draw as a structure lives it: until when to ask, the rule and the print beforehand; afterwards its rank and why, all the lines without a
// name, and the file by which a script of its own holds the same draw again. And what it reads of its share: places it has, its limit, offers.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { readSaid } from "../../../../core/http/said.ts";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { projectRoot } from "../../../../core/root.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { inPage, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { announceDraw, drawOf, holdDraw } from "../draws/writes.ts";
import { cultureRoom } from "../room.ts";
import { makeDate, makeStructures } from "../testing.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let as: (structure: string) => Promise<Visitor>;
let [venue = "", centre = "", foyer = "", apart = ""]: string[] = [];

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms, services, chrome: plainChrome });
  as = async (structure) =>
    makeVisitor(server, publicUrl, (await house.signIn("social-partner", { structure })).cookie);
  [venue = "", centre = "", foyer = "", apart = ""] = await house.run("culture", (tx) =>
    makeStructures(tx, 4, ["Lyon"]),
  );
});

const id = (): string => house.deps.ids.uuid();
const flat = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
const keys = () => ({ key1: id(), key2: id(), key3: id() });
const said = (location: string): string =>
  flat(readSaid(house.services.config.secret, new URL(location, publicUrl)) ?? "");

test("a draw is told beforehand, and afterwards each reads its rank, why, and can hold it again", async () => {
  house.clock.set("2020-11-02T10:00:00+01:00");
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue, places: 3, day: "2020-12-19", title: "Phèdre" }),
  );
  const window = { opensAt: new Date("2020-11-02T00:00:00+01:00"), closesAt: new Date("2020-11-11T00:00:00+01:00") };
  assert.ok(await house.run("culture", (tx) => announceDraw(tx, { date, ...window })));
  const [one, other] = [await as(centre), await as(foyer)];
  const page = flat((await one.get(`/espace/sorties/${date}`)).text);
  assert.match(page, /Demander avant le 10\/11\/2020 à minuit/, "the close of requests, not the beginning");
  assert.match(page, /Demandes du 02\/11\/2020 au 10\/11\/2020 à minuit/);
  assert.match(page, /Places à tirer 3/);
  const print = (await house.run("culture", (tx) => drawOf(tx, date)))?.seedPrint ?? "";
  assert.match(page, new RegExp(print));
  assert.equal((await one.get(`/espace/sorties/${date}/tirage`)).status, 404, "nothing came out yet");

  const [mine, theirs, withdrawn] = [keys(), keys(), keys()];
  const asked = await one.post(`/espace/sorties/${date}`, { ...mine, personnes1: "2" });
  assert.match(said(asked.location), /La demande est notée\. Le tirage a lieu le 10\/11\/2020 à minuit\./);
  await other.post(`/espace/sorties/${date}`, { ...theirs, personnes1: "2" });
  await other.post(`/espace/sorties/${date}`, { ...withdrawn, personnes1: "1" });
  const waiting = flat((await one.get(`/espace/reservations/${mine.key1}`)).text);
  assert.match(waiting, /Retirer la demande La demande ne sera pas tirée au sort/);
  assert.match(waiting, /Empreinte de la graine/);
  const gone = await other.post(`/espace/reservations/${withdrawn.key1}/annulation`);
  assert.match(said(gone.location), /La demande est retirée/);

  house.clock.set("2020-11-11T00:10:00+01:00");
  const [late, lateOther] = [await as(centre), await as(foyer)];
  assert.deepEqual(await house.run("culture", (tx) => holdDraw(tx, date)), { requests: 2, given: 1 });
  const seed = (await house.run("culture", (tx) => drawOf(tx, date)))?.seed ?? "";
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT booking_id AS id FROM culture.draw_lines WHERE date_id = $1 AND NOT given",
    [date],
  );
  const [loser, lost] = rows[0]?.id === mine.key1 ? [late, mine] : [lateOther, theirs];
  const told = flat((await loser.get(`/espace/reservations/${lost.key1}`)).text);
  assert.match(told, /rang 2, non : à son rang il restait 1 place, pour un groupe de 2/);
  assert.match(told, new RegExp(seed));
  const after = flat((await late.get(`/espace/sorties/${date}`)).text);
  assert.match(after, /tirage fait, liste d’attente/);
  assert.match(after, /Attendre une place/);

  const result = await late.get(`/espace/sorties/${date}/tirage`);
  assert.match(flat(result.text), /votre structure/);
  assert.doesNotMatch(result.text, /Structure \d/, "no name of anybody");
  await house.owner.query(
    "UPDATE culture.offers SET for_structures = ARRAY[$2::uuid] FROM culture.dates d WHERE d.id = $1 AND offers.id = d.offer_id",
    [date, venue],
  );
  assert.equal((await late.get(`/espace/sorties/${date}/tirage`)).status, 200, "whoever asked for a place reads it");
  const stranger = await as(apart);
  assert.equal((await stranger.get(`/espace/sorties/${date}/tirage`)).status, 404, "it was not proposed to this one");
  const csv = await late.get(`/espace/sorties/${date}/tirage/export.csv`);
  assert.equal(csv.status, 200);
  const folder = mkdtempSync(join(tmpdir(), "traboule-own-draw-"));
  try {
    writeFileSync(join(folder, "tirage.csv"), csv.text);
    const replay = (what: string) =>
      spawnSync(process.execPath, [
        join(projectRoot, "scripts/replay-draw.mjs"),
        join(folder, "tirage.csv"),
        what,
        "3",
      ]);
    assert.equal(replay(seed).status, 0);
    assert.equal(replay(seed).stdout.toString().trim().split("\n").length, 2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("beside the form stand the places that one has there, the season's limit and what is left of it; offers are said on arrival", async () => {
  const { date } = await house.run("culture", (tx) =>
    makeDate(tx, { venue, places: 2, day: "2021-01-20", title: "Le Cid" }),
  );
  const [one, other] = [await as(centre), await as(foyer)];
  const before_ = flat((await one.get(`/espace/sorties/${date}`)).text);
  assert.match(before_, /La maison n’a pas fixé de règle/);
  assert.doesNotMatch(before_, /Vous avez déjà|au plus : il en reste/);
  await house.owner.query(
    "INSERT INTO culture.limits (house_id, id, season, structure_id, seats) VALUES ($1, $2, 2020, $3, 20)",
    [house.houseId, id(), centre],
  );
  const held = keys();
  await one.post(`/espace/sorties/${date}`, { ...held, personnes1: "2" });
  const page = flat((await one.get(`/espace/sorties/${date}`)).text);
  assert.match(page, /Vous avez déjà 2 places ici/);
  const [, has = "", left = ""] =
    /Votre structure a (\d+) places cette saison, sur 20 au plus : il en reste (\d+)/.exec(page) ?? [];
  assert.equal(Number(has) + Number(left), 20);
  assert.ok(Number(has) >= 2);
  assert.doesNotMatch(page, /pas fixé de règle/);
  assert.match(flat((await one.get("/espace/sorties")).text), /vous y avez déjà 2 places/);

  const waits = keys();
  await other.post(`/espace/sorties/${date}`, { ...waits, personnes1: "2", attendre: "1" });
  assert.doesNotMatch((await other.get("/espace/sorties")).text, /vous sont proposées/);
  await one.post(`/espace/reservations/${held.key1}/annulation`);
  for (const path of ["/espace/sorties", "/espace/reservations"]) {
    const got = await other.get(path);
    assert.match(
      flat(got.text),
      /2 places vous sont proposées pour « Le Cid », mercredi 20 janvier 2021\. Répondez avant le /,
    );
    inPage(got.text, new RegExp(`href="(/espace/reservations/${waits.key1})"`));
  }
  await other.post(`/espace/reservations/${waits.key1}/acceptation`);
  assert.doesNotMatch((await other.get("/espace/sorties")).text, /vous sont proposées/);
  const filtered = await one.get("/espace/sorties?quand=semaine");
  assert.match(filtered.text, /aria-current="true"[^>]*>Cette semaine</);
  assert.doesNotMatch((await one.get("/espace/sorties")).text, /aria-current="true"/);
});
