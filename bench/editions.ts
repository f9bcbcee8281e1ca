// What an edition of the annual report costs: opened with its chapters written, counted from nothing, and made a PDF.
import { randomUUID } from "node:crypto";
import { browserOf } from "./gestures.ts";
import { middle, type Pace } from "./rounds.ts";
import type { Stage } from "./stage.ts";

export type EditionMeasure = { figures: number; opened: number; counted: number; pdf: number };

const year = 2020;

export async function measureEdition(stage: Stage, pace: Pace): Promise<EditionMeasure> {
  const headers = browserOf(stage.house.signedIn.direction[0] ?? "", stage.program);
  const edition = randomUUID();
  const post = async (path: string, form: Record<string, string>): Promise<number> => {
    const started = performance.now();
    const body = new URLSearchParams(form);
    const got = await fetch(stage.program + path, { method: "POST", headers, body, redirect: "manual" });
    await got.arrayBuffer();
    if (got.status !== 303) throw new Error(`${path}: ${got.status}`);
    return (performance.now() - started) / 1000;
  };
  const get = async (path: string): Promise<{ seconds: number; text: string }> => {
    const started = performance.now();
    const got = await fetch(stage.program + path, { headers });
    const text = Buffer.from(await got.arrayBuffer()).toString("latin1");
    if (got.status !== 200) throw new Error(`${path}: ${got.status}`);
    return { seconds: (performance.now() - started) / 1000, text };
  };
  const opened = await post("/editions/nouvelle", { key: edition, titre: `Rapport ${year}`, periode: String(year) });
  const at = `/editions/${edition}`;
  const counted: number[] = [];
  const pdfs: number[] = [];
  let figures = 0;
  for (let round = 0; round < pace.rounds; round++)
    for (const [file, times] of [
      ["donnees.csv", counted],
      ["rapport.pdf", pdfs],
    ] as const) {
      // Something is written: no answer that was kept serves.
      await post(`${at}/chapitres`, { key: randomUUID(), titre: `Essai ${round}` });
      const { seconds, text } = await get(`${at}/${file}?pour=maison`);
      times.push(seconds);
      if (file === "donnees.csv") figures = text.trimEnd().split("\r\n").length - 1;
    }
  return { figures, opened, counted: middle(counted), pdf: middle(pdfs) };
}
