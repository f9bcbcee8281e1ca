// What happened outside of the house and shows in its figures: dated data with its source, drawn on the charts of the year.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Period } from "../../../core/figures/ask.ts";
import { projectRoot } from "../../../core/root.ts";

export type OutsideEvent = { from: string; to: string; label: string };
type EventsFile = { source: string; events: OutsideEvent[] };

let file: EventsFile | null = null;

/** The events that touch a period, in their order, and where their dates are written. */
export function eventsIn(period: Period): { source: string; events: readonly OutsideEvent[] } {
  file ??= JSON.parse(readFileSync(join(projectRoot, "src/rooms/overviews/report/events.json"), "utf8")) as EventsFile;
  const events = file.events.filter((event) => event.from <= period.to && event.to >= period.from);
  return { source: file.source, events };
}

/** Where an event lies in a year of twelve columns: from 0 at the first of January to 12 at the end of December. */
export function placeInYear(event: OutsideEvent, year: number): { from: number; to: number } {
  const place = (day: string, last: boolean): number => {
    const [y = year, month = 1, date = 1] = day.split("-").map(Number);
    if (y !== year) return y < year ? 0 : 12;
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return month - 1 + (date - (last ? 0 : 1)) / days;
  };
  return { from: place(event.from, false), to: place(event.to, true) };
}
