// The pole's public page as somebody finds it on a telephone: written and opened by the team, read without scripts and in easy French, a text
// sent for the forum, read by the team, shown under the first name alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { openBrowser, seriousViolations, signedIn } from "./browser.ts";
import { openHouse } from "./open-house.ts";

test("the public page is opened by the team, and a passer-by writes for the forum on a telephone", async (t) => {
  const house = await openHouse(t, { people: 10 });
  const browser = await openBrowser(t);
  const team = await signedIn(browser, house.origin, await house.account("culture"));
  await team.goto("/culture/page-publique");
  await team.getByLabel("Présentation", { exact: true }).fill("Des sorties pour celles et ceux qui n’y vont jamais.");
  await team.getByLabel("Comment en profiter").fill("Demandez à la structure qui vous accompagne.");
  await team.getByLabel("Présentation en français facile").fill("Nous donnons des places.\n\nC’est gratuit.");
  await team.getByLabel("La page est ouverte à tous").check();
  await team.getByRole("button", { name: "Enregistrer" }).click();
  await team.getByText("ouverte à tous.").first().waitFor();
  const address = (await team.locator("main .heading a").getAttribute("href")) ?? "";

  const scriptless = await browser.newContext({ baseURL: house.origin, javaScriptEnabled: false });
  const plain = await scriptless.newPage();
  await plain.goto(address);
  assert.match((await plain.locator("main").allInnerTexts())[0] ?? "", /Des sorties pour celles et ceux/);
  assert.match((await plain.locator("meta[name=description]").getAttribute("content")) ?? "", /Des sorties/);
  assert.match((await plain.locator("link[rel=canonical]").getAttribute("href")) ?? "", /\/culture-pour-tous\//);

  const context = await browser.newContext({ baseURL: house.origin, viewport: { width: 360, height: 740 } });
  const phone = await context.newPage();
  const refused: string[] = [];
  phone.on("console", (line) => void (line.type() === "error" && refused.push(line.text())));
  const narrow = async (): Promise<void> => {
    assert.deepEqual(await seriousViolations(phone), []);
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${phone.url()} is ${width} px wide`);
  };
  const shot = async (name: string): Promise<void> => {
    if (process.env.SHOTS) await phone.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
  };
  await phone.goto(address);
  const facts = await phone.locator('script[type="application/ld+json"]').textContent();
  assert.equal(JSON.parse(facts ?? "{}")["@type"], "Organization");
  await narrow();
  await shot("public");
  await phone.getByRole("link", { name: "Cette page en français facile" }).click();
  await phone.getByText("C’est gratuit.").waitFor();
  await narrow();
  await shot("public-easy");
  await phone.goto(`${address}/tribune/ecrire`);
  await narrow();
  await phone.getByLabel("Titre").fill("Ma première pièce");
  await phone.getByLabel("Texte", { exact: true }).fill("J’ai ri.\n\nPuis j’ai pleuré.");
  await phone.getByLabel("avec mon prénom seulement").check();
  await phone.getByLabel("Prénom", { exact: false }).last().fill("Zoé");
  await phone.getByLabel("Je suis l’auteur", { exact: false }).check();
  await shot("public-write");
  await phone.getByRole("button", { name: "Envoyer" }).click();
  await phone.getByText("Merci").waitFor();

  await team.goto("/culture/tribune");
  await team.getByRole("link", { name: "Ma première pièce" }).click();
  await team.getByLabel("est publié", { exact: true }).check();
  await team.getByRole("button", { name: "Décider" }).click();
  await team.getByText("Le texte est publié.").waitFor();
  assert.deepEqual(await seriousViolations(team), []);
  if (process.env.SHOTS) await team.screenshot({ path: `${process.env.SHOTS}/tribune-team.png`, fullPage: true });

  await phone.goto(`${address}/tribune`);
  await phone.getByText("Puis j’ai pleuré.").waitFor();
  await phone.getByText("Zoé", { exact: true }).waitFor();
  await narrow();
  await shot("public-tribune");
  assert.deepEqual(refused, [], "the policy on scripts refuses nothing of the page");
});

test("a collective project is noted, changed, and stands on the list, at both widths", async (t) => {
  const house = await openHouse(t, { people: 10 });
  const browser = await openBrowser(t);
  const team = await signedIn(browser, house.origin, await house.account("culture"));
  await team.goto("/culture/projets");
  await team.getByRole("link", { name: "Noter un projet" }).click();
  await team.getByLabel("Titre").fill("Parcours des Pentes");
  await team.getByLabel("Genre").selectOption({ label: "parcours clés en main" });
  await team.getByLabel("mobilité").check();
  await team.getByLabel("Jour, ou premier jour").fill("12/12/2020");
  await team.getByLabel("réalisé").check();
  await team.getByLabel("Participants").fill("15");
  await team.getByRole("button", { name: "Noter le projet" }).click();
  await team.getByText("Le projet est noté.").waitFor();
  const sheet = team.url();
  for (const path of [
    sheet,
    "/culture/projets",
    "/culture/projets/objectifs",
    "/culture/actions",
    "/culture/metiers",
    "/culture/metiers/nouvelle",
  ])
    for (const width of [1280, 360]) {
      await team.setViewportSize({ width, height: 800 });
      await team.goto(path);
      assert.deepEqual(await seriousViolations(team), [], path);
      const wide = await team.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} is ${wide} px wide at ${width}`);
      const name = new URL(team.url()).pathname.replace(/\W+/g, "-").slice(0, 30);
      if (process.env.SHOTS)
        await team.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
    }
  await team.goto("/culture/projets");
  await team.getByText("1 projet, 15 participants à ceux qui ont eu lieu.").waitFor();
});
