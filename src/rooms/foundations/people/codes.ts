import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { Seen } from "../../../core/importing/seen.ts";

/** Short codes that nobody in the house bears: drawn by chance, so each is looked up before it is given. */
export async function freeCodes(tx: Tx, count: number): Promise<string[]> {
  const free = new Set<string>();
  for (let turn = 0; turn < 20 && free.size < count; turn++) {
    const drawn = new Set<string>();
    while (drawn.size < count - free.size) drawn.add(tx.ids.shortCode());
    const { rows } = await sql<{ code: string }>`
      SELECT code FROM people.persons WHERE house_id = ${tx.scope.house} AND code = ANY(${[...drawn]}::text[])`.execute(
      tx.on(),
    );
    const taken = new Set(rows.map((row) => row.code));
    for (const code of drawn) if (!taken.has(code)) free.add(code);
  }
  if (free.size < count) throw new Error("no free short code");
  return [...free].slice(0, count);
}

/** Codes for people written by the handful: as many again are looked up while a handful is written. */
export function codesAhead(tx: Tx): (count: number) => Promise<string[]> {
  // A code that was given and not yet written is not in the table.
  const given = new Seen();
  const ready: string[] = [];
  let coming: Promise<string[]> | null = null;
  return async (count) => {
    while (ready.length < count) {
      const codes: string[] = await (coming ?? freeCodes(tx, count));
      coming = null;
      ready.push(...codes.filter((code) => given.add(code)));
    }
    const codes = ready.splice(0, count);
    coming ??= freeCodes(tx, count);
    coming.catch(() => {});
    return codes;
  };
}
