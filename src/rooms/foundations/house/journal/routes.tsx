// The journal's pages. Reading the journal is itself written in it.
import { readInBatches, type Tx } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { listAccounts } from "../accounts/reads.ts";
import { momentWords } from "../moments.ts";
import { rights } from "../rights.ts";
import { listSites } from "../sites/reads.ts";
import { JournalPageBody } from "./pages.tsx";
import {
  filterOf,
  type JournalFilter,
  type JournalRow,
  journalCount,
  journalPage,
  journalQuery,
  nothing,
} from "./reads.ts";
import { factsOf, kindOf } from "./words.ts";

/** The journal's words of all rooms, with their French sentence; the application gives them. */
export type Words = () => Readonly<Record<string, string>>;

const right = rights["journal.read"];

/** The record that a text names in another room: a person's code. The application knows; null when it names none. */
export type RecordOf = (tx: Tx, text: string) => Promise<string | null>;

const exported = (
  zone: string,
  words: Readonly<Record<string, string>>,
  sites: ReadonlyMap<string, string>,
): ListColumn<JournalRow>[] => [
  { label: "Quand", cell: (row) => momentWords(row.at, zone) },
  { label: "Qui", cell: (row) => row.name ?? "la machine" },
  { label: "Acte", cell: (row) => words[row.act] ?? row.act },
  { label: "Sorte de fiche", cell: kindOf },
  { label: "Fiche", cell: (row) => row.subject_id },
  { label: "Depuis", cell: (row) => row.ip },
  { label: "Détails", cell: (row) => factsOf(row, sites) },
];

const siteNames = async (tx: Tx): Promise<ReadonlyMap<string, string>> =>
  new Map((await listSites(tx)).map((site) => [site.id, site.name]));

export function journalRoutes(routes: Routes, words: Words, recordOf: RecordOf): void {
  const filtered = (at: At): Promise<JournalFilter> => filterOf(at.query, (text) => recordOf(at.tx, text));

  routes.get("/journal", { right, trace: "journal.read" }, async (at) => {
    const filter = await filtered(at);
    const [journal, count, accounts, sites] = await Promise.all([
      journalPage(at.tx, filter, at.query.apres ?? null),
      journalCount(at.tx, filter),
      listAccounts(at.tx),
      siteNames(at.tx),
    ]);
    if (filter.record && filter.record !== nothing) at.about("record", filter.record);
    return page({
      title: "Journal",
      body: (
        <JournalPageBody
          journal={journal}
          count={count}
          filter={filter}
          typed={at.query.fiche ?? ""}
          after={Boolean(at.query.apres)}
          accounts={accounts}
          words={words()}
          sites={sites}
          zone={at.scope.zone}
        />
      ),
    });
  });

  routes.get("/journal/export.csv", { right, trace: "journal.exported" }, async (at) =>
    csvFile(
      `journal-${at.tx.today}`,
      exported(at.scope.zone, words(), await siteNames(at.tx)),
      readInBatches<JournalRow>(at.tx, journalQuery(at.tx, await filtered(at))),
    ),
  );
}
