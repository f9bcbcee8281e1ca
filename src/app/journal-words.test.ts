// The journal is read by people: every act that the program can write has its sentence.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../core/root.ts";
import { journalWords, rooms } from "./rooms.ts";

test("every act of the journal has its sentence, and every sentence its act", () => {
  const words = journalWords();
  const traces = rooms.flatMap((room) =>
    (room.routes?.all ?? []).flatMap((route) => (typeof route.trace === "string" ? [route.trace] : [])),
  );
  const sources = globSync("src/**/*.{ts,tsx}", { cwd: projectRoot })
    .filter((path) => !path.includes(".test.") && !path.includes("testing"))
    .map((path) => readFileSync(join(projectRoot, path), "utf8"));
  const written = sources.flatMap((text) =>
    [...text.matchAll(/\bact: "([a-z-]+\.[a-z-]+)"/g)].map(([, act = ""]) => act),
  );
  const acts = new Set([...traces, ...written]);
  assert.ok(written.length > 5, "the sources were read");
  assert.deepEqual([...acts].filter((act) => !words[act]).sort(), []);
  assert.deepEqual(
    Object.keys(words)
      .filter((act) => !acts.has(act))
      .sort(),
    [],
  );
});

test("an act has one sentence: no room tells it in the words of another", () => {
  const claimed = rooms.flatMap((room) =>
    Object.keys(room.journalWords ?? {}).map((act) => ({ act, room: room.name })),
  );
  const twice = [...Map.groupBy(claimed, ({ act }) => act)].filter(([, by]) => by.length > 1);
  assert.deepEqual(
    twice.map(([act, by]) => `${act}: ${by.map(({ room }) => room).join(", ")}`),
    [],
  );
});
