// Which column of a file is which: by name, by known other names, or as somebody said by hand.
import type { ImportColumn } from "./kind.ts";
import { comparable } from "./values.ts";

/** Header position -> column key; null: the column is not read. */
export type Mapping = (string | null)[];

export type Recognised = { mapping: Mapping; unknown: string[]; missing: ImportColumn[]; twice: string[] };

/** What somebody said of each header, in order: a column's key, or "" to leave it. */
export type ByHand = readonly string[];

/** Recognises headers by name, or by what somebody said of them. */
export function recognise(
  headers: readonly string[],
  columns: readonly ImportColumn[],
  byHand: ByHand | null = null,
): Recognised {
  const names = new Map<string, string>();
  for (const column of columns)
    for (const name of [column.key, column.label, ...column.aliases]) names.set(comparable(name), column.key);
  const keys = new Set(columns.map((column) => column.key));
  const taken = new Set<string>();
  const twice: string[] = [];
  const unknown: string[] = [];
  const mapping = headers.map((header, at): string | null => {
    const key = byHand ? byHand[at] : names.get(comparable(header));
    if (!key || !keys.has(key)) {
      if (!byHand && comparable(header) !== "") unknown.push(header);
      return null;
    }
    if (taken.has(key)) {
      twice.push(header);
      return null;
    }
    taken.add(key);
    return key;
  });
  return { mapping, unknown, missing: columns.filter((column) => column.required && !taken.has(column.key)), twice };
}

/** How well headers fit a kind's columns, 0 to 1: the share of the file's headers that it knows; 0 when a required one is missing. */
export function fitness(headers: readonly string[], columns: readonly ImportColumn[]): number {
  const { mapping, missing } = recognise(headers, columns);
  return missing.length > 0 || headers.length === 0 ? 0 : mapping.filter(Boolean).length / headers.length;
}
