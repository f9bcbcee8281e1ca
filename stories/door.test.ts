// One place from the offer to the door, in a real browser: published by a venue's account, booked by a structure's account, its voucher,
// the door's page without a network, the camera that reads the square, the line back, and the figure of the chapter one higher.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { readDefinitionFiles } from "../src/app/programme-files.ts";
import { registry } from "../src/app/rooms.ts";
import { askFigures } from "../src/core/figures/ask.ts";
import type { Role } from "../src/core/rights.ts";
import { projectRoot } from "../src/core/root.ts";
import { wholeFile } from "../src/core/testing/server.ts";
import { createAccount } from "../src/rooms/foundations/house/door.ts";
import { loadDefinitions } from "../src/rooms/foundations/programmes/door.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { type OpenHouse, openHouse, password } from "./open-house.ts";

const telephone = { width: 360, height: 740 };
const evening = new Date("2020-12-31T19:30:00+01:00");
let house: OpenHouse;
let browser: Browser;
let [theatre, centre] = ["", ""];

before(async () => {
  house = await openHouse(wholeFile, { people: 5 });
  browser = await openBrowser(wholeFile);
  [theatre, centre] = [house.deps.ids.uuid(), house.deps.ids.uuid()];
  for (const [id, name] of [
    [theatre, "Théâtre des Marronniers"],
    [centre, "Centre social Les Tilleuls"],
  ])
    await house.owner.query(
      "INSERT INTO partners.structures (house_id, id, name, commune_name, email, created_at, changed_at) VALUES ($1, $2, $3, 'Lyon', 'lieu@exemple.test', now(), now())",
      [house.houseId, id, name],
    );
});

async function account(role: Role, structure: string): Promise<string> {
  const email = `${role}-porte@exemple.test`;
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

const came = (): Promise<number> =>
  house.run("direction", async (tx) => {
    const period = { from: "2020-01-01", to: "2020-12-31" };
    const table = await askFigures(tx, registry, { codes: ["billetterie.venues"], period, by: [[]] });
    return table.at("billetterie.venues");
  });

/** A film of one picture, as a camera would see the square of a page: grey bytes in a Y4M frame. */
async function filmOf(page: Page, folder: string): Promise<string> {
  const grey = await page.evaluate(async () => {
    const svg = new XMLSerializer().serializeToString(document.querySelector(".voucher svg") as SVGElement);
    const picture = new Image();
    picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [640, 480];
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.fillStyle = "#ddd";
    context.fillRect(0, 0, 640, 480);
    context.drawImage(picture, 150, 70, 340, 340);
    const { data } = context.getImageData(0, 0, 640, 480);
    return Array.from({ length: 640 * 480 }, (_, at) => data[at * 4] ?? 0);
  });
  const frame = Buffer.concat([Buffer.from("FRAME\n"), Buffer.from(grey), Buffer.alloc(640 * 240, 128)]);
  const path = join(folder, "square.y4m");
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from("YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n"),
      ...Array.from({ length: 10 }, () => frame),
    ]),
  );
  return path;
}

const cut = async (context: BrowserContext): Promise<void> => {
  await context.setOffline(true);
  await house.line.cut();
};

test("a place from the offer to the door and the figure, with the line cut in between", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traboule-door-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const faults: string[] = [];
  const look = async (page: Page): Promise<void> => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    const path = new URL(page.url()).pathname;
    if (wide > 0) faults.push(`${path}: ${wide} points too wide`);
    faults.push(...(await seriousViolations(page)).map((one) => `${path}: ${one}`));
  };
  const shoot = async (page: Page, name: string): Promise<void> => {
    if (process.env.DOOR_SHOTS)
      await page.screenshot({ path: `${process.env.DOOR_SHOTS}/${name}.png`, fullPage: true });
  };
  const before = await came();
  const files = readDefinitionFiles([join(projectRoot, "demo/programmes/billetterie.yaml")]);
  await house.run("direction", (tx) => loadDefinitions(tx, files));
  const reader = await signedIn(browser, house.origin, await house.account("direction"));
  /** What the chapter of the year says of those who came. */
  const told = async (): Promise<string> => {
    await reader.goto("/rapport/2020/billetterie");
    const line = reader.locator(".key-figures li").filter({ hasText: "Venues connues" }).first();
    return (await line.count()) === 0 ? "0" : ((await line.locator("strong").textContent()) ?? "");
  };
  assert.equal(await told(), String(before));
  const venueEmail = await account("cultural-partner", theatre);

  // Published by the venue.
  const venue = await signedIn(browser, house.origin, venueEmail);
  await venue.getByRole("link", { name: "Proposer une sortie" }).click();
  await venue.getByLabel("Titre").fill("Le Malade imaginaire");
  await venue.getByLabel("Jours").fill("31/12/2020");
  await venue.getByLabel("Heure").fill("20:00");
  await venue.getByLabel("Places par date").fill("12");
  await venue.getByRole("button", { name: "Publier" }).click();
  await venue.getByText("C’est publié").waitFor();

  // Booked by the structure; its voucher is a page, a PDF, and a letter.
  const booker = await signedIn(browser, house.origin, await account("social-partner", centre), {
    viewport: telephone,
  });
  for (const [name, people] of [
    ["Ada", "1"],
    ["Élodie", "3"],
  ] as const) {
    await booker.goto("/espace/sorties");
    await booker.getByRole("link", { name: /Le Malade imaginaire/ }).click();
    await booker.getByLabel("Prénom").first().fill(name);
    await booker.getByLabel("Personnes").first().fill(people);
    await booker.getByRole("button", { name: "Réserver" }).click();
    await booker.getByText("C’est réservé").waitFor();
  }
  await booker.goto("/espace/reservations");
  await booker.getByRole("link", { name: /Ada/ }).click();
  await booker.getByRole("link", { name: /Le billet/ }).click();
  await booker.locator(".voucher svg").waitFor();
  await look(booker);
  await shoot(booker, "voucher");
  const film = await filmOf(booker, folder);
  const code = (await booker.locator(".voucher .code").textContent()) ?? "";
  const pdf = await booker.request.get(`${new URL(booker.url()).pathname}.pdf`);
  assert.equal(pdf.headers()["content-type"], "application/pdf");
  if (process.env.DOOR_SHOTS) writeFileSync(`${process.env.DOOR_SHOTS}/voucher.pdf`, await pdf.body());
  await booker.getByLabel("Adresse électronique ou mobile").fill("ada@exemple.test");
  await booker.getByRole("button", { name: "Envoyer le billet" }).click();
  await booker.getByText("Le billet part par courriel").waitFor();

  // The door, on a telephone with a camera: opened once with the line, then without.
  const camera = await openBrowser(wholeFile, film);
  const door = await signedIn(camera, house.origin, venueEmail, { viewport: telephone, permissions: ["camera"] });
  await door.clock.setFixedTime(evening);
  await door.goto("/espace/offres");
  await door.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  await door.getByRole("link", { name: "Noter qui entre" }).click();
  await door.getByText("Cette page est gardée sur l’appareil").waitFor();
  await look(door);
  await shoot(door, "door");
  await cut(door.context());
  await door.reload();
  await door.getByRole("heading", { name: /À l’entrée/ }).waitFor();
  // The square is read by the camera, and one Enter lets them in.
  await door.getByRole("button", { name: "Lire un billet" }).click();
  await door.getByText("Ada : 1 place, par Centre social Les Tilleuls.").waitFor();
  await door.keyboard.press("Enter");
  await door.getByText("1 pointage attend le réseau").waitFor();
  await door.getByText("Ada : 1 entrée.").waitFor();
  // A name, a group in two parts, a slip taken back.
  await door.getByLabel("Code, prénom ou structure").fill("elodie");
  await door.keyboard.press("Enter");
  await door.getByText("Élodie : 3 places").waitFor();
  await door.getByLabel("Combien entrent, Élodie").fill("2");
  await door.getByRole("button", { name: "Entrée, Élodie", exact: true }).click();
  await door.getByText("2 sur 3", { exact: true }).waitFor();
  await door.getByRole("button", { name: "Entrée, Élodie", exact: true }).click();
  await door.getByText("entrés, 3 sur 3").waitFor();
  await door.getByRole("button", { name: "Défaire la dernière entrée, Élodie" }).click();
  await door.getByText("2 sur 3", { exact: true }).waitFor();
  await door.getByLabel("Code, prénom ou structure").fill(code);
  await door.keyboard.press("Enter");
  await door.getByText("Ada : déjà entré.").waitFor();
  await look(door);
  await shoot(door, "door-cut");
  assert.equal(await came(), before, "nothing has arrived yet");

  // The telephone is closed, opened again without a line, and the line comes back.
  await door.reload();
  await door.getByText("4 pointages attendent le réseau").waitFor();
  await door.getByText("Cette page est gardée sur l’appareil").waitFor();
  assert.equal(await door.getByRole("button", { name: "Lire un billet" }).count(), 1);
  await house.line.mend();
  await door.context().setOffline(false);
  await door.getByText("attendent le réseau").waitFor({ state: "detached" });
  assert.equal(await came(), before + 3);
  await door.reload();
  await door.getByText("2 entrées sur 3").waitFor();
  assert.equal(await came(), before + 3, "sent once, whatever is opened again");

  // The line is cut again: the page opens as it was last seen, with what was sent before.
  await cut(door.context());
  await door.reload();
  await door.getByText("2 entrées sur 3").waitFor();
  await house.line.mend();
  await door.context().setOffline(false);

  // The same door on another device lets the last one in: the chapter counts four.
  await venue.goto("/espace/offres");
  await venue.getByRole("link", { name: /Le Malade imaginaire/ }).click();
  await venue.getByRole("link", { name: "Noter qui entre" }).click();
  await venue.getByRole("button", { name: "Entrée, Élodie", exact: true }).click();
  await venue.getByText("Élodie : 1 entrée.").waitFor();
  await venue.waitForLoadState("networkidle");
  assert.equal(await came(), before + 4);
  assert.equal(await told(), String(before + 4));
  // The first device learns it by itself.
  await door.getByText("entrés, 3 sur 3").waitFor({ timeout: 20_000 });
  await look(reader);
  await shoot(reader, "chapter");
  await look(venue);
  await shoot(venue, "door-wide");
  await venue.emulateMedia({ media: "print" });
  await shoot(venue, "door-printed");
  assert.deepEqual(faults, []);
});
