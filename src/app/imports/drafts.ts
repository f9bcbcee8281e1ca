// Files that were sent and wait for somebody's word: their facts stand in core.import_drafts, the file itself in the data folder.
import { sql } from "kysely";
import type { Tx } from "../../core/db/transaction.ts";
import { isUuid } from "../../core/ids.ts";
import type { Tally } from "../../core/importing/engine.ts";

/**
 * columns: somebody must say what they hold · reading: a dry run is under way · ready: its report awaits a word · importing · imported ·
 * failed: why, in one sentence; it may be tried again.
 */
export type DraftState = "columns" | "reading" | "ready" | "importing" | "imported" | "failed";

export type Draft = {
  id: string;
  kind: string | null;
  fileName: string;
  storedName: string;
  sha256: string;
  headers: string[];
  state: DraftState;
  rowsRead: number;
  rowsTotal: number | null;
  report: Tally | null;
  sentence: string | null;
  importId: string | null;
  createdAt: Date;
};

/** Work that gives no sign for so long is dead: its program was killed. Its transaction died with it, so nothing is half-written. */
export const silence = 30_000;
/** A file that nobody comes back to is kept a day. */
export const keptFor = 86_400_000;
/** Files that may wait at once in a house. */
export const mostWaiting = 5;

const stoppedSentence = "Le programme s’est arrêté avant la fin ; rien n’a été écrit.";

const columns = sql.raw(
  `id, kind, file_name AS "fileName", stored_name AS "storedName", sha256, headers, state, rows_read AS "rowsRead", rows_total AS "rowsTotal",
   report, sentence, import_id AS "importId", created_at AS "createdAt"`,
);

/** Marks as failed what has given no sign of life. */
async function burySilent(tx: Tx): Promise<void> {
  const { scope, clock } = tx;
  await sql`UPDATE core.import_drafts SET state = 'failed', sentence = ${stoppedSentence}, attempt = NULL
     WHERE house_id = ${scope.house} AND state IN ('reading', 'importing') AND beat_at < ${new Date(clock.now().getTime() - silence)}`.execute(
    tx.on(),
  );
}

/** The draft of that identifier, as it stands now; null when the house has none. */
export async function draftOf(tx: Tx, id: string): Promise<Draft | null> {
  if (!isUuid(id)) return null;
  await burySilent(tx);
  const { rows } = await sql<Draft>`
    SELECT ${columns} FROM core.import_drafts WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
  return rows[0] ?? null;
}

/** The draft that became this import, while it is kept. */
export async function draftBehind(tx: Tx, importId: string): Promise<Draft | null> {
  const { rows } = await sql<Draft>`
    SELECT ${columns} FROM core.import_drafts WHERE house_id = ${tx.scope.house} AND import_id = ${importId}`.execute(
    tx.on(),
  );
  return rows[0] ?? null;
}

/** What waits for a word in this house, the latest first. */
export async function waitingDrafts(tx: Tx): Promise<Draft[]> {
  await burySilent(tx);
  const { rows } = await sql<Draft>`
    SELECT ${columns} FROM core.import_drafts WHERE house_id = ${tx.scope.house} AND state <> 'imported' ORDER BY created_at DESC, id DESC`.execute(
    tx.on(),
  );
  return rows;
}

export async function addDraft(
  tx: Tx,
  facts: { id: string; kind: string | null; fileName: string; sha256: string; bytes: number; headers: string[] },
): Promise<void> {
  const now = tx.clock.now();
  await sql`INSERT INTO core.import_drafts (house_id, id, account_id, kind, file_name, stored_name, sha256, bytes, headers, state, beat_at, created_at)
    VALUES (${tx.scope.house}, ${facts.id}, ${tx.scope.account}, ${facts.kind}, ${facts.fileName}, ${facts.id}, ${facts.sha256}, ${facts.bytes}, ${facts.headers}::text[], 'columns', ${now}, ${now})`.execute(
    tx.on(),
  );
}

export async function nameKind(tx: Tx, id: string, kind: string): Promise<void> {
  await sql`UPDATE core.import_drafts SET kind = ${kind} WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
    tx.on(),
  );
}

/** Gives the draft to a new piece of work, unless it is not in a state for it. Null: it is not. */
export async function takeUp(
  tx: Tx,
  id: string,
  from: readonly DraftState[],
  to: "reading" | "importing",
): Promise<string | null> {
  const attempt = tx.ids.uuid();
  const { rows } = await sql`
    UPDATE core.import_drafts SET state = ${to}, attempt = ${attempt}, rows_read = 0, sentence = NULL, beat_at = ${tx.clock.now()}
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND state = ANY(${from}::text[]) RETURNING id`.execute(tx.on());
  return rows.length > 0 ? attempt : null;
}

/** A sign of life. False: the draft is no longer this work's. */
export async function beat(tx: Tx, id: string, attempt: string, rowsRead: number): Promise<boolean> {
  const { rows } = await sql`
    UPDATE core.import_drafts SET beat_at = ${tx.clock.now()}, rows_read = ${rowsRead}
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND attempt = ${attempt} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

type Outcome =
  | { state: "ready"; report: Tally }
  | { state: "imported"; report: Tally; importId: string }
  | { state: "failed" | "ready"; sentence: string };

/** Ends a piece of work. False: the draft is no longer its own, and what it did must not stand. */
export async function settle(tx: Tx, id: string, attempt: string, outcome: Outcome): Promise<boolean> {
  const report = "report" in outcome ? outcome.report : null;
  const { rows } = await sql`
    UPDATE core.import_drafts SET state = ${outcome.state}, attempt = NULL, beat_at = ${tx.clock.now()},
           report = coalesce(${report && JSON.stringify(report)}::jsonb, report), rows_total = coalesce(${report?.counts.rows ?? null}::int, rows_total),
           import_id = ${"importId" in outcome ? outcome.importId : null}::uuid, sentence = ${"sentence" in outcome ? outcome.sentence : null}
     WHERE house_id = ${tx.scope.house} AND id = ${id} AND attempt = ${attempt} RETURNING id`.execute(tx.on());
  return rows.length > 0;
}

/** Gives a draft up. Whatever works on it finds it gone and stops. */
export async function dropDraft(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM core.import_drafts WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
}

/** Drafts that nobody came back to. Gives how many there were. */
export async function dropOldDrafts(tx: Tx): Promise<number> {
  const { rows } = await sql`
    DELETE FROM core.import_drafts WHERE house_id = ${tx.scope.house} AND greatest(created_at, beat_at) < ${new Date(tx.clock.now().getTime() - keptFor)} RETURNING id`.execute(
    tx.on(),
  );
  return rows.length;
}
