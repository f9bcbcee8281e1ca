// An adviser and a person write a plan together: line after line, a proof joined, a document to sign; what was typed and not sent comes back,
// what was sent does not. Then a workshop, where the tablet goes round.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readPdf } from "../src/core/testing/read-pdf.ts";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

test("a plan is written line after line, its document and its proof come back whole, and a workshop is signed for", async (t) => {
  const house = await openHouse(t, { people: 60 });
  const browser = await openBrowser(t);
  const manager = await signedIn(browser, house.origin, await house.account("direction"));
  await manager.goto("/dispositifs/nouveau");
  await manager.getByLabel("Intitulé").fill("Passerelle");
  await manager.getByLabel("Code").fill("passerelle");
  await manager.getByLabel("Résultats").fill("CDI : emploi, durable, droit commun, positif");
  await manager.getByRole("button", { name: "Créer le dispositif", exact: true }).click();
  await manager.getByText("Le dispositif est créé.").waitFor();
  const { rows } = await house.owner.query<{ id: string }>(
    "SELECT id FROM people.persons WHERE house_id = $1 LIMIT 1",
    [house.houseId],
  );
  const page = await signedIn(browser, house.origin, await house.account("adviser"));
  await page.goto(`/parcours/nouveau?personne=${rows[0]?.id}&dispositif=passerelle`);
  await page.getByRole("button", { name: "Faire entrer", exact: true }).click();
  await page.getByRole("link", { name: "Plan d’action", exact: true }).click();
  const what = page.locator("#nouvelle-quoi");
  for (const line of ["Refaire le CV", "Demander une place en crèche", "Visiter un plateau technique"]) {
    await what.fill(line);
    await page.getByRole("button", { name: "Ajouter", exact: true }).click();
    await page.getByRole("rowheader", { name: line }).waitFor();
    assert.equal(await what.inputValue(), "", "what was sent does not come back");
  }
  await what.fill("Appeler l’AF");
  await page.reload();
  await page.getByText("Votre saisie est revenue").waitFor();
  assert.equal(await what.inputValue(), "Appeler l’AF");
  await page
    .getByRole("button", { name: /^C’est fait/ })
    .first()
    .click();
  await page.getByText(/^fait le 31\/12\/2020/).waitFor();
  assert.deepEqual(await seriousViolations(page), []);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Le plan à signer (PDF)" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  assert.match((await readPdf(bytes)).text, /Visiter un plateau technique/);

  await page.getByRole("link", { name: "Passerelle", exact: true }).click();
  await page.getByRole("link", { name: "un contrat" }).click();
  await page.getByLabel("Employeur").fill("Atelier du Parc");
  await page.getByLabel("Contrat", { exact: true }).selectOption({ label: "CDD" });
  await page.getByRole("button", { name: "Enregistrer", exact: true }).click();
  await page
    .getByLabel("Ajouter une pièce")
    .setInputFiles({ name: "contrat.pdf", mimeType: "application/pdf", buffer: bytes });
  await page.getByRole("button", { name: "Ajouter cette pièce" }).click();
  const back = page.waitForEvent("download");
  await page.getByRole("link", { name: "contrat.pdf" }).click();
  const again: Buffer[] = [];
  for await (const chunk of await (await back).createReadStream()) again.push(chunk as Buffer);
  assert.deepEqual(Buffer.concat(again), bytes);
  assert.deepEqual(await seriousViolations(page), []);

  // A workshop of the same day: the tablet goes round.
  await page.goto("/seances/nouvelle");
  await page.getByLabel("Dispositif").selectOption({ label: "Passerelle" });
  await page.getByLabel("Type").fill("atelier");
  await page.getByLabel("Intitulé").fill("Atelier CV");
  await page.getByLabel("Jour", { exact: true }).fill("31/12/2020");
  await page.getByRole("button", { name: "Programmer", exact: true }).click();
  const code = (
    await house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [rows[0]?.id])
  ).rows[0]?.code;
  await page
    .getByLabel("Personnes")
    .first()
    .fill(code ?? "");
  await page.getByRole("button", { name: "Inscrire", exact: true }).click();
  await page.getByRole("link", { name: "Feuille d’émargement" }).click();
  await page.getByRole("link", { name: "Faire signer sur cette tablette" }).click();
  assert.equal(await page.getByRole("navigation").count(), 0, "no menu in other hands");
  await page.locator(".names a").first().click();
  const cadre = page.getByRole("img", { name: "Cadre de signature" });
  const place = await cadre.boundingBox();
  assert.ok(place);
  await page.mouse.move(place.x + 40, place.y + 40);
  await page.mouse.down();
  for (let at = 1; at <= 12; at += 1) await page.mouse.move(place.x + 40 + at * 20, place.y + 40 + (at % 3) * 20);
  await page.mouse.up();
  assert.deepEqual(await seriousViolations(page), []);
  await page.getByRole("button", { name: "Je signe" }).click();
  await page.getByText("Tout le monde a signé.").waitFor();
  await page.getByRole("link", { name: /Rendre la tablette/ }).click();
  await page.getByRole("img", { name: /^Signé le 31\/12\/2020/ }).waitFor();
});
