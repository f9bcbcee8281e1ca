// What the pathways are measured by: the active list, an interview recorded, a session closed, the chapters of a year, a list exported.
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { type EditionMeasure, measureEdition } from "./editions.ts";
import { browserOf } from "./gestures.ts";
import { personId, type Size, sessionId } from "./ground.ts";
import { clients, type House } from "./house.ts";
import type { Measured, Shot } from "./load.ts";
import { seated, seats, toClose } from "./pathways-ground.ts";
import { medianOf, middle, type Pace } from "./rounds.ts";
import type { Stage } from "./stage.ts";

export type Pathways = {
  caseload: Measured;
  interview: Measured;
  closing: Measured;
  /** All chapters of a year, one after the other: how many, and the seconds of all together. */
  chapters: { count: number; seconds: number };
  edition: EditionMeasure;
  exports: readonly { format: string; rows: number; seconds: number; megabytes: number | null }[];
};

const year = 2020;
const twoDigits = (n: number): string => String(n).padStart(2, "0");

/** The days of the last four weeks, today apart, as a hand writes them. */
function lastDays(): string[] {
  return Array.from({ length: 27 }, (_, at) => {
    const day = new Date(Date.now() - (at + 1) * 86_400_000);
    return `${twoDigits(day.getDate())}/${twoDigits(day.getMonth() + 1)}/${day.getFullYear()}`;
  });
}

/** Interviews that nobody's agenda contradicts: an adviser, a day and an hour, each once. */
function interviewShots(house: House): Shot[] {
  const shots: Shot[] = [];
  for (const day of lastDays())
    for (let slot = 0; slot < 40; slot++)
      for (const [at, adviser] of house.advisers.entries()) {
        const minutes = 8 * 60 + slot * 15;
        const body = new URLSearchParams({
          personne: personId(1 + ((shots.length * 31) % house.size.people)),
          dispositif: "",
          lieu: house.sites[at % house.sites.length] ?? "",
          conseiller: adviser,
          jour: day,
          heure: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`,
          duree: "15",
          mode: "in_person",
          salle: "",
          note: "Point sur les démarches, candidatures envoyées, prochaine étape fixée.",
          lecteur: "referents",
        });
        shots.push({ method: "POST", path: "/entretiens", body: `key={key}&${body}` });
      }
  return shots;
}

/** A session closed with everybody on its list: twelve there, two absent, one excused. */
function closingShots(size: Size): Shot[] {
  return Array.from({ length: toClose(size) }, (_, at) => {
    const i = size.sessions - at;
    const body = new URLSearchParams({
      version: "1",
      codes: "",
      femmes: "",
      hommes: "",
      autres: "",
      sans_precision: "",
    });
    for (let seat = 1; seat <= seats; seat++)
      body.set(
        `p-${personId(seated(i, seat, size.people))}`,
        seat === 15 ? "justified" : seat > 12 ? "absent" : "present",
      );
    return { method: "POST", path: `/seances/${sessionId(i)}/presences`, body: body.toString() };
  });
}

export async function measurePathways(stage: Stage, pace: Pace): Promise<Pathways> {
  const { house } = stage;
  const office = house.signedIn.adviser.map((token) => browserOf(token, stage.program));
  const shoot = (shots: readonly Shot[], fine: number, most?: number): Promise<Measured> =>
    stage.load({
      origin: stage.program,
      seconds: pace.seconds,
      clients: office,
      shots,
      persons: [],
      fine: [fine],
      ...(most === undefined ? {} : { most }),
    });
  /** Gestures that can be made once each: every round takes its own share of them. */
  const once = async (label: string, shots: readonly Shot[]): Promise<Measured> => {
    const share = Math.floor(shots.length / (pace.rounds + 1));
    const rounds: Measured[] = [];
    for (let round = 0; round <= pace.rounds; round++)
      rounds.push(await shoot(shots.slice(round * share, (round + 1) * share), 303, share));
    return medianOf(label, rounds.slice(1));
  };
  const list: Shot[] = [{ method: "GET", path: "/file-active" }];
  await shoot(list, 200);
  const lists: Measured[] = [];
  for (let round = 0; round < pace.rounds; round++) lists.push(await shoot(list, 200));
  const director = browserOf(house.signedIn.direction[0] ?? "", stage.program);
  return {
    caseload: medianOf("active list", lists),
    interview: await once("interview", interviewShots(house)),
    closing: await once("closing", closingShots(house.size)),
    chapters: await chaptersOf(stage, director, pace.rounds),
    edition: await measureEdition(stage, pace),
    exports: [await exported(stage, director, "csv"), await exported(stage, director, "xlsx")],
  };
}

async function chaptersOf(
  stage: Stage,
  headers: Record<string, string>,
  rounds: number,
): Promise<Pathways["chapters"]> {
  const contents = await get(stage.program, `/rapport/${year}`, headers);
  const paths = [
    ...new Set([...contents.text.matchAll(/href="(\/rapport\/\d+\/[a-z0-9-]+)"/g)].map(([, path]) => path)),
  ];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    for (const path of paths) await get(stage.program, path ?? "", headers);
    times.push((performance.now() - started) / 1000);
  }
  return { count: paths.length, seconds: middle(times) };
}

/** The enrolments of one site, all years: a sixth of the house's. Memory: what the program holds at most beyond what it held before. */
async function exported(
  stage: Stage,
  headers: Record<string, string>,
  format: "csv" | "xlsx",
): Promise<Pathways["exports"][number]> {
  const path = `/parcours/export.${format}?etat=tous&antenne=${stage.house.sites[0]}`;
  await get(stage.program, path, headers);
  const before = memoryOf(stage.pid);
  let most = before ?? 0;
  const watch = setInterval(() => (most = Math.max(most, memoryOf(stage.pid) ?? 0)), 20);
  const started = performance.now();
  const { text } = await get(stage.program, path, headers);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  const rows = format === "csv" ? text.trimEnd().split("\r\n").length - 1 : Number.NaN;
  return { format, rows, seconds, megabytes: before === null ? null : Math.max(0, most - before) };
}

/** Resident memory of a process in MB; null where the system does not tell. */
function memoryOf(pid: number): number | null {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
  } catch {
    return null;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: clients });

function get(origin: string, path: string, headers: Record<string, string>): Promise<{ text: string }> {
  return new Promise((resolve, reject) => {
    request(origin + path, { agent, headers: { ...headers, "accept-encoding": "identity" } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () =>
        answer.statusCode === 200
          ? resolve({ text: Buffer.concat(parts).toString("utf8") })
          : reject(new Error(`${path}: ${answer.statusCode}`)),
      );
    })
      .on("error", reject)
      .end();
  });
}
