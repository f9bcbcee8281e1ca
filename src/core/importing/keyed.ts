// Files whose rows carry an identifier of their own: the usual case. Says of each row whether its record is new, changed, the same, or
// was touched by somebody since; the room gives the reading of a row, the records as they are, and three set-based writes.
import { setImmediate as nextTurn } from "node:timers/promises";
import { sql } from "kysely";
import type { Tx } from "../db/transaction.ts";
import type { BatchOutcome, ImportChange, ImportKind, ImportRow, ImportRun, Verdict } from "./kind.ts";
import { Seen } from "./seen.ts";
import { compareThree, marksOf, type Values } from "./written.ts";

/** What a row says: why it cannot be taken, or its identifier and values, with sentences for the values left out. */
export type Reading = { refused: string } | { key: string; values: Values; doubts: readonly string[] };

/** A record that the house has already. `untouchable`: a sentence when a file must not change it (merged, erased). */
export type Known = { id: string; untouchable?: string };

export type NewRecord = { id: string; key: string; values: Values };
export type ChangedRecord = { id: string; before: Values; after: Values };

/** What a room gives for one run over one file. */
export type KeyedReader = {
  /** Looks up, once a batch, what reading the rows needs. */
  prepare?(rows: readonly ImportRow[]): Promise<void>;
  read(row: ImportRow): Reading;
  /** Records of the house by the file's identifier. */
  known(keys: readonly string[]): Promise<ReadonlyMap<string, Known>>;
  /** The records as they are, in the same words as `read` gives. */
  current(ids: readonly string[]): Promise<ReadonlyMap<string, { version: number; values: Values }>>;
  /** Writes new records. Its statements leave at once, one behind the other, and are awaited together. */
  create(records: readonly NewRecord[]): Promise<unknown>;
  /** What the rows read since the last call need beside themselves (a list's new term), written first when `apply`; undone with the import. */
  also?(apply: boolean): { changes: ImportChange[]; notes: string[]; written?: Promise<unknown> };
  finish?(importId: string): Promise<void>;
};

export type KeyedFile = Pick<ImportKind, "kind" | "label" | "columns" | "after" | "target" | "own"> & {
  /** Fields in a fixed order, with the words that a sentence uses: "le téléphone". */
  fields: readonly { key: string; label: string }[];
  open(tx: Tx): Promise<KeyedReader>;
  /** Writes changed records, raising their version by one; also used to put them back. */
  change(tx: Tx, records: readonly ChangedRecord[]): Promise<void>;
  /** The records as they are, for putting back. */
  current(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { version: number; values: Values }>>;
  /** Takes away what the import created, with what hangs on it alone. */
  remove(tx: Tx, importId: string): Promise<void>;
  /** Sentences for what keeps an import from being undone, beyond versions and references. */
  objections?(tx: Tx, importId: string): Promise<string[]>;
  /** After everything is put back and taken away: what the import changed beside its own table. */
  settle?(tx: Tx, importId: string): Promise<void>;
};

const quoted = (text: string): string => `« ${text.length > 60 ? `${text.slice(0, 60)}…` : text} »`;

/** Makes an import kind of a keyed file. */
export function keyedKind(file: KeyedFile): ImportKind {
  return {
    kind: file.kind,
    label: file.label,
    columns: file.columns,
    after: file.after,
    target: file.target,
    own: file.own,
    begin: async (tx) => runOver(file, tx, await file.open(tx)),
    objections: async (tx, importId) => (await file.objections?.(tx, importId)) ?? [],
    async undo(tx, importId) {
      await putBack(file, tx, importId);
      await file.remove(tx, importId);
      await file.settle?.(tx, importId);
    },
  };
}

async function putBack(file: KeyedFile, tx: Tx, importId: string): Promise<void> {
  let last = "00000000-0000-0000-0000-000000000000";
  while (true) {
    const { rows } = await sql<{ record_id: string; before: Values }>`
      SELECT record_id, before FROM core.import_changes
       WHERE house_id = ${tx.scope.house} AND import_id = ${importId} AND target = ${file.target} AND before IS NOT NULL AND record_id > ${last}
       ORDER BY record_id LIMIT 500`.execute(tx.on());
    if (rows.length === 0) return;
    const now = await file.current(
      tx,
      rows.map((row) => row.record_id),
    );
    const records = rows.flatMap((row) => {
      const found = now.get(row.record_id);
      return found ? [{ id: row.record_id, before: found.values, after: row.before }] : [];
    });
    await file.change(tx, records);
    last = rows.at(-1)?.record_id ?? last;
  }
}

const rowsInOneGo = 100;

/** What the house knows of the identifiers of a batch: what was last written under them, and their records. */
type Answers = [ReadonlyMap<string, { recordId: string; written: string }>, ReadonlyMap<string, Known>];

type Judged = { line: number; key: string; values: Values; doubts: readonly string[] };

function runOver(file: KeyedFile, tx: Tx, reader: KeyedReader): ImportRun {
  const fields = file.fields.map((field) => field.key);
  const labels = new Map(file.fields.map((field) => [field.key, field.label]));
  const seen = new Seen();
  const run: ImportRun = {
    async look(rows) {
      await reader.prepare?.(rows);
      const verdicts: Verdict[] = [];
      const read: Judged[] = [];
      for (const [at, row] of rows.entries()) {
        // Requests are answered between two handfuls of rows.
        if (at % rowsInOneGo === rowsInOneGo - 1) await nextTurn();
        const reading = reader.read(row);
        if ("refused" in reading) verdicts.push({ line: row.line, verdict: "refused", sentence: reading.refused });
        else if (!seen.add(reading.key))
          verdicts.push({
            line: row.line,
            verdict: "refused",
            sentence: `L’identifiant ${quoted(reading.key)} est déjà donné plus haut dans ce fichier : seule la première ligne compte.`,
          });
        else read.push({ line: row.line, ...reading });
      }
      // An identifier stands in one batch only: what the batch before is about to write changes nothing of these answers.
      const keys = read.map((row) => row.key);
      const answers: Promise<Answers> = Promise.all([
        lastWritten(tx, file.target, keys),
        keys.length > 0 ? reader.known(keys) : new Map(),
      ]);
      answers.catch(() => {});
      return async (apply) => {
        const outcome = await judge(read, await answers, apply);
        return { ...outcome, verdicts: [...verdicts, ...outcome.verdicts] };
      };
    },
  };
  if (reader.finish) run.finish = (importId) => reader.finish?.(importId) ?? Promise.resolve();
  return run;

  async function judge(read: Judged[], [bases, known]: Answers, apply: boolean): Promise<BatchOutcome> {
    const verdicts: Verdict[] = [];
    const open: (Judged & { marks: string })[] = [];
    for (const row of read) {
      const base = bases.get(row.key);
      // A dry run of what is new keeps no marks.
      const marks = apply || base ? marksOf(fields, row.values) : "";
      if (base?.written === marks) verdicts.push({ line: row.line, verdict: "unchanged" });
      else open.push({ ...row, marks });
    }
    if (open.length === 0) return { verdicts, changes: [] };
    const created: (NewRecord & { line: number; marks: string })[] = [];
    const compared: (Judged & { id: string; base: string | null })[] = [];
    for (const row of open) {
      const base = bases.get(row.key);
      const record = known.get(row.key);
      if (record?.untouchable) verdicts.push({ line: row.line, verdict: "doubtful", sentence: record.untouchable });
      else if (record) compared.push({ ...row, id: record.id, base: base?.written ?? null });
      else if (base)
        verdicts.push({
          line: row.line,
          verdict: "doubtful",
          sentence: "Ce qu’un import précédent avait créé ici a été supprimé ou effacé depuis : rien n’est recréé.",
        });
      else {
        created.push({ id: tx.ids.uuid(), key: row.key, values: row.values, line: row.line, marks: row.marks });
        verdicts.push(
          row.doubts.length > 0
            ? { line: row.line, verdict: "doubtful", sentence: `Importé, sauf : ${row.doubts.join(" ; ")}.` }
            : { line: row.line, verdict: "created" },
        );
      }
    }
    const changes: ImportChange[] = created.map((record) => ({
      line: record.line,
      target: file.target,
      recordId: record.id,
      before: null,
      afterVersion: 1,
      externalId: record.key,
      written: record.marks,
    }));
    const changed = await compare(compared, verdicts, changes);
    const also = reader.also?.(apply) ?? { changes: [], notes: [] };
    const written: Promise<unknown>[] = [also.written ?? Promise.resolve()];
    if (apply) {
      if (created.length > 0) written.push(reader.create(created));
      if (changed.length > 0) written.push(file.change(tx, changed));
    }
    return {
      verdicts,
      changes: [...changes, ...also.changes],
      notes: also.notes,
      written: Promise.all(written),
    };
  }

  async function compare(
    rows: readonly (Judged & { id: string; base: string | null })[],
    verdicts: Verdict[],
    changes: ImportChange[],
  ): Promise<ChangedRecord[]> {
    const current =
      rows.length > 0
        ? await reader.current(rows.map((row) => row.id))
        : new Map<string, { version: number; values: Values }>();
    const changed: ChangedRecord[] = [];
    for (const row of rows) {
      const record = current.get(row.id);
      if (!record) {
        verdicts.push({
          line: row.line,
          verdict: "doubtful",
          sentence: "La fiche qui porte cet identifiant n’est plus là : rien n’est changé.",
        });
        continue;
      }
      const result = compareThree(fields, row.values, record.values, row.base);
      const doubts = [...row.doubts];
      if (result.kept.length > 0) {
        const names = result.kept.map((field) => labels.get(field) ?? field).join(", ");
        doubts.unshift(
          row.base === null
            ? `déjà rempli autrement dans la maison, et laissé tel quel : ${names}`
            : `corrigé à la main depuis, et laissé tel quel : ${names}`,
        );
      }
      if (result.changed.length > 0) {
        changed.push({ id: row.id, before: record.values, after: result.values });
        changes.push({
          line: row.line,
          target: file.target,
          recordId: row.id,
          before: record.values,
          afterVersion: record.version + 1,
          externalId: row.key,
          written: result.written,
        });
      }
      if (doubts.length > 0)
        verdicts.push({ line: row.line, verdict: "doubtful", sentence: `À vérifier : ${doubts.join(" ; ")}.` });
      else verdicts.push({ line: row.line, verdict: result.changed.length > 0 ? "changed" : "unchanged" });
    }
    return changed;
  }
}

/** What the last import that touched each identifier wrote. An erased record has empty marks. */
async function lastWritten(
  tx: Tx,
  target: string,
  keys: readonly string[],
): Promise<Map<string, { recordId: string; written: string }>> {
  if (keys.length === 0) return new Map();
  // One look-up a key, whatever the server believes of the table: the last import is the greatest identifier.
  const { rows } = await sql<{ external_id: string; record_id: string; written: string }>`
    SELECT k.external_id, c.record_id, c.written FROM unnest(${keys}::text[]) AS k(external_id) CROSS JOIN LATERAL (
      SELECT c.record_id, c.written FROM core.import_changes c
       WHERE c.house_id = ${tx.scope.house} AND c.target = ${target} AND c.external_id = k.external_id
       ORDER BY c.import_id DESC LIMIT 1) c`.execute(tx.on());
  return new Map(rows.map((row) => [row.external_id, { recordId: row.record_id, written: row.written }]));
}
