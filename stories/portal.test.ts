// The box office from both sides, in a real browser: a venue's account publishes, a structure's contact enters by the link of a letter and
// books on a telephone with scripts off, the venue reads who comes, the team sees it, and the figure is higher by what was booked.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { registry, rooms } from "../src/app/rooms.ts";
import { askFigures } from "../src/core/figures/ask.ts";
import type { Role } from "../src/core/rights.ts";
import { wholeFile } from "../src/core/testing/server.ts";
import { createAccount } from "../src/rooms/foundations/house/door.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { type OpenHouse, openHouse, password } from "./open-house.ts";

const telephone = { width: 360, height: 740 };
let house: OpenHouse;
let browser: Browser;
let [theatre, centre] = ["", ""];

before(async () => {
  house = await openHouse(wholeFile, { people: 20 });
  browser = await openBrowser(wholeFile);
  [theatre, centre] = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  for (const [id, name, commune, email] of [
    [theatre, "Théâtre des Marronniers", "Lyon", "lieu@exemple.test"],
    [centre, "Centre social Les Tilleuls", "Bron", "centre@exemple.test"],
  ])
    await house.owner.query(
      "INSERT INTO partners.structures (house_id, id, name, commune_name, email, created_at, changed_at) VALUES ($1, $2, $3, $4, $5, now(), now())",
      [house.houseId, id, name, commune, email],
    );
});

/** An account with a password: of the team, or of a structure. */
async function account(role: Role, structure: string | null = null): Promise<string> {
  const email = `${role}-portail@exemple.test`;
  await house.run("administrator", (tx) =>
    createAccount(tx, {
      email,
      name: `Camille ${role}`,
      password,
      grants: [{ role, structure, fromDay: "2020-01-01" }],
    }),
  );
  return email;
}

const booked = (): Promise<number> =>
  house.run("direction", async (tx) => {
    const period = { from: "2021-01-01", to: "2021-12-31" };
    const table = await askFigures(tx, registry, { codes: ["billetterie.reservees_reelles"], period, by: [[]] });
    return table.at("billetterie.reservees_reelles");
  });

/** What is too wide for a telephone, and what an auditor would call serious. */
async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  const path = new URL(page.url()).pathname;
  return [...(wide > 0 ? [`${wide} points too wide`] : []), ...(await seriousViolations(page))].map(
    (one) => `${path}: ${one}`,
  );
}

/** Sends the letters that wait, and gives the link of the last one to an address. */
async function lastLink(email: string): Promise<string> {
  const errand = rooms.flatMap((room) => room.errands ?? []).find(({ name }) => name === "messages.send");
  await errand?.leave(house.services, house.scope("direction"), "2020-12-31");
  const letter = house.letters.findLast(({ to }) => to === email);
  return /\/entree\/[A-Za-z0-9_-]+/.exec(letter?.text ?? "")?.[0] ?? "";
}

test("a place goes from the venue's offer to the figure, and each side sees its own", async () => {
  const faults: string[] = [];
  const before = await booked();

  // The venue publishes: a title, a day, a number.
  const venue = await signedIn(browser, house.origin, await account("cultural-partner", theatre));
  assert.equal(new URL(venue.url()).pathname, "/espace/offres", "a venue opens on its offers");
  await venue.getByRole("link", { name: "Proposer une sortie" }).click();
  await venue.getByLabel("Titre").fill("Le Malade imaginaire");
  await venue.getByLabel("Jours").fill("15/01/2021");
  await venue.getByLabel("Heure").fill("20:00");
  await venue.getByLabel("Places par date").fill("12");
  faults.push(...(await faultsOf(venue)));
  await venue.getByRole("button", { name: "Publier" }).click();
  await venue.getByText("C’est publié").waitFor();
  assert.equal((await venue.request.get("/structures")).status(), 403, "nothing of the house");

  // The team opens an account for the centre; its contact enters by the letter's link, on a telephone, scripts off.
  const team = await signedIn(browser, house.origin, await account("culture"));
  await team.goto(`/structures/${centre}/comptes`);
  await team.getByLabel("Prénom et nom").fill("Dominique Tilleul");
  await team.getByLabel("Pour").selectOption("social");
  await team.getByRole("button", { name: "Ouvrir et envoyer le lien" }).click();
  await team.getByText("Le compte est ouvert").waitFor();
  faults.push(...(await faultsOf(team)));
  const link = await lastLink("centre@exemple.test");
  const context = await browser.newContext({ baseURL: house.origin, viewport: telephone, javaScriptEnabled: false });
  const contact = await context.newPage();
  await contact.goto(link);
  await contact.getByText("Centre social Les Tilleuls").waitFor();
  await contact.getByRole("button", { name: "Entrer" }).click();
  await contact.waitForURL("**/espace/sorties");

  // Three clicks: the outing, « Réserver », done.
  await contact.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  await contact.getByLabel("Prénom").first().fill("Ada");
  await contact.getByLabel("Personnes").first().fill("2");
  await contact.getByRole("button", { name: "Réserver" }).click();
  await contact.getByText("C’est réservé").waitFor();
  const code = (await contact.locator("dd strong").first().textContent()) ?? "";
  assert.match(code, /^[A-Z0-9]{7}$/);

  // The venue reads the first name, the team the booking, and the figure says two more.
  await venue.goto("/espace/offres");
  await venue.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  await venue.getByRole("cell", { name: "Ada" }).waitFor();
  faults.push(...(await faultsOf(venue)));
  assert.equal(await booked(), before + 2);
  const opened = await team.goto("/chiffres/billetterie.reservees_reelles?de=2021-01-01&a=2021-12-31");
  assert.equal(opened?.status(), 200);
  assert.match((await team.textContent("main")) ?? "", /Le Malade imaginaire|Centre social Les Tilleuls/);

  // A link that was passed on, and one used twice, are told so.
  const friend = await (await browser.newContext({ baseURL: house.origin, viewport: telephone })).newPage();
  const late = await friend.goto(link);
  assert.equal(late?.status(), 404);
  await friend.getByText("a déjà servi, ou son temps est passé").waitFor();
  faults.push(...(await faultsOf(friend)));

  // Every page of both sides on a telephone.
  const phone = await signedIn(browser, house.origin, await account("social-partner", centre), { viewport: telephone });
  const paths = [
    "/espace/sorties",
    "/espace/sorties?vue=calendrier",
    "/espace/sorties?vue=commune",
    "/espace/reservations",
    "/ma-structure",
    "/entree",
  ];
  for (const path of paths) {
    await phone.goto(path);
    faults.push(...(await faultsOf(phone)));
  }
  await phone.goto("/espace/sorties");
  await phone.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  faults.push(...(await faultsOf(phone)));
  await phone.goto("/espace/reservations");
  await phone.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  faults.push(...(await faultsOf(phone)));
  await venue.setViewportSize(telephone);
  for (const path of ["/espace/offres", "/espace/offres/nouvelle"]) {
    await venue.goto(path);
    faults.push(...(await faultsOf(venue)));
  }
  await venue.goto("/espace/offres");
  await venue.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  await venue.getByRole("link", { name: "Corriger la sortie" }).click();
  faults.push(...(await faultsOf(venue)));
  await venue.getByLabel("Heure").fill("19:30");
  await venue.getByRole("button", { name: "Enregistrer" }).click();
  await venue.getByText("La sortie est corrigée").waitFor();
  await venue.getByText("19 h 30").first().waitFor();
  assert.deepEqual(faults, []);

  if (process.env.PORTAL_SHOTS) {
    const shots: [Page, string, string][] = [
      [phone, "/espace/sorties", "phone-find"],
      [phone, "/espace/sorties?vue=calendrier", "phone-calendar"],
      [phone, "/espace/reservations", "phone-bookings"],
      [venue, "/espace/offres", "phone-offers"],
    ];
    for (const [page, path, name] of shots) {
      await page.goto(path);
      await page.screenshot({ path: `${process.env.PORTAL_SHOTS}/${name}.png`, fullPage: true });
    }
  }
});
