// A week: interviews and sessions of an adviser, of a site or of a room, in the order in which they come.
import type { Tx } from "../../../../core/db/transaction.ts";
import { sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { type InterviewLine, interviewsOfDays } from "../interviews/reads.ts";
import { rights } from "../rights.ts";
import { type SessionLine, sessionsOfDays } from "../sessions/reads.ts";

/** Whose week: an account's own, a site's, a room's. */
export type Whose = { account: string } | { site: string } | { place: string };

export type Meeting =
  | { kind: "interview"; id: string; day: string; at: string | null; line: InterviewLine }
  | { kind: "session"; id: string; day: string; at: string | null; line: SessionLine };

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

/** The meetings between two days that this scope may see, by day and hour. */
export async function meetingsOf(tx: Tx, whose: Whose, from: string, to: string): Promise<Meeting[]> {
  const seen = (right: (typeof rights)["session.see"]) => {
    const held = sitesFor(tx.scope, right);
    if (!("site" in whose)) return held;
    return held === "all" || held.includes(whose.site) ? [whose.site] : [];
  };
  const place = "place" in whose ? whose.place : undefined;
  const account = "account" in whose ? whose.account : undefined;
  const [{ rows: interviews }, { rows: sessions }] = await Promise.all([
    interviewsOfDays(tx, { sites: seen(rights["interview.see"]), from, to, place, adviser: account }).execute(tx.on()),
    sessionsOfDays(tx, { sites: seen(rights["session.see"]), from, to, place, speaker: account }).execute(tx.on()),
  ]);
  const meetings: Meeting[] = [
    ...interviews.map((line) => ({
      kind: "interview" as const,
      id: line.id,
      day: line.startsOn,
      at: line.startsAt,
      line,
    })),
    ...sessions.map((line) => ({ kind: "session" as const, id: line.id, day: line.startsOn, at: line.startsAt, line })),
  ];
  const order = ({ day, at, id }: Meeting): string => `${day} ${at ?? ""} ${id}`;
  return meetings.sort((one, other) => (order(one) < order(other) ? -1 : 1));
}
