// The imports that were done, the latest first; above them a file is sent, and those that wait are told.
import { sql } from "kysely";
import type { ImportKind } from "../../core/importing/kind.ts";
import { holds } from "../../core/lists/conditions.ts";
import type { List } from "../../core/lists/list.ts";
import { DataTable } from "../../ui/table.tsx";
import { plural } from "../../ui/words.ts";
import { type Draft, waitingDrafts } from "./drafts.ts";
import { countWords, moment } from "./parts.tsx";
import { rights } from "./rights.ts";
import { type Import, importColumns, importTables } from "./undoing.ts";
import { SendForm } from "./upload-routes.tsx";

const stateWords: Record<Draft["state"], string> = {
  columns: "colonnes à nommer",
  reading: "essai en cours",
  ready: "essayé, à importer",
  importing: "import en cours",
  imported: "importé",
  failed: "arrêté",
};

const kindWord = (kinds: readonly ImportKind[], kind: string | null): string =>
  kinds.find((one) => one.kind === kind)?.label ?? kind ?? "à dire";

const stateOf = (one: Import, zone: string): string =>
  one.undoneAt
    ? `annulé le ${moment(one.undoneAt, zone)} par ${one.undoneBy ?? "la machine"}`
    : one.undoing
      ? "annulation en cours"
      : "en place";

const byOf = (one: Import): string => one.by ?? "la ligne de commande";

const counted = {
  rows: "Lignes",
  created: "Créées",
  changed: "Changées",
  unchanged: "Inchangées",
  doubtful: "Douteuses",
  refused: "Refusées",
} as const;

export function makeImportsList(kinds: () => readonly ImportKind[]): List<Import> {
  return {
    name: "imports",
    path: "/imports",
    title: "Imports",
    words: ["import", "imports"],
    right: rights["import.run"],
    trace: { listed: "import.listed", exported: "import.exported" },
    query: (tx) => ({
      select: importColumns(tx),
      from: importTables,
      countFrom: sql`core.imports i`,
      where: [sql`i.house_id = ${tx.scope.house}`],
    }),
    // Identifiers follow time.
    usual: [],
    tie: { by: sql`i.id`, down: true },
    filters: [
      { kind: "text", key: "fichier", label: "Fichier", where: (value) => holds(sql`i.file_name`, value) },
      {
        kind: "choice",
        key: "contenu",
        label: "Contenu",
        all: "tous",
        options: () => kinds().map(({ kind, label }) => ({ value: kind, label })),
        where: (value) => sql`i.kind = ${value}`,
      },
      {
        kind: "yes-no",
        key: "annule",
        label: "État",
        all: "tous",
        yes: "annulés",
        no: "en place",
        where: (yes) => (yes ? sql`i.undone_at IS NOT NULL` : sql`i.undone_at IS NULL`),
      },
      {
        kind: "yes-no",
        key: "regarder",
        label: "Lignes à regarder",
        all: "peu importe",
        yes: "oui",
        no: "non",
        where: (yes) =>
          sql`(coalesce((i.counts->>'doubtful')::int, 0) + coalesce((i.counts->>'refused')::int, 0)) ${sql.raw(yes ? ">" : "=")} 0`,
      },
    ],
    columns: [
      {
        key: "fichier",
        label: "Fichier",
        header: true,
        render: (one) => <a href={`/imports/${one.id}`}>{one.fileName}</a>,
        cell: (one) => one.fileName,
        sort: sql`i.file_name`,
      },
      {
        key: "contenu",
        label: "Contenu",
        render: (one) => kindWord(kinds(), one.kind),
        cell: (one) => kindWord(kinds(), one.kind),
        sort: sql`i.kind`,
      },
      {
        key: "quand",
        label: "Importé le",
        render: (one, { scope }) => moment(one.at, scope.zone),
        cell: (one, { scope }) => moment(one.at, scope.zone),
        sort: sql`i.at`,
      },
      { key: "par", label: "Par", render: byOf, cell: byOf },
      { key: "comptes", label: "Lignes", render: (one) => countWords(one.counts) },
      ...Object.entries(counted).map(([key, label]) => ({
        key,
        label,
        cell: (one: Import) => one.counts[key as keyof typeof counted],
      })),
      {
        key: "etat",
        label: "État",
        render: (one, { scope }) => stateOf(one, scope.zone),
        cell: (one, { scope }) => stateOf(one, scope.zone),
      },
    ],
    tell: ({ count }) =>
      `Un fichier est d’abord essayé sans rien écrire ; un import fait peut être annulé. ${plural(count, "import fait", "imports faits")}.`,
    async above({ tx, scope }) {
      const waiting = await waitingDrafts(tx);
      return (
        <>
          <SendForm kinds={kinds()} />
          {waiting.length > 0 ? <Waiting drafts={waiting} kinds={kinds()} zone={scope.zone} /> : null}
          <h2>Imports faits</h2>
        </>
      );
    },
    empty: () => <p>Aucun import ici. Envoyez un fichier ci-dessus : son essai dira ce qu’il deviendrait.</p>,
  };
}

function Waiting({ drafts, kinds, zone }: { drafts: readonly Draft[]; kinds: readonly ImportKind[]; zone: string }) {
  return (
    <>
      <h2>Fichiers en attente</h2>
      <DataTable
        caption="Fichiers en attente"
        hideCaption
        rows={drafts}
        rowKey={(draft) => draft.id}
        columns={[
          {
            key: "file",
            label: "Fichier",
            header: true,
            render: (draft) => <a href={`/imports/essais/${draft.id}`}>{draft.fileName}</a>,
          },
          { key: "kind", label: "Contenu", render: (draft) => kindWord(kinds, draft.kind) },
          { key: "when", label: "Envoyé le", render: (draft) => moment(draft.createdAt, zone) },
          { key: "state", label: "État", render: (draft) => stateWords[draft.state] },
        ]}
      />
    </>
  );
}
