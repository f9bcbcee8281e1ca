// Drawings and photos of the forum: joined by who made them, by a link, or by the team; clean of what they do not show; put into words
// before they are published; hostile files told; gone, bytes and all, when they are taken back.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { makeServer } from "../../../../core/http/server.ts";
import type { Room } from "../../../../core/room.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Server, type Visitor } from "../../../../core/testing/visitor.ts";
import { pointFile } from "../../../../core/testing/walk/around-samples.ts";
import { cultureRoom } from "../room.ts";

const publicUrl = "http://localhost:4700";
const rooms: Room[] = [cultureRoom];
let house: TestHouse;
let server: Server;
let team: Visitor;
let passer: Visitor;
let home: string;
before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 8 });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  server = makeServer({ rooms, services, chrome: plainChrome });
  team = makeVisitor(server, publicUrl, (await house.signIn("culture")).cookie);
  passer = makeVisitor(server, publicUrl);
  const { rows } = await house.owner.query("SELECT code FROM house.houses WHERE house_id = $1", [house.houseId]);
  home = `/culture-pour-tous/${rows[0].code}`;
  const page = { version: "0", presentation: "Le pôle culture", venir: "Par une structure", ouverte: "1" };
  assert.equal((await team.post("/culture/page-publique", page)).status, 303);
});
const id = (): string => house.deps.ids.uuid();
const drawing = (key: string) => ({
  key,
  quoi: "picture",
  titre: "Mon quartier",
  texte: "",
  signature: "first",
  prenom: "Zoé",
  accord: "1",
});
const secret = "GPS 45.7485N Appareil de Camille";
/** A photo of the smallest kind, with what a telephone hides in it; `mark`: another drawing. */
function photo(mark = 1): Buffer<ArrayBuffer> {
  const segment = (marker: number, data: Buffer): Buffer =>
    Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.from(`Exif\0\0${secret}`)),
    segment(0xfe, Buffer.from(secret)),
    segment(0xc0, Buffer.from([8, 0, 20, 0, 30, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, mark, 0xff, 0xd9]),
  ]) as Buffer<ArrayBuffer>;
}
const join1 = (visitor: Visitor, path: string, text: string | Buffer<ArrayBuffer> = photo()) =>
  visitor.post(`${path}/images`, {}, { file: { field: "image", name: "photo.jpg", text } });
const picturesOf = async (contribution: string): Promise<{ id: string; content: Buffer; words: string }[]> =>
  (
    await house.owner.query(
      "SELECT id, content, words FROM culture.contribution_pictures WHERE contribution_id = $1 ORDER BY added_at, id",
      [contribution],
    )
  ).rows;
const bytesAt = async (path: string, cookie = ""): Promise<{ status: number; type: string; bytes: Buffer }> => {
  const answer = await server.request(path, { headers: cookie ? { cookie } : {} });
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "",
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
};

test("a drawing is sent by its author, put into words, read by the team, published, and gone when taken back", async () => {
  const key = id();
  const sent = await passer.post(`${home}/tribune/ecrire`, drawing(key));
  assert.equal(sent.status, 303, sent.text);
  const link = sent.location.replace(/\?.*/, "");
  assert.match(link, /^\/tribune\/[A-Za-z0-9_-]{20,}$/);
  assert.match((await passer.get(link)).text, /Joindre l’image/);
  const path = `/culture/tribune/${key}`;
  const bare = await team.post(path, { version: "1", decision: "publish" });
  assert.equal(bare.status, 422);
  assert.match(bare.text, /ni texte ni image/);

  for (const turn of [1, 2]) assert.equal((await join1(passer, link)).status, 303, `time ${turn}`);
  const [picture] = await picturesOf(key);
  assert.equal((await picturesOf(key)).length, 1, "the same picture twice is one");
  assert.ok(picture && !picture.content.includes("GPS") && !picture.content.includes("Camille"));
  assert.equal((await bytesAt(`${home}/tribune/images/${picture.id}`)).status, 404, "not before it is published");
  const version = fieldOf((await team.get(path)).text, "version");
  const wordless = await team.post(path, { version, decision: "publish" });
  assert.equal(wordless.status, 422);
  assert.match(wordless.text, /Décrivez d’abord chaque image/);
  const empty = await passer.post(`${link}/description`, { image: picture.id, mots: " " });
  assert.equal(empty.status, 422);
  const words = { image: picture.id, mots: "Une tour, un arbre, un banc" };
  assert.equal((await passer.post(`${link}/description`, words)).status, 303);
  assert.equal((await team.post(path, { version, decision: "publish" })).status, 303);

  const shown = await passer.get(`${home}/tribune`);
  assert.match(shown.text, /Zoé/);
  assert.match(shown.text, /alt="Une tour, un arbre, un banc"/);
  const got = await bytesAt(`${home}/tribune/images/${picture.id}`);
  assert.equal(got.type, "image/jpeg");
  assert.ok(got.bytes.equals(picture.content));

  // More of it is read again before strangers see it.
  assert.equal((await join1(passer, link, photo(2))).status, 303);
  assert.doesNotMatch((await passer.get(`${home}/tribune`)).text, /Mon quartier/);

  assert.equal((await passer.post(`${link}/retrait`)).status, 200);
  assert.deepEqual(await picturesOf(key), []);
  assert.equal((await bytesAt(`${home}/tribune/images/${picture.id}`)).status, 404);
  assert.equal((await passer.get(link)).status, 404, "the link opens no more");
  assert.equal((await passer.post(`${link}/retrait`)).status, 404);
  const { rows } = await house.owner.query("SELECT state, title, first_name FROM culture.contributions WHERE id = $1", [
    key,
  ]);
  assert.deepEqual(rows, [{ state: "withdrawn", title: "", first_name: null }]);
});

test("what is no picture gets a sentence and leaves nothing, from the team and from a stranger", async () => {
  const key = id();
  const link = (await passer.post(`${home}/tribune/ecrire`, drawing(key))).location.replace(/\?.*/, "");
  for (const [text, status, sentence] of [
    ["<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422, /ni un PDF ni une image/],
    [Buffer.from("MZ\x90\x00 an executable") as Buffer<ArrayBuffer>, 422, /ni un PDF ni une image/],
    [photo().subarray(0, 40), 422, /incomplet ou abîmé/],
    [Buffer.concat([photo(), Buffer.alloc(8_100_000)]) as Buffer<ArrayBuffer>, 413, /dépasse 8/],
    ["", 422, /Choisissez une image/],
  ] as const)
    for (const [visitor, path] of [
      [passer, link],
      [team, `/culture/tribune/${key}`],
    ] as const) {
      const got = await join1(visitor, path, text);
      assert.equal(got.status, status, got.text.slice(0, 300));
      assert.match(got.text, sentence);
    }
  assert.deepEqual(await picturesOf(key), []);
  let waiting: string[] = [];
  try {
    waiting = readdirSync(join(house.services.files.data, "uploads"));
  } catch {}
  assert.deepEqual(waiting, [], "what was sent does not stay on the disk");
  assert.equal((await join1(passer, "/tribune/unlien-quelconque00000", photo())).status, 404);
});

test("six pictures at most, whoever sends them at once; each link opens its own contribution and no other's", async () => {
  const [one, other] = [id(), id()];
  const link = (await passer.post(`${home}/tribune/ecrire`, drawing(one))).location.replace(/\?.*/, "");
  assert.equal((await team.post("/culture/tribune/nouveau", { ...drawing(other), venue: "hand" })).status, 303);
  const sent = await Promise.all(
    Array.from({ length: 9 }, (_, turn) => join1(team, `/culture/tribune/${one}`, photo(turn))),
  );
  assert.equal(sent.filter(({ status }) => status === 303).length, 6);
  assert.equal((await picturesOf(one)).length, 6);
  await team.post(`/culture/tribune/${other}/images`, {}, { file: pointFile });
  const [theirs] = await picturesOf(other);
  assert.ok(theirs);
  assert.equal((await bytesAt(`${link}/images/${theirs.id}`)).status, 404);
  assert.equal((await passer.post(`${link}/effacement`, { image: theirs.id })).status, 303);
  assert.equal((await picturesOf(other)).length, 1, "nothing of another's is erased");
});

test("the team sends an author the link, once a form, by the house's messages", async () => {
  const key = id();
  const form = { ...drawing(key), venue: "mail", joindre: "Zoé, zoe@exemple.test" };
  assert.equal((await team.post("/culture/tribune/nouveau", form)).status, 303);
  const again = { key: id() };
  for (const turn of [1, 2])
    assert.equal((await team.post(`/culture/tribune/${key}/lien`, again)).status, 303, `time ${turn}`);
  const { rows } = await house.owner.query(
    "SELECT recipient, link_kind, link_record FROM messages.messages WHERE purpose = 'tribune'",
  );
  assert.deepEqual(rows, [{ recipient: "zoe@exemple.test", link_kind: "tribune", link_record: key }]);
});
