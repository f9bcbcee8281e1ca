// Files that were sent and wait for somebody's word: kept a day in the data folder, their facts in the database.
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import type { At } from "../../core/http/route.ts";
import { isUuid } from "../../core/ids.ts";
import type { Tally } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { openTable } from "../../core/importing/read.ts";
import { rowsOf } from "./table.ts";

export type Draft = {
  id: string;
  kind: string | null;
  file_name: string;
  stored_name: string;
  sha256: string;
  headers: string[];
  mapping: Record<string, string> | null;
  state: string;
  report: Tally | null;
};

/** Where sent files wait. */
export const folderOf = (at: At): string => join(at.services.files.data, "uploads");

/** Files of dead drafts go after a day. */
export function sweep(folder: string, now: Date): void {
  for (const name of readdirSync(folder))
    if (now.getTime() - statSync(join(folder, name)).mtimeMs > 86_400_000) rmSync(join(folder, name), { force: true });
}

/** The draft of the path, its file still there; held until the transaction ends. */
export async function draftOf(at: At): Promise<Draft | null> {
  const id = at.params.draft ?? "";
  if (!isUuid(id)) return null;
  const { rows } =
    await sql<Draft>`SELECT id, kind, file_name, stored_name, sha256, headers, mapping, state, report FROM core.import_drafts WHERE house_id = ${at.scope.house} AND id = ${id} FOR UPDATE`.execute(
      at.tx.on(),
    );
  const draft = rows[0];
  return draft && existsSync(join(folderOf(at), draft.stored_name)) ? draft : null;
}

/** Work over the rows of a draft's file. */
export async function overDraft<R>(
  at: At,
  draft: Draft,
  kind: ImportKind,
  work: (rows: ReturnType<typeof rowsOf>) => Promise<R>,
): Promise<R> {
  const table = await openTable({ path: join(folderOf(at), draft.stored_name), name: draft.file_name });
  try {
    return await work(rowsOf(table, kind, draft.mapping ?? {}));
  } finally {
    await table.close();
  }
}
