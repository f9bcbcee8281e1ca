// The journal's pages. Reading the journal is itself written in it.
import { readInBatches, type Tx } from "../../../../core/db/transaction.ts";
import type { Cell, ExportColumn } from "../../../../core/exporting/cell.ts";
import { csvStream } from "../../../../core/exporting/csv.ts";
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { listAccounts } from "../accounts/reads.ts";
import { momentWords } from "../moments.ts";
import { rights } from "../rights.ts";
import { detailsWords, JournalPageBody } from "./pages.tsx";
import { filterOf, type JournalFilter, type JournalRow, journalPage, journalQuery } from "./reads.ts";

/** The journal's words of all rooms, with their French sentence; the application gives them. */
export type Words = () => Readonly<Record<string, string>>;

const right = rights["journal.read"];

const columns: readonly ExportColumn[] = [
  { key: "at", label: "Quand" },
  { key: "who", label: "Qui" },
  { key: "act", label: "Acte" },
  { key: "kind", label: "Sorte de fiche" },
  { key: "record", label: "Fiche" },
  { key: "ip", label: "Depuis" },
  { key: "details", label: "Détails" },
];

async function* exportRows(
  tx: Tx,
  filter: JournalFilter,
  words: Readonly<Record<string, string>>,
): AsyncGenerator<Record<string, Cell>[]> {
  for await (const batch of readInBatches<JournalRow>(tx, journalQuery(tx, filter)))
    yield batch.map((row) => ({
      at: momentWords(row.at, tx.scope.zone),
      who: row.name ?? "la machine",
      act: words[row.act] ?? row.act,
      kind: row.subject_kind,
      record: row.subject_id,
      ip: row.ip,
      details: detailsWords(row),
    }));
}

export function journalRoutes(routes: Routes, words: Words): void {
  routes.get("/journal", { right, trace: "journal.read" }, async (at) => {
    const filter = filterOf(at.query);
    const [journal, accounts] = await Promise.all([
      journalPage(at.tx, filter, at.query.apres ?? null),
      listAccounts(at.tx),
    ]);
    if (filter.record) at.about("record", filter.record);
    return page({
      title: "Journal",
      body: (
        <JournalPageBody journal={journal} filter={filter} accounts={accounts} words={words()} zone={at.scope.zone} />
      ),
    });
  });

  routes.get("/journal/export", { right, trace: "journal.exported" }, (at) => ({
    kind: "file",
    stream: csvStream(columns, exportRows(at.tx, filterOf(at.query), words())),
    name: `journal-${at.tx.today}.csv`,
    type: "text/csv; charset=utf-8",
  }));
}
