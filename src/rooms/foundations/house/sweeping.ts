// Every night: sessions that have ended and links that have passed are taken away, with the forms kept in them.
import type { Job } from "../../../core/jobs/job.ts";
import { isAlive } from "./sign-in/reads.ts";
import type { HouseTables } from "./tables.ts";

export const sweepSessions: Job = {
  name: "house.sweep-sessions",
  cron: "10 3 * * *",
  sentence: "Efface les sessions terminées et les liens d’invitation périmés depuis un mois.",
  async run(tx) {
    const now = tx.clock.now();
    const monthAgo = new Date(now.getTime() - 30 * 86_400_000);
    const db = tx.on<HouseTables>();
    const sessions = await db
      .deleteFrom("house.sessions")
      .where("house_id", "=", tx.scope.house)
      .where((is) => is.not(isAlive(now, "house.sessions")))
      .executeTakeFirst();
    const links = await db
      .deleteFrom("house.invitations")
      .where("house_id", "=", tx.scope.house)
      .where("expires_at", "<", monthAgo)
      .executeTakeFirst();
    return { sessions: Number(sessions.numDeletedRows), links: Number(links.numDeletedRows) };
  },
};
