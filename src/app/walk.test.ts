// Every mounted route that is read, walked as a stranger, another house's account, the wrong roles and the right ones; those that are
// acted on are walked beside (`walk-acts.test.ts`), since each half takes minutes.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { type TestHouse, testHouse } from "../core/testing/house.ts";
import { wholeFile } from "../core/testing/server.ts";
import type { Server } from "../core/testing/visitor.ts";
import { samples } from "../core/testing/walk/all-samples.ts";
import { makeHand } from "../core/testing/walk/hand.ts";
import { nameOf, pathOf, routesOf, walk } from "../core/testing/walk/walk.ts";
import { makeApplication } from "./application.ts";
import { importWorks, rooms } from "./rooms.ts";

const publicUrl = "http://localhost:4700";
const marks = [/Marqueur-/, /Zéphyrine-/];
let house: TestHouse;
let server: Server;

before(async () => {
  house = await testHouse(wholeFile, { rooms });
  server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
});

test("each page opens to the rights that it declares, and leaves the trace that it declares", async () => {
  assert.deepEqual(
    await walk({ rooms, verb: "GET", server, publicUrl, house, samples, marks, settled: importWorks.settled }),
    [],
  );
});

test("an administrator opens no file of a person, and the board sees figures only, whatever the page", async () => {
  const makers = {
    direction: (await house.signIn("direction")).cookie,
    administrator: (await house.signIn("administrator")).cookie,
  };
  const hand = makeHand(house, server, publicUrl, makers, await house.signIn("direction"));
  const person = await hand.person();
  await hand.visit({ person });
  const { rows } = await house.owner.query<{ code: string }>("SELECT code FROM people.persons WHERE id = $1", [person]);
  const nameless = [/Zéphyrine-/, new RegExp(rows[0]?.code ?? "?")];
  for (const role of ["administrator", "board"] as const) {
    const { cookie } = await house.signIn(role);
    for (const route of routesOf(rooms)) {
      const sample = route.verb === "GET" ? await samples[nameOf(route)]?.(hand) : undefined;
      if (!sample) continue;
      const got = await hand.ask("GET", pathOf(route, sample.params), { ...sample, cookie });
      for (const name of nameless) assert.ok(!name.test(got.text), `${role} read a person's name: ${nameOf(route)}`);
    }
    const held = rooms.flatMap((room) =>
      Object.values(room.rights).filter(
        (right) =>
          right.roles.includes(role) &&
          /^(person|visit|interview|note|session|week|terms|retention|import)\./.test(right.name),
      ),
    );
    assert.deepEqual(held, [], role);
  }
});
