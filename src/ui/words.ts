// French as it is printed: numbers, days, plurals, lists. No formatter is made at each call.
const NNBSP = "\u202f";
const NBSP = "\u00a0";

/** 26594 -> "26 594" (narrow no-break space); decimals with a comma. */
export function number(value: number, decimals = 0): string {
  const [whole = "", part] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return `${value < 0 ? "\u2212" : ""}${grouped}${part ? `,${part}` : ""}`;
}

/** 44 -> "44 %". */
export const percent = (value: number, decimals = 0): string => `${number(value, decimals)}${NBSP}%`;

const months = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];
const weekdays = ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"];

const ordinal = (day: number): string => (day === 1 ? "1er" : String(day));

/** "2020-03-03" -> "mardi 3 mars 2020". */
export function day(iso: string): string {
  const [year = 0, month = 1, date = 1] = iso.slice(0, 10).split("-").map(Number);
  const weekday = weekdays[new Date(Date.UTC(year, month - 1, date)).getUTCDay()] ?? "";
  return `${weekday} ${ordinal(date)} ${months[month - 1] ?? ""} ${year}`;
}

/** "2020-03-03" -> "3 mars 2020". */
export function dayWithoutWeekday(iso: string): string {
  const [year = 0, month = 1, date = 1] = iso.slice(0, 10).split("-").map(Number);
  return `${ordinal(date)} ${months[month - 1] ?? ""} ${year}`;
}

/** "2020-03-03" -> "03/03/2020". */
export const shortDay = (iso: string): string => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;

/** "2020-03" -> "mars 2020"; "03" -> "mars". */
export function monthName(text: string): string {
  const [first = "", second] = text.split("-");
  const name = months[Number(second ?? first) - 1] ?? text;
  return second ? `${name} ${first}` : name;
}

/** 2_345_678 -> "2,3 Mo"; 1_200 -> "2 ko": what a file weighs. */
export const size = (bytes: number): string =>
  bytes >= 1_000_000 ? `${number(bytes / 1_000_000, 1)}${NBSP}Mo` : `${number(Math.ceil(bytes / 1000))}${NBSP}ko`;

/** "09:05" -> "9 h 05". */
export const hour = (time: string): string => `${Number(time.slice(0, 2))}${NBSP}h${NBSP}${time.slice(3, 5)}`;

/** 0, 1 -> one; above -> many. "1 visite", "26 594 visites". */
export const plural = (count: number, one: string, many: string): string =>
  `${number(count)}${NBSP}${Math.abs(count) < 2 ? one : many}`;

/** ["a", "b", "c"] -> "a, b et c". */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} et ${items.at(-1)}`;
