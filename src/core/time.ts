// Time comes from one place, so that tests and the demonstration can set it. Days are ISO texts "2020-12-31".
export type Clock = { now(): Date };
export const systemClock: Clock = { now: () => new Date() };

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    formatters.set(zone, found);
  }
  return found;
}

/** The day in a zone: "2020-12-31". */
export const dayIn = (zone: string, at: Date): string => formatter(zone).format(at).slice(0, 10);

/** The wall-clock minute in a zone: "16:45". */
export const minuteIn = (zone: string, at: Date): string => formatter(zone).format(at).slice(11, 16);

/** True for a day that the calendar has, written "YYYY-MM-DD". */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** The day `count` days later (negative: earlier). */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** Whole years between a birth day and another day; 29 February turns on 1 March in common years. */
export function ageOn(birthDay: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return day.slice(5) < birthDay.slice(5) ? years - 1 : years;
}
