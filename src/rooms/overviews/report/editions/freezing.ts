// Freezing an edition: its document is kept as it is, each number with its definition, its filter, its days and the fingerprint of its rows.
// What records become afterwards is told beside it, never put in its place.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { fingerprints, type Printed } from "../../../../core/figures/fingerprint.ts";
import { atOneMoment } from "../../../../core/figures/one-moment.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { standingDeclared } from "../declared/reads.ts";
import { inWords } from "../masking.ts";
import type { Document, FigureLine } from "./document.ts";
import { tellEdition } from "./edition.ts";
import { countNumbers, type Wish } from "./numbers.ts";
import { blocksOf, chaptersOf, type Edition, editionById } from "./reads.ts";
import { inUnit } from "./telling.ts";
import { noteState } from "./writes.ts";

/** Chapters with their blocks, as they stand. */
export async function partsOf(tx: Tx, edition: string) {
  const chapters = await chaptersOf(tx, edition);
  const blocks = await blocksOf(
    tx,
    chapters.map(({ id }) => id),
  );
  const byChapter = Map.groupBy(blocks, (block) => block.chapter);
  return chapters.map((chapter) => ({ chapter, blocks: byChapter.get(chapter.id) ?? [] }));
}

/** The wish behind a line of the annex; null: somebody declared it, or the figure is no more. */
function wishOf(registry: Registry, line: Pick<FigureLine, "key" | "filters" | "from" | "to">): Wish | null {
  const [code] = JSON.parse(line.key) as [string];
  const figure = registry.figure(code);
  return figure ? { figure, filters: line.filters, period: { from: line.from, to: line.to }, by: [] } : null;
}

const printedOf = ({ figure, filters, period }: Wish): Printed => ({ figure, filters, period });

/** Freezes an edition as it was looked at, all its numbers of one moment. False: somebody froze it, or decided otherwise, meanwhile. */
export async function freezeEdition(tx: Tx, registry: Registry, id: string, version: number): Promise<boolean> {
  const edition = await editionById(tx, id, "decide");
  if (!edition || edition.version !== version || edition.state === "frozen" || edition.state === "published")
    return false;
  const { within, outside, prints } = await atOneMoment(tx, () => counted(tx, registry, edition));
  await sql`UPDATE report.editions SET state = 'frozen', version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.on(),
  );
  await noteState(tx, id, "frozen", null);
  const { rows } = await sql<{ number: number }>`
    INSERT INTO report.edition_freezes (house_id, edition_id, number, at, by_account, within, outside)
    SELECT ${tx.scope.house}, ${id}, coalesce(max(number), 0) + 1, ${tx.clock.now()}, ${tx.scope.account}, ${JSON.stringify(within)}::jsonb, ${JSON.stringify(outside)}::jsonb
      FROM report.edition_freezes WHERE house_id = ${tx.scope.house} AND edition_id = ${id} RETURNING number`.execute(
    tx.on(),
  );
  const lines = within.figures.flatMap((line) =>
    line.value === null
      ? []
      : [{ ...line, from_day: line.from, to_day: line.to, fingerprint: prints.get(line.key) ?? null }],
  );
  await sql`
    INSERT INTO report.frozen_figures (house_id, edition_id, number, key, code, filters, from_day, to_day, value, label, unit, definition, fingerprint)
    SELECT ${tx.scope.house}, ${id}, ${rows[0]?.number ?? 1}, f.* FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      AS f(key text, code text, filters jsonb, from_day date, to_day date, value numeric, label text, unit text, definition text, fingerprint text)`.execute(
    tx.on(),
  );
  return true;
}

/** Both documents and the fingerprints of their numbers. */
async function counted(
  tx: Tx,
  registry: Registry,
  edition: Edition,
): Promise<{ within: Document; outside: Document; prints: Map<string, string> }> {
  const parts = await partsOf(tx, edition.id);
  const within = (await tellEdition(tx, registry, edition, parts, false)).document;
  const outside = (await tellEdition(tx, registry, edition, parts, true)).document;
  return { within, outside, prints: await printsOf(tx, registry, within.figures) };
}

async function printsOf(
  tx: Tx,
  registry: Registry,
  lines: readonly Pick<FigureLine, "key" | "filters" | "from" | "to">[],
): Promise<Map<string, string>> {
  const wishes = lines.flatMap((line) => {
    const wish = wishOf(registry, line);
    return wish ? [{ key: line.key, printed: printedOf(wish) }] : [];
  });
  const printOf = await fingerprints(
    tx,
    registry,
    wishes.map(({ printed }) => printed),
  );
  return new Map(wishes.map(({ key, printed }) => [key, printOf(printed)]));
}

export type Freeze = { number: number; at: Date; by: string | null; within: Document; outside: Document };

/** The latest freeze of an edition. */
export async function latestFreeze(tx: Tx, edition: string): Promise<Freeze | null> {
  const { rows } = await sql<Freeze>`
    SELECT f.number, f.at, a.name AS by, f.within, f.outside FROM report.edition_freezes f LEFT JOIN house.accounts a ON a.house_id = f.house_id AND a.id = f.by_account
     WHERE f.house_id = ${tx.scope.house} AND f.edition_id = ${edition} ORDER BY f.number DESC LIMIT 1`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** One figure that is no longer what was frozen; `now` null: it was declared, and is withdrawn. `rows`: the same number, over other rows. */
export type Since = {
  key: string;
  code: string;
  label: string;
  unit: string;
  frozen: string;
  now: string | null;
  rows: boolean;
};

type FrozenLine = Omit<FigureLine, "value"> & { value: number; fingerprint: string | null };

/** What changed since the freeze, among the figures of `keys` (all of them when left out). */
export async function sinceFreeze(
  tx: Tx,
  registry: Registry,
  edition: string,
  number: number,
  keys: readonly string[] | null = null,
): Promise<Since[]> {
  const { rows: all } = await sql<FrozenLine>`
    SELECT key, code, filters, from_day AS "from", to_day AS "to", value::float8 AS value, label, unit, fingerprint FROM report.frozen_figures
     WHERE house_id = ${tx.scope.house} AND edition_id = ${edition} AND number = ${number}
       ${keys ? sql`AND key = ANY(${[...keys]}::text[])` : sql``} ORDER BY code, key`.execute(tx.on());
  // What this reader may not know of is not told to exist.
  const rows = all.filter((row) => row.fingerprint === null || wishOf(registry, row) !== null);
  const wishes = new Map(rows.map((row) => [row.key, wishOf(registry, row)]));
  const known = [...wishes.values()].filter((wish) => wish !== null);
  const numbers = await countNumbers(tx, registry, known, false);
  const prints = await printsOf(tx, registry, rows);
  const declared = Map.groupBy(
    await standingDeclared(
      tx,
      rows.filter((row) => row.fingerprint === null).map((row) => row.code),
    ),
    (line) => line.code,
  );
  return rows.flatMap((row): Since[] => {
    const wish = wishes.get(row.key) ?? null;
    const said = declared
      .get(row.code)
      ?.find((line) => (line.from ?? row.from) === row.from && (line.to ?? row.to) === row.to);
    const now = wish ? numbers.at(wish).value : (said?.value ?? null);
    const rowsChanged = row.fingerprint !== null && prints.get(row.key) !== row.fingerprint;
    if (now === row.value && !rowsChanged) return [];
    const shown = (value: number): string => inUnit(inWords(value), value, row.unit, false);
    return [
      {
        key: row.key,
        code: row.code,
        label: row.label,
        unit: row.unit,
        frozen: shown(row.value),
        now: now === null ? null : shown(now),
        rows: now === row.value,
      },
    ];
  });
}
