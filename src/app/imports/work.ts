// The three pieces of work: a dry run, an import, an undo. Each runs in a transaction of its own with the rights of the one who asked,
// gives signs of life meanwhile, and ends in the same transaction as what it did: either both stand, or neither.

import { join } from "node:path";
import { inTransaction, type Tx } from "../../core/db/transaction.ts";
import type { Services } from "../../core/http/route.ts";
import { uploadsOf } from "../../core/http/uploads.ts";
import { dryRun, runImport } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { ImportRefusal, NotYet } from "../../core/importing/refusal.ts";
import { undoImport } from "../../core/importing/undo.ts";
import type { Scope } from "../../core/rights.ts";
import { dayIn } from "../../core/time.ts";
import { beat, type Draft, draftOf, settle } from "./drafts.ts";
import { overFile } from "./table.ts";
import { beatUndo, settleUndo } from "./undoing.ts";
import { removeUpload, writeLists } from "./uploads.ts";
import { tableWords } from "./words.ts";

export type Asked = { services: Services; scope: Scope; kinds: readonly ImportKind[] };

const beatEvery = 2000;

/** The program is asked to stop. */
class Stopped extends Error {}
/** Somebody gave the draft up, or other work has taken it: what this one did must not stand. */
class Superseded extends Error {}

const within = <R>({ services, scope }: Asked, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(services, scope, dayIn(scope.zone, services.clock.now()), work);

/** Runs work that gives signs of life. `tell(rows)` is called often, and throws when the work is to end. */
async function alive<R>(
  signal: AbortSignal,
  sign: (rows: number) => Promise<boolean>,
  work: (tell: (rows: number) => void) => Promise<R>,
): Promise<R> {
  let rows = 0;
  let lost = false;
  let signing: Promise<void> | null = null;
  const timer = setInterval(() => {
    signing ??= sign(rows)
      .then((still) => {
        lost = lost || !still;
      })
      // A sign that could not be given (no connection was free) is given next time.
      .catch(() => {})
      .finally(() => {
        signing = null;
      });
  }, beatEvery);
  try {
    return await work((read) => {
      rows = read;
      if (signal.aborted) throw new Stopped();
      if (lost) throw new Superseded();
    });
  } finally {
    clearInterval(timer);
    await signing;
  }
}

const sentenceOf = (error: unknown): string =>
  error instanceof ImportRefusal
    ? error.message
    : error instanceof Stopped
      ? "Le programme s’est arrêté avant la fin ; rien n’a été écrit."
      : "Une erreur du programme a arrêté ce travail ; rien n’a été écrit. Elle est notée.";

const expected = (error: unknown): boolean => error instanceof ImportRefusal || error instanceof Stopped;

/** The dry run, or the import, of a draft. */
export async function workOnDraft(
  asked: Asked,
  what: "reading" | "importing",
  id: string,
  attempt: string,
  signal: AbortSignal,
): Promise<void> {
  const folder = uploadsOf(asked.services);
  try {
    await alive(
      signal,
      (rows) => within(asked, (tx) => beat(tx, id, attempt, rows)),
      (tell) =>
        within(asked, async (tx) => {
          const draft = await draftOf(tx, id);
          const kind = asked.kinds.find((one) => one.kind === draft?.kind);
          if (!draft || !kind) throw new Superseded();
          const stands = await overDraft(tx, folder, draft, kind, tell, what, attempt);
          if (!stands) throw new Superseded();
        }),
    );
    if (what === "importing") await removeUpload(folder, id, "file");
  } catch (error) {
    if (error instanceof Superseded) return;
    const state = error instanceof NotYet ? "ready" : "failed";
    await within(asked, (tx) => settle(tx, id, attempt, { state, sentence: sentenceOf(error) }));
    if (!expected(error)) throw error;
  }
}

function overDraft(
  tx: Tx,
  folder: string,
  draft: Draft,
  kind: ImportKind,
  tell: (rows: number) => void,
  what: "reading" | "importing",
  attempt: string,
): Promise<boolean> {
  const file = { path: join(folder, draft.storedName) };
  return overFile(tx, file, kind, async (rows, headers) => {
    const look = await writeLists(folder, draft.id, headers);
    const listening = {
      told: look.told,
      async progress(read: number) {
        await look.flush();
        tell(read);
      },
    };
    if (what === "reading") {
      const report = await dryRun(tx, kind, rows, listening);
      return settle(tx, draft.id, attempt, { state: "ready", report });
    }
    const importId = tx.ids.uuid();
    const facts = { id: importId, fileName: draft.fileName, sha256: draft.sha256 };
    const report = await runImport(tx, kind, rows, facts, listening);
    return settle(tx, draft.id, attempt, { state: "imported", report, importId });
  });
}

/** The undo of an import: refused, it leaves its sentences. */
export async function workOnUndo(asked: Asked, importId: string, attempt: string, signal: AbortSignal): Promise<void> {
  try {
    await alive(
      signal,
      () => within(asked, (tx) => beatUndo(tx, importId, attempt)),
      () =>
        within(asked, async (tx) => {
          const outcome = await undoImport(tx, asked.kinds, importId, tableWords);
          const sentence = outcome.undone ? null : outcome.sentences.join(" ");
          if (!(await settleUndo(tx, importId, attempt, sentence))) throw new Superseded();
        }),
    );
  } catch (error) {
    if (error instanceof Superseded) return;
    await within(asked, (tx) => settleUndo(tx, importId, attempt, sentenceOf(error)));
    if (!expected(error)) throw error;
  }
}
