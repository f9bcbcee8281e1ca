// The pages of people, used as a browser without scripts uses them: search, a new person, a change, situations, doubles, retention.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeServer } from "../../../core/http/server.ts";
import type { Role } from "../../../core/rights.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { fieldOf, makeVisitor, type Visitor } from "../../../core/testing/visitor.ts";
import { personLinks } from "./links.ts";
import { makePeopleRoom } from "./room.ts";

const publicUrl = "http://localhost:4700";
const identity = (more: Record<string, string> = {}): Record<string, string> => ({
  sexe: "F",
  nom: "Diarra",
  prenom: "Myriam",
  nom_naissance: "",
  naissance: "12/12/1964",
  telephone: "07 20 40 56 42",
  courriel: "",
  adresse: "12 boulevard des Mariniers",
  code_postal: "69003",
  commune: "Lyon",
  antenne: "",
  ...more,
});
/** Text without the no-break spaces of a printed page. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ");

test("the pages of people", async (t) => {
  const room = makePeopleRoom({
    panels: () => [],
    links: () => personLinks,
    words: () => ({ "person.opened": "a ouvert la fiche", "tea.offered": "a offert un thé" }),
  });
  const house = await testHouse(t, { rooms: [room] });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const server = makeServer({ rooms: [room], services, chrome: plainChrome });
  const as = async (role: Role): Promise<Visitor> => makeVisitor(server, publicUrl, (await house.signIn(role)).cookie);
  const desk = await as("reception");
  const adviser = await as("adviser");
  const direction = await as("direction");
  const journal = async (act: string): Promise<{ subject_id: string; details: Record<string, unknown> | null }[]> =>
    (
      await house.owner.query<{ subject_id: string; details: Record<string, unknown> | null }>(
        "SELECT subject_id, details FROM core.journal WHERE act = $1 ORDER BY at, id",
        [act],
      )
    ).rows;
  const idIn = (location: string): string => /\/personnes\/([0-9a-f-]{36})/.exec(location)?.[1] ?? "";
  const enter = async (who: Visitor, more: Record<string, string> = {}): Promise<string> => {
    const key = house.deps.ids.uuid();
    const got = await who.post("/personnes/nouvelle", { ...identity(more), key, confirmed: "1" });
    assert.equal(got.status, 303, got.text);
    return idIn(got.location);
  };

  await t.test("who opened a file: each line in words, other rooms' too, counted as the file exports it", async () => {
    const id = await enter(desk, { nom: "Tessandier", prenom: "Odilon", telephone: "", naissance: "04/05/1961" });
    await adviser.get(`/personnes/${id}`);
    await house.owner.query(
      "INSERT INTO core.journal (house_id, id, at, act, subject_kind, subject_id) VALUES ($1, gen_random_uuid(), now(), 'tea.offered', 'person', $2)",
      [house.houseId, id],
    );
    assert.equal((await adviser.get(`/personnes/${id}/lectures`)).status, 403);
    for (let turn = 0; turn < 2; turn++) {
      const page = plain((await direction.get(`/personnes/${id}/lectures`)).text);
      assert.match(page, /a ouvert la fiche/);
      assert.match(page, /a offert un thé/);
      const [, said] = /Exporter ces (\d+) lignes/.exec(page) ?? [];
      const file = (await direction.get(`/personnes/${id}/lectures/export.csv`)).text.trim().split("\r\n");
      assert.equal(file.length - 1, Number(said));
    }
    assert.equal((await journal("person.readers-listed")).length, 2);
    assert.equal((await journal("person.readers-exported")).length, 2);
  });

  await t.test("the search is a page with scripts off, and a fragment of it with scripts on", async () => {
    const id = await enter(desk, { nom: "Quillevéré", prenom: "Ysoline", telephone: "", naissance: "01/02/1950" });
    const page = await desk.get("/personnes?q=quillevere");
    assert.match(page.text, /<form action="\/personnes" method="get" role="search">/);
    assert.match(plain(page.text), /1 personne trouvée/);
    assert.ok(page.text.includes(`href="/personnes/${id}"`));
    const part = await desk.get("/personnes?q=quillevere", { headers: { "x-fragment": "personnes-resultats" } });
    assert.ok(!part.text.includes("<form"), "the results alone");
    assert.match(part.text, /id="personnes-resultats"/);
    const nobody = await desk.get("/personnes?q=Zzyzx");
    assert.match(nobody.text, /Personne ne correspond/);
    assert.match(nobody.text, /href="\/personnes\/nouvelle\?nom=Zzyzx"/, "the next gesture is there");
    const lines = (await journal("person.searched")).length;
    await desk.get("/personnes");
    assert.equal((await journal("person.searched")).length, lines, "an empty box searches nobody");
    assert.equal(
      (await desk.get("/personnes?q=%3Cscript%3Ealert(1)%3C/script%3E")).text.includes("<script>alert"),
      false,
    );
  });

  await t.test("entering somebody who may exist shows the likely twins before saving", async () => {
    const first = await enter(desk);
    const key = house.deps.ids.uuid();
    const count = async (): Promise<number> => (await house.owner.query("SELECT 1 FROM people.persons")).rowCount ?? 0;
    const before = await count();
    for (const more of [
      {},
      { prenom: "MYRIAM", nom: "diara", telephone: "" },
      { nom: "Myriam", prenom: "Diarra", telephone: "" },
      { naissance: "", telephone: "" },
      { naissance: "04/05/1990" },
    ]) {
      const warned = await desk.post("/personnes/nouvelle", { ...identity(more), key });
      assert.equal(warned.status, 200);
      assert.match(warned.text, /a peut-être déjà une fiche/, JSON.stringify(more));
      assert.ok(warned.text.includes(`href="/personnes/${first}"`));
      assert.ok(warned.text.includes(`value="${more.nom ?? "Diarra"}"`), "what was typed is kept");
    }
    assert.equal(await count(), before, "nothing is saved yet");
    const other = await desk.post("/personnes/nouvelle", {
      ...identity({ nom: "Fofana", prenom: "Wafa", telephone: "" }),
      key: house.deps.ids.uuid(),
    });
    assert.equal(other.status, 303, "the same birth date alone is no likeness");
    const saved = await desk.post("/personnes/nouvelle", { ...identity(), key, confirmed: "1" });
    const again = await desk.post("/personnes/nouvelle", { ...identity(), key, confirmed: "1" });
    assert.deepEqual([saved.status, again.status, idIn(again.location)], [303, 303, idIn(saved.location)]);
    assert.equal(await count(), before + 2, "a form sent twice makes one person");
    assert.equal((await journal("person.created")).filter((line) => line.subject_id === key).length, 1);
  });

  await t.test("what cannot be is told field by field, and nothing typed is lost", async () => {
    const form = identity({
      nom: "",
      naissance: "31/02/1980",
      telephone: "12",
      courriel: "sans arobase",
      code_postal: "x",
    });
    const got = await desk.post("/personnes/nouvelle", { ...form, key: house.deps.ids.uuid() });
    assert.equal(got.status, 422);
    for (const sentence of [
      /Écrivez le nom de famille/,
      /n’existe pas dans le calendrier/,
      /n’est pas un numéro de téléphone/,
      /n’est pas une adresse électronique/,
      /n’est pas un code postal/,
    ])
      assert.match(got.text, sentence);
    for (const value of ["31/02/1980", "sans arobase", "12 boulevard des Mariniers"])
      assert.ok(got.text.includes(`value="${value}"`), value);
    for (const [naissance, sentence] of [
      ["12/12/2060", /dans le futur/],
      ["01/01/1890", /plus de 115 ans/],
    ] as const)
      assert.match(
        (await desk.post("/personnes/nouvelle", { ...identity({ naissance }), key: house.deps.ids.uuid() })).text,
        sentence,
      );
    const markup = await enter(desk, {
      nom: "<b>Gras</b>",
      prenom: '"><script>x</script>',
      telephone: "",
      naissance: "",
    });
    const sheet = await desk.get(`/personnes/${markup}`);
    assert.ok(!sheet.text.includes("<b>Gras") && !sheet.text.includes("<script>x"));
  });

  await t.test("two officers at once: the second sees both versions and loses nothing", async () => {
    const id = await enter(desk, { nom: "Vidal", prenom: "Clément", naissance: "04/03/1958", telephone: "" });
    const form = await desk.get(`/personnes/${id}/modifier`);
    const version = fieldOf(form.text, "version");
    const vidal = identity({ nom: "Vidal", prenom: "Clément", naissance: "04/03/1958" });
    assert.equal(
      (await adviser.post(`/personnes/${id}/modifier`, { ...vidal, version, telephone: "06 11 11 11 11" })).status,
      303,
    );
    const stale = await desk.post(`/personnes/${id}/modifier`, {
      ...vidal,
      version,
      telephone: "06 22 22 22 22",
      adresse: "9 rue Neuve",
    });
    assert.equal(stale.status, 409);
    assert.match(stale.text, /\+33611111111/);
    assert.match(stale.text, /06 22 22 22 22/);
    assert.match(stale.text, /9 rue Neuve/);
    const now = fieldOf(stale.text, "version");
    assert.equal(
      (
        await desk.post(`/personnes/${id}/modifier`, {
          ...vidal,
          version: now,
          telephone: "06 22 22 22 22",
          adresse: "9 rue Neuve",
        })
      ).status,
      303,
    );
    const lines = (await journal("person.changed")).filter((line) => line.subject_id === id);
    assert.deepEqual(
      lines.map((line) => String(line.details?.fields)).sort(),
      ["phone", "phone,address"],
      "the journal names the fields, not the values",
    );
    const [row] = (
      await house.owner.query("SELECT phone, address, commune_code FROM people.persons WHERE id = $1", [id])
    ).rows;
    assert.deepEqual(row, { phone: "+33622222222", address: "9 rue Neuve", commune_code: "69383" });
    await desk.post(`/personnes/${id}/modifier`, {
      ...vidal,
      version: String(Number(now) + 1),
      telephone: "06 22 22 22 22",
      adresse: "9 rue Neuve",
    });
    assert.equal(
      (await journal("person.changed")).filter((line) => line.subject_id === id).length,
      2,
      "a form that changes nothing leaves no line",
    );
  });

  await t.test("a situation has its history: what was true on a day can be asked, withdrawn and put back", async () => {
    const id = await enter(adviser, { nom: "Barry", prenom: "Hamza", naissance: "30/09/1980", telephone: "" });
    const note = (choix: string, a_partir_du: string, inscrit_depuis = "") =>
      adviser.post(`/personnes/${id}/situation`, { choix, a_partir_du, inscrit_depuis });
    const on = async (jour: string, path = ""): Promise<string> => {
      const { text } = await adviser.get(`/personnes/${id}${path}`, { query: { jour } });
      return plain(text)
        .replace(/<details>.*?<\/details>/gs, "")
        .replace(/<section aria-labelledby="histoire">.*/s, "");
    };
    assert.equal((await note("status:job_seeker", "01/03/2019", "15/01/2019")).status, 303);
    assert.equal((await note("status:employee", "01/06/2020")).status, 303);
    assert.equal((await note("neighbourhood:qpv", "02/02/2020")).status, 303);
    assert.match(await on("31/05/2020"), /demandeur d’emploi.*depuis le 15\/01\/2019/s);
    assert.match(await on("01/06/2020"), /salarié/);
    assert.match(await on("01/01/2019"), /non renseigné/);
    assert.match(
      await on("02/02/2020"),
      /quartier prioritaire \(QPV\).*depuis le 02\/02\/2020/s,
      "the mark has its day",
    );
    assert.match(await on("n’importe quoi"), /Écrivez ce jour jj\/mm\/aaaa/);

    for (const [choix, day, since, sentence] of [
      ["", "01/01/2020", "", /Choisissez ce qui change/],
      ["status:king", "01/01/2020", "", /Choisissez ce qui change/],
      ["constructor:x", "01/01/2020", "", /Choisissez ce qui change/],
      ["status:student", "01/01/2030", "", /pas encore venu/],
      ["status:student", "01/01/2020", "05/01/2020", /après celui où cela devient vrai/],
    ] as const) {
      const wrong = await note(choix, day, since);
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, sentence);
      assert.ok(wrong.text.includes(`value="${day}"`), "what was typed is kept");
    }

    // A mistake is taken away with its reason, can be read, and comes back.
    const path = `/personnes/${id}/situation/status/2020-06-01`;
    assert.match((await adviser.get(path)).text, /Pourquoi était-ce une erreur/);
    assert.equal((await adviser.post(path, { raison: "" })).status, 422);
    assert.equal((await adviser.post(path, { raison: "confondu avec son frère" })).status, 303);
    assert.match(await on("01/06/2020"), /demandeur d’emploi/);
    const sheet = await adviser.get(`/personnes/${id}`);
    assert.match(plain(sheet.text), /salarié.*confondu avec son frère/s);
    assert.equal((await adviser.post(path, { raison: "deux fois" })).status, 404);
    const back = /\/personnes\/[0-9a-f-]+\/retraits\/[0-9a-f-]+/.exec(sheet.text)?.[0] ?? "";
    assert.equal((await adviser.post(back)).status, 303);
    assert.match(await on("01/06/2020"), /salarié/);
    assert.equal((await adviser.post(back)).status, 404, "it came back once");
    // Another value of the same day takes the place of the first, which stays readable.
    assert.equal((await note("status:student", "01/06/2020")).status, 303);
    const replaced = await adviser.get(`/personnes/${id}`);
    assert.match(plain(replaced.text), /salarié.*remplacée par une autre du même jour/s);
    const taken = /\/personnes\/[0-9a-f-]+\/retraits\/[0-9a-f-]+/.exec(replaced.text)?.[0] ?? "";
    const refused = await adviser.post(taken);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /Autre chose est noté pour ce jour-là/);
    const lines = await journal("situation.withdrawn");
    assert.deepEqual(
      lines.map((line) => line.details),
      [{ kind: "status", from: "2020-06-01" }],
    );
    assert.equal(
      (await desk.post(`/personnes/${id}/situation`, { choix: "status:student", a_partir_du: "" })).status,
      403,
    );
  });

  await t.test(
    "what is sensitive shows to those who need it, on a page whose reading is noted, and nowhere else",
    async () => {
      const id = await enter(adviser, { nom: "Rousset", prenom: "Idriss", naissance: "14/06/1958", telephone: "" });
      const kinds = ["rqth:yes", "rsa:yes", "ass:no", "nationality:eu"];
      for (const choix of kinds)
        assert.equal(
          (await adviser.post(`/personnes/${id}/situation`, { choix, a_partir_du: "01/02/2020" })).status,
          303,
        );
      assert.equal((await adviser.post(`/personnes/${id}/situation/ass/2020-02-01`, { raison: "erreur" })).status, 303);
      const shown = /RQTH|RSA|ASS<|nationalité|Union européenne/;
      // The form of a change names the kinds for those who may note them; what is true of the person stands outside of it.
      const body = (text: string): string =>
        text.replace(/<form method="post" action="[^"]*\/situation">.*?<\/form>/gs, "");
      for (const who of [desk, adviser, direction]) {
        for (const path of [
          `/personnes/${id}`,
          `/personnes?q=rousset`,
          `/api/v1/persons/${id}`,
          `/api/v1/persons?q=rousset`,
        ]) {
          const { text, status } = await who.get(path);
          assert.equal(status, 200);
          assert.doesNotMatch(body(text), shown, path);
        }
      }
      assert.equal((await journal("person.sensitive-read")).length, 0);
      const read = await adviser.get(`/personnes/${id}/sensible`);
      assert.match(plain(read.text), /RQTH<\/dt><dd>oui/);
      assert.match(read.text, /Union européenne/);
      assert.match(plain(read.text), /ASS à partir du 01\/02\/2020 : non/, "the withdrawn one too");
      const lines = await journal("person.sensitive-read");
      assert.deepEqual(
        lines.map((line) => line.subject_id),
        [id],
      );
      for (const role of [
        "reception",
        "culture",
        "employers",
        "training",
        "finance",
        "board",
        "administrator",
      ] as const) {
        const other = await as(role);
        const got = await other.get(`/personnes/${id}/sensible`);
        assert.equal(got.status, 403, role);
        assert.doesNotMatch(got.text, shown);
      }
      const noted = [...(await journal("situation.recorded")), ...(await journal("situation.withdrawn"))].filter(
        (line) => line.subject_id === id,
      );
      assert.equal(noted.length, 5);
      for (const line of noted) assert.equal(line.details?.kind, "sensible", "the journal does not say which");
      const reception = await desk.get(`/personnes/${id}`);
      assert.doesNotMatch(reception.text, /<h2>Situation|sensible/);
    },
  );

  await t.test(
    "doubles: why, how many, as a file, told apart and put back, merged and undone by the pages",
    async () => {
      const pair = { nom: "Kravtchenko", prenom: "Léonie", naissance: "18/06/1984", telephone: "06 99 99 99 01" };
      const one = await enter(adviser, pair);
      const two = await enter(adviser, { ...pair, prenom: "Leonie", courriel: "leonie@exemple.test", adresse: "" });
      const [first = "", second = ""] = [one, two].sort();
      const { rows: open } = await house.owner.query("SELECT 1 FROM people.twins WHERE dismissed_at IS NULL");
      const inbox = await adviser.get("/doublons");
      assert.match(plain(inbox.text), new RegExp(`${open.length} paires? à regarder`));
      assert.match(inbox.text, /Très probable : même date de naissance, mêmes noms, même téléphone/);
      const file = await adviser.get("/doublons/export.csv");
      assert.equal(
        file.text.trim().split("\r\n").length,
        open.length + 1,
        "as many rows as were told, and the headers",
      );
      assert.equal((await adviser.post("/doublons/avis", { first, second })).status, 303);
      assert.ok(!(await adviser.get("/doublons")).text.includes(`/doublons/${first}/${second}`));
      assert.ok((await adviser.get("/doublons?ecartes=1")).text.includes(`/doublons/${first}/${second}`));
      assert.equal((await adviser.post("/doublons/retour", { first, second })).status, 303);
      assert.deepEqual([(await journal("twins.dismissed")).length, (await journal("twins.reopened")).length], [1, 1]);

      const compare = await adviser.get(`/doublons/${one}/${two}`);
      assert.match(
        compare.text,
        /name="email" value="absorbed" checked/,
        "where the kept file says nothing, the other's value is proposed",
      );
      assert.match(compare.text, /name="given_name" value="kept" checked/);
      const form = {
        key: fieldOf(compare.text, "key"),
        version: fieldOf(compare.text, "version"),
        other_version: fieldOf(compare.text, "other_version"),
        email: "absorbed",
      };
      const stale = await adviser.post(`/doublons/${one}/${two}`, { ...form, version: "9", given_name: "absorbed" });
      assert.equal(stale.status, 409);
      assert.match(stale.text, /a changé pendant que vous compariez/);
      assert.match(stale.text, /name="given_name" value="absorbed" checked/, "the choice is kept");
      const merged = await adviser.post(`/doublons/${one}/${two}`, form);
      assert.equal(merged.status, 303);
      assert.match((await adviser.get(`/personnes/${one}`)).text, /leonie@exemple\.test/);
      const gone = await adviser.get(`/personnes/${two}`);
      assert.deepEqual([gone.status, gone.location], [303, `/personnes/${one}`]);
      const twice = await adviser.post(`/doublons/${one}/${two}`, form);
      assert.equal(
        twice.location.split("?")[0],
        merged.location.split("?")[0],
        "the form sent again leads to the same merge",
      );
      assert.equal((await journal("person.merged")).length, 1);
      const path = merged.location.split("?")[0] ?? "";
      assert.match(plain((await adviser.get(path)).text), /Ce qui a été noté depuis la fusion/);
      assert.match((await adviser.get("/fusions")).text, /en vigueur/);
      assert.equal((await adviser.get("/fusions/export.csv")).text.trim().split("\r\n").length, 2);
      assert.equal((await adviser.post(`${path}/annulation`)).status, 303);
      assert.equal((await adviser.post(`${path}/annulation`)).status, 409);
      assert.match((await adviser.get(`/personnes/${two}`)).text, /Leonie/);
      for (const address of ["/doublons", "/doublons/export.csv", `/doublons/${one}/${two}`, "/fusions", path])
        assert.equal((await desk.get(address)).status, 403, address);
    },
  );

  await t.test("the inbox is paged when there are many", async () => {
    for (let at = 0; at < 8; at++)
      await enter(adviser, {
        nom: "Foule",
        prenom: `Ana${at % 2 ? "ë" : "e"}lle`,
        naissance: "05/05/1955",
        telephone: "",
      });
    for (let at = 0; at < 5; at++)
      await enter(adviser, { nom: "Foule", prenom: "Anaelle", naissance: "05/05/1955", telephone: "" });
    const { rows } = await house.owner.query("SELECT 1 FROM people.twins WHERE dismissed_at IS NULL");
    assert.ok(rows.length > 50);
    const pages = [await adviser.get("/doublons"), await adviser.get("/doublons?page=2")];
    assert.match(pages[0]?.text ?? "", /href="\/doublons\?page=2"/);
    const pairs = pages.flatMap((page) =>
      [...page.text.matchAll(/href="(\/doublons\/[0-9a-f-]{36}\/[0-9a-f-]{36})"/g)].map((found) => found[1]),
    );
    assert.equal(new Set(pairs).size, pairs.length, "no pair twice");
    assert.equal(pairs.length, Math.min(100, rows.length));
  });

  await t.test(
    "rights of persons: consents, requests within the month, each with its day; mistakes keep what was typed",
    async () => {
      const id = await enter(adviser, { nom: "Sylla", prenom: "Rosa", naissance: "25/04/1960", telephone: "" });
      const path = `/personnes/${id}`;
      assert.equal(
        (await adviser.post(`${path}/consentements`, { purpose: "notice", consent: "informed", on_day: "30/11/2020" }))
          .status,
        303,
      );
      const future = await adviser.post(`${path}/consentements`, {
        purpose: "image",
        consent: "refused",
        on_day: "01/01/2031",
      });
      assert.equal(future.status, 422);
      assert.match(future.text, /pas encore venu/);
      assert.match(future.text, /value="01\/01\/2031"/);
      assert.equal(
        (await adviser.post(`${path}/consentements`, { purpose: "toString", consent: "given", on_day: "" })).status,
        422,
      );
      assert.equal((await adviser.post(`${path}/demandes`, { kind: "access", received_on: "31/01/2020" })).status, 303);
      const page = await adviser.get(`${path}/donnees`);
      assert.match(page.text, /29\/02\/2020, dépassé/, "a month later is the end of February");
      assert.match(page.text, /30\/11\/2020/);
      const request = /\/demandes\/([0-9a-f-]{36})/.exec(page.text)?.[1] ?? "";
      assert.match(
        (await adviser.post(`${path}/demandes/${request}`, { answer: "" })).text,
        /Écrivez la réponse donnée/,
      );
      assert.equal(
        (await adviser.post(`${path}/demandes/${request}`, { answer: "Dossier remis en main propre." })).status,
        303,
      );
      assert.equal(
        (await adviser.post(`${path}/demandes/${request}`, { answer: "Encore" })).status,
        404,
        "answered once",
      );
      const file = await adviser.get(`${path}/dossier`);
      assert.match(file.headers.get("content-disposition") ?? "", /attachment; filename="dossier-/);
      assert.match(file.text, /Dossier remis en main propre/);
      assert.ok(
        !(await adviser.get(`${path}/donnees`)).text.includes("Effacer définitivement"),
        "an adviser does not erase",
      );
      assert.equal((await adviser.post(`${path}/effacement`, { reason: "essai", confirmation: "X" })).status, 403);
      for (const address of [`${path}/donnees`, `${path}/dossier`]) assert.equal((await desk.get(address)).status, 403);
    },
  );

  await t.test(
    "programs read the identity under the same rights, and a merged file's is the one that took it in",
    async () => {
      const id = await enter(adviser, {
        nom: "Weber",
        prenom: "Khadija",
        naissance: "29/07/1989",
        telephone: "06 19 05 03 71",
      });
      const whole = JSON.parse((await adviser.get(`/api/v1/persons/${id}`)).text);
      assert.equal(whole.familyName, "Weber");
      assert.equal(whole.communeCode, "69383");
      assert.equal(whole.contact.phone, "+33619050371");
      const culture = JSON.parse((await (await as("culture")).get(`/api/v1/persons/${id}`)).text);
      assert.equal(culture.contact, undefined);
      assert.ok(!JSON.stringify(culture).includes("19050371"));
      assert.equal((await (await as("board")).get(`/api/v1/persons/${id}`)).status, 403);
      for (const wrong of ["nobody", house.deps.ids.uuid()])
        assert.equal((await adviser.get(`/api/v1/persons/${wrong}`)).status, 404);
      assert.ok((await journal("person.opened")).filter((line) => line.subject_id === id).length >= 2);
      assert.equal((await adviser.get("/api/v1/persons?q=w")).status, 422);
    },
  );

  await t.test("retention shows before it does, counts, exports, and its rule is dated with its source", async () => {
    await house.owner.query(
      `INSERT INTO people.persons (house_id, id, code, family_name, given_name, created_on, created_at, last_contact_on)
       SELECT $1, gen_random_uuid(), 'OLD' || n, 'Ancienne' || n, 'Rosa', '2015-01-01', now(), '2018-11-30' FROM generate_series(1, 60) n`,
      [house.houseId],
    );
    const page = await direction.get("/conservation");
    assert.match(plain(page.text), /Seraient archivées : 60 fiches/);
    assert.match(plain(page.text), /sans retour possible : 0 fiche/);
    assert.match(page.text, /CNIL, délibération 2023-095/);
    const file = await direction.get("/conservation/export.csv?liste=archive");
    assert.equal(file.text.trim().split("\r\n").length, 61);
    assert.match(plain((await direction.get("/conservation?jour=01/01/2019")).text), /Ce jour est passé/);
    assert.match((await direction.get("/conservation?jour=demain")).text, /Écrivez ce jour/);
    const manager = await as("site-manager");
    assert.equal((await manager.get("/conservation")).status, 200);
    assert.ok(!(await manager.get("/conservation")).text.includes("Faire le passage"), "looking is not doing");
    assert.equal((await manager.post("/conservation")).status, 403);
    assert.equal((await direction.post("/conservation")).status, 303);
    assert.match(plain((await direction.get("/conservation")).text), /Seraient archivées : 0 fiche/);
    assert.deepEqual(
      (await journal("retention.run")).map((line) => line.details),
      [{ archived: 60, anonymised: 0 }],
    );
    // Two years without contact and one of archive are over on that day, and the thirty days of notice too.
    assert.match(
      plain((await direction.get("/conservation?jour=30/11/2021")).text),
      /sans retour possible : 60 fiches/,
    );
    assert.equal(
      (await direction.get("/conservation/export.csv?liste=anonymise&jour=2021-11-30")).text.trim().split("\r\n")
        .length,
      61,
    );

    const rule = {
      a_partir_du: "01/01/2021",
      actif: "36",
      archive: "24",
      preavis: "60",
      source: "Décision du conseil du 3 décembre 2020",
    };
    for (const [field, value] of [
      ["actif", "0"],
      ["actif", "deux ans"],
      ["preavis", "1"],
      ["source", ""],
      ["a_partir_du", "01/01/2020"],
    ] as const) {
      const wrong = await direction.post("/conservation/regle", { ...rule, [field]: value });
      assert.equal(wrong.status, 422, field);
      assert.match(wrong.text, /value="24"|value="deux ans"/);
    }
    assert.equal((await direction.post("/conservation/regle", rule)).status, 303);
    assert.match(
      plain((await direction.get("/conservation")).text),
      /archivée 24 mois après/,
      "the rule of today is still the first",
    );
    assert.match(
      plain((await direction.get("/conservation?jour=01/01/2021")).text),
      /archivée 36 mois après.*jamais moins de 60 jours/s,
    );
  });
});
