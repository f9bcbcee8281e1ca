// Filters kept under a name: whose they are, who else finds them, and that they show nobody more than their own rights do.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { makeVisitor, type Visitor } from "../../core/testing/visitor.ts";
import { makeApplication } from "../application.ts";
import { rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const other = await house.anotherHouse("ailleurs");
  const { gerland, mermoz } = house.sites;
  for (const [who, role, wish] of [
    ["ana", "adviser", { site: gerland }],
    ["bo", "adviser", { site: gerland }],
    ["cleo", "adviser", { site: mermoz }],
    ["desk", "reception", { site: gerland }],
    ["direction", "direction", {}],
    ["board", "board", {}],
    ["elsewhere", "adviser", { house: other.houseId }],
  ] as const)
    visitors.set(who, makeVisitor(server, publicUrl, (await house.signIn(role, wish)).cookie));
});

const save = (who: string, more: Record<string, string> = {}) =>
  as(who).post("/listes/filtres", {
    key: key(),
    liste: "parcours",
    requete: `?nom=Quillevéré&antenne=${house.sites.gerland}&etat=sortis&tri=-entree`,
    nom: "Sortis de Gerland",
    partage: "moi",
    ...more,
  });
const sees = async (who: string, name: string): Promise<boolean> => {
  const got = await as(who).get("/parcours");
  assert.equal(got.status, 200, who);
  return plain(got.text).includes(`>${name}</a>`);
};

test("a filter is kept under a name with its order, without the name that was typed, and leads back to the list", async () => {
  const page = plain((await as("ana").get(`/parcours?antenne=${house.sites.gerland}`)).text);
  assert.match(page, /Enregistrer ce filtre/);
  const form = await as("ana").get(
    `/listes/filtres/nouveau?liste=parcours&requete=${encodeURIComponent("?etat=sortis")}`,
  );
  assert.match(form.text, /name="requete" value="\?etat=sortis"/);
  const id = key();
  for (let turn = 0; turn < 2; turn += 1) assert.equal((await save("ana", { key: id })).status, 303);
  const { rows } = await house.owner.query("SELECT query, team_role FROM core.saved_filters WHERE id = $1", [id]);
  assert.deepEqual(rows, [{ query: `?antenne=${house.sites.gerland}&etat=sortis&tri=-entree`, team_role: null }]);
  assert.equal((await as("ana").get(`/parcours${rows[0]?.query}`)).status, 200);
  assert.deepEqual(await Promise.all(["ana", "bo", "direction"].map((who) => sees(who, "Sortis de Gerland"))), [
    true,
    false,
    false,
  ]);
});

test("shared, it is found by who holds the same role at the same place, and by nobody else", async () => {
  const { gerland, mermoz } = house.sites;
  assert.equal((await save("ana", { nom: "Nôtre", partage: `adviser@${gerland}` })).status, 303);
  assert.equal((await save("direction", { nom: "De la direction", partage: "direction@" })).status, 303);
  for (const [who, ours, theirs] of [
    ["ana", true, false],
    ["bo", true, false],
    ["cleo", false, false],
    ["direction", false, true],
    ["elsewhere", false, false],
  ] as const)
    assert.deepEqual([await sees(who, "Nôtre"), await sees(who, "De la direction")], [ours, theirs], who);
  // Only with a team of one's own.
  for (const partage of [`adviser@${mermoz}`, "direction@", "adviser@", "x"])
    assert.equal((await save("ana", { nom: "Autre", partage })).status, 422, partage);
});

test("what cannot be kept comes back with a sentence and what was typed", async () => {
  const taken = await save("ana");
  assert.equal(taken.status, 422);
  assert.match(plain(taken.text), /déjà un filtre de ce nom/);
  assert.match(taken.text, /value="Sortis de Gerland"/);
  for (const [form, status] of [
    [{ nom: "" }, 422],
    [{ nom: "x".repeat(81) }, 422],
    [{ nom: "Perdu", requete: `?antenne=${key()}` }, 422],
    [{ nom: "Perdu", requete: "?".padEnd(4001, "x") }, 422],
    [{ nom: "Perdu", liste: "inconnue" }, 404],
    [{ nom: "Perdu", liste: "visites", requete: "?tri=quand" }, 303],
  ] as const)
    assert.equal((await save("ana", form)).status, status, JSON.stringify(form));
  assert.equal((await save("desk", { nom: "Perdu" })).status, 404, "a list that the role does not open");
  assert.equal((await save("board", { nom: "Perdu" })).status, 403);
});

test("its owner renames it, shares it, takes it away; a colleague who finds it does not", async () => {
  const id = key();
  await save("ana", { key: id, nom: "Premier", partage: `adviser@${house.sites.gerland}` });
  const change = (who: string, form: Record<string, string>) =>
    as(who).post(`/listes/filtres/${id}`, { version: "1", partage: "moi", ...form });
  for (const who of ["bo", "direction", "elsewhere"]) {
    assert.equal((await change(who, { nom: "Pris" })).status, 404, who);
    assert.equal((await as(who).post(`/listes/filtres/${id}/retrait`)).status, 404, who);
  }
  assert.equal((await change("ana", { nom: "Nôtre" })).status, 422, "a name that is taken");
  assert.equal((await change("ana", { nom: "Second" })).status, 303);
  assert.equal((await change("ana", { nom: "Troisième" })).status, 409, "changed meanwhile");
  assert.deepEqual(
    [await sees("ana", "Second"), await sees("bo", "Second"), await sees("bo", "Premier")],
    [true, false, false],
  );
  assert.match(plain((await as("ana").get("/listes/filtres")).text), /Retirer « Second »/);
  // Two that are given one name at once: one has it.
  const twins = [key(), key()];
  for (const twin of twins) await save("ana", { key: twin, nom: `Jumeau ${twin}` });
  const renamed = await Promise.all(
    twins.map((twin) => as("ana").post(`/listes/filtres/${twin}`, { version: "1", partage: "moi", nom: "Unique" })),
  );
  assert.deepEqual(renamed.map((got) => got.status).sort(), [303, 422]);
  const gone = await as("ana").post(`/listes/filtres/${id}/retrait`);
  assert.equal(gone.status, 303);
  assert.match(gone.location, /^\/parcours\?antenne=/, "it leads to what it showed: saved again, it is back");
  assert.equal(await sees("ana", "Second"), false);
  assert.equal((await as("ana").post(`/listes/filtres/${id}/retrait`)).status, 404);
});
