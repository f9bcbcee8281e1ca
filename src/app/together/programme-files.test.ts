// The programmes of the demonstration house, each a file that a person edits: understood, complete for its year's records, given back
// as they were read.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { askFigures } from "../../core/figures/ask.ts";
import { yearPeriod } from "../../core/figures/print.ts";
import { projectRoot } from "../../core/root.ts";
import { testHouse } from "../../core/testing/house.ts";
import { type Definition, readDefinitionYaml } from "../../rooms/foundations/programmes/definition/definition.ts";
import { loadDefinitions } from "../../rooms/foundations/programmes/door.ts";
import { makeApplication } from "../application.ts";
import { importCommand } from "../imports/command.ts";
import { readDefinitionFiles } from "../programme-files.ts";
import { importKinds, registry, rooms } from "../rooms.ts";

const year = join(projectRoot, "demo/2020");
type Row = Record<string, string>;
const records = (name: string): Row[] =>
  parse(readFileSync(join(year, name)), { delimiter: ";", columns: true, bom: true, trim: true });

/** Words of the year's records that the report does not say more of. */
const unsaid = new Set(["ier autre", "permis-v fin d'action", "etincelle fin d'action"]);

function understood(text: string): Definition {
  const read = readDefinitionYaml(text);
  assert.ok(read.ok, JSON.stringify(read));
  const { value } = read;
  const byText = <T>(all: readonly T[]): T[] =>
    all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    ...value,
    sites: value.sites.toSorted(),
    agreements: byText(value.agreements),
    targets: byText(value.targets),
    outcomes: value.outcomes.map((word) => ({ ...word, readings: byText(word.readings) })),
  };
}

test("the demonstration's programmes are files", async (t) => {
  const house = await testHouse(t, { rooms });
  house.clock.set("2021-01-04T08:00:00+01:00");
  const files = readDefinitionFiles([join(projectRoot, "demo/programmes")]);
  const definitions = new Map(files.map(({ text }) => [understood(text).code, understood(text)]));
  const load = async (texts: typeof files): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await house.run("direction", (tx) => loadDefinitions(tx, texts))).map((one) => [
        one.name,
        "outcome" in one ? one.outcome : one.mistakes.join(" ; "),
      ]),
    );
  const every = (outcome: string) => Object.fromEntries(files.map(({ name }) => [name, outcome]));
  // The people of the enrolments are enough, and their sites.
  const folder = mkdtempSync(join(tmpdir(), "traboule-programmes-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const printed: string[] = [];
  const bring = async (...names: string[]): Promise<void> => {
    for (const name of names) cpSync(join(year, name), join(folder, name));
    const scope = house.scope("direction");
    const wish = { strict: true, untried: true, print: (line: string) => void printed.push(line) };
    assert.equal(await importCommand(house.services, scope, importKinds, folder, wish), 0, printed.join("\n"));
  };

  await t.test("one file for each programme of the house's list, with its title, pole and funders", () => {
    const listed = records("dispositifs.csv").map(({ code, intitule, pole, financeurs = "" }) => [
      code,
      intitule,
      pole,
      financeurs.split(";"),
    ]);
    const written = [...definitions.values()].map(({ code, title, pole, funders }) => [code, title, pole, funders]);
    const inOrder = (rows: unknown[][]) => rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    assert.deepEqual(inOrder(written), inOrder(listed));
    for (const { name, text } of files) {
      assert.match(text, /^# Rapport 2020, [A-H]\d+ /, name);
      assert.equal(name, `${understood(text).code}.yaml`);
    }
  });

  await t.test(
    "every word of the year's outcomes and exits is there as it is spelt, and says what it counts as",
    () => {
      const programmeOf = new Map(records("parcours.csv").map((row) => [row.id, row.dispositif]));
      const used = [
        ...records("parcours.csv").map((row) => [row.dispositif, row.motif_sortie]),
        ...records("resultats.csv").map((row) => [programmeOf.get(row.parcours), row.type]),
      ].filter(([, word]) => word);
      assert.ok(used.length > 250);
      for (const [code = "", label = ""] of used) {
        const word = definitions.get(code)?.outcomes.find((one) => one.label === label);
        assert.ok(word, `${code} : ${label}`);
        assert.ok(word.kind !== "other" || unsaid.has(`${code} ${label}`), `${code} : ${label}`);
      }
    },
  );

  await t.test("they are read whole; once more, nothing changes, before and after the year's records", async () => {
    await bring("antennes.csv");
    assert.deepEqual(await load(files), every("created"));
    assert.deepEqual(await load(files), every("unchanged"));
    const enrolled = new Set(records("parcours.csv").map((row) => row.personne));
    const people = records("personnes.csv").filter((row) => enrolled.has(row.id));
    writeFileSync(join(folder, "personnes.csv"), stringify(people, { header: true, delimiter: ";" }));
    await bring("dispositifs.csv", "parcours.csv", "resultats.csv");
    assert.ok(printed.every((line) => !/Un mot nouveau/.test(line)));
    assert.deepEqual(await load(files), every("unchanged"));
  });

  await t.test("a programme's own page gives back the file that it was read from", async () => {
    const application = makeApplication(house.services);
    const { cookie } = await house.signIn("direction");
    const given: typeof files = [];
    for (const { name, text } of files) {
      const path = `/dispositifs/${name.replace(".yaml", "")}/definition.yaml`;
      const response = await application.request(path, { headers: { cookie } });
      assert.equal(response.status, 200, path);
      const own = await response.text();
      assert.deepEqual(understood(own), understood(text), name);
      given.push({ name, text: own });
    }
    assert.deepEqual(await load(given), every("unchanged"));
  });

  await t.test("the rate of positive exits is over whom the programme says", async () => {
    const table = await house.run("direction", (tx) =>
      askFigures(tx, registry, {
        codes: ["dispositif.sorties_positives", "dispositif.taux_sorties_positives", "dispositif.sorties"],
        period: yearPeriod(2020),
        by: [["dispositif"], ["dispositif", "antenne"]],
      }),
    );
    const of = (figure: string, code: string) => table.at(`dispositif.${figure}`, ["dispositif"], [code]);
    // Report 2020, PIER Séniors: « 13 sorties positives (62%) » of 21 people followed, all who left having left well.
    assert.equal(of("sorties_positives", "ier-seniors"), 13);
    assert.equal(of("sorties", "ier-seniors"), 13);
    assert.equal(of("taux_sorties_positives", "ier-seniors"), 62);
    const voltaire = table.at(
      "dispositif.taux_sorties_positives",
      ["dispositif", "antenne"],
      ["ier-seniors", "voltaire"],
    );
    assert.equal(voltaire, 46);
    // General IER: 9 of 15 at Gerland, 8 of 14 at Mermoz, 2 of 7 at La Duchère.
    assert.equal(of("sorties_positives", "ier"), 9 + 8 + 2);
    assert.equal(of("taux_sorties_positives", "ier"), Math.round((100 * 19) / (15 + 14 + 7)));
  });

  await t.test("each programme's chapter shows what its file says that it shows, in that order", async () => {
    const application = makeApplication(house.services);
    const { cookie } = await house.signIn("direction");
    const chapter = async (code: string): Promise<string> => {
      const response = await application.request(`/rapport/2020/${code}`, { headers: { cookie } });
      assert.equal(response.status, 200, code);
      return (await response.text()).replaceAll("\u00a0", " ");
    };
    const seniors = await chapter("ier-seniors");
    assert.match(seniors, /62 %<\/a>, sur 21 parcours accompagnés/);
    assert.ok(seniors.indexOf("Résultats obtenus") < seniors.indexOf("<h2>Sorties</h2>"));
    assert.match(await chapter("ier"), /53 %<\/a>, sur 36 sorties/);
    // Nobody left Passeport emploi with a reason: no rate is shown of it.
    assert.doesNotMatch(await chapter("passeport-emploi"), /Taux de sorties/);
    assert.match(await chapter("expertise-rh"), /Rien n’a été noté pour ce dispositif en 2020/);
  });
});
