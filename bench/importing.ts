// The import of a large file while the desk works: how long it takes, and what the desk feels of it.
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { projectRoot } from "../src/core/root.ts";
import { deskMix } from "./gestures.ts";
import { peopleCsv } from "./ground.ts";
import type { Measured } from "./load.ts";
import type { Stage } from "./stage.ts";

/**
 * How long each person of the desk stops between an answer and the next request: eight who type a letter every quarter of a second and note
 * a visit after three, all day. Asked without a pause, as the gestures are, the processors are full before the import begins, and what is
 * measured is how the system shares them.
 */
export const deskPause = 250;

export type Imported = { rows: number; seconds: number; before: Measured; meanwhile: Measured };

/** Measures the desk alone, then during the import of `rows` people. */
export async function importMeanwhile(
  stage: Stage,
  rows: number,
  alone: number,
  persons: readonly string[],
): Promise<Imported> {
  const path = join(stage.place.folder, "personnes.csv");
  await pipeline(Readable.from(peopleCsv(rows)), createWriteStream(path));
  const desk = (seconds: number): Promise<Measured> =>
    stage.load({
      origin: stage.program,
      seconds,
      pause: deskPause,
      clients: stage.gestures.search.headers,
      shots: deskMix(stage.gestures),
      persons,
      fine: [200],
    });
  const before = await desk(alone);
  const going = desk(600);
  const started = performance.now();
  await runImport(stage, path);
  const seconds = (performance.now() - started) / 1000;
  stage.stopLoad();
  const meanwhile = await going;
  for (const { spoiled } of [before, meanwhile])
    if (Object.keys(spoiled).length > 0) throw new Error(`the desk during the import: ${JSON.stringify(spoiled)}`);
  return { rows, seconds, before, meanwhile };
}

function runImport(stage: Stage, path: string): Promise<void> {
  const child = spawn(process.execPath, [join(projectRoot, "bin/traboule.js"), "import", "--house", "bench", path], {
    env: stage.place.environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text: Buffer) => (said += text.toString()));
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => (code === 0 ? done() : failed(new Error(`the import failed (${code}): ${said}`))));
  });
}
