// The jobs that run by themselves, on pg-boss: once whatever the number of copies of the program. One job a room declares runs for each
// house in a transaction of its own.
import { PgBoss } from "pg-boss";
import { inTransaction } from "../core/db/transaction.ts";
import type { Job } from "../core/jobs/job.ts";
import { houseScope, listHouses } from "./commands/house-scope.ts";
import type { Log } from "./log.ts";
import type { Opened } from "./opening.ts";
import { rooms } from "./rooms.ts";

/** Every job of every room. */
export const jobs: readonly Job[] = rooms.flatMap((room) => room.jobs ?? []);

/** Runs one job for every house; a house that fails does not keep the others from running. Gives the counts by house. */
export async function runJob(
  services: Opened["services"],
  job: Job,
  log?: Log,
): Promise<Record<string, Record<string, number>>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const house of await listHouses(services)) {
    try {
      const { scope, today } = await houseScope(services, house.code);
      counts[house.code] = await inTransaction(services, scope, today, async (tx) => {
        const done = await job.run(tx);
        tx.journal({ act: "job.run", details: { job: job.name, ...done } });
        return done;
      });
    } catch (error) {
      log?.error({ job: job.name, house: house.code, err: { message: String(error) } }, "job failed");
    }
  }
  return counts;
}

/** Starts the schedule. */
export async function startJobs(opened: Opened, log: Log): Promise<{ stop(): Promise<void> }> {
  if (jobs.length === 0) return { stop: async () => {} };
  const { connectionString, host, port, user, database } = opened.owner;
  const place = connectionString
    ? { connectionString }
    : { host: host ?? "", port: port ?? 5432, user: user ?? "", database: database ?? "" };
  const boss = new PgBoss({ ...place, schema: "pgboss", max: 2 });
  boss.on("error", (error: Error) => log.warn({ err: { message: error.message } }, "jobs"));
  await boss.start();
  for (const job of jobs) {
    await boss.createQueue(job.name);
    await boss.schedule(job.name, job.cron, {}, { tz: "Europe/Paris" });
    await boss.work(job.name, async () => {
      await runJob(opened.services, job, log);
    });
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 5000 }) };
}
