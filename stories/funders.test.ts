// What a fund pays for, from the agreement to its file: a manager writes what was promised, an adviser finds what is missing of their people
// and notes it in a few clicks, and the agreement's page, its list and the file that the funder gets say the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const words = async (page: Page): Promise<string> =>
  ((await page.locator("main").allInnerTexts())[0] ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ");

test("what a fund asks goes from the exit of a person to the participants' file", async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const { rows: people } = await house.owner.query<{ id: string; family_name: string }>(
    `SELECT p.id, p.family_name FROM people.persons p
       JOIN people.situations s ON s.house_id = p.house_id AND s.person_id = p.id AND s.kind = 'status' AND s.value = 'job_seeker'
      WHERE p.house_id = $1 AND p.birth_date IS NOT NULL ORDER BY p.birth_date, p.code LIMIT 3`,
    [house.houseId],
  );
  const [leaves, stays] = people;
  assert.ok(leaves && stays && people.length === 3);

  const manager = await signedIn(browser, house.origin, await house.account("direction"), { acceptDownloads: true });
  await manager.goto("/dispositifs/nouveau");
  await manager.getByLabel("Intitulé").fill("Tremplin");
  await manager.getByLabel("Code").fill("tremplin");
  await manager.getByLabel("Résultats").fill("CDI : emploi, durable, droit commun, positif");
  await manager.getByLabel("Conventions").fill("FSE : du 01/01/2020 au 31/12/2020, 12 000 €");
  await manager.getByLabel("Objectifs").fill("2020 : 4 personnes pour FSE\n2020 : 6 CO01 pour FSE");
  await press(manager, "Créer le dispositif");
  await sees(manager, "Le dispositif est créé.");

  const adviser = await signedIn(browser, house.origin, await house.account("adviser"));
  for (const one of people) {
    await adviser.goto(`/parcours/nouveau?personne=${one.id}&dispositif=tremplin`);
    await adviser.getByLabel("Référent").selectOption({ label: "Camille adviser" });
    await press(adviser, "Faire entrer");
    await sees(adviser, "est dans « Tremplin »");
  }
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM programmes.enrolments WHERE house_id = $1 AND person_id = $2",
    [house.houseId, leaves.id],
  );
  const enrolment = `/parcours/${rows[0]?.id ?? ""}`;
  await adviser.goto(enrolment);
  await adviser.getByText("Noter la sortie").first().click();
  await adviser.getByLabel("Motif", { exact: true }).selectOption({ label: "CDI" });
  await press(adviser, "Noter la sortie");
  await sees(adviser, "La sortie est notée");

  // The active list says that something waits, and leads to the list.
  await adviser.goto("/file-active");
  await adviser.getByRole("link", { name: /à compléter pour les financeurs|choses à compléter/ }).click();
  await adviser.getByRole("row", { name: /Situation à la sortie/ }).waitFor();
  assert.deepEqual(await seriousViolations(adviser), []);
  const before = Number(/(\d+) choses? à faire/.exec(await words(adviser))?.[1]);
  assert.ok(before > 1);
  await adviser
    .getByRole("row", { name: /Situation à la sortie/ })
    .getByRole("link")
    .click();
  // The reason of the exit told the job: two answers are left.
  assert.ok(await adviser.getByRole("radio", { name: "salariée" }).isChecked());
  await adviser.getByRole("group", { name: "En enseignement ou en formation" }).getByText("non").click();
  await adviser
    .getByRole("group", { name: /Qualification obtenue/ })
    .getByText("oui")
    .click();
  assert.deepEqual(await seriousViolations(adviser), []);
  await press(adviser, "Noter la situation");
  await sees(adviser, "c’est noté");
  assert.equal(Number(/(\d+) choses? à faire/.exec(await words(adviser))?.[1]), before - 1);

  await adviser.goto(`${enrolment}/financeur/questionnaire?retour=liste`);
  assert.deepEqual(await seriousViolations(adviser), []);
  for (const group of await adviser.locator("main fieldset").all())
    await group.getByText("ne souhaite pas répondre").click();
  await press(adviser, "Enregistrer les réponses");
  await sees(adviser, "c’est noté");

  await manager.goto("/conventions-de-financement");
  await manager
    .getByRole("row", { name: /Tremplin/ })
    .getByRole("link")
    .click();
  await manager.getByRole("heading", { name: "Indicateurs FSE 2014-2020" }).waitFor();
  const page = await words(manager);
  for (const part of [
    /Personnes dans le dispositif 4 3 75 %/,
    /CO01, Chômeurs, y compris de longue durée 6 3 50 %/,
    /CR03 Qualification obtenue à la sortie (\d+ )+1 1 0 0/,
    /Fichier des participants, 3 lignes/,
  ])
    assert.match(page, part);
  assert.deepEqual(await seriousViolations(manager), []);
  const row = manager.getByRole("row", { name: /^CO01 Chômeurs/ });
  await row.getByRole("link", { name: "3" }).click();
  await sees(manager, new RegExp(stays.family_name, "i"));
  await manager.goBack();
  const [download] = await Promise.all([
    manager.waitForEvent("download"),
    manager.locator('a[href$="/participants.csv"]').click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  assert.equal(lines.length, 1 + 3);
  const [header = "", ...records] = lines.map((line) => line.split(";"));
  assert.ok(Array.isArray(header) && !header.includes("nom"));
  const at = header.indexOf("CR03");
  assert.deepEqual(records.map((record) => record[at]).sort(), ["", "", "oui"]);
  await manager.setViewportSize({ width: 360, height: 800 });
  await manager.reload();
  assert.equal(await manager.evaluate(() => document.documentElement.scrollWidth), 360);
});
