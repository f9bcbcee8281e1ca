// What a calendar's secret address opens: the meetings of one account, a month back and all to come.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { FoundHouse } from "../../../../core/http/by-address.ts";
import type { Services } from "../../../../core/http/route.ts";
import { hashToken } from "../../../../core/http/session.ts";
import { addDays } from "../../../../core/time.ts";
import { whoOf } from "../interviews/one.ts";
import { type InterviewLine, interviewsOfDays } from "../interviews/reads.ts";
import { placeOf, seatsOf } from "../sessions/one.ts";
import { type SessionLine, sessionsOfDays } from "../sessions/reads.ts";
import type { CalendarEvent } from "./calendar.ts";

export type OpenFeed = FoundHouse & { account_id: string; account_name: string; names: boolean };

/** The feed of a token, or null: unknown, changed or revoked, or its account is closed. */
export const openFeed = (services: Services, token: string): Promise<OpenFeed | null> =>
  services.database.withClient(async (client) => {
    const { rows } = await client.query<OpenFeed>("SELECT * FROM agenda.open_feed($1)", [hashToken(token)]);
    return rows[0] ?? null;
  });

const furthest = { back: 30, ahead: 3650 };
/** What a meeting of unknown length is taken to last, in minutes. */
const usual = 60;

/** « C. E. » for Camille Essai: enough for who knows them, nothing for others. */
export const initialsOf = (line: { familyName: string; givenName: string }): string =>
  [line.givenName, line.familyName]
    .flatMap((name) => (name ? [`${[...name][0]?.toLocaleUpperCase("fr")}.`] : []))
    .join(" ");

/** The events of the account's calendar. People are initials, unless the account chose their names. */
export async function eventsOf(
  tx: Tx,
  feed: { account: string; names: boolean; publicUrl: string },
): Promise<CalendarEvent[]> {
  const range = { from: addDays(tx.today, -furthest.back), to: addDays(tx.today, furthest.ahead) };
  const [{ rows: interviews }, { rows: sessions }] = await Promise.all([
    interviewsOfDays(tx, { ...range, sites: "all", adviser: feed.account }).execute(tx.on()),
    sessionsOfDays(tx, { ...range, sites: "all", speaker: feed.account }).execute(tx.on()),
  ]);
  const common = (line: InterviewLine | SessionLine) => ({
    sequence: line.version - 1,
    day: line.startsOn,
    at: line.startsAt,
    minutes: line.minutes ?? usual,
    cancelled: line.status === "cancelled" || line.status === "postponed",
    stamp: tx.clock.now(),
  });
  return [
    ...interviews.map((line) => ({
      ...common(line),
      uid: `entretien-${line.id}@traboule`,
      summary: `Entretien ${feed.names ? whoOf(line) : initialsOf(line)}`,
      description: null,
      location: [line.place, line.site].filter(Boolean).join(", "),
      url: `${feed.publicUrl}/entretiens/${line.id}`,
    })),
    ...sessions.map((line) => ({
      ...common(line),
      uid: `seance-${line.id}@traboule`,
      summary: line.title,
      description: `${line.programme}, ${seatsOf(line)}`,
      location: placeOf(line),
      url: `${feed.publicUrl}/seances/${line.id}`,
    })),
  ];
}

/** The account's own feed, when it has one. */
export async function ownFeed(tx: Tx): Promise<{ names: boolean; madeAt: Date } | null> {
  const { rows } = await sql<{ names: boolean; madeAt: Date }>`
    SELECT names, made_at AS "madeAt" FROM agenda.feeds WHERE house_id = ${tx.scope.house} AND account_id = ${tx.scope.account}::uuid`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}
