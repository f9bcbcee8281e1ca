// Decisions about seasons, without input or output: which season a day is of, and whether a structure may book on it.
import type { PartnerSide } from "../accounts/reads.ts";
import type { Dues } from "./tables.ts";

/** The year in which the season of a day begins: "2020-08-31" is of 2019, "2020-09-01" of 2020. */
export const seasonOf = (day: string): number => Number(day.slice(0, 4)) - (day.slice(5, 7) < "09" ? 1 : 0);

/** First and last day of a season. */
export const seasonDays = (season: number): { from: string; to: string } => ({
  from: `${season}-09-01`,
  to: `${season + 1}-08-31`,
});

/** 2020 -> "2020-2021". */
export const seasonWords = (season: number): string => `${season}-${season + 1}`;

export type SeasonRule = {
  season: number;
  side: PartnerSide;
  duesCents: number;
  payBy: string;
  conventionBy: string;
  source: string;
  version: number;
};

export type Membership = {
  season: number;
  fromDay: string;
  endedOn: string | null;
  dues: Dues;
  /** The convention that it goes with, as long as it stands: its days; null: none. */
  convention: { from_day: string | null; to_day: string | null } | null;
};

/** Why a structure may book on a day, or why not: a word for programs. */
export type BookingReason =
  | "closed"
  | "no-rule"
  | "in-order"
  | "renewing"
  | "convention-awaited"
  | "dues-awaited"
  | "not-registered"
  | "ended"
  | "no-convention"
  | "dues-owed";

export type BookingRight = { may: boolean; reason: BookingReason; until: string | null };

/** What is known of a structure on one side: the rule of the day's season, and its part in that season and in the one before. */
export type SeasonFacts = {
  day: string;
  closed: boolean;
  rule: Pick<SeasonRule, "duesCents" | "payBy" | "conventionBy"> | null;
  now: Membership | null;
  before: Membership | null;
};

const stands = (membership: Membership, day: string): boolean =>
  membership.endedOn === null || membership.endedOn > day;

/**
 * May a structure book on a day? It takes part in the season, its convention holds that day, and its dues are paid or waived. Until the
 * days that the rule gives, a convention or dues may still be missing, and whoever took part in the season before, in order, goes on. Where
 * the house set no rule for the season, every structure that it works with may.
 */
export function bookingRight({ day, closed, rule, now, before }: SeasonFacts): BookingRight {
  const no = (reason: BookingReason): BookingRight => ({ may: false, reason, until: null });
  if (closed) return no("closed");
  if (now && !stands(now, day)) return no("ended");
  if (!rule) return { may: true, reason: "no-rule", until: null };
  if (!now || now.fromDay > day) {
    const went = before !== null && before.endedOn === null && before.dues !== "due";
    return went && day <= rule.conventionBy
      ? { may: true, reason: "renewing", until: rule.conventionBy }
      : no("not-registered");
  }
  const held =
    now.convention !== null && (now.convention.from_day ?? day) <= day && (now.convention.to_day ?? day) >= day;
  if (!held && day > rule.conventionBy) return no("no-convention");
  const settled = now.dues !== "due" || rule.duesCents === 0;
  if (!settled && day > rule.payBy) return no("dues-owed");
  if (!held) return { may: true, reason: "convention-awaited", until: rule.conventionBy };
  return settled
    ? { may: true, reason: "in-order", until: null }
    : { may: true, reason: "dues-awaited", until: rule.payBy };
}
