// How a later file is compared: each value that an import wrote leaves a short mark, and three things are set side by side: the mark,
// the file's value, the record's value. A mark is enough to see a difference and says nothing readable of the person.

/** Values of one record, by field; an empty value is absent. */
export type Values = Readonly<Record<string, string>>;

/** Mark of one value: FNV-1a of 32 bits, "" for an empty value. */
export function markOf(value: string | undefined): string {
  if (!value) return "";
  let hash = 0x811c9dc5;
  for (let at = 0; at < value.length; at++) {
    hash ^= value.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** Marks of a record, in the order of its fields. */
export const marksOf = (fields: readonly string[], values: Values): string =>
  fields.map((field) => markOf(values[field])).join(".");

export type Comparison = {
  /** The record as it would be. */
  values: Values;
  /** Fields that the file changes. */
  changed: string[];
  /** Fields where the file differs from a record that somebody changed since: the record wins. */
  kept: string[];
  /** Marks to keep of this import. */
  written: string;
};

/**
 * Compares a file's row with the record and with what the last import wrote (null: the record was made by hand; then only empty
 * fields are filled, and what differs is kept as it is).
 */
export function compareThree(
  fields: readonly string[],
  file: Values,
  current: Values,
  written: string | null,
): Comparison {
  const parts = written === null ? null : written.split(".");
  const base = parts !== null && parts.length === fields.length ? parts : null;
  const values: Record<string, string> = { ...current };
  const changed: string[] = [];
  const kept: string[] = [];
  const marks = fields.map((field, at) => {
    const wished = markOf(file[field]);
    const before = base?.[at];
    const now = markOf(current[field]);
    if (wished === now) return wished;
    if (base === null ? wished === "" : wished === before) return base === null ? now : wished;
    if (base === null ? now === "" : now === before) {
      const value = file[field];
      if (value) values[field] = value;
      else delete values[field];
      changed.push(field);
      return wished;
    }
    kept.push(field);
    return before ?? now;
  });
  return { values, changed, kept, written: marks.join(".") };
}
