// Steps through their pages: what the law says is told and never blocks, what is sent twice is one, what is wrong is refused with what was
// typed, a result is of the path and never of the exit; and what is forgotten.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import fc from "fast-check";
import { makeServer } from "../../../../core/http/server.ts";
import { plainChrome } from "../../../../core/testing/chrome.ts";
import { type TestHouse, testHouse } from "../../../../core/testing/house.ts";
import { wholeFile } from "../../../../core/testing/server.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../../core/testing/visitor.ts";
import { addDays, addMonths } from "../../../../core/time.ts";
import { makePartnersRoom } from "../../partners/room.ts";
import { anonymise } from "../../people/retention/writes.ts";
import { makePeopleRoom } from "../../people/room.ts";
import { personLinks } from "../enrolments/on-person.tsx";
import { makeProgrammesRoom } from "../room.tsx";
import { busiestWindow, dueOf, type Immersion, type ImmersionRule, immersionWarnings } from "./rules.ts";

let house: TestHouse;
const visitors = new Map<string, Visitor>();
const as = (who: string): Visitor => visitors.get(who) as Visitor;
const key = (): string => house.deps.ids.uuid();
const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

const people = makePeopleRoom({ panels: () => [], links: () => [], words: () => ({}) });
const partners = makePartnersRoom({ panels: () => [], links: () => [] });
const rooms = [people, partners, makeProgrammesRoom(() => [])];
let adviserAccount = "";

before(async () => {
  house = await testHouse(wholeFile, { rooms, poolSize: 12 });
  const server = makeServer({ rooms, services: house.services, chrome: plainChrome });
  const publicUrl = house.services.config.publicUrl;
  for (const role of ["direction", "adviser", "reception", "board"] as const) {
    const { cookie, account } = await house.signIn(role);
    visitors.set(role, makeVisitor(server, publicUrl, cookie));
    if (role === "adviser") adviserAccount = account;
  }
  const other = await house.anotherHouse("ailleurs");
  visitors.set(
    "elsewhere",
    makeVisitor(server, publicUrl, (await house.signIn("direction", { house: other.houseId })).cookie),
  );
  visitors.set(
    "mermoz",
    makeVisitor(server, publicUrl, (await house.signIn("adviser", { site: house.sites.mermoz })).cookie),
  );
  for (const code of ["plie", "ier"]) {
    const made = await as("direction").post("/dispositifs/nouveau", {
      version: "0",
      key: key(),
      code,
      intitule: `Dispositif ${code}`,
      resultats: "CDI : emploi, durable, droit commun, positif\nAbandon : abandon, à la sortie",
      lieux: "gerland",
      taux_de_sortie: "sur les personnes sorties",
    });
    assert.equal(made.status, 303, made.text);
  }
});

async function person(): Promise<string> {
  const id = key();
  const got = await as("direction").post("/personnes/nouvelle", {
    key: id,
    nom: `Essai-${id.slice(-6).replace(/\d/g, "z")}`,
    prenom: "Camille",
    naissance: "12/03/1985",
    confirmed: "1",
  });
  assert.equal(got.status, 303, got.text);
  return id;
}
async function enrolment(who?: string, code = "plie"): Promise<string> {
  const id = key();
  const got = await as("direction").post("/parcours/nouveau", {
    key: id,
    personne: who ?? (await person()),
    dispositif: code,
    jour: "01/01/2020",
    antenne: house.sites.gerland,
    accompagne: "oui",
    referent: adviserAccount,
  });
  assert.equal(got.status, 303, got.text);
  return id;
}
const immersion = (more: Record<string, string> = {}): Record<string, string> => ({
  key: key(),
  genre: "immersion",
  hote: "Boulangerie du Parc",
  debut: "02/03/2020",
  fin_prevue: "31/03/2020",
  objectif: "discover",
  ...more,
});
const count = async (from: string, where = "true"): Promise<number> =>
  (await house.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM programmes.${from} WHERE ${where}`)).rows[0]
    ?.n ?? -1;
const word = async (label: string): Promise<string> =>
  (
    await house.owner.query<{ id: string }>(
      "SELECT w.id FROM programmes.outcome_words w JOIN programmes.programmes g ON g.house_id = w.house_id AND g.id = w.programme_id WHERE g.code = 'plie' AND w.label = $1",
      [label],
    )
  ).rows[0]?.id ?? "";

const days = fc.integer({ min: 0, max: 1200 }).map((n) => addDays("2019-01-15", n));
const spans = fc.array(
  fc.tuple(days, fc.integer({ min: 0, max: 70 })).map(([from, length]) => ({ from, to: addDays(from, length) })),
  { minLength: 1, maxLength: 6 },
);
const calendar = Array.from({ length: 2000 }, (_, n) => addDays("2018-01-01", n));
/** Every window that could be, day by day, and every day of it. */
function naive(of: readonly { from: string; to: string }[]): number {
  const inside = calendar.map((day) => of.some((span) => span.from <= day && day <= span.to));
  return Math.max(
    ...calendar.slice(0, 1600).map((start, at) => {
      const after = addMonths(start, 12);
      let count = 0;
      for (let n = at; (calendar[n] as string) < after; n += 1) if (inside[n]) count += 1;
      return count;
    }),
  );
}
const law: ImmersionRule = {
  mostMonths: 1,
  mostRenewals: 1,
  mostConventions: 2,
  mostDays: 60,
  windowMonths: 12,
  source: "loi",
};
const one = (id: string, from: string, to: string, more: Partial<Immersion> = {}): Immersion => ({
  id,
  structure: null,
  name: "hote",
  from,
  to,
  objective: "discover",
  renews: null,
  ...more,
});

test("the days of any twelve months are counted as one would count them by hand", () => {
  fc.assert(
    fc.property(spans, (some) => {
      const found = busiestWindow(some, 12);
      assert.equal(found?.days, naive(some));
      assert.ok(found && found.days <= 366);
    }),
    { numRuns: 60, seed: 7 },
  );
  fc.assert(
    fc.property(spans, (some) => {
      const all = some.map((span, at) => one(`i${at}`, span.from, span.to));
      const [wish, ...others] = all as [Immersion, ...Immersion[]];
      const said = immersionWarnings(wish, others, law).some((text) => /jours d’immersion chez cet hôte/.test(text));
      assert.equal(said, (busiestWindow(some, 12)?.days ?? 0) > 60);
      // What another host gives counts for nothing here.
      const away = others.map((each) => ({ ...each, name: "ailleurs" }));
      assert.equal(
        immersionWarnings(wish, away, law).some((text) => /jours d’immersion/.test(text)),
        (busiestWindow([wish], 12)?.days ?? 0) > 60,
      );
    }),
    { numRuns: 200, seed: 8 },
  );
});

test("a month goes from date to date, a renewal is one, keeps its object and its host", () => {
  const said = (wish: Immersion, ...others: Immersion[]): string =>
    plain(immersionWarnings(wish, others, law).join(" "));
  assert.equal(said(one("a", "2020-03-02", "2020-04-01")), "");
  assert.match(said(one("a", "2020-03-02", "2020-04-02")), /32 jours.*01\/04\/2020/s);
  assert.equal(said(one("a", "2020-01-31", "2020-02-28")), "");
  const first = one("a", "2020-03-02", "2020-03-27");
  const second = one("b", "2020-03-30", "2020-04-24", { renews: "a" });
  assert.equal(said(second, first), "");
  assert.match(said(one("c", "2020-04-27", "2020-05-07", { renews: "b" }), first, second), /renouvellement n° 2/);
  assert.match(said(one("c", "2020-04-27", "2020-05-07", { renews: "a" }), first, second), /renouvellement n° 2/);
  assert.match(said({ ...second, objective: "recruit" }, first), /même objet/);
  assert.match(said({ ...second, name: "autre" }, first), /même hôte/);
  assert.match(said({ ...second, from: "2020-03-20" }, first), /avant la fin/);
  assert.match(
    said(one("d", "2020-09-01", "2020-09-02"), first, one("e", "2020-06-01", "2020-06-02")),
    /3e convention/,
  );
  assert.equal(said(one("d", "2021-03-02", "2021-03-03"), first, one("e", "2020-06-01", "2020-06-02")), "");
});

test("what is due is said from the day on which it is", () => {
  const step = {
    kind: "contract" as const,
    startsOn: "2020-11-02",
    plannedEndOn: "2020-11-30",
    endedOn: null,
    trialEndOn: null,
    result: null,
  };
  assert.equal(dueOf(step, "2020-11-30"), null);
  assert.match(dueOf(step, "2020-12-01") ?? "", /30\/11\/2020/);
  assert.equal(dueOf({ ...step, endedOn: "2020-11-20" }, "2020-12-01"), null);
  const trial = { ...step, plannedEndOn: null, trialEndOn: "2020-12-08" };
  assert.equal(dueOf(trial, "2020-11-30"), null);
  assert.match(dueOf(trial, "2020-12-01") ?? "", /essai finit le 08\/12/);
  assert.equal(dueOf(trial, "2020-12-09"), null);
});

test("warnings are read before anything is saved, over all enrolments of the person; a second sending with the box saves", async () => {
  const who = await person();
  const [plie, ier] = [await enrolment(who), await enrolment(who, "ier")];
  assert.equal((await as("adviser").post(`/parcours/${plie}/actions`, immersion())).status, 303);
  assert.equal(
    (
      await as("adviser").post(
        `/parcours/${plie}/actions`,
        immersion({ debut: "01/06/2020", fin_prevue: "30/06/2020" }),
      )
    ).status,
    303,
  );
  const before = await count("steps");
  const third = immersion({
    hote: "BOULANGERIE  du parc",
    debut: "01/09/2020",
    fin_prevue: "05/10/2020",
    note: "Avec la tutrice",
  });
  const asked = await as("adviser").post(`/parcours/${ier}/actions`, third);
  assert.equal(asked.status, 422);
  const text = plain(asked.text);
  assert.match(text, /35 jours.*30\/09\/2020/s);
  assert.match(text, /3e convention/);
  assert.match(text, /95 jours d’immersion.*au plus 60/);
  assert.match(text, /L5135-1/);
  assert.match(text, /Avec la tutrice/, "what was typed is given back");
  assert.equal(await count("steps"), before, "nothing is saved before it was read");
  const print = fieldOf(asked.text, "confirme");
  assert.equal((await as("adviser").post(`/parcours/${ier}/actions`, { ...third, confirme: "autre" })).status, 422);
  const saved = await as("adviser").post(`/parcours/${ier}/actions`, { ...third, confirme: print });
  assert.equal(saved.status, 303, saved.text);
  assert.match(
    plain((await as("adviser").get(`/parcours/${ier}/actions/${third.key}`)).text),
    /Enregistrée malgré.*95 jours/s,
  );
  // A step that was withdrawn counts no more.
  const [first] = (
    await house.owner.query<{ id: string }>(
      "SELECT id FROM programmes.steps WHERE enrolment_id = $1 ORDER BY starts_on",
      [plie],
    )
  ).rows;
  await as("adviser").post(`/parcours/${plie}/actions/${first?.id}/retrait`, { raison: "Noté par erreur" });
  const again = plain((await as("adviser").post(`/parcours/${ier}/actions`, { ...third, key: key() })).text);
  assert.match(again, /65 jours|67 jours/);
});

test("each kind asks for what it needs, and says it with what was typed", async () => {
  const path = `/parcours/${await enrolment()}/actions`;
  const contract = {
    genre: "contrat",
    hote: "Atelier Bois",
    debut: "02/11/2020",
    contrat: "cdd",
    heures_semaine: "17,5",
    essai: "15/11/2020",
  };
  for (const [form, sentence] of [
    [immersion({ hote: "" }), /structure d’accueil/],
    [immersion({ objectif: "" }), /Choisissez l’objet/],
    [immersion({ fin_prevue: "" }), /Une immersion a une fin/],
    [immersion({ fin_prevue: "01/03/2020" }), /avant le début/],
    [immersion({ fin: "31/12/2020" }), /à venir/],
    [immersion({ renouvelle: key() }), /immersion de ce parcours/],
    [{ key: key(), ...contract, contrat: "" }, /Choisissez le contrat/],
    [{ key: key(), ...contract, contrat: "cdi-inclusion" }, /n’existe pas le 02\/11\/2020/],
    [{ key: key(), ...contract, heures_semaine: "900" }, /heures d’une semaine/],
    [{ key: key(), ...contract, debut: "31/02/2020" }, /calendrier/],
    [{ key: key(), genre: "examen", debut: "02/11/2020" }, /Examen : donnez-le/],
  ] as const) {
    const got = await as("adviser").post(path, form);
    assert.equal(got.status, 422, plain(got.text));
    assert.match(plain(got.text), sentence);
  }
  assert.equal((await as("adviser").post(path, { ...immersion(), genre: "voyage" })).status, 422);
  const sent = { key: key(), ...contract };
  assert.equal((await as("adviser").post(path, sent)).status, 303);
  assert.equal((await as("adviser").post(path, sent)).status, 303, "sent twice");
  assert.equal(await count("steps", `id = '${sent.key}' AND weekly_hours = 17.5 AND trial_end_on = '2020-11-15'`), 1);
});

test("a result noted with a step is of the path, never of the exit; withdrawn with it, put back with it", async () => {
  const id = await enrolment();
  const form = {
    key: key(),
    genre: "contrat",
    hote: "Atelier Bois",
    debut: "02/11/2020",
    contrat: "cdi",
    mot: await word("Abandon"),
  };
  assert.match(
    plain((await as("adviser").post(`/parcours/${id}/actions`, form)).text),
    /Choisissez ce qui a été obtenu/,
  );
  form.mot = await word("CDI");
  const later = await as("adviser").post(`/parcours/${id}/actions`, { ...form, debut: "15/12/2020" });
  assert.match(plain(later.text), /notez-le plus tard/);
  assert.equal((await as("adviser").post(`/parcours/${id}/actions`, form)).status, 303);
  await as("adviser").post(`/parcours/${id}/actions`, form);
  const outcomes = (more = "") => count("outcomes", `enrolment_id = '${id}' ${more}`);
  const live =
    "AND NOT EXISTS (SELECT 1 FROM programmes.outcome_withdrawals w WHERE w.outcome_id = programmes.outcomes.id)";
  assert.equal(await outcomes(), 1);
  assert.equal(await outcomes("AND at_exit"), 0);
  assert.equal(await count("enrolments", `id = '${id}' AND exit_on IS NULL`), 1);
  const step = `/parcours/${id}/actions/${form.key}`;
  assert.equal((await as("adviser").post(`${step}/retrait`, { raison: "" })).status, 422);
  assert.equal((await as("adviser").post(`${step}/retrait`, { raison: "Pas signé" })).status, 303);
  assert.equal(await outcomes(live), 0);
  assert.equal((await as("adviser").post(step, { version: "1", ...form, raison: "Encore" })).status, 409, "withdrawn");
  assert.equal((await as("adviser").post(`${step}/remise`)).status, 303);
  assert.equal(await outcomes(live), 1);
});

test("a structure of the house is linked by its name; two of that name ask for the number", async () => {
  const make = async (name: string, siret = "") => {
    const id = key();
    const got = await as("direction").post("/structures/nouvelle", { key: id, nom: name, siret, confirmed: "1" });
    assert.equal(got.status, 303, got.text);
    return id;
  };
  const only = await make("Garage des Brotteaux");
  await make("Café du Port");
  await make("Cafe du port");
  const id = await enrolment();
  const linked = immersion({ hote: "garage des BROTTEAUX" });
  assert.equal((await as("adviser").post(`/parcours/${id}/actions`, linked)).status, 303);
  assert.equal(await count("steps", `id = '${linked.key}' AND structure_id = '${only}'`), 1);
  assert.match(
    plain((await as("adviser").post(`/parcours/${id}/actions`, immersion({ hote: "café du port" }))).text),
    /donnez le SIRET/,
  );
});

test("a correction keeps what was said; one made on an old page is told, and loses nothing that was typed", async () => {
  const id = await enrolment();
  const form = immersion();
  await as("adviser").post(`/parcours/${id}/actions`, form);
  const path = `/parcours/${id}/actions/${form.key}`;
  const { key: _, genre: __, ...facts } = form;
  assert.equal(
    (await as("adviser").post(path, { version: "1", ...facts, fin: "20/03/2020" })).status,
    422,
    "no reason",
  );
  const sent = { version: "1", ...facts, fin: "20/03/2020", raison: "Fin connue" };
  assert.equal((await as("adviser").post(path, sent)).status, 303);
  const late = await as("direction").post(path, { ...sent, fin: "25/03/2020", note: "Je savais autre chose" });
  assert.equal(late.status, 409);
  assert.match(plain(late.text), /modifiée entre-temps/);
  assert.match(late.text, /Je savais autre chose/);
  assert.equal(await count("step_corrections", `step_id = '${form.key}' AND before ->> 'endedOn' IS NULL`), 1);
  assert.equal(await count("steps", `id = '${form.key}' AND ended_on = '2020-03-20' AND version = 2`), 1);
});

test("nobody reads or writes out of what they see", async () => {
  const id = await enrolment();
  const form = immersion({ hote: "Hôte secret" });
  await as("adviser").post(`/parcours/${id}/actions`, form);
  const path = `/parcours/${id}/actions/${form.key}`;
  for (const [who, status] of [
    ["elsewhere", 404],
    ["mermoz", 404],
    ["reception", 403],
    ["board", 403],
  ] as const) {
    const got = await as(who).get(path);
    assert.equal(got.status, status, who);
    assert.doesNotMatch(got.text, /Hôte secret/);
    assert.equal((await as(who).post(`/parcours/${id}/actions`, immersion())).status, status, who);
    assert.equal((await as(who).post(`${path}/retrait`, { raison: "Pour voir" })).status, status, who);
  }
  const other = await enrolment();
  assert.equal((await as("adviser").get(`/parcours/${other}/actions/${form.key}`)).status, 404, "of another enrolment");
  assert.equal(await count("step_withdrawals", `step_id = '${form.key}'`), 0);
});

test("the caseload says what is due", async () => {
  const id = await enrolment();
  await as("adviser").post(`/parcours/${id}/actions`, {
    key: key(),
    genre: "contrat",
    hote: "Atelier Bois",
    debut: "02/11/2020",
    contrat: "cdi",
    essai: "04/12/2020",
  });
  assert.match(plain((await as("adviser").get("/file-active")).text), /contrat : l’essai finit le 04\/12\/2020/);
});

test("who is forgotten leaves the kind and the days, not where nor what was written", async () => {
  const who = await person();
  const id = await enrolment(who);
  const form = immersion({ hote: "Chez Zoé", note: "Timide" });
  await as("adviser").post(`/parcours/${id}/actions`, form);
  const { key: _, genre: __, ...facts } = form;
  await as("adviser").post(`/parcours/${id}/actions/${form.key}`, {
    version: "1",
    ...facts,
    fin: "20/03/2020",
    raison: "Fin connue",
  });
  const told = JSON.stringify(
    await house.run("direction", (tx) => personLinks[0]?.describe(tx, who) ?? Promise.resolve([])),
  );
  assert.match(told, /Chez Zoé/);
  assert.match(told, /Timide/);
  // The words of a correction and of a withdrawal of the path itself go too.
  const version = async (): Promise<string> => {
    const found = await house.owner.query<{ v: number }>(
      "SELECT version AS v FROM programmes.enrolments WHERE id = $1",
      [id],
    );
    return String(found.rows[0]?.v);
  };
  const corrected = await as("adviser").post(`/parcours/${id}/correction`, {
    version: await version(),
    jour: "02/01/2020",
    antenne: house.sites.gerland,
    accompagne: "oui",
    raison: "Timide, se trompait de jour",
  });
  assert.equal(corrected.status, 303, corrected.text);
  const withdrawn = await as("adviser").post(`/parcours/${id}/retrait`, {
    version: await version(),
    raison: "Timide, deux fois la même",
  });
  assert.equal(withdrawn.status, 303, withdrawn.text);
  await house.run("direction", (tx) => anonymise(tx, personLinks, [who]));
  const { rows } = await house.owner.query("SELECT row_to_json(s)::text AS s FROM programmes.steps s WHERE id = $1", [
    form.key,
  ]);
  assert.doesNotMatch(rows[0]?.s, /Zoé|Timide/);
  assert.match(rows[0]?.s, /2020-03-20/);
  assert.equal(await count("step_corrections", `step_id = '${form.key}'`), 0);
  assert.equal(await count("enrolment_corrections", `enrolment_id = '${id}'`), 0);
  assert.equal(await count("enrolment_withdrawals", `enrolment_id = '${id}' AND reason = 'raison effacée'`), 1);
});
