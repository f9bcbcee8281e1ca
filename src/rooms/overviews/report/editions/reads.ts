// Reads of editions: their states, chapters, blocks, versions, comments, photos.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Content, type Contents, type Written, writtenOf } from "./content.ts";
import type { ChapterKind, ChapterState, EditionState } from "./words.ts";

export type Edition = {
  id: string;
  title: string;
  slug: string;
  from: string;
  to: string;
  state: EditionState;
  version: number;
};

const editionColumns = sql`e.id, e.title, e.slug, e.from_day AS "from", e.to_day AS "to", e.state, e.version`;

/** All editions of the house, the latest period first. */
export async function editionsOf(tx: Tx): Promise<Edition[]> {
  const { rows } = await sql<Edition>`
    SELECT ${editionColumns} FROM report.editions e WHERE e.house_id = ${tx.scope.house} ORDER BY e.to_day DESC, e.from_day DESC, e.created_at DESC, e.id DESC`.execute(
    tx.on(),
  );
  return rows;
}

/** `lock`: nobody else decides of it, or writes in it, until the end of the transaction. */
export async function editionById(tx: Tx, id: string, lock: "" | "decide" | "write" = ""): Promise<Edition | null> {
  const locking = lock === "" ? sql`` : lock === "decide" ? sql`FOR UPDATE` : sql`FOR SHARE`;
  const { rows } = await sql<Edition>`
    SELECT ${editionColumns} FROM report.editions e WHERE e.house_id = ${tx.scope.house} AND e.id = ${id} ${locking}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export async function editionBySlug(tx: Tx, slug: string): Promise<Edition | null> {
  const { rows } = await sql<Edition>`
    SELECT ${editionColumns} FROM report.editions e WHERE e.house_id = ${tx.scope.house} AND e.slug = ${slug}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type EditionEvent = { state: EditionState; why: string | null; at: Date; by: string | null };

/** What happened to an edition, latest first. */
export async function eventsOf(tx: Tx, edition: string): Promise<EditionEvent[]> {
  const { rows } = await sql<EditionEvent>`
    SELECT v.state, v.why, v.at, a.name AS by FROM report.edition_events v LEFT JOIN house.accounts a ON a.house_id = v.house_id AND a.id = v.by_account
     WHERE v.house_id = ${tx.scope.house} AND v.edition_id = ${edition} ORDER BY v.at DESC, v.id DESC`.execute(tx.on());
  return rows;
}

export type Chapter = {
  id: string;
  edition: string;
  kind: ChapterKind;
  programme: string | null;
  title: string;
  position: number;
  owner: string | null;
  ownerName: string | null;
  state: ChapterState;
  version: number;
  blocks: number;
  openComments: number;
};

const chapterColumns = sql`c.id, c.edition_id AS edition, c.kind, c.programme, c.title, c.position, c.owner_id AS owner, o.name AS "ownerName", c.state, c.version,
  (SELECT count(*)::int FROM report.edition_blocks b WHERE b.house_id = c.house_id AND b.chapter_id = c.id AND b.removed_at IS NULL) AS blocks,
  (SELECT count(*)::int FROM report.edition_comments m WHERE m.house_id = c.house_id AND m.chapter_id = c.id AND m.settled_at IS NULL) AS "openComments"`;
const chapterTables = sql`report.edition_chapters c LEFT JOIN house.accounts o ON o.house_id = c.house_id AND o.id = c.owner_id`;

export async function chaptersOf(tx: Tx, edition: string): Promise<Chapter[]> {
  const { rows } = await sql<Chapter>`
    SELECT ${chapterColumns} FROM ${chapterTables} WHERE c.house_id = ${tx.scope.house} AND c.edition_id = ${edition} ORDER BY c.position, c.id`.execute(
    tx.on(),
  );
  return rows;
}

export async function chapterById(tx: Tx, id: string): Promise<Chapter | null> {
  const { rows } = await sql<Chapter>`
    SELECT ${chapterColumns} FROM ${chapterTables} WHERE c.house_id = ${tx.scope.house} AND c.id = ${id}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

export type Block = {
  id: string;
  chapter: string;
  position: number;
  hidden: boolean;
  kept: boolean;
  removed: boolean;
  written: Written;
  version: number;
  changedAt: Date;
  changedBy: string | null;
};

type BlockRow = Omit<Block, "written"> & { kind: keyof Contents; content: Content };
const blockColumns = sql`b.id, b.chapter_id AS chapter, b.kind, b.position, b.hidden, b.kept, b.removed_at IS NOT NULL AS removed, b.content, b.version,
  b.changed_at AS "changedAt", w.name AS "changedBy"`;
const blockTables = sql`report.edition_blocks b LEFT JOIN house.accounts w ON w.house_id = b.house_id AND w.id = b.changed_by`;
const blockOf = ({ kind, content, ...row }: BlockRow): Block => ({ ...row, written: writtenOf(kind, content) });

/** The blocks of some chapters in their order; those that were taken away with `removed`. */
export async function blocksOf(tx: Tx, chapters: readonly string[], removed = false): Promise<Block[]> {
  if (chapters.length === 0) return [];
  const { rows } = await sql<BlockRow>`
    SELECT ${blockColumns} FROM ${blockTables} WHERE b.house_id = ${tx.scope.house} AND b.chapter_id = ANY(${[...chapters]}::uuid[])
       AND b.removed_at IS ${removed ? sql`NOT NULL` : sql`NULL`} ORDER BY b.position, b.id`.execute(tx.on());
  return rows.map(blockOf);
}

/** `lock`: for who is about to write it. */
export async function blockById(tx: Tx, id: string, lock = false): Promise<Block | null> {
  const { rows } = await sql<BlockRow>`
    SELECT ${blockColumns} FROM ${blockTables} WHERE b.house_id = ${tx.scope.house} AND b.id = ${id} ${lock ? sql`FOR UPDATE OF b` : sql``}`.execute(
    tx.on(),
  );
  return rows[0] ? blockOf(rows[0]) : null;
}

export type BlockVersion = { version: number; written: Written; from: number | null; at: Date; by: string | null };

/** Every content that a block had, latest first. */
export async function versionsOf(tx: Tx, block: Block): Promise<BlockVersion[]> {
  const { rows } = await sql<Omit<BlockVersion, "written"> & { content: Content }>`
    SELECT v.version, v.content, v.from_version AS "from", v.at, a.name AS by FROM report.edition_block_versions v LEFT JOIN house.accounts a ON a.house_id = v.house_id AND a.id = v.by_account
     WHERE v.house_id = ${tx.scope.house} AND v.block_id = ${block.id} ORDER BY v.version DESC LIMIT 200`.execute(
    tx.on(),
  );
  return rows.map(({ content, ...row }) => ({ ...row, written: writtenOf(block.written.kind, content) }));
}

export type Comment = {
  id: string;
  text: string;
  at: Date;
  by: string | null;
  settledAt: Date | null;
  settledBy: string | null;
};

export async function commentsOf(tx: Tx, chapter: string): Promise<Comment[]> {
  const { rows } = await sql<Comment>`
    SELECT m.id, m.text, m.at, a.name AS by, m.settled_at AS "settledAt", s.name AS "settledBy" FROM report.edition_comments m
      LEFT JOIN house.accounts a ON a.house_id = m.house_id AND a.id = m.by_account LEFT JOIN house.accounts s ON s.house_id = m.house_id AND s.id = m.settled_by
     WHERE m.house_id = ${tx.scope.house} AND m.chapter_id = ${chapter} ORDER BY m.settled_at IS NOT NULL, m.at, m.id`.execute(
    tx.on(),
  );
  return rows;
}

/** Width and height of an edition's photos. */
export async function photoSizes(tx: Tx, edition: string): Promise<Map<string, { width: number; height: number }>> {
  const { rows } = await sql<{ id: string; width: number; height: number }>`
    SELECT id, width, height FROM report.edition_photos WHERE house_id = ${tx.scope.house} AND edition_id = ${edition}`.execute(
    tx.on(),
  );
  return new Map(rows.map(({ id, ...size }) => [id, size]));
}

/** The bytes of photos, by their identifier. */
export async function photosOf(tx: Tx, edition: string, ids: readonly string[]): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; jpeg: Buffer }>`
    SELECT id, jpeg FROM report.edition_photos WHERE house_id = ${tx.scope.house} AND edition_id = ${edition} AND id = ANY(${[...ids]}::uuid[])`.execute(
    tx.on(),
  );
  return new Map(rows.map(({ id, jpeg }) => [id, jpeg]));
}
