// An edition from its opening to its freeze: written by the records and by several people, none of whom erases another; what is frozen stays,
// and what records become is told beside it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import pg from "pg";
import type { Role } from "../../core/rights.ts";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { readPdf } from "../../core/testing/read-pdf.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../core/testing/visitor.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let server: Server;
let as: (role: Role) => Promise<Visitor>;
let direction: Visitor;
const plain = (text: string): string =>
  text
    .replace(/<[^>]+>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replace(/[\u00a0\u202f]/g, " ");

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  as = async (role) => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  direction = await as("direction");
  // 30 women and 3 men at Gerland, 12 women and 20 men at Mermoz, a visit each in 2020; 20 women in 2019.
  const add = (sex: string, site: string, count: number, from: number, day: string) =>
    house.owner.query(
      `WITH made AS (INSERT INTO people.persons (house_id, id, code, sex, family_name, given_name, birth_date, created_on, created_at)
           SELECT $1, gen_random_uuid(), $2 || i, $2, 'Essai', 'Personne ' || i, date '1985-01-01' + i, '2020-01-01', now() FROM generate_series($4::int, $4 + $5 - 1) i RETURNING id, house_id)
         INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at)
           SELECT house_id, gen_random_uuid(), $3, $6::date + (row_number() OVER ())::int, id, 'in_person', now() FROM made`,
      [house.houseId, sex, site, from, count, day],
    );
  await add("F", house.sites.gerland, 30, 100, "2020-03-02");
  await add("M", house.sites.gerland, 3, 200, "2020-03-02");
  await add("F", house.sites.mermoz, 12, 300, "2020-03-02");
  await add("M", house.sites.mermoz, 20, 400, "2020-03-02");
  await add("F", house.sites.mermoz, 20, 500, "2019-03-02");
});

/** An edition with one chapter of its own. */
async function anEdition(periode = "2020"): Promise<{ id: string; chapter: string; address: string }> {
  const id = house.deps.ids.uuid();
  const made = await direction.post("/editions/nouvelle", { key: id, titre: "Rapport d’activité", periode });
  assert.equal(made.status, 303, made.text);
  const chapter = house.deps.ids.uuid();
  await direction.post(`/editions/${id}/chapitres`, { key: chapter, titre: "Annexes" });
  return { id, chapter, address: `/editions/${id}/chapitres/${chapter}` };
}

async function aBlock(
  edition: { id: string; address: string },
  sorte: string,
  form: Record<string, string>,
): Promise<string> {
  const block = house.deps.ids.uuid();
  assert.equal((await direction.post(`${edition.address}/blocs`, { key: block, sorte })).status, 303);
  const address = `/editions/${edition.id}/blocs/${block}`;
  const written = await direction.post(address, { version: "1", ...form });
  assert.equal(written.status, 303, plain(written.text));
  return address;
}

const chapterOf = async (edition: { id: string }, title: string): Promise<string> => {
  const { text } = await direction.get(`/editions/${edition.id}`);
  return new RegExp(`href="([^"]+)">${title}<`).exec(text)?.[1] ?? "";
};

test("an edition opens with its chapters written from the records", async () => {
  const edition = await anEdition();
  const desks = await direction.get(await chapterOf(edition, "Antennes de proximité"));
  assert.match(plain(desks.text), /ont reçu 65 personnes pour 65 visites, dont 65 adultes, soit 100 % des personnes/);
  assert.match(plain(desks.text), /20 en 2019, \+225,0 %/, "last year stands beside");
  assert.equal(desks.text.match(/role="img"/g)?.length, 1);
  assert.equal(
    (await direction.post("/editions/nouvelle", { key: edition.id, titre: "Encore", periode: "2020" })).status,
    303,
  );
  assert.equal(
    (await direction.get("/editions")).text.match(/Rapport d’activité/g)?.length,
    1,
    "sent twice, opened once",
  );
  for (const [periode, sentence] of [
    ["l’an dernier", /n’est pas une période/],
    ["2020-13", /n’est pas une période/],
    ["31/12/2020 - 01/01/2020", /n’est pas une période/],
    ["permanent", /Donnez une période/],
  ] as const) {
    const got = await direction.post("/editions/nouvelle", { key: house.deps.ids.uuid(), titre: "Rapport", periode });
    assert.equal(got.status, 422, periode);
    assert.match(plain(got.text), sentence, periode);
    assert.match(got.text, new RegExp(`value="${periode}"`), "what was typed stays");
  }
});

test("a year without records is an edition all the same, and tells nothing", async () => {
  const edition = await anEdition("1998");
  for (const title of ["L’activité en chiffres", "Antennes de proximité", "Ressources"]) {
    const got = await direction.get(await chapterOf(edition, title));
    assert.equal(got.status, 200, title);
    assert.doesNotMatch(got.text, /NaN|undefined|Infinity/);
  }
  const block = await aBlock(edition, "figures", {
    lignes: "antennes.visites\nantennes.part_adultes\nantennes.visites_par_personne",
  });
  const shown = plain((await direction.get(edition.address)).text);
  assert.match(shown, /sans objet/, "a share of nobody is no share");
  assert.equal((await direction.post(`${block.replace(/blocs.*/, "")}gel`, { version: "1" })).status, 303);
});

test("figures stand in a text with their words, checked; what is wrong is said beside it", async () => {
  const edition = await anEdition();
  await aBlock(edition, "text", {
    texte: [
      "Nous avons reçu {{antennes.personnes|unite}}, {{environ 65|antennes.visites}} visites, {{antennes.personnes|sexe=femmes}} femmes, {{antennes.visites|annee=2019}} visites l’an passé.",
      "{{plus de 100|antennes.visites}} et {{antennes.visite}} et {{antennes.visites|sexe=Z}} et {{antennes.visites|pays=FR}} et {{antennes.visites|annee=20}}.",
      "<script>alert(1)</script> [ici](javascript:alert(2))",
    ].join("\n\n"),
  });
  const got = await direction.get(edition.address);
  const shown = plain(got.text);
  assert.match(shown, /65 personnes, environ 65 visites, 42 femmes, 20 visites l’an passé/);
  assert.match(shown, /« plus de 100 » ne se dit pas de 65/);
  assert.match(shown, /« antennes.visite » n’est le code d’aucun chiffre/);
  assert.match(shown, /« Z » n’est pas une valeur/);
  assert.match(shown, /ne se répartit pas par « pays »/);
  assert.match(shown, /« annee=20 » n’est pas une année/);
  assert.ok(got.text.includes("&lt;script>alert(1)"), "markup is shown, not run");
  assert.doesNotMatch(got.text, /<script>alert|href="javascript/);
  assert.match(got.text, /href="\/chiffres\/antennes\.personnes\?de=2020-01-01&amp;a=2020-12-31&amp;sexe=F"/);
});

test("a figure is sought and put in without scripts, and nothing typed is lost on the way", async () => {
  const edition = await anEdition();
  const address = await aBlock(edition, "text", { texte: "Début" });
  const sought = await direction.post(address, {
    version: "2",
    action: "chercher",
    cherche: "visites par personne",
    texte: "Début changé",
  });
  assert.equal(sought.status, 200);
  assert.match(sought.text, />Début changé<\/textarea>/);
  assert.match(sought.text, /value="inserer:antennes.visites_par_personne"/);
  const put = await direction.post(address, {
    version: "2",
    action: "inserer:antennes.visites_par_personne",
    texte: "Début changé",
  });
  assert.match(put.text, />Début changé \{\{antennes\.visites_par_personne\}\}<\/textarea>/);
  assert.match(
    plain((await direction.get(`/editions/${edition.id}/chiffres?q=rien-de-tel`)).text),
    /Aucun chiffre ne répond/,
  );
});

test("two people who write one block never erase each other, and any version comes back", async () => {
  const edition = await anEdition();
  const address = await aBlock(edition, "text", { texte: "Le texte de départ" });
  const [one, other] = [await as("adviser"), await as("site-manager")];
  const version = fieldOf((await one.get(address)).text, "version");
  assert.equal((await one.post(address, { version, texte: "Le texte de la première" })).status, 303);
  const late = await other.post(address, { version, texte: "Le texte du second" });
  assert.equal(late.status, 409);
  assert.match(late.text, /<pre>Le texte de la première<\/pre>/, "what the other wrote is shown");
  assert.match(late.text, />Le texte du second<\/textarea>/, "and so is one’s own");
  assert.equal(
    (await other.post(address, { version: fieldOf(late.text, "version"), texte: "Le texte des deux" })).status,
    303,
  );
  const versions = await one.get(`${address}/versions`);
  for (const text of ["Le texte de départ", "Le texte de la première", "Le texte des deux"])
    assert.match(versions.text, new RegExp(text));
  assert.match(versions.text, /Camille adviser/);
  const back = await one.post(`${address}/versions`, { version: fieldOf(versions.text, "version"), reprise: "3" });
  assert.equal(back.status, 303);
  assert.match((await one.get(address)).text, />Le texte de la première<\/textarea>/);
  assert.match((await one.get(`${address}/versions`)).text, /reprise de la version 3/);
  // All at once: one is kept, nobody else's is lost without being told.
  const now = fieldOf((await one.get(address)).text, "version");
  const sent = await Promise.all(
    [1, 2, 3, 4].map((at) => (at % 2 ? one : other).post(address, { version: now, texte: `Essai ${at}` })),
  );
  assert.deepEqual(sent.map(({ status }) => status).sort(), [303, 409, 409, 409]);
});

test("blocks are moved, hidden, doubled, kept for the next edition, taken away and put back", async () => {
  house.clock.set("2020-12-01T09:15:00+01:00");
  const edition = await anEdition();
  const addresses = [];
  for (const texte of ["premier bloc", "deuxième bloc", "troisième bloc"])
    addresses.push(await aBlock(edition, "text", { texte }));
  const [, second = "", third = ""] = addresses;
  const arrange = (address: string, geste: string) =>
    direction.post(`${address}/rangement`, { key: house.deps.ids.uuid(), geste });
  const order = async () =>
    [...(await direction.get(edition.address)).text.matchAll(/<p>(premier|deuxième|troisième) bloc<\/p>/g)].map(
      (found) => found[1],
    );
  await arrange(third, "monter");
  assert.deepEqual(await order(), ["premier", "troisième", "deuxième"]);
  await arrange(third, "masquer");
  assert.deepEqual(await order(), ["premier", "deuxième"]);
  await arrange(third, "montrer");
  await arrange(second, "dupliquer");
  assert.deepEqual(await order(), ["premier", "troisième", "deuxième", "deuxième"]);
  await arrange(second, "retirer");
  assert.deepEqual(await order(), ["premier", "troisième", "deuxième"]);
  await arrange(second, "remettre");
  assert.equal((await order()).length, 4);
  await arrange(third, "garder");
  const next = await anEdition("2022");
  const kept = await direction.get(await chapterOf(next, "Annexes"));
  assert.match(kept.text, /<p>troisième bloc<\/p>/);
  assert.doesNotMatch(kept.text, /<p>premier bloc<\/p>/);
});

test("an edition frozen by two at once is frozen once; a record corrected later is told, and changes nothing", async () => {
  const edition = await anEdition();
  const address = await aBlock(edition, "text", { texte: "Nous avons reçu {{antennes.visites|unite}}." });
  const both = await Promise.all([1, 2].map(() => direction.post(`/editions/${edition.id}/gel`, { version: "1" })));
  assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409]);
  assert.match(both.find(({ status }) => status === 409)?.text ?? "", /Quelqu’un en a décidé entre-temps/);
  const { rows } = await house.owner.query(
    "SELECT value, label, definition, fingerprint, from_day FROM report.frozen_figures WHERE edition_id = $1 AND code = 'antennes.visites' AND filters = '{}' AND from_day = '2020-01-01'",
    [edition.id],
  );
  assert.equal(rows.length, 1);
  assert.equal(Number(rows[0].value), 65);
  assert.match(rows[0].fingerprint, /^65\.[0-9a-f]+\.[0-9a-f]+$/);
  assert.match(rows[0].definition, /visites/i);
  assert.equal(
    (await direction.post(address, { version: "2", texte: "Trop tard" })).status,
    409,
    "nobody writes in it",
  );
  assert.match((await direction.get(`/editions/${edition.id}/depuis-le-gel`)).text, /Aucun chiffre n’a changé/);

  const { rows: visits } = await house.owner.query<{ id: string }>(
    "SELECT id FROM agenda.visits WHERE site_id = $1 AND occurred_on >= '2020-01-01' LIMIT 1",
    [house.sites.mermoz],
  );
  const withdrawn = await direction.post(`/visites/${visits[0]?.id}/retrait`, {
    raison: "notée par erreur",
    version: "1",
  });
  assert.equal(withdrawn.status, 303, plain(withdrawn.text));
  const shown = plain((await direction.get(edition.address)).text);
  assert.match(shown, /Nous avons reçu 65 visites \(depuis le gel : 65 → 64\)/);
  const compared = plain((await direction.get(`/editions/${edition.id}/depuis-le-gel`)).text);
  assert.match(compared, /depuis le gel : 65 → 64/);

  assert.equal((await direction.post(`/editions/${edition.id}/reouverture`, { version: "2", raison: "" })).status, 422);
  assert.equal(
    (await direction.post(`/editions/${edition.id}/reouverture`, { version: "2", raison: "une visite retirée" }))
      .status,
    303,
  );
  assert.match(plain((await direction.get(edition.address)).text), /Nous avons reçu 64 visites\./);
  assert.match((await direction.get(`/editions/${edition.id}`)).text, /une visite retirée/);
  assert.equal((await direction.post(`/editions/${edition.id}/gel`, { version: "3" })).status, 303);
  const { rows: freezes } = await house.owner.query(
    "SELECT number FROM report.edition_freezes WHERE edition_id = $1 ORDER BY 1",
    [edition.id],
  );
  assert.deepEqual(
    freezes.map(({ number }) => number),
    [1, 2],
    "what was frozen first is kept",
  );
});

test("the same number over other rows is told too", async () => {
  const edition = await anEdition();
  await aBlock(edition, "text", { texte: "{{antennes.visites|antenne=gerland}}" });
  await direction.post(`/editions/${edition.id}/gel`, { version: "1" });
  const { rows } = await house.owner.query(
    `WITH gone AS (UPDATE agenda.visits SET occurred_on = '2018-03-03' WHERE id = (SELECT id FROM agenda.visits WHERE site_id = $1 AND occurred_on >= '2020-01-01' LIMIT 1) RETURNING person_id, house_id)
     INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at)
     SELECT house_id, gen_random_uuid(), $1, '2020-05-05', person_id, 'in_person', now() FROM gone RETURNING id`,
    [house.sites.gerland],
  );
  assert.equal(rows.length, 1);
  assert.match(
    plain((await direction.get(edition.address)).text),
    /33 \(depuis le gel : le même nombre, d’autres fiches\)/,
  );
});

test("who is outside the team reads it once it is frozen, with small numbers masked", async () => {
  const edition = await anEdition();
  const board = await as("board");
  assert.equal((await board.get(edition.address)).status, 404, "a draft is for those who write it");
  await aBlock(edition, "table", {
    titre: "Par antenne",
    lignes: "antennes.personnes",
    par: "antenne",
    croise: "sexe",
  });
  await direction.post(`/editions/${edition.id}/gel`, { version: "1" });
  assert.match(plain((await direction.get(edition.address)).text), /Antenne Gerland30333/);
  const got = await board.get(edition.address);
  assert.equal(got.status, 200);
  assert.match(plain(got.text), /Antenne Gerlandmasquémasqué33/);
});

test("what was looked up in the explorer goes into a chapter, and says the edition’s days", async () => {
  const edition = await anEdition();
  const asked = "chiffre=antennes.personnes&lignes=antenne&colonnes=sexe&de=2020-01-01&a=2020-12-31";
  assert.match((await direction.get(`/explorateur?${asked}`)).text, /Mettre dans le rapport/);
  const chapter = edition.address.split("/").at(-1) ?? "";
  const put = (chapitre: string, more = "") =>
    direction.post(`/editions/depuis-explorateur?${asked}${more}`, {
      key: house.deps.ids.uuid(),
      chapitre,
      titre: "Qui vient où",
    });
  assert.equal((await put("")).status, 422);
  assert.equal((await put(chapter)).status, 303);
  const shown = plain((await direction.get(edition.address)).text);
  assert.match(shown, /Qui vient où/);
  assert.match(shown, /Antenne Mermoz\/Bachut/);
  const { rows } = await house.owner.query<{ content: { figures: string } }>(
    "SELECT content FROM report.edition_blocks WHERE chapter_id = $1",
    [chapter],
  );
  assert.equal(rows[0]?.content.figures, "antennes.personnes", "no days of its own: those of the edition");
  await direction.post(`/editions/${edition.id}/gel`, { version: "1" });
  assert.equal((await put(chapter)).status, 409);
});

test("a declared figure bears its mark, and its correction is told after the freeze", async () => {
  const edition = await anEdition();
  const figure = house.deps.ids.uuid();
  const declared = {
    code: "velo.km",
    nature: "declared",
    libelle: "Kilomètres à vélo",
    valeur: "65",
    unite: "km",
    periode: "2020",
    par: "Équipe",
    preuve: "Compteur",
    dit: "01/12/2020",
  };
  assert.equal((await direction.post("/rapport/declares/nouveau", { key: figure, ...declared })).status, 303);
  await aBlock(edition, "figures", { lignes: "velo.km" });
  await aBlock(edition, "text", { texte: "Nous avons roulé {{velo.km|unite}}." });
  assert.match(
    plain((await direction.get(edition.address)).text),
    /65Kilomètres à vélo, km|65 Kilomètres à vélo, kmdéclaré|65.*déclaré/,
  );
  assert.match(plain((await direction.get(edition.address)).text), /Nous avons roulé 65 km \(déclaré\)/);
  const pdf = await server.request(`/editions/${edition.id}/rapport.pdf`, { headers: { cookie: direction.cookie } });
  assert.match(plain((await readPdf(new Uint8Array(await pdf.arrayBuffer()))).text), /65 km \(déclaré\)/);
  await direction.post(`/editions/${edition.id}/gel`, { version: "1" });
  await direction.post(`/rapport/declares/${figure}`, { ...declared, valeur: "66", version: "1", raison: "relu" });
  const shown = plain((await direction.get(edition.address)).text);
  assert.match(shown, /Nous avons roulé 65 km \(déclaré\) \(depuis le gel : 65 → 66\)/);
  await direction.post(`/rapport/declares/${figure}/retrait`, { version: "2", raison: "compté deux fois" });
  assert.match(plain((await direction.get(edition.address)).text), /depuis le gel : 65 → retiré/);
});

test("the numbers of a freeze are of one moment, though visits are noted all the while", async () => {
  const edition = await anEdition();
  await aBlock(edition, "table", { titre: "", lignes: "antennes.visites\nantennes.personnes", par: "antenne" });
  const writer = new pg.Client(house.ownerFacts);
  await writer.connect();
  let [writing, noted] = [true, 0];
  const write = async (): Promise<void> => {
    while (writing) {
      await writer.query(
        "INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at) SELECT $1, gen_random_uuid(), $2, '2020-05-05', id, 'phone', now() FROM people.persons WHERE house_id = $1 LIMIT 1",
        [house.houseId, noted % 2 ? house.sites.gerland : house.sites.mermoz],
      );
      noted += 1;
    }
  };
  const written = write();
  const frozen = await direction.post(`/editions/${edition.id}/gel`, { version: "1" }).finally(() => {
    writing = false;
  });
  await written;
  await writer.end();
  assert.equal(frozen.status, 303, plain(frozen.text));
  assert.ok(noted > 3, "records changed meanwhile");
  const { rows } = await house.owner.query<{ filters: Record<string, string>; value: string; fingerprint: string }>(
    "SELECT filters, value, fingerprint FROM report.frozen_figures WHERE edition_id = $1 AND code = 'antennes.visites' AND from_day = '2020-01-01'",
    [edition.id],
  );
  const valueAt = (by: Record<string, string>): number =>
    Number(rows.find(({ filters }) => JSON.stringify(filters) === JSON.stringify(by))?.value);
  assert.equal(valueAt({ antenne: "gerland" }) + valueAt({ antenne: "mermoz" }), valueAt({}), "parts and whole");
  for (const row of rows) assert.equal(Number(row.fingerprint.split(".")[0]), Number(row.value), "number and rows");
});
