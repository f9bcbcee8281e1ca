// A director looks a figure up their own way, keeps it for the team and takes it away; then has an old report's table read. The board sees
// the same explorer with small numbers masked, whole years only.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../src/core/root.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

const plain = (text: string | null): string => (text ?? "").replace(/[\u00a0\u202f]/g, " ");
const asked = "/explorateur?chiffre=antennes.visites&de=2020-01-01&a=2020-12-31&lignes=antenne&colonnes=sexe";

test("a figure is explored, kept, exported; a table of figures is read and what contradicts itself is told", async (t) => {
  const house = await openHouse(t);
  const browser = await openBrowser(t);
  const director = await signedIn(browser, house.origin, await house.account("direction"), { acceptDownloads: true });
  const { rows } = await house.owner.query<{ count: string }>(
    "SELECT count(*) FROM agenda.visits WHERE house_id = $1 AND occurred_on BETWEEN '2020-01-01' AND '2020-12-31'",
    [house.houseId],
  );
  const visits = Number(rows[0]?.count);

  await director.goto("/explorateur");
  await director.getByLabel("Chiffre", { exact: true }).selectOption("antennes.visites");
  await director.getByRole("button", { name: "Montrer" }).click();
  await director.getByLabel("En lignes").selectOption("antenne");
  await director.getByLabel("En colonnes").selectOption("sexe");
  await director.getByLabel("Graphique").selectOption("multiples");
  await director.getByRole("button", { name: "Montrer" }).click();
  assert.equal(Number(plain(await director.locator("#valeur").textContent()).replaceAll(" ", "")), visits);
  assert.equal(await director.locator("figure svg[role=img]").count(), 1);
  const totals = await director.locator("table tbody tr td:last-child").allInnerTexts();
  assert.equal(
    totals.reduce((sum, one) => sum + Number(plain(one).replaceAll(" ", "")), 0),
    visits,
  );
  assert.deepEqual(await seriousViolations(director), []);
  if (process.env.SHOTS) await director.screenshot({ path: join(process.env.SHOTS, "explorer.png"), fullPage: true });

  await director.getByRole("link", { name: "Enregistrer cette vue" }).click();
  await director.getByLabel("Nom du filtre").fill("Visites par antenne");
  await director.getByRole("button", { name: "Enregistrer" }).click();
  await director.getByRole("link", { name: "Visites par antenne" }).waitFor();
  const [file] = await Promise.all([
    director.waitForEvent("download"),
    director.getByRole("link", { name: "CSV" }).click(),
  ]);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\n");
  assert.equal(lines.length - 1, totals.length);
  // A number opens onto what it counts.
  const first = director.locator("table tbody tr").first().locator("td:last-child a");
  const number = plain(await first.textContent());
  await first.click();
  assert.equal(plain(await director.locator("#valeur").textContent()), number);

  for (const drawing of ["ligne", "barres"]) {
    await director.goto(`${asked.replace("lignes=antenne", "lignes=mois")}&dessin=${drawing}`);
    assert.equal(await director.locator("figure svg[role=img]").count(), 1);
    if (process.env.SHOTS)
      await director.screenshot({ path: join(process.env.SHOTS, `explorer-${drawing}.png`), fullPage: true });
  }
  await director.goto("/explorateur?chiffre=rien&de=31/02/2020&a=2020-12-31");
  await director.getByText("Ce chiffre n’existe pas").first().waitFor();

  const board = await signedIn(browser, house.origin, await house.account("board"));
  await board.goto("/explorateur?chiffre=antennes.visites&de=2020-03-01&a=2020-12-31&lignes=antenne");
  await board.getByText("Votre rôle voit les chiffres d’une année entière").waitFor();
  await board.goto("/explorateur?chiffre=antennes.visites&de=2020-01-01&a=2020-12-31&lignes=antenne");
  assert.ok((await board.locator("table tbody tr").count()) > 0);

  await director.goto("/rapport/controle");
  await director.getByLabel("Fichier CSV").setInputFiles(join(projectRoot, "demo/report-2020/figures.csv"));
  await director.getByRole("button", { name: "Contrôler ce tableau" }).click();
  await director.getByText("Les femmes et les hommes sont échangés").waitFor();
  assert.deepEqual(await seriousViolations(director), []);
  if (process.env.SHOTS) {
    await director.screenshot({ path: join(process.env.SHOTS, "audit.png"), fullPage: true });
    await director.setViewportSize({ width: 360, height: 740 });
    await director.screenshot({ path: join(process.env.SHOTS, "audit-360.png") });
    await director.goto(asked);
    await director.screenshot({ path: join(process.env.SHOTS, "explorer-360.png"), fullPage: true });
  }
});
