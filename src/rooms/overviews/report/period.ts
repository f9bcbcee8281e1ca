// A period as a report writes it: a year, a month, several of them, two days, or no day at all. Pure.
import type { Period } from "../../../core/figures/ask.ts";
import { readDay } from "../../../core/importing/values.ts";
import { isDay } from "../../../core/time.ts";
import { shortDay } from "../../../ui/words.ts";

/** Null: true whatever the day. */
export type Stay = Period | null;

/** "2020", "2020-s2", "2020-09", "09/2020", "2020-12-31", "31/12/2020": its first and last days. */
function span(text: string): Period | null {
  const typed = text.trim();
  if (/^(19|20)\d\d$/.test(typed)) return { from: `${typed}-01-01`, to: `${typed}-12-31` };
  const half = /^((?:19|20)\d\d)-s([12])$/.exec(typed);
  if (half)
    return half[2] === "1"
      ? { from: `${half[1]}-01-01`, to: `${half[1]}-06-30` }
      : { from: `${half[1]}-07-01`, to: `${half[1]}-12-31` };
  const month = /^((?:19|20)\d\d)-(\d\d)$/.exec(typed) ?? /^(\d\d)\/((?:19|20)\d\d)$/.exec(typed);
  if (month) {
    const [year = "", number = ""] = month[1]?.length === 4 ? [month[1], month[2]] : [month[2], month[1]];
    const from = `${year}-${number}-01`;
    if (!isDay(from)) return null;
    const last = new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate();
    return { from, to: `${year}-${number}-${last}` };
  }
  const day = readDay(typed);
  return day.ok && typed.length <= 10 ? { from: day.value, to: day.value } : null;
}

/**
 * "2020", "2020-09", "2020-09/2020-12", "01/09/2020 - 31/12/2020", "2018-2020", "permanent". What stands in brackets behind is a comment:
 * "2020-2021 (année universitaire)".
 */
export function readStay(text: string): { ok: true; value: Stay } | { ok: false; reason: string } {
  const typed = text
    .replace(/\(.*\)/, "")
    .trim()
    .toLowerCase();
  const wrong = {
    ok: false as const,
    reason: `« ${text.trim().slice(0, 40)} » n’est pas une période (2020, 2020-09, 2020-09/2020-12, permanent)`,
  };
  if (typed === "permanent") return { ok: true, value: null };
  const one = span(typed);
  if (one) return { ok: true, value: one };
  const parts =
    /^(\d{4})-(\d{4})$/.exec(typed)?.slice(1) ??
    /^(\d{4}(?:-\d\d){0,2})\/(\d{4}(?:-\d\d){0,2})$/.exec(typed)?.slice(1) ??
    typed.split(/\s+-\s+|\s+au\s+/);
  if (parts.length !== 2) return wrong;
  const [first, last] = parts.map((part) => span(part.replace(/^du\s+/, "")));
  return first && last && first.from <= last.to ? { ok: true, value: { from: first.from, to: last.to } } : wrong;
}

/** { from: "2020-01-01", to: "2020-12-31" } -> "2020": what `readStay` reads again. */
export function stayText(stay: Stay): string {
  if (!stay) return "permanent";
  const { from, to } = stay;
  if (from.endsWith("-01-01") && to.endsWith("-12-31"))
    return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}-${to.slice(0, 4)}`;
  if (from === to) return shortDay(from);
  const ends = span(to.slice(0, 7))?.to === to;
  if (from.endsWith("-01") && ends)
    return from.slice(0, 7) === to.slice(0, 7) ? from.slice(0, 7) : `${from.slice(0, 7)}/${to.slice(0, 7)}`;
  return `${shortDay(from)} - ${shortDay(to)}`;
}
