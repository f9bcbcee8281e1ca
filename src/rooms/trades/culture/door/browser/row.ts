// One booking's row on the page: what it says, with what this device noted and the house has not read yet on top of what the house knows.
import type { Known } from "../finding.ts";
import { attendanceOf, type CheckIn } from "../rule.ts";
import type { Waiting } from "./noted.ts";

const count = (text: string | undefined): number | null => (text ? Number(text) : null);
const ownLines = (row: HTMLElement, waiting: readonly Waiting[]): Waiting[] =>
  waiting.filter((line) => line.booking === row.dataset.booking);

/** What a row says, with what waits here on top of what the house knew. */
export function cameOf(row: HTMLElement, waiting: readonly Waiting[]): number | null {
  const { came, last, before, seats } = row.dataset;
  const own = ownLines(row, waiting);
  if (own.length === 0) return count(came);
  // The house's last line can be taken back here: the rest of what it knows is a total of before.
  const base = (id: string, value: number | null, kind: CheckIn["kind"], at: number): CheckIn[] =>
    value === null ? [] : [{ id, kind, came: value, undoes: null, at }];
  const undoesLast = own.some((line) => line.undoes === last);
  const known = undoesLast ? base("before", count(before), "total", 0) : base("known", count(came), "total", 0);
  return attendanceOf([...known, ...own.filter((line) => line.undoes === null || line.undoes !== last)], Number(seats));
}

export function guestOf(row: HTMLElement, waiting: readonly Waiting[]): Known {
  const { booking = "", code = "", seal = "", name, by = "", seats, ended } = row.dataset;
  return {
    booking,
    code,
    seal,
    name: name || null,
    by,
    seats: Number(seats),
    came: cameOf(row, waiting),
    ended: ended ?? null,
  };
}

/** The line that "Défaire" takes back: the last one of this device that waits, else the last that the house knows. */
export function undoable(row: HTMLElement, waiting: readonly Waiting[]): string | null {
  const own = ownLines(row, waiting);
  const undone = new Set(own.map((line) => line.undoes));
  const last = own.filter((line) => line.kind === "arrival" && !undone.has(line.id)).at(-1);
  const known = row.dataset.last || null;
  return last?.id ?? (known && !undone.has(known) ? known : null);
}
