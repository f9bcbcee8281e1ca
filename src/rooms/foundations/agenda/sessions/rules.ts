// Decisions about sessions, without input or output.
import { addDays } from "../../../../core/time.ts";

export type Group = { id: string; size: number };

/**
 * Which waiting groups enter, in order, when `taken` of `capacity` places are taken (null: no limit). A group enters whole or waits; and
 * nobody behind overtakes a group that waits, however small: otherwise a family of four would wait for ever while single people pass
 * (docs/decisions/0015-waiting-list.md).
 */
export function entering(capacity: number | null, taken: number, waiting: readonly Group[]): string[] {
  const entered: string[] = [];
  let free = capacity === null ? Number.POSITIVE_INFINITY : capacity - taken;
  for (const group of waiting) {
    if (group.size > free) break;
    free -= group.size;
    entered.push(group.id);
  }
  return entered;
}

/** The days of a series: one a week from `first`, `count` of them, public holidays left out and said. */
export function weeklyDays(
  first: string,
  count: number,
  holidayOf: (day: string) => string | null,
): { days: string[]; skipped: { day: string; name: string }[] } {
  const days: string[] = [];
  const skipped: { day: string; name: string }[] = [];
  for (let day = first; days.length < count; day = addDays(day, 7)) {
    const name = holidayOf(day);
    if (name === null) days.push(day);
    else skipped.push({ day, name });
  }
  return { days, skipped };
}
