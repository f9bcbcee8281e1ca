// The annual report, written by two people: the direction opens it and its chapters are there; one writes and puts a figure in while typing,
// the other writes the same block and nobody is erased; it is frozen, a visit is corrected, and the difference is told; it is published, and
// a passer-by reads it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const plain = (text: string | null): string => (text ?? "").replace(/[\u00a0\u202f]/g, " ");
const textOf = async (found: Locator): Promise<string> => plain((await found.allInnerTexts()).join(" "));
const shot = async (page: { screenshot(options: object): Promise<unknown> }, name: string): Promise<void> => {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
};

test("two people write a chapter, it is frozen, a visit is corrected and the difference is told", async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const director = await signedIn(browser, house.origin, await house.account("direction"), { acceptDownloads: true });
  const { rows } = await house.owner.query<{ count: string }>(
    "SELECT count(*) FROM agenda.visits WHERE house_id = $1 AND occurred_on BETWEEN '2020-01-01' AND '2020-12-31'",
    [house.houseId],
  );
  const visits = Number(rows[0]?.count);
  const told = plain(visits.toLocaleString("fr-FR"));

  await director.goto("/editions");
  await director.getByRole("link", { name: "Ouvrir une édition" }).click();
  await director.getByLabel("Titre").fill("Rapport d’activité 2020");
  await director.getByLabel("Période").fill("2020");
  await director.getByRole("button", { name: "Ouvrir cette édition" }).click();
  await director.getByRole("link", { name: "Antennes de proximité" }).click();
  assert.match(await textOf(director.locator("article")), new RegExp(`pour ${told} visites`));
  assert.equal(await director.locator("figure svg[role=img]").count(), 1);
  assert.deepEqual(await seriousViolations(director), []);
  await shot(director, "edition-chapter");
  const chapter = new URL(director.url()).pathname;

  // She adds a text, and the figure is found while she types it.
  await director.getByLabel("Ajouter un bloc").selectOption("text");
  await director.getByRole("button", { name: "Ajouter", exact: true }).click();
  const block = new URL(director.url()).pathname;
  const text = director.getByLabel("Texte", { exact: true });
  await text.pressSequentially("Une année pleine : {{antennes.visites");
  const found = director.locator("#chiffres-trouves button", { hasText: "antennes.visites" }).first();
  await found.waitFor();
  assert.match(await textOf(found), new RegExp(told));
  await shot(director, "edition-block");
  assert.deepEqual(await seriousViolations(director), []);
  await found.click();
  assert.equal(await text.inputValue(), "Une année pleine : {{antennes.visites}}");
  await text.pressSequentially(" visites, {{plus de 99 999 999|antennes.visites}}.");

  // Meanwhile an adviser writes the same block.
  const adviser = await signedIn(browser, house.origin, await house.account("adviser"));
  await adviser.goto(block);
  await adviser.getByLabel("Texte", { exact: true }).fill("Une année difficile, et tenue.");
  await adviser.getByRole("button", { name: "Enregistrer" }).click();
  await adviser.getByText("Le bloc est enregistré").waitFor();

  await director.getByRole("button", { name: "Enregistrer" }).click();
  await director.getByText("Écrit entre-temps").waitFor();
  assert.equal(await textOf(director.locator("pre").first()), "Une année difficile, et tenue.");
  assert.match(await text.inputValue(), /Une année pleine/);
  await shot(director, "edition-conflict");
  await text.fill(
    "Une année difficile, et tenue : {{antennes.visites}} visites, {{plus de 99 999 999|antennes.visites}}.",
  );
  await director.getByRole("button", { name: "Enregistrer mon texte à la place" }).click();
  await director.getByText("ne se dit pas de").waitFor();
  assert.match(await textOf(director.locator(".edition-block").last()), new RegExp(`tenue : ${told} visites`));
  await director.goto(block);
  await text.fill("Une année difficile, et tenue : {{antennes.visites}} visites.");
  await director.getByRole("button", { name: "Enregistrer" }).click();
  await director.goto(`${block}/versions`);
  assert.equal(await director.locator("ol.results > li").count(), 4);

  // The adviser comments, the direction settles it and freezes.
  await adviser.goto(chapter);
  await adviser.getByLabel("Votre commentaire").fill("À relire par le bureau.");
  await adviser.getByRole("button", { name: "Commenter" }).click();
  await director.goto(chapter);
  await director.getByRole("button", { name: "Régler" }).click();
  await director.getByText("Réglé le").waitFor();
  const edition = chapter.replace(/\/chapitres\/.*/, "");
  await director.goto(edition);
  assert.deepEqual(await seriousViolations(director), []);
  await shot(director, "edition");
  await director.getByRole("button", { name: "Geler cette édition" }).click();
  await director.getByText("L’édition est gelée").waitFor();

  // Somebody corrects a visit: the document stays, and says so.
  const { rows: some } = await house.owner.query<{ id: string }>(
    "SELECT id FROM agenda.visits WHERE house_id = $1 AND occurred_on >= '2020-06-01' ORDER BY occurred_on DESC LIMIT 1",
    [house.houseId],
  );
  await director.goto(`/visites/${some[0]?.id}`);
  await director
    .getByLabel(/^Pourquoi|^Raison/)
    .last()
    .fill("notée deux fois");
  await director.getByRole("button", { name: /Retirer/ }).click();
  const now = plain((visits - 1).toLocaleString("fr-FR"));
  await director.goto(chapter);
  assert.match(
    await textOf(director.locator("article")),
    new RegExp(`tenue : ${told} \\(depuis le gel : ${told} → ${now}\\) visites`),
  );
  await shot(director, "edition-since");
  await director.goto(`${edition}/depuis-le-gel`);
  await director
    .getByText(`depuis le gel : ${visits.toLocaleString("fr-FR").replaceAll(/\s/g, "\u202f")}`)
    .first()
    .waitFor();
  assert.deepEqual(await seriousViolations(director), []);

  await director.goto(edition);
  await director.getByRole("button", { name: "Publier" }).click();
  const address = await director.getByRole("link", { name: /^\/publications\// }).getAttribute("href");
  const [pdf] = await Promise.all([
    director.waitForEvent("download"),
    director.getByRole("link", { name: "PDF" }).first().click(),
  ]);
  assert.match(pdf.suggestedFilename(), /^rapport-d-activite-2020\.pdf$/);

  const passer = await (
    await browser.newContext({ baseURL: house.origin, viewport: { width: 360, height: 740 }, javaScriptEnabled: false })
  ).newPage();
  await passer.goto(address ?? "");
  await passer.getByRole("link", { name: "Antennes de proximité" }).click();
  assert.match(await textOf(passer.locator("article")), new RegExp(`tenue : ${told} visites`));
  const number = passer.locator("p a", { hasText: visits.toLocaleString("fr-FR").replaceAll(/\s/g, "\u202f") }).first();
  await number.click();
  assert.match(passer.url(), /#chiffre-\d+$/);
  assert.equal(await passer.evaluate(() => document.documentElement.scrollWidth <= 360).catch(() => true), true);
  await shot(passer, "publication-360");
});
