// Every mounted route that is acted on, walked as a stranger, another house's account, the wrong roles and the right ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testHouse } from "../core/testing/house.ts";
import { samples } from "../core/testing/walk/all-samples.ts";
import { walk } from "../core/testing/walk/walk.ts";
import { makeApplication } from "./application.ts";
import { importWorks, rooms } from "./rooms.ts";

test("each act opens to the rights that it declares, and leaves the trace that it declares", async (t) => {
  const publicUrl = "http://localhost:4700";
  const house = await testHouse(t, { rooms });
  const server = makeApplication({ ...house.services, config: { ...house.services.config, publicUrl } });
  const marks = [/Marqueur-/, /Zéphyrine-/];
  assert.deepEqual(
    await walk({ rooms, verb: "POST", server, publicUrl, house, samples, marks, settled: importWorks.settled }),
    [],
  );
});
