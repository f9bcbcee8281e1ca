// From the desk to the report: a visit noted by keyboard alone, found again behind the chapter's figure, exported, and every page of the
// way looked at by the rules of accessibility.
import assert from "node:assert/strict";
import { test } from "node:test";
import ExcelJS from "exceljs";
import type { Download, Page } from "playwright-core";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const whole = (text: string | null): number => Number((text ?? "").replace(/[^\d]/g, ""));

/** Presses keys and counts them. */
async function press(page: Page, ...keys: string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

test("a visit noted at the desk by keyboard is the one more of the director's chapter, and opens from it", async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { rows } = await house.owner.query<{ family_name: string; given_name: string; count: string }>(
    `SELECT p.family_name, p.given_name, (SELECT count(*) FROM agenda.visits WHERE house_id = p.house_id) AS count
       FROM people.persons p WHERE p.house_id = $1
        AND (SELECT count(*) FROM people.persons q WHERE lower(q.family_name) = lower(p.family_name) AND q.house_id = p.house_id) = 1 ORDER BY p.code LIMIT 1`,
    [house.houseId],
  );
  const [someone] = rows;
  assert.ok(someone);
  const before = Number(someone.count);

  const desk = await signedIn(browser, house.origin, await house.account("reception", house.sites.gerland));
  await desk.waitForURL("**/accueil**");
  assert.deepEqual(await seriousViolations(desk), []);
  // The box has the cursor. After the name: the arrow, Enter to choose, Enter to note. No mouse.
  const noted = desk.locator("#accueil-dernieres li[data-visit-line]");
  const choose = async (name: string, ...keys: string[]): Promise<number> => {
    assert.equal(await desk.evaluate(() => document.activeElement?.id), "q", "the box is ready");
    await desk.keyboard.type(name);
    await desk.locator("#accueil-resultats a.row strong").first().waitFor();
    // The results of the whole name, not of its first letters.
    await desk.locator("#accueil-resultats a.row").getByText(`« ${name.trim()} »`).waitFor();
    const count = await press(desk, ...keys);
    await desk.locator("form[data-visit]").waitFor();
    return count;
  };
  const name = `${someone.given_name} ${someone.family_name}`;
  let keys = await choose(name, "ArrowDown", "Enter");
  await desk.locator("form[data-visit] input[name=motif]:checked:focus").waitFor();
  assert.match((await desk.locator("form[data-visit] .who").textContent()) ?? "", /né/, "which one of that name");
  assert.deepEqual(await seriousViolations(desk), []);
  keys += await press(desk, "Enter");
  assert.ok(keys <= 3, `${keys} keys after the name`);
  await desk
    .getByText(`Visite de ${someone.family_name.toLocaleUpperCase("fr")}`)
    .first()
    .waitFor();
  await noted.first().getByText(someone.given_name).first().waitFor();
  assert.equal(await noted.count(), 1);
  assert.deepEqual(await seriousViolations(desk), []);

  // The one person found opens by Enter alone; a figure is a reason; it is still no more than three keys.
  keys = await choose(`${name} `, "Enter");
  await desk.locator("form[data-visit] input[name=motif]:checked:focus").waitFor();
  keys += await press(desk, "3", "Enter");
  assert.ok(keys <= 3, `${keys} keys after the name, with another reason`);
  await noted.nth(1).waitFor();
  assert.match((await noted.first().textContent()) ?? "", /espace numérique/);
  // Nobody's name: Enter in the empty box, Enter.
  await press(desk, "Enter");
  await desk.locator("form[data-visit] input[name=motif]:checked:focus").waitFor();
  await press(desk, "f", "Enter");
  await noted.nth(2).waitFor();
  assert.match((await noted.first().textContent()) ?? "", /Sans nom, une femme/);
  // One too many, taken out of the count and put back without leaving the keyboard: the page says it each time.
  await noted
    .first()
    .getByRole("button", { name: /Annuler/ })
    .focus();
  await press(desk, "Enter");
  await desk.getByText("La visite est retirée").waitFor();
  assert.match((await desk.locator("#dernieres").textContent()) ?? "", /^2/);
  await noted
    .first()
    .getByRole("button", { name: /Remettre/ })
    .focus();
  await press(desk, "Enter");
  await desk.getByText("La visite est de nouveau comptée").waitFor();
  assert.match((await desk.locator("#dernieres").textContent()) ?? "", /^3/);

  const now = before + 3;
  const director = await signedIn(browser, house.origin, await house.account("direction"));
  await director.goto("/rapport/2020/antennes");
  assert.deepEqual(await seriousViolations(director), []);
  const shown = director.locator(".key-figures a", { hasText: "visites" }).first();
  assert.equal(whole(await shown.locator("strong").textContent()), now);
  await shown.click();
  assert.equal(whole(await director.locator("#valeur").textContent()), now);
  assert.deepEqual(await seriousViolations(director), []);
  const file = async (kind: string): Promise<Buffer> => {
    const [download] = await Promise.all([
      director.waitForEvent("download"),
      director.getByRole("link", { name: kind }).click(),
    ]);
    return bytes(download);
  };
  const lines = (await file("CSV")).toString("utf8").trimEnd().split("\r\n");
  assert.equal(lines.length - 1, now);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await file("XLSX")).buffer as ArrayBuffer);
  assert.equal((book.worksheets[0]?.actualRowCount ?? 0) - 1, now);

  // The chapter's December, and in it the visits of this morning: the last page of its list.
  await director.goto("/rapport/2020/antennes");
  await director
    .getByRole("row", { name: /^décembre/ })
    .getByRole("link")
    .first()
    .click();
  await director.locator("#valeur").waitFor();
  for (let next = director.getByRole("link", { name: "Suite" }); (await next.count()) > 0; ) await next.click();
  const row = director.locator("tbody tr", { hasText: someone.given_name }).filter({ hasText: "31/12/2020" }).first();
  await row.locator("a").first().click();
  await director.waitForURL("**/visites/*");
  assert.match((await director.locator("h1").textContent()) ?? "", new RegExp(someone.given_name, "i"));
  assert.deepEqual(await seriousViolations(director), []);
});

async function bytes(download: Download): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of await download.createReadStream()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test("the same morning with scripts off: searched, chosen, noted, taken back, in pages", async (t) => {
  const house = await openHouse(t, { people: 60 });
  const browser = await openBrowser(t);
  const { rows } = await house.owner.query<{ family_name: string; given_name: string }>(
    "SELECT family_name, given_name FROM people.persons WHERE house_id = $1 ORDER BY code LIMIT 1",
    [house.houseId],
  );
  const [someone] = rows;
  assert.ok(someone);
  const email = await house.account("reception", house.sites.gerland);
  const desk = await signedIn(browser, house.origin, email, { javaScriptEnabled: false });
  await desk.waitForURL("**/accueil**");
  await desk.locator("#q").focus();
  await desk.keyboard.type(`${someone.family_name} ${someone.given_name}`);
  await press(desk, "Enter");
  await desk.locator("#accueil-resultats a.row").first().waitFor();
  await desk.locator("#accueil-resultats a.row").first().focus();
  await press(desk, "Enter");
  await desk.getByLabel("rendez-vous conseiller").focus();
  await press(desk, "Space");
  await desk.getByLabel("Mode").selectOption({ label: "téléphone" });
  await desk.getByRole("button", { name: "Noter la visite" }).focus();
  await press(desk, "Enter");
  await desk.getByText("Visite notée à 9 h").waitFor();
  const last = desk.locator("#accueil-dernieres li[data-visit-line]").first();
  assert.match(
    (await last.textContent()) ?? "",
    new RegExp(`${someone.given_name}.*rendez-vous conseiller, téléphone`, "is"),
  );
  await last.getByRole("button", { name: /Annuler/ }).click();
  await desk.getByText("La visite est retirée").waitFor();
  await desk.getByRole("link", { name: "Groupe" }).click();
  await desk.getByLabel("Femmes sans nom").fill("4");
  await desk.getByRole("button", { name: "Noter le groupe" }).click();
  await desk.getByText("Groupe noté : 4 visites").waitFor();
  await desk.getByRole("link", { name: "Sans nom" }).click();
  await desk.getByRole("button", { name: "Noter la visite" }).click();
  await desk.getByText("Visite notée").waitFor();
  assert.match((await desk.locator("#dernieres").textContent()) ?? "", /^5/);
});
