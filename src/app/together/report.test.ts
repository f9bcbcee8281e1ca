// The chapter and its figures: what is shown opens onto as many rows, and readers outside the team learn nothing of somebody.
import assert from "node:assert/strict";
import { test } from "node:test";
import { askFigures } from "../../core/figures/ask.ts";
import { printFigures } from "../../core/figures/print.ts";
import { testHouse } from "../../core/testing/house.ts";
import { makeApplication } from "../application.ts";
import { registry, rooms } from "../rooms.ts";

const year = "de=2020-01-01&a=2020-12-31";

test("the chapter of the desks", async (t) => {
  const house = await testHouse(t, { rooms });
  const { houseId, sites, owner } = house;
  // 30 women and 3 men at Gerland, 12 women and 20 men at Mermoz, two visits each at most; 6 people without a name.
  const add = (sex: string, site: string, count: number, from: number) =>
    owner.query(
      `WITH made AS (INSERT INTO people.persons (house_id, id, code, sex, family_name, given_name, birth_date, created_on, created_at)
           SELECT $1, gen_random_uuid(), $2 || i, $2, 'Essai', 'Personne ' || i, date '1985-01-01' + i, '2020-01-01', now() FROM generate_series($4::int, $4 + $5 - 1) i RETURNING id, house_id)
         INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, person_id, mode, recorded_at)
           SELECT house_id, gen_random_uuid(), $3, date '2020-03-02' + (row_number() OVER ())::int, id, 'in_person', now() FROM made`,
      [houseId, sex, site, from, count],
    );
  await add("F", sites.gerland, 30, 100);
  await add("M", sites.gerland, 3, 200);
  await add("F", sites.mermoz, 12, 300);
  await add("M", sites.mermoz, 20, 400);
  await owner.query(
    "INSERT INTO agenda.visits (house_id, id, site_id, occurred_on, mode, recorded_at) SELECT $1, gen_random_uuid(), $2, '2020-06-01', 'phone', now() FROM generate_series(1, 6)",
    [houseId, sites.mermoz],
  );
  const application = makeApplication(house.services);
  const cookies = {
    direction: (await house.signIn("direction")).cookie,
    board: (await house.signIn("board")).cookie,
  };
  const get = async (role: "direction" | "board", path: string) => {
    const response = await application.request(path, { headers: { cookie: cookies[role] } });
    const html = response.headers.get("content-type")?.includes("html") ? await response.text() : "";
    return { status: response.status, html, response };
  };

  await t.test(
    "each figure, however asked, opens onto as many rows as it says, in the page and in both exports",
    async () => {
      for (const [path, count] of [
        [`antennes.visites/export.csv?${year}`, 71],
        [`antennes.visites/export.csv?${year}&antenne=mermoz`, 38],
        [`antennes.personnes/export.csv?${year}`, 65],
        [`antennes.personnes/export.csv?${year}&sexe=M`, 23],
        [`antennes.visites_sans_nom/export.csv?${year}`, 6],
      ] as const) {
        const { response, status } = await get("direction", `/chiffres/${path}`);
        assert.equal(status, 200, path);
        assert.equal((await response.text()).trimEnd().split("\r\n").length - 1, count, path);
        const { html } = await get("direction", `/chiffres/${path.replace("/export.csv", "")}`);
        assert.match(html, new RegExp(`id="valeur">${count}<`), path);
        assert.match(html, new RegExp(`${count}\u00a0lignes?`), path);
      }
      const xlsx = await get("direction", `/chiffres/antennes.visites/export.xlsx?${year}&antenne=mermoz`);
      assert.equal(xlsx.status, 200);
      assert.ok((await xlsx.response.arrayBuffer()).byteLength > 3000);
    },
  );

  await t.test("breakdowns of events add up to the total, whatever the dimension", async () => {
    const figure = registry.figure("antennes.visites");
    assert.ok(figure);
    const period = { from: "2020-01-01", to: "2020-12-31" };
    const table = await house.run("direction", (tx) =>
      askFigures(tx, registry, { codes: [figure.code], period, by: [[], ...figure.by.map((key) => [key])] }),
    );
    for (const key of figure.by) {
      const parts: number[] = table.valuesOf(key).map((value) => table.at(figure.code, [key], [value]));
      assert.equal(
        parts.reduce((sum, part) => sum + part, 0),
        71,
        key,
      );
    }
  });

  await t.test(
    "the figures of a year are one file: as many rows as the page says, its numbers, its masks",
    async () => {
      const rowsOf = async (role: "direction" | "board") => {
        const { response, status } = await get(role, "/rapport/2020/chiffres.csv");
        assert.equal(status, 200);
        const [header, ...rows] = (await response.text()).trimEnd().split("\r\n");
        assert.match(header ?? "", /Chiffre;Répartition;.*;Nombre;Unité;Code$/);
        return rows.map((row) => row.split(";"));
      };
      const rows = await rowsOf("direction");
      const told = new RegExp(`Exporter ${rows.length}\u00a0chiffres`);
      assert.match((await get("direction", "/rapport/2020")).html, told);
      // A chapter gives its own figures alone.
      const chapter = await (await get("direction", "/rapport/2020/chiffres.csv?chapitre=antennes")).response.text();
      const own = rows.filter((row) => row.at(-1)?.startsWith("antennes."));
      assert.deepEqual(
        chapter.trimEnd().split("\r\n").slice(1),
        own.map((row) => row.join(";")),
      );
      const toldOfIt = new RegExp(`Exporter ${own.length}\u00a0chiffres`);
      assert.match((await get("direction", "/rapport/2020/antennes")).html, toldOfIt);
      const numberOf = (code: string) => rows.find((row) => row.at(-1) === code)?.at(-3);
      assert.equal(numberOf("antennes.visites"), "71");
      assert.equal(numberOf("antennes.visites[antenne=mermoz]"), "38");
      assert.equal(numberOf("antennes.personnes[sexe=M]"), "23");
      assert.equal(numberOf("antennes.personnes[antenne=gerland,sexe=M]"), "3");
      // Each number of the file is that of the program's other ways out.
      const printed = await house.run("direction", (tx) => printFigures(tx, registry, 2020));
      for (const row of rows) {
        const code = row.at(-1) ?? "";
        if (code in printed) assert.equal(Number(row.at(-3)?.replace(",", ".")), printed[code], code);
      }
      const masked = await rowsOf("board");
      // What counts a sensitive fact is not told to exist; all else is there, if masked.
      assert.deepEqual(
        masked.map((row) => row.at(-1)),
        rows.map((row) => row.at(-1)).filter((code) => !/\.(rsa|rqth)\b/.test(code ?? "")),
      );
      assert.equal(masked.find((row) => row.at(-1) === "antennes.personnes[antenne=gerland,sexe=M]")?.at(-3), "masqué");
      assert.ok(
        masked.every((row) => !/^[1-4]$/.test(row.at(-3) ?? "") || row.at(-1)?.startsWith("antennes.visites_par")),
      );
      const xlsx = await get("board", "/rapport/2020/chiffres.xlsx");
      assert.equal(xlsx.status, 200);
      assert.ok((await xlsx.response.arrayBuffer()).byteLength > 3000);
      assert.equal((await get("board", "/rapport/20x0/chiffres.csv")).status, 404);
    },
  );

  await t.test(
    "a program asks a figure, whole or by one of its breakdowns, and is told what it cannot be",
    async () => {
      const ask = async (query: string) =>
        (await get("direction", `/api/v1/figures/antennes.visites?from=2020-01-01&to=2020-12-31${query}`)).response;
      const answer = (await (await ask("&by=antenne")).json()) as {
        value: number;
        parts: { value: string; number: number }[];
      };
      assert.equal(answer.value, 71);
      assert.deepEqual(Object.fromEntries(answer.parts.map((part) => [part.value, part.number])), {
        gerland: 33,
        mermoz: 38,
      });
      const months = (await (await ask("&by=mois")).json()) as { parts: { value: string; label: string }[] };
      assert.equal(months.parts.find((part) => part.value === "06")?.label, "juin");
      assert.equal(((await (await ask("")).json()) as { parts?: unknown }).parts, undefined);
      const refused = await ask("&by=signe");
      assert.equal(refused.status, 422);
      assert.match(await refused.text(), /ne se répartit pas par « signe »/);
    },
  );

  await t.test("the lockdowns stand on the chart of their year, and on no other", async () => {
    const { html } = await get("direction", "/rapport/2020/antennes");
    assert.equal(html.match(/class="span"/g)?.length, 2);
    assert.match(html, /class="span-name"[^>]*>premier confinement</);
    assert.doesNotMatch((await get("direction", "/rapport/2015/antennes")).html, /class="span"/);
  });

  await t.test("the board sees no small number, on no page, and opens no list", async () => {
    const chapter = await get("board", "/rapport/2020/antennes");
    assert.equal(chapter.status, 200);
    assert.match(chapter.html, /masqué/);
    const pages = [chapter.html];
    for (const by of ["sexe", "antenne", "age", "mois"])
      pages.push((await get("board", `/chiffres/antennes.personnes?${year}&par=${by}`)).html);
    pages.push((await get("board", `/chiffres/antennes.personnes?${year}&antenne=gerland&par=sexe`)).html);
    for (const html of pages) {
      assert.doesNotMatch(html, />[1-4]<\/a>/);
      assert.doesNotMatch(html, /La liste derrière le chiffre|Personne 1/);
    }
    // The men of Gerland are three. What would give them away is hidden in the chapter and behind the figure alike.
    const gerland = pages.at(-1) ?? "";
    assert.doesNotMatch(gerland, />30<\/a>/);
    assert.equal((await get("board", `/chiffres/antennes.personnes/export.csv?${year}`)).status, 403);
    assert.equal((await get("board", "/api/v1/figures?year=2020")).status, 403);
  });

  await t.test(
    "the board cannot ask around the mask: part of a year, a filter or a crossing that is not published",
    async () => {
      for (const path of [
        "antennes.personnes?de=2020-01-02&a=2020-12-31",
        `antennes.personnes?${year}&motif=information`,
        `antennes.personnes?${year}&mois=03&antenne=gerland`,
        `antennes.personnes?${year}&mois=03&par=sexe`,
      ]) {
        assert.equal((await get("board", `/chiffres/${path}`)).status, 403, path);
        assert.equal((await get("direction", `/chiffres/${path}`)).status, 200, path);
      }
    },
  );

  await t.test("a year without a visit is a page, not a fault", async () => {
    for (const path of ["/rapport/2015/antennes", "/rapport/2015", "/rapport/2020/antennes?compare=2015", "/rapport"])
      for (const role of ["direction", "board"] as const) {
        const { status, html } = await get(role, path);
        assert.equal(status, 200, path);
        assert.doesNotMatch(html, /NaN|undefined|Infinity/);
      }
    assert.equal((await get("direction", "/rapport/20x0/antennes")).status, 404);
    assert.equal((await get("direction", "/chiffres/inconnu?de=2020-01-01&a=2020-12-31")).status, 404);
    assert.equal((await get("direction", "/chiffres/antennes.visites?de=hier")).status, 422);
  });
});
