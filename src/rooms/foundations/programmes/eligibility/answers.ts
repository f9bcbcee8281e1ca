// What a check of conditions answers, whoever they are asked of.
export type Answer = "yes" | "no" | "unknown";

export const inside = (value: number, min: number | undefined, max: number | undefined): Answer =>
  (min === undefined || value >= min) && (max === undefined || value <= max) ? "yes" : "no";

export const yesNo = (value: boolean): Answer => (value ? "yes" : "no");

/** Whole months from a day to another: the 31 January to the 28 February is none. */
export function monthsBetween(from: string, to: string): number {
  const [y1 = 0, m1 = 0, d1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0, d2 = 0] = to.split("-").map(Number);
  return (y2 - y1) * 12 + (m2 - m1) - (d2 < d1 ? 1 : 0);
}
