// The catalogue of programmes: read from the house's list, shown, given back as the same list.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tx } from "../../../core/db/transaction.ts";
import { makeServer } from "../../../core/http/server.ts";
import type { Tally } from "../../../core/importing/engine.ts";
import { undoImport } from "../../../core/importing/undo.ts";
import { plainChrome } from "../../../core/testing/chrome.ts";
import { testHouse } from "../../../core/testing/house.ts";
import { importText } from "../../../core/testing/imports.ts";
import { makeVisitor } from "../../../core/testing/visitor.ts";
import { catalogue } from "./catalogue/reads.ts";
import { dispositifs } from "./imports.ts";
import { makeProgrammesRoom } from "./room.tsx";

const publicUrl = "http://localhost:4700";

test("programmes", async (t) => {
  const house = await testHouse(t, { rooms: [makeProgrammesRoom(() => [])] });
  const run = <R>(work: (tx: Tx) => Promise<R>): Promise<R> => house.run("direction", work);
  const server = makeServer({
    rooms: [makeProgrammesRoom(() => [])],
    services: { ...house.services, config: { ...house.services.config, publicUrl } },
    chrome: plainChrome,
  });
  let last = "";
  const bring = async (text: string): Promise<Tally> => {
    const tally = await run((tx) => importText(tx, dispositifs, text));
    last = tally.id;
    return tally;
  };
  const counts = (tally: Tally): number[] => [
    tally.counts.created,
    tally.counts.changed,
    tally.counts.unchanged,
    tally.counts.refused,
  ];
  const file = [
    "code;intitule;pole;financeurs",
    'gpp;Guidance professionnelle personnalisée;Adultes;"Région;Ville de Lyon"',
    "mic; Mission  insertion culture ;Culture;",
    ";Sans code;Culture;",
    "vide;;Culture;",
    "gpp;En double;Culture;",
  ].join("\n");

  await t.test("a house without a list is told what to do", async () => {
    const visitor = makeVisitor(server, publicUrl, (await house.signIn("reception")).cookie);
    assert.match((await visitor.get("/dispositifs")).text, /importez la liste de la maison/);
  });

  await t.test("the list is read, refused lines say why, twice changes nothing, and an import is undone", async () => {
    const first = await bring(file);
    assert.deepEqual(counts(first), [2, 0, 0, 3]);
    assert.deepEqual(
      first.sentences.map((one) => one.sentence.replace(/ :.*/, "")),
      [
        "Le code du dispositif manque.",
        "L’intitulé du dispositif manque.",
        "L’identifiant « gpp » est déjà donné plus haut dans ce fichier",
      ],
    );
    assert.deepEqual(
      (await run(catalogue)).map(({ code, title, pole, funders }) => ({ code, title, pole, funders })),
      [
        {
          code: "gpp",
          title: "Guidance professionnelle personnalisée",
          pole: "Adultes",
          funders: ["Région", "Ville de Lyon"],
        },
        { code: "mic", title: "Mission insertion culture", pole: "Culture", funders: [] },
      ],
    );
    assert.deepEqual(counts(await bring(file)), [0, 0, 2, 3]);
    assert.deepEqual(counts(await bring("code;intitule\nmic;Culture pour tous")), [0, 1, 0, 0]);
    assert.equal((await run(catalogue)).find((one) => one.code === "mic")?.title, "Culture pour tous");
    assert.deepEqual(await run((tx) => undoImport(tx, [dispositifs], last)), { undone: true });
    assert.deepEqual((await run(catalogue)).find((one) => one.code === "mic")?.title, "Mission insertion culture");
  });

  await t.test("the page counts what it exports, and the exported file may come back", async () => {
    const visitor = makeVisitor(server, publicUrl, (await house.signIn("finance")).cookie);
    const page = await visitor.get("/dispositifs");
    assert.match(page.text.replace(/\u00a0/g, " "), /2 dispositifs, par pôle/);
    assert.match(page.text, /Région et Ville de Lyon/);
    const exported = await visitor.get("/dispositifs/export.csv");
    assert.equal(exported.text.trim().split("\r\n").length, 3);
    assert.deepEqual(counts(await bring(exported.text)), [0, 0, 2, 0]);
    const nobody = makeVisitor(server, publicUrl, (await house.signIn("administrator")).cookie);
    assert.equal((await nobody.get("/dispositifs")).status, 403);
    const other = await house.anotherHouse("ailleurs");
    const elsewhere = makeVisitor(
      server,
      publicUrl,
      (await house.signIn("direction", { house: other.houseId })).cookie,
    );
    assert.doesNotMatch((await elsewhere.get("/dispositifs/export.csv")).text, /gpp/);
  });
});
