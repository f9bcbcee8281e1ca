// A list is filtered and ordered, its filter kept under a name; some of its people get a tag in one act, by the keyboard, and it is taken back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

test("from a list to an act on some of its people, and back", async (t) => {
  const house = await openHouse(t, { people: 60 });
  const browser = await openBrowser(t);
  const page = await signedIn(browser, house.origin, await house.account("direction"));
  await page.goto("/personnes");
  await page.getByRole("link", { name: "Toutes les personnes, par filtres" }).click();
  await page.getByLabel("Sexe").selectOption({ label: "femme" });
  await page.getByRole("button", { name: "Filtrer", exact: true }).click();
  await page.getByText("Retirer le filtre Sexe").waitFor({ state: "attached" });
  await page.getByRole("link", { name: "Dernier contact", exact: true }).click();
  await page.locator('th[aria-sort="ascending"]').waitFor();
  const said = ((await page.locator(".lead").textContent()) ?? "").replace(/\s/g, " ");
  const count = Number(/^([\d ]+) personnes/.exec(said)?.[1]?.replaceAll(" ", ""));
  assert.ok(count > 4, said);

  // The file has as many rows as the page says.
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV", exact: true }).click();
  const file = await readFile(await (await download).path(), "utf8");
  assert.equal(file.trim().split("\r\n").length - 1, count);

  await page.getByRole("link", { name: "Enregistrer ce filtre" }).click();
  await page.getByLabel("Nom du filtre").fill("Femmes à rappeler");
  await page.getByLabel("Pour").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await page.getByText("Filtre « Femmes à rappeler » enregistré.").waitFor();
  assert.deepEqual(await seriousViolations(page), []);

  for (const nth of [0, 2, 3]) {
    await page.locator('input[name="ligne"]').nth(nth).focus();
    await page.keyboard.press("Space");
  }
  await page.getByRole("button", { name: "Agir sur les lignes choisies" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Ce qui est fait ici s’annule d’un coup").waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByLabel("Nouvelle étiquette").fill("Forum de mars");
  await page.getByRole("button", { name: /^Mettre une étiquette/ }).click();
  await page.getByText("Cela s’annule ici.").waitFor();

  await page.goto("/personnes/liste");
  await page.getByRole("link", { name: "Femmes à rappeler", exact: true }).click();
  await page.getByLabel("Étiquette").selectOption({ label: "Forum de mars" });
  await page.getByRole("button", { name: "Filtrer", exact: true }).click();
  await page.getByText(/^3.personnes avec ces filtres/).waitFor();

  await page.goto("/groupes");
  await page.getByRole("link", { name: "Mettre une étiquette" }).click();
  await page.getByRole("button", { name: "Annuler", exact: true }).click();
  await page.getByText("3 changements annulés.").first().waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  const { rows } = await house.owner.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM people.person_tags WHERE house_id = $1",
    [house.houseId],
  );
  assert.deepEqual(rows, [{ n: 0 }]);
});
