// An attacker with every visible cell and every sum tries all that the hidden cells could be: none may have one value only.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cells, maskedCells, type Sum, smallest } from "./mask.ts";

type Table = { cells: Cells; sums: Sum[] };

/** A table of rows and columns with its edges and its total: "r,c", "r,", ",c", ",". */
function tableOf(rows: readonly (readonly number[])[]): Table {
  const cells = new Map<string, number>();
  const add = (id: string, value: number) => cells.set(id, (cells.get(id) ?? 0) + value);
  for (const [r, row] of rows.entries())
    for (const [c, value] of row.entries()) for (const id of [`${r},${c}`, `${r},`, `,${c}`, ","]) add(id, value);
  const columns = rows[0]?.length ?? 0;
  const each = (count: number, id: (at: number) => string): string[] =>
    Array.from({ length: count }, (_, at) => id(at));
  const sums = [
    { total: ",", parts: each(rows.length, (r) => `${r},`) },
    { total: ",", parts: each(columns, (c) => `,${c}`) },
    ...each(rows.length, String).map((r) => ({ total: `${r},`, parts: each(columns, (c) => `${r},${c}`) })),
    ...each(columns, String).map((c) => ({ total: `,${c}`, parts: each(rows.length, (r) => `${r},${c}`) })),
  ];
  return { cells, sums };
}

/** What each hidden cell can be, by trying: values of hidden inner cells from 0 (or 1, as a reader would guess) up to `most`. */
function possible(
  { cells, sums }: Table,
  masked: ReadonlySet<string>,
  least: number,
  most: number,
): Map<string, Set<number>> {
  const inner = [...masked].filter((id) => !id.startsWith(",") && !id.endsWith(","));
  const found = new Map<string, Set<number>>([...masked].map((id) => [id, new Set()]));
  const guess = new Map(cells);
  const holds = (): boolean => {
    // Edges follow from the inner cells; those that are visible must be what is printed.
    const edges = new Map<string, number>();
    for (const { total, parts } of sums.filter((sum) => sum.total !== ","))
      edges.set(
        total,
        parts.reduce((sum, part) => sum + (guess.get(part) ?? 0), 0),
      );
    edges.set(
      ",",
      [...edges].filter(([id]) => id.endsWith(",")).reduce((sum, [, value]) => sum + value, 0),
    );
    for (const [id, value] of edges) if (!masked.has(id) && cells.get(id) !== value) return false;
    for (const id of masked) found.get(id)?.add(edges.get(id) ?? guess.get(id) ?? 0);
    return true;
  };
  const walk = (at: number): void => {
    const id = inner[at];
    if (id === undefined) return void holds();
    for (let value = least; value <= most; value++) {
      guess.set(id, value);
      walk(at + 1);
    }
  };
  walk(0);
  return found;
}

const small = fc.array(fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 2, maxLength: 2 }), {
  minLength: 2,
  maxLength: 3,
});

test("no number from 1 to 4 is shown, and none that is hidden can be worked out", () => {
  fc.assert(
    fc.property(small, (rows) => {
      const table = tableOf(rows);
      const masked = maskedCells(table.cells, table.sums);
      for (const [id, value] of table.cells)
        if (value > 0 && value < smallest) assert.ok(masked.has(id), `${id} = ${value} is shown`);
      for (const [id, values] of possible(table, masked, 0, 8))
        assert.ok(values.size > 1, `${id} can only be ${[...values]}`);
    }),
    { numRuns: 60 },
  );
});

test("the attacker finds what a weaker mask leaves: only the small cells hidden", () => {
  const table = tableOf([
    [3, 9],
    [12, 20],
  ]);
  const weak = new Set([...table.cells].filter(([, value]) => value > 0 && value < smallest).map(([id]) => id));
  assert.deepEqual([...(possible(table, weak, 0, 12).get("0,0") ?? [])], [3]);
  const masked = maskedCells(table.cells, table.sums);
  assert.ok(masked.size >= 4);
});

test("a table without small numbers is shown whole, zeros too", () => {
  const table = tableOf([
    [0, 9],
    [12, 20],
  ]);
  assert.equal(maskedCells(table.cells, table.sums).size, 0);
});
