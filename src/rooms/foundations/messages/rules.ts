// Decisions about messages, without input or output.
import { dayIn, minuteIn } from "../../../core/time.ts";
import type { RulesTable } from "./tables.ts";

/** A try that has not ended after this time was cut: the program died, or the machine did. */
export const leaseMinutes = 5;

/** Minutes before the next try of what could not leave: 1, 2, 4 … up to six hours, for as long as the message is of use. */
export const backOff = (tries: number): number => Math.min(2 ** Math.max(0, tries - 1), 360);

/** Whether people are left in peace at that instant, in the house's zone. Hours over midnight ("20:00" to "08:00") are the usual case. */
export function isQuiet(
  rule: Pick<RulesTable, "quiet_from" | "quiet_to" | "quiet_sunday"> | null,
  zone: string,
  at: Date,
): boolean {
  if (!rule) return false;
  if (rule.quiet_sunday && new Date(`${dayIn(zone, at)}T00:00:00Z`).getUTCDay() === 0) return true;
  const minute = minuteIn(zone, at);
  const [from, to] = [rule.quiet_from.slice(0, 5), rule.quiet_to.slice(0, 5)];
  if (from === to) return false;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The text with its link in its place, or with words where the link is not to be seen. */
export const withLink = (body: string, link: string): string => body.replaceAll(linkMark, link);

/** Stands in a text where its link will be. */
export const linkMark = "{lien}";
