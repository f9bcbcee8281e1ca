// The walk itself: on a server that does not do what its routes declare, it says which route, and what.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sql } from "kysely";
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../http/answer.ts";
import { declareRoutes, type Route } from "../../http/route.ts";
import { makeServer } from "../../http/server.ts";
import { isUuid } from "../../ids.ts";
import { declareRights } from "../../rights.ts";
import type { Room } from "../../room.ts";
import { plainChrome } from "../chrome.ts";
import { type TestHouse, testHouse } from "../house.ts";
import { wholeFile } from "../server.ts";
import { nameOf, type Samples, walk } from "./walk.ts";

const rights = declareRights({
  "note.read": { sentence: "lire une note", roles: ["reception", "adviser"] },
  "note.write": { sentence: "écrire une note", roles: ["direction"], held: "house" },
});

/** A room whose notes are the other names of sites. */
function notes(): Room {
  const routes = declareRoutes();
  routes.get("/notes/:site", { right: rights["note.read"], trace: "note.read" }, async (at) => {
    const site = at.params.site ?? "";
    const { rows } = isUuid(site)
      ? await sql<{ alias: string }>`SELECT a.alias FROM house.site_aliases a WHERE a.site_id = ${site}`.execute(
          at.tx.on(),
        )
      : { rows: [] };
    return rows[0] ? page({ title: "Note", body: rows[0].alias }) : notFound("Cette note");
  });
  routes.post(
    "/notes",
    {
      right: rights["note.write"],
      trace: "note.written",
      form: z.object({ alias: z.string() }),
      onMistakes: () => refusal(422, "Illisible."),
    },
    async (at) => {
      await sql`INSERT INTO house.site_aliases (house_id, site_id, alias)
        SELECT house_id, id, ${at.form.alias} FROM house.sites WHERE house_id = ${at.scope.house} AND code = 'mermoz'`.execute(
        at.tx.on(),
      );
      return redirect("/notes");
    },
  );
  routes.get("/vide", { right: "signed-in", trace: { none: "nothing is shown" } }, () => redirect("/notes"));
  return { name: "notes", uses: [], rights, routes };
}

const samples: Samples = {
  "GET /notes/:site": (hand) => ({ params: { site: hand.house.sites.gerland } }),
  "POST /notes": (hand) => ({ form: { alias: `Note ${hand.id()}` } }),
  "GET /vide": () => ({}),
};

let house: TestHouse;
let turn = 0;
before(async () => {
  house = await testHouse(wholeFile);
  await house.owner.query("INSERT INTO house.site_aliases (house_id, site_id, alias) VALUES ($1, $2, 'Marqueur')", [
    house.houseId,
    house.sites.gerland,
  ]);
});

/** Walks the room on a server where the named route was changed. */
const walked = (name: string, change: Partial<Route>, wish: { samples?: Samples } = {}): Promise<string[]> => {
  const declared = notes();
  const all = (declared.routes?.all ?? []).map((route) => (nameOf(route) === name ? { ...route, ...change } : route));
  const mounted = { ...declared, routes: { ...declareRoutes(), all } };
  const { publicUrl } = house.services.config;
  const server = makeServer({ rooms: [mounted], services: house.services, chrome: plainChrome });
  turn += 1;
  return walk({
    rooms: [declared],
    server,
    publicUrl,
    house,
    samples,
    marks: [/Marqueur/],
    ...wish,
    away: `loin-${turn}`,
  });
};

test("a server that does what its routes declare has no fault", async () => {
  assert.deepEqual(await walked("", {}), []);
});

test("a right that is ignored is found", async () => {
  const faults = await walked("GET /notes/:site", { right: "signed-in" });
  assert.ok(faults.includes("GET /notes/:site: board got 200"), faults.join("\n"));
  assert.ok(faults.includes("GET /notes/:site: board read a record"));
});

test("a role held for too little is found where the right wants the whole house", async () => {
  const { held, ...wide } = rights["note.write"];
  const faults = await walked("POST /notes", { right: wide });
  assert.ok(faults.includes("POST /notes: direction of a site got 303"), faults.join("\n"));
  assert.ok(faults.includes("POST /notes: a wrong role changed the house"));
});

test("a missing trace, and a trace too many, are found", async () => {
  assert.deepEqual(await walked("POST /notes", { trace: { none: "planted" } }), [
    'POST /notes: direction left no journal line "note.written"',
  ]);
  assert.deepEqual(await walked("GET /vide", { trace: "planted" }), [
    "GET /vide: direction left 1 lines, and the route says that it leaves none",
    "GET /vide: board left 1 lines, and the route says that it leaves none",
  ]);
});

test("a page that answers to nobody, or to another house, is found", async () => {
  const all = async (at: { params: Record<string, string> }) => {
    const { rows } = await house.owner.query<{ alias: string }>(
      "SELECT alias FROM house.site_aliases WHERE site_id = $1",
      [at.params.site],
    );
    return page({ title: "Note", body: rows[0]?.alias });
  };
  const handler = all as Route["handler"];
  assert.deepEqual(await walked("GET /notes/:site", { handler }), [
    "GET /notes/:site: another house got 200 where this house's identifier is out of its scope",
    "GET /notes/:site: another house read a record",
  ]);
  const open = await walked("GET /notes/:site", { handler, right: "anyone" });
  assert.ok(open.includes("GET /notes/:site: a stranger got 200"), open.join("\n"));
  assert.ok(open.includes("GET /notes/:site: a stranger read a record"));
});

test("a route without its sample is not passed over", async () => {
  const { "GET /vide": _, ...others } = samples;
  assert.deepEqual(await walked("", {}, { samples: others }), ["GET /vide: the walk has no sample for it"]);
  assert.deepEqual(await walked("", {}, { samples: { ...samples, "GET /ailleurs": () => ({}) } }), [
    "GET /ailleurs: a sample, and no route",
  ]);
});
