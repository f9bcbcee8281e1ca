// Acts on several lines of a list: on whom, by whom, once; and taken back exactly, without what was changed since.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type TestHouse, testHouse } from "../../core/testing/house.ts";
import { wholeFile } from "../../core/testing/server.ts";
import { type Got, makeVisitor, type Visitor } from "../../core/testing/visitor.ts";
import { type Hand, makeHand } from "../../core/testing/walk/hand.ts";
import { anEnrolment, aProgramme } from "../../core/testing/walk/programme-samples.ts";
import { mergePersons, undoMerge } from "../../rooms/foundations/people/merge/writes.ts";
import { anonymise } from "../../rooms/foundations/people/retention/writes.ts";
import { makeApplication } from "../application.ts";
import { lists, personLinks, rooms } from "../rooms.ts";

const publicUrl = "http://localhost:4700";
let house: TestHouse;
let hand: Hand;
const visitors = new Map<string, Visitor>();
const accounts = new Map<string, string>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("&#39;", "'");

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const other = await house.anotherHouse("ailleurs");
  for (const [who, role, wish] of [
    ["direction", "direction", {}],
    ["manager", "site-manager", { site: house.sites.gerland }],
    ["adviser", "adviser", { site: house.sites.gerland }],
    ["mermoz", "adviser", { site: house.sites.mermoz }],
    ["reception", "reception", {}],
    ["board", "board", {}],
    ["elsewhere", "direction", { house: other.houseId }],
  ] as const) {
    const { cookie, account } = await house.signIn(role, wish);
    visitors.set(who, makeVisitor(server, publicUrl, cookie));
    accounts.set(who, account);
  }
  const self = await house.signIn("direction");
  hand = makeHand(house, server, publicUrl, { direction: self.cookie, administrator: self.cookie }, self);
});

const bearers = async (label: string): Promise<string[]> =>
  (
    await house.owner.query<{ person_id: string }>(
      "SELECT b.person_id FROM people.person_tags b JOIN people.tags t ON t.id = b.tag_id WHERE t.house_id = $1 AND t.label = $2 ORDER BY 1",
      [house.houseId, label],
    )
  ).rows.map((row) => row.person_id);
type Wish = {
  key?: string;
  liste?: string;
  requete?: string;
  toutes?: string;
  compte?: string;
  ligne?: readonly string[];
};
const act = (who: string, word: string, wish: Wish & Record<string, string | readonly string[]>): Promise<Got> =>
  as(who).post(`/groupes/${word}`, {
    key: key(),
    liste: "personnes",
    requete: "",
    toutes: "0",
    compte: String(wish.ligne?.length ?? 0),
    ...wish,
  });

test("chosen lines are counted before anything is done, and one act puts a tag on all of them, once", async () => {
  const people = [await hand.person(), await hand.person(), await hand.person()].sort();
  const list = await as("adviser").get("/personnes/liste");
  assert.match(list.text, new RegExp(`type="checkbox" name="ligne" value="${people[0]}"`));
  assert.match(list.text, /formaction="\/groupes" name="toutes" value="1"/);
  const chosen = await as("adviser").post("/groupes", { liste: "personnes", requete: "", toutes: "0", ligne: people });
  assert.equal(chosen.status, 200);
  assert.match(plain(chosen.text), /3 personnes\. Ce qui est fait ici s’annule/);
  const id = key();
  for (let turn = 0; turn < 2; turn += 1) {
    const done = await act("adviser", "etiquette", { key: id, ligne: people, nouvelle: "  À   rappeler " });
    assert.equal(done.status, 303, done.text);
    assert.match(done.location, new RegExp(`^/groupes/${id}`));
  }
  assert.deepEqual(await bearers("À rappeler"), people);
  const { rows } = await house.owner.query(
    "SELECT details FROM core.journal WHERE act = 'group.done' AND subject_id = $1",
    [id],
  );
  assert.deepEqual(
    rows,
    [{ details: { act: "etiquette", list: "personnes", chosen: 3, done: 3 } }],
    "one line, and no name in it",
  );
  assert.match(plain((await as("adviser").get(`/groupes/${id}`)).text), /« À rappeler » mise sur 3 personnes/);
  // One is taken off by hand, and one of them put again: the way back leaves what was changed since.
  const tag = (await house.owner.query<{ id: string }>("SELECT id FROM people.tags WHERE label = 'À rappeler'")).rows[0]
    ?.id;
  for (const one of people.slice(0, 2))
    assert.equal((await as("adviser").post(`/personnes/${one}/etiquettes/${tag}/retrait`)).status, 303);
  assert.equal((await as("adviser").post(`/personnes/${people[0]}/etiquettes`, { mot: "a rappeler" })).status, 303);
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await as("adviser").post(`/groupes/${id}/annulation`)).status, 303);
  assert.deepEqual(await bearers("À rappeler"), people.slice(0, 1));
  assert.match(
    plain((await as("adviser").get(`/groupes/${id}`)).text),
    /1 changement annulé ; 2 changés depuis, restent/,
  );
});

test("all that a filter shows is chosen by the filter, and only while it shows as many as were seen", async () => {
  const people = [await hand.person({ family: "Troupeau" }), await hand.person({ family: "Troupeau" })].sort();
  const wish = { requete: "?nom=troupeau", toutes: "1", nouvelle: "Troupe" };
  assert.match(
    plain((await as("direction").post("/groupes", { liste: "personnes", ...wish })).text),
    /2 personnes, tout ce que le filtre montre/,
  );
  const third = await hand.person({ family: "Troupeau" });
  const stale = await act("direction", "etiquette", { ...wish, compte: "2" });
  assert.equal(stale.status, 409);
  assert.match(plain(stale.text), /3 personnes au lieu de 2/);
  assert.match(stale.text, /value="Troupe"/);
  assert.deepEqual(await bearers("Troupe"), []);
  assert.equal((await act("direction", "etiquette", { ...wish, compte: "3" })).status, 303);
  assert.deepEqual(await bearers("Troupe"), [...people, third].sort());
  const tag = (await house.owner.query<{ id: string }>("SELECT id FROM people.tags WHERE label = 'Troupe'")).rows[0]
    ?.id;
  assert.match(
    plain((await as("direction").get(`/personnes/liste?etiquette=${tag}`)).text),
    /3 personnes avec ces filtres/,
  );
});

test("nobody acts beyond their role, their list or their house; what cannot be read does nothing", async () => {
  const person = await hand.person();
  const wish = { ligne: [person], nouvelle: "Interdite" };
  for (const who of ["reception", "board"]) assert.equal((await act(who, "etiquette", wish)).status, 403, who);
  assert.equal((await act("elsewhere", "etiquette", wish)).status, 422, "another house's line is no line of theirs");
  for (const [more, status] of [
    [{ liste: "inconnue" }, 404],
    [{ liste: "structures" }, 404],
    [{ ligne: [] }, 422],
    [{ ligne: ["' OR 1=1 --", "x".repeat(10_000), key()] }, 422],
    [{ requete: `?antenne=${key()}` }, 422],
    [{ requete: "x".repeat(8001) }, 422],
    [{ toutes: "2" }, 422],
    [{ compte: "x" }, 422],
    [{ key: "x" }, 422],
    [{ nouvelle: "" }, 422],
    [{ nouvelle: "x".repeat(41) }, 422],
    [{ etiquette: key(), nouvelle: "" }, 422],
    [{ etiquette: "'--", nouvelle: "" }, 422],
  ] as const)
    assert.equal(
      (await act("direction", "etiquette", { ...wish, ...more })).status,
      status,
      JSON.stringify(more).slice(0, 80),
    );
  assert.equal((await act("direction", "inconnu", wish)).status, 404);
  assert.deepEqual(await bearers("Interdite"), []);
  // An act is its author's, and of who holds the right for the whole house.
  const id = key();
  assert.equal((await act("adviser", "etiquette", { ...wish, key: id, nouvelle: "Mienne" })).status, 303);
  for (const who of ["mermoz", "elsewhere"]) {
    assert.equal((await as(who).get(`/groupes/${id}`)).status, 404, who);
    assert.equal((await as(who).post(`/groupes/${id}/annulation`)).status, 404, who);
  }
  assert.deepEqual(await bearers("Mienne"), [person]);
  assert.equal((await as("direction").post(`/groupes/${id}/annulation`)).status, 303);
  assert.deepEqual(await bearers("Mienne"), []);
});

/** A session to come of a site, with so many places. */
async function session(places: string, site = house.sites.gerland): Promise<string> {
  const id = key();
  const { id: programme } = await aProgramme(hand);
  await hand.make("/seances", {
    key: id,
    dispositif: programme,
    type: "atelier",
    titre: `Atelier ${id.slice(-4)}`,
    jour: "10/12/2020",
    heure: "",
    duree: "180",
    lieu: site,
    salle: "",
    adresse: "chez un partenaire",
    mode: "in_person",
    places,
    intervenants: "Une coach",
    malgre: "",
    nombre: "",
    jours: "",
  });
  return id;
}
const registered = async (at: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await house.owner.query<{ person_id: string; state: string }>(
        "SELECT person_id, state FROM agenda.registrations WHERE session_id = $1",
        [at],
      )
    ).rows.map((row) => [row.person_id, row.state]),
  );

test("people of a list are registered for a session within its places; who was there is told, and the way back gives each their state of before", async () => {
  const at = await session("3");
  const names = ["Alpha", "Bravo", "Charlie", "Delta", "Echo"];
  const people: string[] = [];
  for (const family of names) people.push(await hand.person({ family: `Zone-${family}` }));
  const [alpha = "", bravo = "", charlie = "", delta = "", echo = ""] = people;
  const codes = async (person: string): Promise<string> =>
    (await house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [person])).rows[0]
      ?.code ?? "";
  // Alpha is there already; Bravo had given up, with a reason.
  for (const one of [alpha, bravo])
    assert.equal(
      (await as("direction").post(`/seances/${at}/inscriptions`, { key: key(), codes: await codes(one) })).status,
      303,
    );
  assert.equal(
    (await as("direction").post(`/seances/${at}/desistement`, { personne: bravo, raison: "Malade" })).status,
    303,
  );
  const whole = async () =>
    (await house.owner.query("SELECT * FROM agenda.registrations WHERE session_id = $1 ORDER BY person_id", [at])).rows;
  const before = await whole();
  const id = key();
  const wish = { key: id, liste: "personnes", requete: "?nom=zone", toutes: "1", compte: "5", seance: at };
  assert.equal((await act("mermoz", "seance", { ...wish, key: key() })).status, 422, "a session of another site");
  const done = await act("adviser", "seance", wish);
  assert.equal(done.status, 303, done.text);
  assert.match(
    plain((await as("adviser").get(`/groupes/${id}`)).text),
    /2 personnes inscrites, 2 en attente, à « Atelier .* » du 10\/12\/2020\. 1 personne y était déjà\./,
  );
  // In the order of the list: by name.
  assert.deepEqual(await registered(at), {
    [alpha]: "registered",
    [bravo]: "registered",
    [charlie]: "registered",
    [delta]: "waiting",
    [echo]: "waiting",
  });
  // Charlie gives up by hand: Delta enters. Taken back, the act leaves Charlie's word as it is.
  assert.equal(
    (await as("direction").post(`/seances/${at}/desistement`, { personne: charlie, raison: "Parti" })).status,
    303,
  );
  assert.equal((await registered(at))[delta], "registered");
  assert.equal((await as("adviser").post(`/groupes/${id}/annulation`)).status, 303);
  assert.match(
    plain((await as("adviser").get(`/groupes/${id}`)).text),
    /3 changements annulés ; 1 changé depuis, reste/,
  );
  assert.deepEqual(
    (await whole()).filter((row) => row.person_id !== charlie),
    before,
    "exactly as it was",
  );
  assert.equal((await registered(at))[charlie], "cancelled");
});

test("two acts at once never take more places than there are, and the same form twice is one act", async () => {
  const at = await session("4");
  const groups = await Promise.all(
    [0, 1, 2].map(async () => [await hand.person(), await hand.person(), await hand.person()]),
  );
  const ids = groups.map(() => key());
  const sent = groups.flatMap((ligne, nth) =>
    [0, 1].map(() => act("adviser", "seance", { key: ids[nth] ?? "", ligne, seance: at })),
  );
  assert.deepEqual([...new Set((await Promise.all(sent)).map((got) => got.status))], [303]);
  const states = Object.values(await registered(at));
  assert.deepEqual([states.filter((one) => one === "registered").length, states.length], [4, 9]);
  const { rows } = await house.owner.query(
    "SELECT count(*)::int AS n FROM core.journal WHERE act = 'group.done' AND subject_id = ANY($1)",
    [ids],
  );
  assert.deepEqual(rows, [{ n: 3 }]);
});

test("what is taken back by two at once is taken back once, and a merge between does not hide it", async () => {
  const [kept, absorbed] = [await hand.person(), await hand.person()];
  const at = await session("5");
  const id = key();
  assert.equal((await act("adviser", "seance", { key: id, ligne: [absorbed], seance: at })).status, 303);
  const wish = { kept, absorbed, key: key(), fromAbsorbed: [], versions: { kept: 1, absorbed: 1 } };
  await house.run("direction", (tx) => mergePersons(tx, personLinks, wish));
  assert.deepEqual(await registered(at), { [kept]: "registered" });
  const undone = await Promise.all([0, 1, 2].map(() => as("adviser").post(`/groupes/${id}/annulation`)));
  assert.deepEqual([...new Set(undone.map((got) => got.status))], [303]);
  assert.deepEqual(await registered(at), {});
  const { rows } = await house.owner.query(
    "SELECT count(*)::int AS n FROM core.journal WHERE act = 'group.undone' AND subject_id = $1",
    [id],
  );
  assert.deepEqual(rows, [{ n: 1 }]);
});

test("enrolments are handed over from any list of them or of people, where the author may, and come back", async () => {
  const enrolments = [await anEnrolment(hand), await anEnrolment(hand), await anEnrolment(hand, "left")];
  const ids = enrolments.map((one) => one.key);
  const to = accounts.get("adviser") ?? "";
  const referents = async () =>
    (
      await house.owner.query<{ enrolment_id: string }>(
        "SELECT enrolment_id FROM programmes.referents WHERE enrolment_id = ANY($1) AND account_id = $2 AND to_day IS NULL ORDER BY 1",
        [ids, to],
      )
    ).rows.map((row) => row.enrolment_id);
  const wish = { liste: "parcours", requete: "?etat=tous", ligne: ids, compte: "3", vers: to, jour: "01/12/2020" };
  assert.equal((await act("adviser", "passage", wish)).status, 403);
  for (const [more, status] of [
    [{ vers: "" }, 422],
    [{ vers: key() }, 422],
    [{ jour: "31/02/2020" }, 422],
  ] as const)
    assert.equal((await act("manager", "passage", { ...wish, ...more })).status, status);
  const id = key();
  assert.equal((await act("manager", "passage", { ...wish, key: id })).status, 303);
  assert.deepEqual(await referents(), ids.slice(0, 2).sort());
  // Their new referent finds them on the active list, and may choose them there too, as on every list of people.
  const active = await as("adviser").post("/groupes", { liste: "file-active", requete: "", toutes: "1" });
  assert.match(plain(active.text), /2 parcours de 2 personnes, tout ce que le filtre montre/);
  assert.match(plain((await as("manager").get(`/groupes/${id}`)).text), /2 parcours confiés à .* 1 ne bouge pas/);
  assert.equal((await as("manager").post(`/groupes/${id}/annulation`)).status, 303);
  assert.deepEqual(await referents(), []);
  // Taken back on the active list first, the act has nothing left to take back, and says so.
  const second = key();
  assert.equal((await act("manager", "passage", { ...wish, key: second })).status, 303);
  assert.equal((await as("manager").post(`/file-active/passages/${second}/annulation`)).status, 303);
  assert.equal((await as("manager").post(`/groupes/${second}/annulation`)).status, 303);
  const told = plain((await as("manager").get(`/groupes/${second}`)).text);
  assert.match(told, /avait déjà été annulé depuis une autre page/);
  assert.doesNotMatch(told, /changés depuis/);
  // By people: the enrolments that are going on.
  const { rows } = await house.owner.query<{ person_id: string }>(
    "SELECT person_id FROM programmes.enrolments WHERE id = $1",
    [ids[0]],
  );
  const person = rows[0]?.person_id ?? "";
  assert.equal(
    (await act("manager", "passage", { ...wish, liste: "personnes", requete: "", ligne: [person], compte: "1" }))
      .status,
    303,
  );
  assert.deepEqual(await referents(), ids.slice(0, 1));
});

test("tags follow a merge and its way back, are told to the person, and go when the person is forgotten", async () => {
  const [kept, absorbed] = [await hand.person(), await hand.person()];
  for (const [who, mot] of [
    [kept, "Commune"],
    [absorbed, "Commune"],
    [absorbed, "Seule"],
  ] as const)
    assert.equal((await as("direction").post(`/personnes/${who}/etiquettes`, { mot })).status, 303);
  const merge = key();
  const wish = { kept, absorbed, key: merge, fromAbsorbed: [], versions: { kept: 1, absorbed: 1 } };
  const merged = await house.run("direction", (tx) => mergePersons(tx, personLinks, wish));
  assert.deepEqual(merged, { ok: true, merge, made: true });
  assert.deepEqual(await bearers("Seule"), [kept]);
  assert.ok((await bearers("Commune")).includes(kept));
  await house.run("direction", (tx) => undoMerge(tx, merge));
  assert.deepEqual(await bearers("Seule"), [absorbed]);
  assert.deepEqual(await bearers("Commune"), [kept, absorbed].sort());
  const told = personLinks.find((link) => link.table === "people.person_tags");
  assert.deepEqual(
    (await house.run("direction", async (tx) => told?.describe(tx, absorbed)))?.map((row) => row.Étiquette),
    ["Commune", "Seule"],
  );
  await house.run("direction", (tx) => anonymise(tx, personLinks, [absorbed]));
  assert.deepEqual(await bearers("Seule"), []);
});

test("every list of people lets its lines be chosen, one by one and all at once, in any order", async () => {
  for (const list of lists.filter((one) => one.person))
    for (const column of ["", ...list.columns.filter((one) => one.sort).map((one) => `-${one.key}`)])
      for (const wish of [{ toutes: "1" }, { toutes: "0", ligne: [key()] }]) {
        const got = await as("direction").post("/groupes", {
          liste: list.name,
          requete: column && `?tri=${column}`,
          ...wish,
        });
        assert.ok([200, 422].includes(got.status), `${list.name} ${column} ${got.status}`);
      }
});
