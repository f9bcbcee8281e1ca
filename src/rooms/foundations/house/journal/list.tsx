// The journal as a list: newest first. Reading it narrowed to a record is itself a line of that record.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { Choice, List } from "../../../../core/lists/list.ts";
import { plural } from "../../../../ui/words.ts";
import { momentWords } from "../moments.ts";
import { rights } from "../rights.ts";
import { listSites } from "../sites/reads.ts";
import { factsOf, type JournalLine, kindOf } from "./words.ts";

/** The journal's words of all rooms, with their French sentence; the application gives them. */
export type Words = () => Readonly<Record<string, string>>;

/** The record that a text names in another room: a person's code. The application knows; null when it names none. */
export type RecordOf = (tx: Tx, text: string) => Promise<string | null>;

type JournalRow = JournalLine & {
  at: Date;
  /** Name of the account or of the program's key; null for the machine itself. */
  name: string | null;
  act: string;
  ip: string | null;
  /** The line's facts in words. */
  facts: string;
};

/** The identifier that no record has: a code that names nothing finds nothing, for showing everything would answer another question. */
const nothing = "00000000-0000-0000-0000-000000000000";

/** Whoever may have a line: accounts, closed ones and those of structures too, and the keys of other programs. */
const actors = async (tx: Tx): Promise<Choice[]> =>
  (
    await sql<Choice>`SELECT w.id::text AS value, w.name AS label FROM (
        SELECT a.id, a.name FROM house.accounts a WHERE a.house_id = ${tx.scope.house}
        UNION ALL SELECT k.id, k.name FROM house.api_keys k WHERE k.house_id = ${tx.scope.house}) w ORDER BY core.normalise(w.name), w.id`.execute(
      tx.on(),
    )
  ).rows;

const who = (row: JournalRow): string => row.name ?? "la machine";

export function makeJournalList(words: Words, recordOf: RecordOf): List<JournalRow> {
  const actOf = (row: JournalRow): string => words()[row.act] ?? row.act;
  return {
    name: "journal",
    path: "/journal",
    title: "Journal",
    words: ["ligne", "lignes"],
    right: rights["journal.read"],
    trace: { listed: "journal.read", exported: "journal.exported" },
    query: (tx) => ({
      select: sql`j.id, j.at, j.act, j.subject_kind, j.subject_id, j.ip, j.details, coalesce(a.name, k.name) AS name`,
      from: sql`core.journal j LEFT JOIN house.accounts a ON a.house_id = j.house_id AND a.id = j.account_id
        LEFT JOIN house.api_keys k ON k.house_id = j.house_id AND k.id = j.account_id`,
      countFrom: sql`core.journal j`,
      where: [sql`j.house_id = ${tx.scope.house}`],
    }),
    usual: [{ by: sql`j.at`, down: true }],
    tie: { by: sql`j.id`, down: true },
    about: ({ values: { fiche = "" } }) => (fiche === "" || fiche === nothing ? null : { kind: "record", id: fiche }),
    filters: [
      {
        kind: "choice",
        key: "compte",
        label: "Compte",
        all: "tous",
        options: actors,
        where: (value) => sql`j.account_id = ${value}::uuid`,
      },
      {
        kind: "choice",
        key: "acte",
        label: "Acte",
        all: "tous",
        options: () => Object.entries(words()).map(([value, label]) => ({ value, label })),
        where: (value) => sql`j.act = ${value}`,
      },
      {
        kind: "days",
        key: "de",
        label: "Jours",
        usual: () => null,
        // By instants: the index of the journal is in their order.
        where: (from, to, { scope: { zone } }) =>
          sql`${from ? sql`j.at >= ${from}::date::timestamp AT TIME ZONE ${zone}` : sql`true`} AND ${
            to ? sql`j.at < (${to}::date + 1)::timestamp AT TIME ZONE ${zone}` : sql`true`
          }`,
      },
      {
        kind: "text",
        personal: true,
        key: "fiche",
        label: "Fiche (code de la personne, ou identifiant)",
        read: async (typed, tx) => (isUuid(typed) ? typed : ((await recordOf(tx, typed)) ?? nothing)),
        where: (value) => sql`j.subject_id = ${value}::uuid`,
      },
    ],
    columns: [
      {
        key: "quand",
        label: "Quand",
        header: true,
        render: (row, { scope }) => momentWords(row.at, scope.zone),
        cell: (row, { scope }) => momentWords(row.at, scope.zone),
        sort: sql`j.at`,
      },
      { key: "qui", label: "Qui", render: who, cell: who },
      { key: "acte", label: "Acte", render: actOf, cell: actOf },
      { key: "sorte", label: "Sorte de fiche", cell: kindOf },
      {
        key: "fiche",
        label: "Fiche",
        render: (row) =>
          row.subject_id ? (
            <a href={`/journal?fiche=${row.subject_id}`}>
              {kindOf(row)} {row.subject_id.slice(-6)}
            </a>
          ) : null,
        cell: (row) => row.subject_id,
      },
      { key: "depuis", label: "Depuis", render: (row) => row.ip, cell: (row) => row.ip },
      { key: "details", label: "Détails", render: (row) => row.facts, cell: (row) => row.facts },
    ],
    async enrich(tx, rows) {
      const sites = new Map((await listSites(tx)).map((site) => [site.id, site.name]));
      return rows.map((row) => ({ ...row, facts: factsOf(row, sites) }));
    },
    tell: ({ count }) =>
      `Qui a fait quoi, sur quelle fiche, quand. Rien ne s’y efface. ${plural(count, "ligne", "lignes")}.`,
    empty: () => <p>Aucune ligne ne répond à ce filtre.</p>,
  };
}
