// Every mounted route, walked as a stranger, another house's account, the wrong roles and the right ones.
import assert from "node:assert/strict";
import { test } from "node:test";
import { testHouse } from "../core/testing/house.ts";
import { houseSamples } from "../core/testing/walk/house-samples.ts";
import { recordSamples } from "../core/testing/walk/record-samples.ts";
import { walk } from "../core/testing/walk/walk.ts";
import { makeApplication } from "./application.ts";
import { rooms } from "./rooms.ts";

const publicUrl = "http://localhost:4700";

test("each route opens to the rights that it declares, and leaves the trace that it declares", async (t) => {
  const house = await testHouse(t, { rooms });
  const services = { ...house.services, config: { ...house.services.config, publicUrl } };
  const faults = await walk({
    rooms,
    server: makeApplication(services),
    publicUrl,
    house,
    samples: { ...houseSamples, ...recordSamples },
    marks: [/Marqueur-/, /Zéphyrine-/],
  });
  assert.deepEqual(faults, []);
});
