// `npm run bench`: the program's speed, beside that of a floor which sends the same statements and does nothing else. On standard output
// the tables, on standard error what is being done. Exit code 1 when a limit is missed. `-- --small`: a tenth of the size only, a trial.
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import pg from "pg";
import { findPgbench } from "./bare.ts";
import { measureBoxOffice } from "./box-office.ts";
import { boxOfficeMissesOf, boxOfficeTable } from "./box-office-table.ts";
import type { GestureName } from "./gestures.ts";
import type { Size } from "./ground.ts";
import { clients } from "./house.ts";
import { importMeanwhile } from "./importing.ts";
import { measureOverviews, overviewMissesOf, overviewsTable } from "./overviews.ts";
import { measurePathways } from "./pathways.ts";
import { pathwayMissesOf, pathwaysTable } from "./pathways-table.ts";
import { type Compared, compare, dealPeople, type Pace, sharesOf } from "./rounds.ts";
import { setStage } from "./stage.ts";
import { missesOf, type Result, tableOf } from "./table.ts";

const full: Size = {
  people: 100_000,
  visits: 1_000_000,
  enrolments: 60_000,
  interviews: 400_000,
  sessions: 30_000,
  dates: 18_000,
};
const tenth: Size = {
  people: 10_000,
  visits: 100_000,
  enrolments: 6_000,
  interviews: 40_000,
  sessions: 3_000,
  dates: 900,
};
const order: readonly GestureName[] = ["search", "visit", "sheet", "chapter"];

const started = performance.now();
const say = (what: string): void =>
  void process.stderr.write(`${String(Math.round((performance.now() - started) / 1000)).padStart(4)} s  ${what}\n`);

async function measure(size: Size, pace: Pace): Promise<{ result: Result; server: string }> {
  say(`${size.people} people, ${size.visits} visits`);
  const stage = await setStage(size, say);
  try {
    const deal = dealPeople(size.people, sharesOf(pace) + 1);
    const compared: Compared[] = [];
    for (const name of order) {
      say(stage.gestures[name].label);
      compared.push(await compare(stage, stage.gestures[name], pace, deal));
    }
    say("pathways: active list, interview, session, chapters, exports");
    const pathways = await measurePathways(stage, pace);
    say("the director's home, the explorer");
    const overviews = await measureOverviews(stage, pace);
    say("the box office: a wanted outing opens, the catalogue, the door");
    const boxOffice = await measureBoxOffice(stage, pace);
    say(`import of ${size.people} rows while the desk works`);
    const imported = await importMeanwhile(stage, size.people, pace.seconds * 2, deal().ids);
    return {
      result: { size, compared, pathways, boxOffice, overviews, imported, memory: stage.peakMemory() },
      server: await serverVersion(stage.place.owner),
    };
  } finally {
    await stage.close();
  }
}

async function serverVersion(facts: pg.ClientConfig): Promise<string> {
  const client = new pg.Client(facts);
  await client.connect();
  const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
  await client.end();
  return rows[0]?.version ?? "?";
}

const { values } = parseArgs({ options: { small: { type: "boolean" } } });
const wishes: [Size, Pace][] = values.small
  ? [[tenth, { rounds: 3, seconds: 2, warm: 2 }]]
  : [
      [tenth, { rounds: 3, seconds: 3, warm: 2 }],
      [full, { rounds: 3, seconds: 4, warm: 2 }],
    ];
const results: Result[] = [];
let server = "?";
for (const [size, pace] of wishes) {
  const measured = await measure(size, pace);
  results.push(measured.result);
  server = measured.server;
}
const processors = cpus();
const misses = results.flatMap((result) => [
  ...missesOf(result),
  ...pathwayMissesOf(result),
  ...boxOfficeMissesOf(result),
  ...overviewMissesOf(result),
]);
process.stdout.write(
  [
    `## ${clients} clients at once, through HTTP`,
    "",
    `${processors.length} processors (${processors[0]?.model.trim() ?? "?"}), ${(totalmem() / 2 ** 30).toFixed(0)} GB; Node ${process.versions.node}, PostgreSQL ${server}; ${findPgbench() ? "pgbench is there" : "no pgbench here"}.`,
    "Sessions, rights, row-level security and journal are on. The floor sends the same statements on the same data and knows none of them.",
    "",
    ...results.map(tableOf),
    pathwaysTable(results),
    boxOfficeTable(results),
    overviewsTable(results),
    misses.length === 0 ? "Every limit is kept." : `Missed:\n${misses.map((miss) => `- ${miss}`).join("\n")}`,
    "",
  ].join("\n"),
);
process.exitCode = misses.length > 0 ? 1 : 0;
