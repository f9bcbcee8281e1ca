// A programme that nobody foresaw, from its creation to its chapter: a manager writes it, an adviser enrols who fits and reads why another
// does not, a session is held with a waiting list, an outcome is noted, and the chapter counts all of it. No line of code is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const press = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

test("a manager's new programme goes from its rules to its chapter", async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  // Two of the house's people, by what the file says of them: one fits, one is too young; a third one waits for a place.
  const { rows } = await house.owner.query<{ id: string; code: string; family_name: string; years: number }>(
    `SELECT p.id, p.code, p.family_name, date_part('year', age('2020-12-31'::date, p.birth_date))::int AS years FROM people.persons p
       JOIN people.situations s ON s.house_id = p.house_id AND s.person_id = p.id AND s.kind = 'status' AND s.value = 'job_seeker'
      WHERE p.house_id = $1 AND p.birth_date IS NOT NULL ORDER BY p.birth_date`,
    [house.houseId],
  );
  const fits = rows.at(0);
  const waits = rows.at(1);
  const young = rows.at(-1);
  assert.ok(fits && waits && young && waits.years >= 40 && young.years < 40);

  const manager = await signedIn(browser, house.origin, await house.account("site-manager"));
  await manager.goto("/dispositifs/nouveau");
  await manager.getByLabel("Intitulé").fill("Passerelle numérique");
  await manager.getByLabel("Code").fill("passerelle");
  await manager.getByLabel("Conditions").fill("âge : 40 ans ou plus\nsituation : demandeur d’emploi");
  await manager.getByLabel("Étapes").fill("Accueil\nAteliers\nBilan");
  await manager
    .getByLabel("Résultats")
    .fill(
      "CDI : emploi, durable, droit commun, positif\nFormation : formation, qualifiante, positif\nAbandon : abandon, à la sortie",
    );
  await manager.getByLabel("Objectifs").fill("2020 : 2 personnes");
  await press(manager, "Créer le dispositif");
  await sees(manager, "Le dispositif est créé.");
  await sees(manager, "âge : 40 ans ou plus");
  assert.deepEqual(await seriousViolations(manager), []);

  const adviser = await signedIn(browser, house.origin, await house.account("adviser"));
  await adviser.goto(`/personnes/${young.id}`);
  await adviser.getByRole("link", { name: "Faire entrer dans un dispositif" }).click();
  await adviser.getByRole("link", { name: "Passerelle numérique" }).click();
  await sees(adviser, `${young.years} ans ce jour-là`.replace(" ans", "\u00a0ans"));
  await sees(adviser, "Une condition n’est pas remplie");
  assert.deepEqual(await seriousViolations(adviser), []);
  await press(adviser, "Faire entrer");
  await sees(adviser, "Cette personne ne remplit pas toutes les conditions");
  for (const one of [fits, waits]) {
    await adviser.goto(`/parcours/nouveau?personne=${one.id}&dispositif=passerelle`);
    await press(adviser, "Faire entrer");
    await sees(adviser, "est dans « Passerelle numérique »");
  }
  const enrolment = async (person: string): Promise<string> =>
    `/parcours/${(await house.owner.query<{ id: string }>("SELECT id FROM programmes.enrolments WHERE house_id = $1 AND person_id = $2", [house.houseId, person])).rows[0]?.id ?? ""}`;

  // One place: the second one waits.
  await adviser.goto("/seances/nouvelle");
  await adviser.getByLabel("Dispositif").selectOption({ label: "Passerelle numérique" });
  await adviser.getByLabel("Type").fill("atelier");
  await adviser.getByLabel("Intitulé").fill("Premier atelier");
  await adviser.getByLabel("Jour", { exact: true }).fill("31/12/2020");
  await adviser.getByLabel("Durée en minutes").fill("180");
  await adviser.getByLabel("Places").fill("1");
  await press(adviser, "Programmer");
  await sees(adviser, "Premier atelier");
  for (const one of [fits, waits]) {
    await adviser.getByLabel("Personnes").first().fill(one.code);
    await press(adviser, "Inscrire");
    await sees(adviser, one.family_name);
  }
  await sees(adviser, "en attente");
  await adviser.getByRole("link", { name: "Noter les présences" }).click();
  await press(adviser, "Enregistrer les présences");
  await sees(adviser, "a eu lieu");

  await adviser.goto(await enrolment(fits.id));
  await adviser
    .getByRole("button", { name: /Franchie aujourd’hui/ })
    .first()
    .click();
  await sees(adviser, "franchie le 31/12/2020");
  await adviser.getByText("Noter un résultat obtenu pendant le parcours").click();
  await adviser.getByLabel("Résultat", { exact: true }).selectOption({ label: "Formation" });
  await press(adviser, "Noter le résultat");
  await sees(adviser, "« Formation » est noté.");
  await adviser.getByText("Noter la sortie").first().click();
  await adviser.getByLabel("Motif", { exact: true }).selectOption({ label: "CDI" });
  await press(adviser, "Noter la sortie");
  await sees(adviser, "La sortie est notée");
  assert.deepEqual(await seriousViolations(adviser), []);

  await manager.goto("/rapport/2020");
  await manager.getByRole("link", { name: "Passerelle numérique" }).click();
  // As it is laid out: a cell does not run into the next.
  const [laid = ""] = await manager.locator("article").allInnerTexts();
  const chapter = laid.replace(/[\u00a0\u202f]/g, " ").replace(/\s+/g, " ");
  for (const part of [
    /2 Personnes dans le dispositif/,
    /1 Sorties/,
    /1 Sorties positives/,
    /100 %.*sur 1 sorties/,
    /Formation 1/,
    /1 Séances|1 Sessions/,
    /Personnes dans le dispositif 2 2 100 %/,
  ])
    assert.match(chapter, part);
  assert.deepEqual(await seriousViolations(manager), []);
  // The figure opens on who it counts.
  await manager.getByRole("link", { name: /^2 Personnes dans le dispositif/ }).click();
  await sees(manager, fits.family_name);
  await sees(manager, waits.family_name);
  await manager.setViewportSize({ width: 360, height: 800 });
  await manager.goto("/rapport/2020/passerelle");
  assert.equal(await manager.evaluate(() => document.documentElement.scrollWidth), 360);
});
