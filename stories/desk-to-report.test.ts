// From the desk to the report: a visit noted by keyboard alone, found again behind the chapter's figure, exported, and every page of the
// way looked at by the rules of accessibility.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const whole = (text: string | null): number => Number((text ?? "").replace(/[^\d]/g, ""));

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
  // The box has the cursor: the name, the arrow, Enter, Enter. No mouse.
  assert.equal(await desk.evaluate(() => document.activeElement?.id), "q");
  await desk.keyboard.type(`${someone.given_name} ${someone.family_name}`);
  await desk.locator("#accueil-resultats a.row").first().waitFor();
  await desk.keyboard.press("ArrowDown");
  await desk.keyboard.press("Enter");
  await desk.locator("form[data-visit]").waitFor();
  assert.deepEqual(await seriousViolations(desk), []);
  await desk.keyboard.press("Enter");
  await desk.getByText("Visite notée").waitFor();
  const last = desk.locator("#accueil-dernieres ol.last li").first();
  await last.locator("strong", { hasText: someone.given_name }).waitFor();
  assert.equal(await desk.evaluate(() => document.activeElement?.id), "q", "the box is ready for the next one");

  const director = await signedIn(browser, house.origin, await house.account("direction"));
  await director.goto("/rapport/2020/antennes");
  assert.deepEqual(await seriousViolations(director), []);
  const shown = director.locator(".key-figures a", { hasText: "visites" }).first();
  assert.equal(whole(await shown.locator("strong").textContent()), before + 1);
  await shown.click();
  assert.equal(whole(await director.locator("#valeur").textContent()), before + 1);
  assert.deepEqual(await seriousViolations(director), []);
  const [csv] = await Promise.all([
    director.waitForEvent("download"),
    director.getByRole("link", { name: "CSV" }).click(),
  ]);
  const lines = (await text(csv)).trimEnd().split("\r\n");
  assert.equal(lines.length - 1, before + 1);
  // Narrowed to today, the list holds the visit of this morning, and its page opens.
  await director.goto("/chiffres/antennes.visites?de=2020-12-31&a=2020-12-31");
  const row = director.locator("tbody tr", { hasText: someone.given_name }).first();
  await row.locator("a").first().click();
  await director.waitForURL("**/visites/*");
  assert.match((await director.locator("h1").textContent()) ?? "", new RegExp(someone.given_name, "i"));
  assert.deepEqual(await seriousViolations(director), []);
});

async function text(download: { createReadStream(): Promise<NodeJS.ReadableStream> }): Promise<string> {
  let all = "";
  for await (const chunk of await download.createReadStream()) all += String(chunk);
  return all;
}
