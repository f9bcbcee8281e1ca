// Small numbers shown outside the team: a count of 1 to 4 tells too much of somebody, and so does a sum with all its other parts.
// Cells from 1 to 4 are masked; then as many others as are needed for no masked cell to be worked out from what stays visible.

export type Cells = ReadonlyMap<string, number>;
/** A sum that a reader can do: `total` is the sum of `parts`. */
export type Sum = { total: string; parts: readonly string[] };

export const smallest = 5;

/** The cells to mask. `sums` are all the sums that hold among the cells printed together. Zero stays visible unless it betrays. */
export function maskedCells(cells: Cells, sums: readonly Sum[]): Set<string> {
  const all = new Set<string>();
  for (const part of apart(cells, sums)) for (const id of maskedTogether(part.cells, part.sums)) all.add(id);
  return all;
}

/** Cells that no chain of sums joins tell nothing of each other: each such part is masked by itself. */
function apart(cells: Cells, sums: readonly Sum[]): { cells: Cells; sums: readonly Sum[] }[] {
  const root = new Map<string, string>([...cells.keys()].map((id) => [id, id]));
  const top = (id: string): string => {
    let at = id;
    for (let up = root.get(at); up !== undefined && up !== at; up = root.get(at)) at = up;
    root.set(id, at);
    return at;
  };
  for (const { total, parts } of sums) for (const part of parts) root.set(top(part), top(total));
  const groups = new Map<string, { cells: Map<string, number>; sums: Sum[] }>();
  for (const [id, value] of cells) {
    const group = groups.get(top(id)) ?? { cells: new Map<string, number>(), sums: [] };
    groups.set(top(id), group);
    group.cells.set(id, value);
  }
  for (const sum of sums) groups.get(top(sum.total))?.sums.push(sum);
  return [...groups.values()];
}

function maskedTogether(cells: Cells, sums: readonly Sum[]): Set<string> {
  const masked = new Set<string>();
  for (const [id, value] of cells) if (value > 0 && value < smallest) masked.add(id);
  for (let turn = 0; turn <= cells.size; turn++) {
    const betrayed = firstBetrayed(cells, sums, masked);
    if (!betrayed) return masked;
    const next = nextToMask(cells, sums, masked, betrayed);
    if (next === null) {
      for (const id of cells.keys()) masked.add(id);
      return masked;
    }
    masked.add(next);
  }
  return masked;
}

type Bounds = { low: number; high: number };

/** What a reader can work out: bounds of each masked cell, tightened by every sum until nothing moves. */
export function boundsOf(cells: Cells, sums: readonly Sum[], masked: ReadonlySet<string>): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const [id, value] of cells)
    bounds.set(
      id,
      // A reader knows that what is masked is rarely nothing: two masked cells of a sum of two are both one.
      masked.has(id) ? { low: Math.min(1, value), high: Number.POSITIVE_INFINITY } : { low: value, high: value },
    );
  const of = (id: string): Bounds => bounds.get(id) ?? { low: 0, high: Number.POSITIVE_INFINITY };
  let moved = true;
  for (let turn = 0; moved && turn < 200; turn++) {
    moved = false;
    for (const { total, parts } of sums) {
      const low = parts.reduce((sum, part) => sum + of(part).low, 0);
      const high = parts.reduce((sum, part) => sum + of(part).high, 0);
      moved = tighten(bounds, total, low, high) || moved;
      for (const part of parts) {
        const others = parts.filter((other) => other !== part);
        const least = of(total).low - others.reduce((sum, other) => sum + of(other).high, 0);
        const most = of(total).high - others.reduce((sum, other) => sum + of(other).low, 0);
        moved = tighten(bounds, part, least, most) || moved;
      }
    }
  }
  return bounds;
}

function tighten(bounds: Map<string, Bounds>, id: string, low: number, high: number): boolean {
  const now = bounds.get(id);
  if (!now) return false;
  const next = {
    low: Math.max(now.low, Number.isNaN(low) ? 0 : low),
    high: Math.min(now.high, Number.isNaN(high) ? Number.POSITIVE_INFINITY : high),
  };
  if (next.low === now.low && next.high === now.high) return false;
  bounds.set(id, next);
  return true;
}

/**
 * The first masked cell that a reader could work out. Bounds alone do not see what two sums tell together, so each sum, and each pair of
 * sums that share a masked cell, must leave at least two masked cells free.
 */
function firstBetrayed(cells: Cells, sums: readonly Sum[], masked: ReadonlySet<string>): string | null {
  const bounds = boundsOf(cells, sums, masked);
  for (const id of masked) {
    const bound = bounds.get(id);
    if (bound && bound.low === bound.high) return id;
  }
  // Sums as equations over the masked cells; elimination finds any cell that they determine.
  return determinedBy(sums, masked);
}

function determinedBy(sums: readonly Sum[], masked: ReadonlySet<string>): string | null {
  const unknown = [...masked];
  const place = new Map(unknown.map((id, at) => [id, at]));
  const rows = sums.map(({ total, parts }) => {
    const row = new Array<number>(unknown.length).fill(0);
    const put = (id: string, sign: number): void => {
      const at = place.get(id);
      if (at !== undefined) row[at] = (row[at] ?? 0) + sign;
    };
    put(total, -1);
    for (const part of parts) put(part, 1);
    return row;
  });
  let pivot = 0;
  for (let column = 0; column < unknown.length && pivot < rows.length; column++) {
    const found = rows.findIndex((row, at) => at >= pivot && Math.abs(row[column] ?? 0) > 1e-9);
    if (found < 0) continue;
    const [top, low] = [rows[found], rows[pivot]];
    if (!top || !low) continue;
    rows[pivot] = top;
    rows[found] = low;
    const scale = top[column] ?? 1;
    for (let at = 0; at < unknown.length; at++) top[at] = (top[at] ?? 0) / scale;
    for (const row of rows) {
      if (row === top) continue;
      const factor = row[column] ?? 0;
      if (Math.abs(factor) > 1e-9)
        for (let at = 0; at < unknown.length; at++) row[at] = (row[at] ?? 0) - factor * (top[at] ?? 0);
    }
    pivot++;
  }
  for (const row of rows) {
    const left = row.flatMap((value, at) => (Math.abs(value) > 1e-9 ? [at] : []));
    if (left.length === 1) return unknown[left[0] ?? 0] ?? null;
  }
  return null;
}

/** The smallest visible cell, above zero if there is one, that stands in a sum with the betrayed cell (or with any masked one). */
function nextToMask(cells: Cells, sums: readonly Sum[], masked: ReadonlySet<string>, betrayed: string): string | null {
  const inSum = (sum: Sum): string[] => [sum.total, ...sum.parts];
  for (const near of [
    sums.filter((sum) => inSum(sum).includes(betrayed)),
    sums.filter((sum) => inSum(sum).some((id) => masked.has(id))),
    sums,
  ]) {
    const candidates = near
      .flatMap((sum) => sum.parts)
      .concat(near.map((sum) => sum.total))
      .filter((id) => !masked.has(id) && cells.has(id));
    const positive = candidates.filter((id) => (cells.get(id) ?? 0) > 0);
    const parts = new Set(near.flatMap((sum) => sum.parts));
    const order = (id: string): number => (parts.has(id) ? 0 : 1e9) + (cells.get(id) ?? 0);
    const best = (positive.length > 0 ? positive : candidates).sort((a, b) => order(a) - order(b))[0];
    if (best !== undefined) return best;
  }
  return null;
}
