// A permanence on a telephone in a real browser: programmed with its volunteer, held with the line cut (people counted, places asked for, a need
// noted), closed and opened again without a line, sent once when it is back, and the figure of the chapter as many higher.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { registry } from "../src/app/rooms.ts";
import { askFigures } from "../src/core/figures/ask.ts";
import { wholeFile } from "../src/core/testing/server.ts";
import { makeDate } from "../src/rooms/trades/culture/testing.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

const telephone = { width: 360, height: 740 };
let house: OpenHouse;
let browser: Browser;
let date = "";

before(async () => {
  house = await openHouse(wholeFile, { people: 5 });
  browser = await openBrowser(wholeFile);
  const [programme, centre, venue] = [house.deps.ids.uuid(), house.deps.ids.uuid(), house.deps.ids.uuid()];
  await house.owner.query(
    "INSERT INTO programmes.programmes (house_id, id, code, title, pole, created_at) VALUES ($1, $2, 'permanences', 'Permanences culture', 'culture', now())",
    [house.houseId, programme],
  );
  for (const [id, name] of [
    [centre, "Centre social Les Tilleuls"],
    [venue, "Théâtre des Marronniers"],
  ])
    await house.owner.query(
      "INSERT INTO partners.structures (house_id, id, name, commune_name, created_at, changed_at) VALUES ($1, $2, $3, 'Lyon', now(), now())",
      [house.houseId, id, name],
    );
  const made = await house.run("culture", (tx) =>
    makeDate(tx, { venue, places: 2, day: "2021-01-15", title: "Le Cirque" }),
  );
  date = made.date;
});

const met = (): Promise<number> =>
  house.run("direction", async (tx) => {
    const period = { from: "2020-01-01", to: "2020-12-31" };
    const code = "dispositif.participations";
    const table = await askFigures(tx, registry, {
      codes: [code],
      period,
      by: [[]],
      filters: { dispositif: "permanences" },
    });
    return table.at(code);
  });

test("a permanence is held without a line, and each thing done there is done once", async () => {
  const faults: string[] = [];
  const look = async (page: Page): Promise<void> => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const path = new URL(page.url()).pathname;
    if (wide > 0) faults.push(`${path}: ${wide} points too wide`);
    faults.push(...(await seriousViolations(page)).map((one) => `${path}: ${one}`));
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/spot-${Date.now()}.png`, fullPage: true });
  };
  const phone = await signedIn(browser, house.origin, await house.account("culture"), { viewport: telephone });
  await phone.clock.setFixedTime(new Date("2020-12-31T10:00:00+01:00"));
  await phone.goto("/culture/volontaires/nouveau");
  await phone.getByLabel("Prénom").fill("Ada");
  await phone.getByLabel("Nom", { exact: true }).fill("Essai");
  await phone.getByLabel("Du", { exact: true }).fill("01/12/2020");
  await phone.getByLabel("Au", { exact: true }).fill("30/06/2021");
  await phone.getByLabel("Heures par semaine").fill("24");
  await phone.getByLabel("Lieu").selectOption({ index: 1 });
  await phone.getByLabel("Tuteur").selectOption({ index: 1 });
  await look(phone);
  await phone.getByRole("button", { name: "Noter la mission" }).click();
  await phone.getByText("La mission est notée.").waitFor();

  await phone.goto("/culture/actions/nouvelle");
  await phone.getByLabel("Intitulé").fill("Permanence du jeudi");
  await phone.getByLabel("Structure qui accueille").fill("Centre social Les Tilleuls");
  await phone.getByLabel("Jour").fill("31/12/2020");
  await phone.getByLabel("Heure", { exact: false }).first().fill("10:00");
  await phone.getByLabel("Ada Essai", { exact: false }).check();
  await look(phone);
  await phone.getByRole("button", { name: "Programmer" }).click();
  await phone.getByText("permanence est programmée").waitFor();
  await look(phone);
  await phone.getByRole("link", { name: "Sur place" }).click();
  await phone.getByText("Cette page est gardée sur l’appareil").waitFor();
  await look(phone);

  // With the line, an answer that is lost on its way is asked for again, and counts once.
  const path = new URL(phone.url()).pathname;
  house.line.lose(path.replace("sur-place", "rencontres"));
  await phone.getByRole("button", { name: /une femme/ }).click();
  await phone.getByText("1 saisie attend le réseau").waitFor();
  await house.line.mend();
  await phone.evaluate(() => dispatchEvent(new Event("online")));
  await phone.getByText("attend le réseau").waitFor({ state: "detached" });
  assert.equal(await phone.locator("[data-spot-total]").textContent(), "1");

  // Without: counted, one too many taken back, places asked for twice although there are for one, a need noted.
  await phone.context().setOffline(true);
  await house.line.cut();
  await phone.reload();
  await phone.getByRole("heading", { name: "Permanence du jeudi" }).waitFor();
  for (const name of [/un homme/, /un homme/, /une femme/, /sans précision/])
    await phone.getByRole("button", { name: name }).first().click();
  await phone.getByText("Plusieurs à la fois, ou une erreur").click();
  await phone.getByRole("button", { name: "− homme" }).click();
  await phone.getByText("Réserver des places").click();
  for (const [who, seats] of [
    ["Zoé", "2"],
    ["Noor", "1"],
  ] as const) {
    await phone.getByLabel("Prénom").fill(who);
    await phone.getByLabel("Personnes").fill(seats);
    await phone.getByLabel("S’il n’y a plus de place", { exact: false }).uncheck();
    await phone.getByRole("button", { name: "Réserver", exact: true }).click();
  }
  await phone.getByText("Noter un besoin").click();
  await phone.getByLabel("Ce qui a été dit").fill("Un atelier d’écriture pour les parents");
  await phone.getByRole("button", { name: "Noter", exact: true }).click();
  await phone.getByText("8 saisies attendent le réseau").waitFor();
  assert.equal(await phone.locator("[data-spot-total]").textContent(), "4");
  await look(phone);

  // The telephone is put away, opened again without a line, and the line comes back.
  await phone.reload();
  await phone.getByText("8 saisies attendent le réseau").waitFor();
  await house.line.mend();
  await phone.context().setOffline(false);
  await phone.getByText("attendent le réseau").waitFor({ state: "detached" });
  await phone.getByText("Pas pris", { exact: false }).waitFor();
  assert.match((await phone.locator("#spot-reseau").textContent()) ?? "", /Noor.*ne reste plus de place/);
  await look(phone);
  await phone.getByRole("button", { name: "J’ai vu" }).click();
  await phone.reload();
  assert.equal(await phone.locator("[data-spot-total]").textContent(), "4");
  assert.equal(await phone.getByText("Pas pris", { exact: false }).count(), 0);
  const { rows } = await house.owner.query(
    "SELECT b.first_name, b.seats, b.state, s.name FROM culture.bookings b JOIN partners.structures s ON s.id = b.structure_id WHERE b.date_id = $1",
    [date],
  );
  assert.deepEqual(rows, [{ first_name: "Zoé", seats: 2, state: "confirmed", name: "Centre social Les Tilleuls" }]);

  const before = await met();
  await phone.getByRole("link", { name: /^Finir/ }).click();
  await phone.getByText("Un atelier d’écriture pour les parents").waitFor();
  await look(phone);
  await phone.getByRole("button", { name: "Clore et noter les présences" }).click();
  await phone.getByText("Les présences sont notées.").waitFor();
  assert.equal(await met(), before + 4);
  assert.deepEqual(faults, []);
});
