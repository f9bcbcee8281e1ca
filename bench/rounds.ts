// Program and floor by turns, so that the noise of the machine falls on both; the median of the rounds.
import { runPgbench, visitScript } from "./bare.ts";
import type { Gesture } from "./gestures.ts";
import { personId } from "./ground.ts";
import { clients } from "./house.ts";
import type { Measured } from "./load.ts";
import type { Stage } from "./stage.ts";

export type Pace = { rounds: number; seconds: number; warm: number };

export type Compared = { gesture: Gesture; program: Measured; floor: Measured; driver?: Measured; pgbench?: Measured };

export const middle = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
};

/** The median of several measures of one thing. @throws when an answer does not count. */
export function medianOf(name: string, measures: readonly Measured[]): Measured {
  for (const { spoiled } of measures)
    if (Object.keys(spoiled).length > 0)
      throw new Error(`${name}: answers that do not count: ${JSON.stringify(spoiled)}`);
  return {
    requests: measures.reduce((sum, one) => sum + one.requests, 0),
    perSecond: middle(measures.map((one) => one.perSecond)),
    p50: middle(measures.map((one) => one.p50)),
    p95: middle(measures.map((one) => one.p95)),
    p99: middle(measures.map((one) => one.p99)),
    spoiled: {},
  };
}

/**
 * Deals the people out: each measure that records visits gets some whom no other has touched, because the first visit of a day also
 * moves the person's last contact, and whoever came first would pay for all.
 */
export function dealPeople(people: number, shares: number): () => { first: number; last: number; ids: string[] } {
  const share = Math.floor(people / shares);
  let dealt = 0;
  return () => {
    const first = 1 + (dealt++ % shares) * share;
    const last = first + share - 1;
    return { first, last, ids: Array.from({ length: share }, (_, at) => personId(first + at)) };
  };
}

type Deal = ReturnType<typeof dealPeople>;

/** One measure of the program. */
export const shootProgram = (
  stage: Stage,
  gesture: Gesture,
  seconds: number,
  persons: readonly string[],
): Promise<Measured> =>
  stage.load({
    origin: stage.program,
    seconds,
    clients: gesture.headers,
    shots: gesture.shots,
    persons,
    fine: [gesture.fine],
  });

export const shootFloor = (
  stage: Stage,
  gesture: Gesture,
  seconds: number,
  persons: readonly string[],
): Promise<Measured> =>
  stage.load({
    origin: stage.floor,
    seconds,
    clients: Array.from({ length: clients }, () => ({})),
    shots: gesture.floorShots,
    persons,
    fine: [200],
  });

/** Measures a gesture; a visit against the bare driver and pgbench too. */
export async function compare(stage: Stage, gesture: Gesture, pace: Pace, deal: Deal): Promise<Compared> {
  const visit = gesture.name === "visit";
  const people = (): string[] => (visit ? deal().ids : []);
  await shootProgram(stage, gesture, pace.warm, people());
  await shootFloor(stage, gesture, pace.warm, people());
  const [program, floor, driver, pgbench]: [Measured[], Measured[], Measured[], Measured[]] = [[], [], [], []];
  for (let round = 0; round < pace.rounds; round++) {
    program.push(await shootProgram(stage, gesture, pace.seconds, people()));
    floor.push(await shootFloor(stage, gesture, pace.seconds, people()));
    if (!visit) continue;
    driver.push(await drive(stage, pace.seconds, deal().ids));
    const bare = await runPgbench({
      folder: stage.place.folder,
      database: stage.place.owner,
      script: visitScript(stage.recording.visit, deal()),
      prepared: true,
      clients,
      seconds: Math.ceil(pace.seconds),
    });
    if (bare) pgbench.push(bare);
  }
  return {
    gesture,
    program: medianOf(`${gesture.label}, program`, program),
    floor: medianOf(`${gesture.label}, floor`, floor),
    ...(driver.length > 0 ? { driver: medianOf("driver", driver) } : {}),
    ...(pgbench.length > 0 ? { pgbench: medianOf("pgbench", pgbench) } : {}),
  };
}

/** How many shares of people a whole run deals, warming included. */
export const sharesOf = (pace: Pace): number => 2 + 4 * pace.rounds;

function drive(stage: Stage, seconds: number, persons: readonly string[]): Promise<Measured> {
  const { visit } = stage.recording;
  return stage.load({
    seconds,
    connections: clients,
    database: stage.place.owner,
    statements: visit.statements,
    replace: { key: visit.key, person: visit.person },
    persons,
  });
}
