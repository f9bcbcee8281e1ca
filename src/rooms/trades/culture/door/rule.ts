// How many came, from the lines that were noted of a booking. Pure, and short: the door's page works it out too, without a line.

export type CheckInKind = "arrival" | "total" | "undo";
export type CheckIn = {
  id: string;
  kind: CheckInKind;
  /** People; null in a total: nobody knows after all. */
  came: number | null;
  undoes: string | null;
  /** Milliseconds since 1970, when it happened. */
  at: number;
};

/** Oldest first; at the same instant by identifier, so that every device finds the same. */
const inOrder = (a: CheckIn, b: CheckIn): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The lines that were not taken back. */
export function standing<L extends CheckIn>(lines: readonly L[]): L[] {
  const undone = new Set(lines.map((line) => line.undoes));
  return lines.filter((line) => line.kind !== "undo" && !undone.has(line.id)).sort(inOrder);
}

/**
 * How many came; null: nothing was said. The last total holds, and arrivals after it are added, never above the places booked: two devices
 * that let the same group in count it once.
 */
export function attendanceOf(lines: readonly CheckIn[], seats: number): number | null {
  let came: number | null = null;
  for (const line of standing(lines)) {
    if (line.kind === "total") came = line.came;
    else came = Math.max(came ?? 0, Math.min(seats, (came ?? 0) + (line.came ?? 0)));
  }
  return came;
}

/** Whether all is known of a booking: it was counted in all, or everybody is in. Arrivals alone say nothing of who is not there yet. */
export function isWhole(lines: readonly CheckIn[], seats: number): boolean {
  const came = attendanceOf(lines, seats);
  if (came === null || came >= seats) return true;
  const total = standing(lines).findLast((line) => line.kind === "total");
  return total !== undefined && total.came !== null;
}
