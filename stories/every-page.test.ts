// Every page of the menu, and the forms behind them: light to carry, whole on a telephone and at twice the size, told apart in the dark,
// and walked by the keyboard.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { wholeFile } from "../src/core/testing/server.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { type OpenHouse, openHouse } from "./open-house.ts";

/** What a page may weigh on first view, letters apart, in bytes. */
const most = 60_000;
const telephone = { width: 360, height: 740 };
/** A screen of 1280 points at twice the size. */
const twice = { width: 640, height: 400 };

/** What another size and another light may break. */
const ofLook = ["color-contrast", "target-size", "scrollable-region-focusable"];

let house: OpenHouse;
let browser: Browser;

before(async () => {
  house = await openHouse(wholeFile, { people: 120 });
  browser = await openBrowser(wholeFile);
});

/** Bytes that came for a page and all that it asks for, an empty cache before it. */
async function weigh(page: Page): Promise<{ of: (path: string) => Promise<number> }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  const fonts = new Set<string>();
  session.on("Network.responseReceived", ({ requestId, type }) => type === "Font" && fonts.add(requestId));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (!fonts.has(requestId)) bytes += encodedDataLength;
  });
  return {
    async of(path) {
      bytes = 0;
      await page.goto(path, { waitUntil: "load" });
      return bytes;
    },
  };
}

/** What stands out of the page's width, or cannot be reached: the page itself, or a control of it. */
const outOfSight = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width)
      wrong.push(`the page is ${document.documentElement.scrollWidth} wide`);
    for (const control of document.querySelectorAll<HTMLElement>(
      "a[href], button, input:not([type=hidden]), select, summary",
    )) {
      const box = control.getBoundingClientRect();
      if (box.width === 0 || control.closest(".scroll, .skip, .visually-hidden") || control.matches(".skip")) continue;
      if (box.left < -1 || box.right > width + 1)
        wrong.push(`${control.outerHTML.slice(0, 120)} ends at ${Math.round(box.right)}`);
    }
    return wrong;
  });

/** The entries of the menu, folded ones too. */
const menuOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...new Set(
      [...document.querySelectorAll<HTMLAnchorElement>(".menu > ul a")].map((link) => link.getAttribute("href") ?? ""),
    ),
  ]);

/** An edition of the report that is opened for this, its first chapters and a block. */
async function editionPages(page: Page): Promise<string[]> {
  const here = (): string => new URL(page.url()).pathname;
  await page.goto("/editions/nouvelle");
  await page.getByRole("button", { name: "Ouvrir cette édition" }).click();
  const edition = here();
  await page.getByRole("link", { name: "Antennes de proximité" }).click();
  const chapter = here();
  await page
    .getByRole("link", { name: /^Modifier/ })
    .first()
    .click();
  const block = here();
  return ["/editions/nouvelle", edition, chapter, block, `${block}/versions`, `${edition}/controle`];
}

async function look(page: Page, paths: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const scale = await weigh(page);
  for (const path of paths) {
    const note = (what: string, found: readonly string[]): void => {
      for (const one of found) wrong.push(`${path}, ${what}: ${one}`);
    };
    await page.setViewportSize({ width: 1280, height: 900 });
    // Without motion: colours are judged where they arrive.
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const bytes = await scale.of(path);
    if (bytes === 0 || bytes > most) note("first view", [`${bytes} bytes`]);
    note("large and light", await seriousViolations(page));
    for (const size of [twice, telephone]) {
      await page.setViewportSize(size);
      note(`${size.width} wide`, await outOfSight(page));
    }
    await page.emulateMedia({ colorScheme: "dark" });
    note("small and dark", await seriousViolations(page, ofLook));
  }
  return wrong;
}

test("the pages of a direction, whose menu is the longest", async () => {
  const page = await signedIn(browser, house.origin, await house.account("direction"), { serviceWorkers: "block" });
  const { rows } = await house.owner.query<{ visit: string; person: string; code: string }>(
    "SELECT v.id AS visit, p.id AS person, p.code FROM agenda.visits v JOIN people.persons p ON p.id = v.person_id ORDER BY v.id LIMIT 1",
  );
  const { visit, person } = rows[0] ?? {};
  await house.owner.query(
    `WITH line AS (INSERT INTO report.printed_lines (house_id, year, code, place, page, programme, label, value, decimals, unit, period, breakdown)
       SELECT house_id, 2020, 'F' || n, n, 'Antennes de proximité', 'antennes', 'Visites dans les antennes de proximité', 26594, 0, 'visites', '2020', '{"antenne": "Gerland"}'
         FROM house.houses, generate_series(1, 120) n RETURNING house_id, year, code)
     INSERT INTO report.line_links (house_id, id, year, line, expression, reason)
       SELECT house_id, gen_random_uuid(), year, code, 'antennes.visites', 'Les fiches de cette maison ne sont que d’essai.' FROM line WHERE code <> 'F7'`,
  );
  const menu = await menuOf(page);
  assert.ok(menu.length >= 8, menu.join(" "));
  const behind = [
    "/accueil?q=mar",
    `/accueil?personne=${person}`,
    "/accueil/nouvelle",
    "/accueil/groupe",
    "/accueil/listes/nouveau",
    "/visites?de=01/01/2020&a=31/12/2020",
    `/visites/${visit}`,
    `/visites/${visit}/corriger`,
    `/personnes/${person}`,
    "/personnes/nouvelle",
    "/personnes/liste?qpv=oui&tri=-contact",
    "/parcours?etat=tous&tri=personne",
    "/listes/filtres",
    "/listes/filtres/nouveau?liste=parcours&requete=%3Fetat%3Dsortis",
    "/rapport/2020",
    "/rapport/2020/antennes",
    "/rapport/2020/controle",
    "/rapport/couverture?annee=2020",
    "/rapport/couverture/2020/F1",
    "/finances/repartition",
    "/gouvernance/mandats/nouveau",
    "/gouvernance/reunions/nouvelle",
    "/chiffres/antennes.visites?de=2020-01-01&a=2020-12-31&par=motif",
    ...(await editionPages(page)),
  ];
  assert.deepEqual(await look(page, [...menu, ...behind]), []);
  // Folded on a telephone, every entry is there and opens by the keyboard.
  await page.setViewportSize(telephone);
  await page.goto("/visites");
  await page.locator(".menu .more summary").focus();
  await page.keyboard.press("Enter");
  const seen = await page
    .locator(".menu a:visible")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.deepEqual(
    menu.filter((href) => !seen.includes(href)),
    [],
  );
  assert.deepEqual(await outOfSight(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".menu .more[open]").count(), 0);
  await page.context().close();
});

test("the pages of an administrator, and those of nobody", async () => {
  const page = await signedIn(browser, house.origin, await house.account("administrator"), { serviceWorkers: "block" });
  assert.deepEqual(await look(page, [...(await menuOf(page)), "/compte"]), []);
  await page.context().clearCookies();
  assert.deepEqual(await look(page, ["/connexion", "/visites"]), []);
  await page.context().close();
});

test("the desk by the keyboard: each stop of it is in sight and seen, on a telephone too; the keys are told, and can be turned off", async () => {
  const email = await house.account("reception", house.sites.gerland);
  const page = await signedIn(browser, house.origin, email, { serviceWorkers: "block" });
  for (const size of [{ width: 1280, height: 900 }, telephone]) {
    await page.setViewportSize(size);
    await page.goto("/accueil?sansnom=1");
    await page.locator(".skip").focus();
    const seen: string[] = [];
    for (let stop = 0; stop < 40; stop++) {
      await page.keyboard.press("Tab");
      const here = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        if (element === document.body) return null;
        const shown = element.closest<HTMLElement>(".choice") ?? element;
        const style = getComputedStyle(shown);
        const box = shown.getBoundingClientRect();
        const inSight = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
        return {
          name: element.outerHTML.slice(0, 80),
          outlined: style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2,
          inSight,
        };
      });
      if (!here) break;
      assert.ok(here.outlined && here.inSight, JSON.stringify(here));
      seen.push(here.name);
    }
    assert.ok(
      seen.some((name) => name.includes('type="submit"')),
      seen.join("\n"),
    );
    assert.ok(seen.length > 8);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/accueil?sansnom=1");
  await page.keyboard.press("?");
  const keys = page.locator("dialog");
  await keys.getByText("Raccourcis", { exact: true }).waitFor();
  for (const name of ["Visites", "atelier", "Orientation", "Femme"])
    await keys.getByRole("listitem").filter({ hasText: name }).first().waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  await keys.getByLabel("Raccourcis d’une seule touche").uncheck();
  await page.keyboard.press("Escape");
  await page.locator("form[data-visit] input[name=motif]:checked").focus();
  await page.keyboard.press("f");
  assert.equal(await page.getByLabel("Femme").isChecked(), false);
  await page.context().close();
});

test("the same pages with scripts off, on a telephone", async () => {
  const page = await signedIn(browser, house.origin, await house.account("direction"), {
    serviceWorkers: "block",
    javaScriptEnabled: false,
    viewport: telephone,
  });
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM people.persons ORDER BY id LIMIT 1");
  const wrong: string[] = [];
  for (const path of [
    ...(await menuOf(page)),
    `/personnes/${rows[0]?.id}`,
    "/personnes?q=mar",
    "/rapport/2020/antennes",
  ]) {
    const answer = await page.goto(path);
    if (answer?.status() !== 200 || (await page.locator("h1").count()) !== 1) wrong.push(`${path}: no page`);
    wrong.push(...(await outOfSight(page)).map((one) => `${path}: ${one}`));
  }
  assert.deepEqual(wrong, []);
  // A filter is a form: it works without any script.
  await page.goto("/journal");
  await page.selectOption("select[name=acte]", "session.opened");
  await page.getByRole("button", { name: "Filtrer" }).click();
  assert.match(page.url(), /acte=session\.opened/);
  assert.match((await page.locator("table").textContent()) ?? "", /s’est connecté/);
  await page.context().close();
});
