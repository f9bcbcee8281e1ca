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

/** Each zone's last minute in words: a busy desk asks for the same minute again and again, and formatting it is not for nothing. */
const lastMinute = new Map<string, { minute: number; text: string }>();

/** "2020-12-31 16:45" in a zone. */
function wallClock(zone: string, at: Date): string {
  const minute = Math.floor(at.getTime() / 60_000);
  const last = lastMinute.get(zone);
  if (last?.minute === minute) return last.text;
  const text = formatter(zone).format(at).slice(0, 16);
  // Before 1972 zones may stand seconds apart: their minutes are not those of the clock.
  if (minute > 1_051_920) lastMinute.set(zone, { minute, text });
  return text;
}

/** The day in a zone: "2020-12-31". */
export const dayIn = (zone: string, at: Date): string => wallClock(zone, at).slice(0, 10);

/** The wall-clock minute in a zone: "16:45". */
export const minuteIn = (zone: string, at: Date): string => wallClock(zone, at).slice(11);

/** True for a day that the calendar has, written "YYYY-MM-DD". By arithmetic: an import asks it of every date of every row. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  // PostgreSQL has no year 0.
  return year > 0 && day > 0 && day <= (month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0));
}
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The day `count` days later (negative: earlier). */
export function addDays(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The same day `count` months later (negative: earlier); a month without that day gives its last: 31 January and a month is 28 February. */
export function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count;
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const date = Math.min(Number(day.slice(8, 10)), last);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** Whole years between a birth day and another day; 29 February turns on 1 March in common years. */
export function ageOn(birthDay: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return day.slice(5) < birthDay.slice(5) ? years - 1 : years;
}
