// The pole's public page as somebody finds it on a telephone: written and opened by the team, read without scripts and in easy French, a text
// sent for the forum, read by the team, shown under the first name alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLink } from "../src/rooms/foundations/messages/door.ts";
import { makeDate } from "../src/rooms/trades/culture/testing.ts";
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

test("a photo sent by its author's link is seen upright, without what the telephone hid in it", async (t) => {
  const house = await openHouse(t, { people: 10 });
  const browser = await openBrowser(t);
  const team = await signedIn(browser, house.origin, await house.account("culture"));
  await team.goto("/culture/page-publique");
  await team.getByLabel("Présentation", { exact: true }).fill("Le pôle culture.");
  await team.getByLabel("Comment en profiter").fill("Demandez à la structure qui vous accompagne.");
  await team.getByLabel("La page est ouverte à tous").check();
  await team.getByRole("button", { name: "Enregistrer" }).click();
  const address = (await team.locator(".lead a").getAttribute("href")) ?? "";
  const context = await browser.newContext({
    baseURL: house.origin,
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
  });
  t.after(() => context.close());
  const phone = await context.newPage();
  await phone.goto(`${address}/tribune/ecrire`);
  await phone.getByLabel("un dessin ou une photo").check();
  await phone.getByLabel("Titre").fill("Mon quartier");
  await phone.getByLabel("sans mon nom").check();
  await phone.getByLabel("Je suis l’auteur", { exact: false }).check();
  await phone.getByRole("button", { name: "Envoyer" }).click();
  // A real photo of 60 by 40, as a telephone held upright leaves it: turned by its Exif, which tells the place too.
  const drawn = await team.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [60, 40];
    canvas.getContext("2d")?.fillRect(0, 0, 30, 40);
    return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
  });
  const photo = Buffer.from(drawn, "base64");
  const tiff = Buffer.concat([
    Buffer.from("4d4d002a00000008000101120003000000010006000000000000", "hex"),
    Buffer.from("GPS 45.7485N"),
  ]);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const sent = Buffer.concat([
    photo.subarray(0, 2),
    Buffer.from([0xff, 0xe1, 0, exif.length + 2]),
    exif,
    photo.subarray(2),
  ]);
  await phone.getByLabel("Une image").setInputFiles({ name: "photo.jpg", mimeType: "image/jpeg", buffer: sent });
  await phone.getByRole("button", { name: "Joindre l’image" }).click();
  await phone.getByLabel("Ce que montre l’image 1", { exact: false }).fill("Une tour à gauche");
  await phone.getByRole("button", { name: "Enregistrer la description" }).click();
  await phone.getByText("La description est enregistrée.").waitFor();

  await team.goto("/culture/tribune");
  await team.getByRole("link", { name: "Mon quartier" }).click();
  const image = team.getByRole("img", { name: "Une tour à gauche" });
  await image.scrollIntoViewIfNeeded();
  await team.waitForFunction(() => document.querySelector<HTMLImageElement>("img.picture")?.complete);
  const seen = await image.evaluate((one: HTMLImageElement) => [one.naturalWidth, one.naturalHeight]);
  assert.deepEqual(seen, [40, 60], "the browser draws it, turned as it was taken");
  assert.deepEqual(await seriousViolations(team), []);
  const { rows } = await house.owner.query<{ content: Buffer }>("SELECT content FROM culture.contribution_pictures");
  assert.ok(rows[0] && !rows[0].content.includes("GPS"));
  await team.getByLabel("est publié", { exact: true }).check();
  await team.getByRole("button", { name: "Décider" }).click();
  await phone.goto(`${address}/tribune`);
  await phone.getByText("Image : Une tour à gauche", { exact: false }).click();
  await phone.getByRole("img", { name: "Une tour à gauche" }).waitFor();
  assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 360);
});

test("the kit is written, read and left on a telephone; where the outings are is read there too", async (t) => {
  const house = await openHouse(t, { people: 10 });
  const browser = await openBrowser(t);
  const team = await signedIn(browser, house.origin, await house.account("culture"), {
    viewport: { width: 360, height: 740 },
  });
  const look = async (): Promise<void> => {
    assert.deepEqual(await seriousViolations(team), [], team.url());
    const width = await team.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${team.url()} is ${width} px wide`);
    if (process.env.SHOTS)
      await team.screenshot({ path: `${process.env.SHOTS}/kit-${Date.now()}.png`, fullPage: true });
  };
  const [centre, venue, role] = [house.deps.ids.uuid(), house.deps.ids.uuid(), house.deps.ids.uuid()];
  for (const [id, name] of [
    [centre, "Centre social Les Tilleuls"],
    [venue, "Théâtre des Marronniers"],
  ])
    await house.owner.query(
      "INSERT INTO partners.structures (house_id, id, name, commune_name, email, created_at, changed_at) VALUES ($1, $2, $3, 'Bron', 'contact@exemple.test', now(), now())",
      [house.houseId, id, name],
    );
  await house.owner.query(
    "WITH t AS (INSERT INTO partners.terms (house_id, id, kind, label) VALUES ($1, $2, 'role', 'Relais du kit')) INSERT INTO partners.roles (house_id, id, structure_id, term_id) VALUES ($1, gen_random_uuid(), $3, $2)",
    [house.houseId, role, centre],
  );
  await house.run("culture", (tx) => makeDate(tx, { venue, places: 5, day: "2021-01-20", title: "Le Cirque" }));
  await team.goto("/culture/page-publique");
  await team.getByLabel("Présentation", { exact: true }).fill("Le pôle culture.");
  await team.getByLabel("Comment en profiter").fill("Demandez à la structure qui vous accompagne.");
  await team.getByLabel("La page est ouverte à tous").check();
  await team.getByRole("button", { name: "Enregistrer" }).click();
  await team.goto("/culture/kit/nouveau");
  await look();
  await team.getByLabel("Titre").fill("Le kit de janvier");
  await team.getByLabel("Introduction").fill("Trois choses à faire chez soi.");
  await team.getByRole("button", { name: "Commencer" }).click();
  await team.getByText("Écrire un article").click();
  await team.getByLabel("Titre de l’article").fill("Écouter");
  await team.getByLabel("Texte de l’article").fill("Dix chansons.\n\nEt un silence.");
  await look();
  await team.getByRole("button", { name: "Ajouter l’article" }).click();
  await team.getByRole("button", { name: "Publier ce numéro" }).click();
  await team.getByText("Le numéro est publié.").waitFor();
  await look();
  const address = (await team.getByRole("link", { name: "la page publique" }).getAttribute("href")) ?? "";
  await team.getByRole("link", { name: "Envoyer ce numéro" }).click();
  await team.getByLabel("Relais du kit").check();
  await team.getByRole("button", { name: "Compter" }).click();
  await team.getByText("1 courriel partira").waitFor();
  await look();
  await team.getByRole("button", { name: "Envoyer ce courriel" }).click();
  await team.getByText("1 courriel part").waitFor();
  await look();
  await team.goto(address);
  await team.getByText("Et un silence.").waitFor();
  await look();

  // Its reader leaves, by the link that the letter bears.
  const { rows } = await house.owner.query<{ id: string }>("SELECT id FROM culture.kit_letters");
  const token = await house.run("culture", (tx) => makeLink(tx, { kind: "kit", record: rows[0]?.id ?? "", days: 30 }));
  await team.goto(`/kit/${token}`);
  await look();
  await team.getByRole("button", { name: "Me désabonner" }).click();
  await team.getByText("Nous ne vous enverrons plus").waitFor();
  await look();

  await team.goto("/culture/sorties/ou");
  await look();
  await team.getByRole("link", { name: "Bron" }).click();
  await team.getByText("Le Cirque").first().waitFor();
  await team.goto("/culture/volontaires?quand=tous");
  await look();
});
