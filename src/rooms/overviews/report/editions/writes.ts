// One function an act on editions, chapters and blocks; the journal line is the route's. A block is written as it was looked at: what
// somebody else wrote meanwhile is never lost, and every content that it had is kept.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Written } from "./content.ts";
import type { Block, Chapter } from "./reads.ts";
import type { ChapterKind, ChapterState, EditionState } from "./words.ts";

export type NewBlock = { written: Written; kept?: boolean };
export type NewChapter = { kind: ChapterKind; programme: string | null; title: string; blocks: readonly NewBlock[] };

/** Makes an edition with its chapters. False: it was made already, or its address is another's. */
export async function createEdition(
  tx: Tx,
  edition: { id: string; title: string; slug: string; from: string; to: string },
  chapters: readonly NewChapter[],
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO report.editions (house_id, id, title, slug, from_day, to_day, state, created_at, created_by)
    VALUES (${tx.scope.house}, ${edition.id}, ${edition.title}, ${edition.slug}, ${edition.from}, ${edition.to}, 'draft', ${tx.clock.now()}, ${tx.scope.account})
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  if (rows.length === 0) return false;
  await noteState(tx, edition.id, "draft", null);
  await addChapters(tx, edition.id, chapters, 1);
  return true;
}

export const noteState = (tx: Tx, edition: string, state: EditionState, why: string | null): Promise<unknown> =>
  sql`INSERT INTO report.edition_events (house_id, id, edition_id, state, why, at, by_account)
      VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${edition}, ${state}, ${why}, ${tx.clock.now()}, ${tx.scope.account})`.execute(
    tx.on(),
  );

/** Adds chapters behind the others, each with its blocks: two statements, however many there are. */
async function addChapters(tx: Tx, edition: string, chapters: readonly NewChapter[], from: number): Promise<void> {
  const made = chapters.map(({ blocks, ...chapter }, at) => ({
    id: tx.ids.uuid(),
    position: from + at,
    ...chapter,
    blocks,
  }));
  if (made.length === 0) return;
  await sql`
    INSERT INTO report.edition_chapters (house_id, id, edition_id, kind, programme, title, position, state, created_at, created_by)
    SELECT ${tx.scope.house}, c.id, ${edition}, c.kind, c.programme, c.title, c.position, 'to-write', ${tx.clock.now()}, ${tx.scope.account}
      FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS c(id uuid, kind text, programme text, title text, position int)`.execute(
    tx.on(),
  );
  const blocks = made.flatMap(({ id, blocks: list }) =>
    list.map(({ written, kept }, at) => ({
      id: tx.ids.uuid(),
      chapter: id,
      kind: written.kind,
      content: written.content,
      position: at + 1,
      kept: kept ?? false,
    })),
  );
  if (blocks.length > 0) await insertBlocks(tx, blocks);
}

type BlockRow = { id: string; chapter: string; kind: string; content: object; position: number; kept: boolean };

async function insertBlocks(tx: Tx, blocks: readonly BlockRow[]): Promise<number> {
  const { rows } = await sql`
    WITH made AS (
      INSERT INTO report.edition_blocks (house_id, id, chapter_id, kind, position, kept, content, changed_at, changed_by)
      SELECT ${tx.scope.house}, b.id, b.chapter, b.kind, b.position, b.kept, b.content, ${tx.clock.now()}::timestamptz, ${tx.scope.account}::uuid
        FROM jsonb_to_recordset(${JSON.stringify(blocks)}::jsonb) AS b(id uuid, chapter uuid, kind text, content jsonb, position int, kept boolean)
      ON CONFLICT DO NOTHING RETURNING house_id, id, content, changed_at, changed_by)
    INSERT INTO report.edition_block_versions (house_id, block_id, version, content, at, by_account)
    SELECT house_id, id, 1, content, changed_at, changed_by FROM made RETURNING block_id`.execute(tx.on());
  return rows.length;
}

/** Adds one chapter at the end. False: it was added already. */
export async function addChapter(tx: Tx, edition: string, id: string, title: string): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO report.edition_chapters (house_id, id, edition_id, kind, title, position, state, created_at, created_by)
    SELECT ${tx.scope.house}, ${id}, ${edition}, 'free', ${title}, coalesce(max(position), 0) + 1, 'to-write', ${tx.clock.now()}, ${tx.scope.account}
      FROM report.edition_chapters WHERE house_id = ${tx.scope.house} AND edition_id = ${edition}
    ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Title, owner and state of a chapter as it was looked at. False: it changed meanwhile. */
export async function settleChapter(
  tx: Tx,
  chapter: string,
  version: number,
  wish: { title: string; owner: string | null; state: ChapterState },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE report.edition_chapters SET title = ${wish.title}, owner_id = ${wish.owner}, state = ${wish.state}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${chapter} AND version = ${version} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Moves a chapter one place up or down. False: it is at the end already. */
export const moveChapter = (tx: Tx, chapter: Chapter, up: boolean): Promise<boolean> =>
  exchange(tx, "report.edition_chapters", "edition_id", chapter.edition, chapter.id, up);
export const moveBlock = (tx: Tx, block: Block, up: boolean): Promise<boolean> =>
  exchange(tx, "report.edition_blocks", "chapter_id", block.chapter, block.id, up);

async function exchange(tx: Tx, table: string, column: string, of: string, id: string, up: boolean): Promise<boolean> {
  const there = table === "report.edition_blocks" ? sql`AND removed_at IS NULL` : sql``;
  // Two that move at once stand in a row, and places are numbered anew: none is ever shared.
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM ${sql.table(table)} WHERE house_id = ${tx.scope.house} AND ${sql.ref(column)} = ${of} ${there} ORDER BY position, id FOR UPDATE`.execute(
    tx.on(),
  );
  const order = rows.map((row) => row.id);
  const at = order.indexOf(id);
  const to = up ? at - 1 : at + 1;
  const [one, other] = [order[at], order[to]];
  if (one === undefined || other === undefined) return false;
  [order[at], order[to]] = [other, one];
  await sql`
    UPDATE ${sql.table(table)} t SET position = o.place FROM unnest(${order}::uuid[]) WITH ORDINALITY AS o(id, place)
     WHERE t.house_id = ${tx.scope.house} AND t.id = o.id AND t.position <> o.place`.execute(tx.on());
  return true;
}

/** Adds a block at the end of a chapter, or behind another one. False: it was added already. */
export async function addBlock(
  tx: Tx,
  chapter: string,
  id: string,
  written: Written,
  behind?: Block,
): Promise<boolean> {
  if (behind)
    await sql`
      UPDATE report.edition_blocks SET position = position + 1
       WHERE house_id = ${tx.scope.house} AND chapter_id = ${chapter} AND position > ${behind.position}`.execute(
      tx.on(),
    );
  const { rows } = await sql<{ next: number }>`
    SELECT coalesce(max(position), 0)::int + 1 AS next FROM report.edition_blocks WHERE house_id = ${tx.scope.house} AND chapter_id = ${chapter}`.execute(
    tx.on(),
  );
  const position = behind ? behind.position + 1 : (rows[0]?.next ?? 1);
  return (
    (await insertBlocks(tx, [{ id, chapter, kind: written.kind, content: written.content, position, kept: false }])) > 0
  );
}

/** Writes a block as it was looked at; `from`: the version that comes back. False: somebody wrote it meanwhile. */
export async function writeBlock(
  tx: Tx,
  block: Block,
  version: number,
  written: Written,
  from: number | null = null,
): Promise<boolean> {
  const content = JSON.stringify(written.content);
  const { rows } = await sql`
    WITH done AS (
      UPDATE report.edition_blocks SET content = ${content}::jsonb, version = version + 1, changed_at = ${tx.clock.now()}, changed_by = ${tx.scope.account}
       WHERE house_id = ${tx.scope.house} AND id = ${block.id} AND version = ${version} AND removed_at IS NULL
      RETURNING house_id, id, version, content, changed_at, changed_by)
    INSERT INTO report.edition_block_versions (house_id, block_id, version, content, from_version, at, by_account)
    SELECT house_id, id, version, content, ${from}::int, changed_at, changed_by FROM done RETURNING block_id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Hidden or shown, kept for next year or not, taken away or put back. */
export const markBlock = (
  tx: Tx,
  block: string,
  mark: { hidden: boolean } | { kept: boolean } | { removed: boolean },
): Promise<unknown> => {
  const set =
    "hidden" in mark
      ? sql`hidden = ${mark.hidden}`
      : "kept" in mark
        ? sql`kept = ${mark.kept}`
        : sql`removed_at = ${mark.removed ? tx.clock.now() : null}`;
  return sql`UPDATE report.edition_blocks SET ${set} WHERE house_id = ${tx.scope.house} AND id = ${block}`.execute(
    tx.on(),
  );
};

/** Adds a comment. False: it was added already. */
export async function addComment(tx: Tx, chapter: string, id: string, text: string): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO report.edition_comments (house_id, id, chapter_id, text, at, by_account)
    VALUES (${tx.scope.house}, ${id}, ${chapter}, ${text}, ${tx.clock.now()}, ${tx.scope.account}) ON CONFLICT DO NOTHING RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Settles a comment: it stays to be read. False: it was settled already, or is of another chapter. */
export async function settleComment(tx: Tx, chapter: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    UPDATE report.edition_comments SET settled_at = ${tx.clock.now()}, settled_by = ${tx.scope.account}
     WHERE house_id = ${tx.scope.house} AND chapter_id = ${chapter} AND id = ${id} AND settled_at IS NULL RETURNING id`.execute(
    tx.on(),
  );
  return rows.length > 0;
}

/** Moves an edition to another state as it was looked at. False: somebody decided otherwise meanwhile. */
export async function decideEdition(
  tx: Tx,
  edition: string,
  version: number,
  { from, to, why }: { from: readonly EditionState[]; to: EditionState; why: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    UPDATE report.editions SET state = ${to}, version = version + 1
     WHERE house_id = ${tx.scope.house} AND id = ${edition} AND version = ${version} AND state = ANY(${[...from]}::text[]) RETURNING id`.execute(
    tx.on(),
  );
  if (rows.length === 0) return false;
  await noteState(tx, edition, to, why);
  return true;
}
