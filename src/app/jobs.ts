// The jobs that run by themselves, on pg-boss: once whatever the number of copies of the program, at the hour of each house's own zone.
// One job that a room declares runs for each house in a transaction of its own.
import { sql } from "kysely";
import type { ConstructorOptions, PgBoss } from "pg-boss";
import type { ConnectionFacts } from "../core/db/database.ts";
import { type Deps, inTransaction, type Tx } from "../core/db/transaction.ts";
import type { Services } from "../core/http/route.ts";
import type { Errand, Job } from "../core/jobs/job.ts";
import { houseScope, listHouses } from "./commands/house-scope.ts";
import type { Log } from "./log.ts";
import { rooms } from "./rooms.ts";

type Counts = Record<string, number>;

/** One turn of a job: its number, the same when it is tried again; the zone whose houses it is for, or every house. */
type Turn = { run: string; zone?: string | undefined };

type Work = Job | Errand;

/** Every job and every errand of every room. */
const everyJob = (): readonly Work[] => rooms.flatMap((room) => [...(room.jobs ?? []), ...(room.errands ?? [])]);

/**
 * Runs one job for every house that this turn has not yet served. A house that fails does not keep the others from running.
 * Gives the counts by house.
 * @throws when a house failed: the turn is to be tried again.
 */
export async function runJob(
  services: Services,
  job: Work,
  turn: Turn,
  log: Pick<Log, "error">,
): Promise<Record<string, Counts>> {
  const counts: Record<string, Counts> = {};
  const failed: string[] = [];
  for (const house of await listHouses(services)) {
    if (turn.zone !== undefined && house.zone !== turn.zone) continue;
    try {
      const { scope, today } = await houseScope(services, house.code);
      const done =
        "leave" in job
          ? await job.leave(services, scope, today)
          : await inTransaction(services, scope, today, (tx) => onceFor(tx, job, turn.run));
      if (done) counts[house.code] = done;
    } catch (error) {
      failed.push(house.code);
      log.error({ job: job.name, house: house.code, err: { message: String(error) } }, "job failed");
    }
  }
  if (failed.length > 0) throw new Error(`${job.name} failed for ${failed.join(", ")}`);
  return counts;
}

/** The work and its journal line are one transaction, so that the line tells whether this turn has been here; null when it has. */
async function onceFor(tx: Tx, job: Job, run: string): Promise<Counts | null> {
  // Two workers at once over the same turn (one was thought dead): the second waits, then finds the first one's line.
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${job.name} ${tx.scope.house}`}, 727002))`.execute(
    tx.on(),
  );
  const { rows } = await sql`
    SELECT 1 FROM core.journal WHERE house_id = ${tx.scope.house} AND at > ${new Date(tx.clock.now().getTime() - 7 * 86_400_000)}
       AND act = 'job.run' AND details->>'run' = ${run} LIMIT 1`.execute(tx.on());
  if (rows.length > 0) return null;
  const done = await job.run(tx);
  tx.journal({ act: "job.run", details: { job: job.name, run, ...done } });
  return done;
}

type Place = Services & { owner: ConnectionFacts };
type Wish = { jobs?: readonly Work[]; clock?: NonNullable<ConstructorOptions["clock"]> };

const planEvery = 10 * 60_000;

/** Starts the schedule. */
export async function startJobs(place: Place, log: Log, wish: Wish = {}): Promise<{ stop(): Promise<void> }> {
  const jobs = wish.jobs ?? everyJob();
  if (jobs.length === 0) return { stop: async () => {} };
  // Loaded here: no other command needs it.
  const { PgBoss } = await import("pg-boss");
  const boss = new PgBoss({
    ...(place.owner as ConstructorOptions),
    schema: "pgboss",
    max: 2,
    ...(wish.clock ? { clock: wish.clock } : {}),
  });
  boss.on("error", (error: Error) => log.warn({ err: { message: error.message } }, "jobs"));
  await boss.start();
  for (const job of jobs) {
    // A worker that was killed in the middle is missed after a minute, and its turn is taken up by another.
    await boss.createQueue(job.name, { retryLimit: 5, retryDelay: 60, retryBackoff: true, heartbeatSeconds: 60 });
    await boss.work<{ zone?: string }>(job.name, { pollingIntervalSeconds: 20 }, async (turns) => {
      for (const { id, data } of turns) await runJob(place, job, { run: id, zone: data?.zone }, log);
    });
  }
  await plan(boss, place, jobs);
  // A house may be made while the program runs, in a zone that no other house has.
  const again = setInterval(
    () => void plan(boss, place, jobs).catch((error: unknown) => log.warn({ err: { message: String(error) } }, "jobs")),
    planEvery,
  );
  again.unref();
  return {
    async stop() {
      clearInterval(again);
      await boss.stop({ graceful: true, timeout: 5000 });
    },
  };
}

/** Schedules each job once for each zone that a house has, and takes away what no job or no house asks for any more. */
async function plan(boss: PgBoss, deps: Deps, jobs: readonly Work[]): Promise<void> {
  const zones = new Map((await listHouses(deps)).map(({ zone }) => [keyOf(zone), zone]));
  for (const { name, key } of await boss.getSchedules())
    if (!zones.has(key) || !jobs.some((job) => job.name === name)) await boss.unschedule(name, key);
  // A machine that was off at that hour (offices close at night) does it when it is on again.
  for (const job of jobs)
    for (const [key, zone] of zones)
      await boss.schedule(job.name, job.cron, { zone }, { tz: zone, key, missed: "once" });
}

/** Keys know no plus sign, which zones like Etc/GMT+1 have. */
const keyOf = (zone: string): string => zone.replace("+", "plus");
