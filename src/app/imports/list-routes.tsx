// The page of imports: a file is sent, those that wait are told, those that were done are listed.
import { csvFile, type ListColumn } from "../../core/exporting/list.ts";
import { page } from "../../core/http/answer.ts";
import type { Routes } from "../../core/http/route.ts";
import { isUuid } from "../../core/ids.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { Pager } from "../../ui/figures.tsx";
import { Heading } from "../../ui/heading.tsx";
import { DataTable } from "../../ui/table.tsx";
import { plural } from "../../ui/words.ts";
import { type Draft, waitingDrafts } from "./drafts.ts";
import { countWords, moment } from "./parts.tsx";
import { spec } from "./rights.ts";
import { everyImport, type Import, importPage } from "./undoing.ts";
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

const exported = (kinds: readonly ImportKind[], zone: string): ListColumn<Import>[] => [
  { label: "Fichier", cell: (one) => one.fileName },
  { label: "Contenu", cell: (one) => kindWord(kinds, one.kind) },
  { label: "Importé le", cell: (one) => moment(one.at, zone) },
  { label: "Par", cell: (one) => one.by ?? "la ligne de commande" },
  { label: "Lignes", cell: (one) => one.counts.rows },
  { label: "Créées", cell: (one) => one.counts.created },
  { label: "Changées", cell: (one) => one.counts.changed },
  { label: "Inchangées", cell: (one) => one.counts.unchanged },
  { label: "Douteuses", cell: (one) => one.counts.doubtful },
  { label: "Refusées", cell: (one) => one.counts.refused },
  { label: "État", cell: (one) => stateOf(one, zone) },
];

export function declareList(routes: Routes, kinds: () => readonly ImportKind[]): void {
  routes.get("/imports", spec("import.listed"), async (at) => {
    const before = isUuid(at.query.avant ?? "") ? (at.query.avant ?? null) : null;
    const waiting = await waitingDrafts(at.tx);
    const { rows, count, more } = await importPage(at.tx, before, 50);
    const { zone } = at.scope;
    return page({
      title: "Imports",
      body: (
        <>
          <Heading title="Imports">
            Un fichier est d’abord essayé sans rien écrire ; un import fait peut être annulé.
          </Heading>
          <SendForm kinds={kinds()} />
          {waiting.length > 0 ? <Waiting drafts={waiting} kinds={kinds()} zone={zone} /> : null}
          <h2>Imports faits</h2>
          {count > 0 ? (
            <p class="no-print">
              Exporter {count < 2 ? "cet" : "ces"} {plural(count, "import", "imports")} :{" "}
              <a href="/imports/export.csv">CSV</a>
            </p>
          ) : null}
          <DataTable
            caption="Imports faits"
            hideCaption
            rows={rows}
            rowKey={(one) => one.id}
            empty={
              <p>Aucun import pour le moment. Envoyez un fichier ci-dessus : son essai dira ce qu’il deviendrait.</p>
            }
            columns={[
              {
                key: "file",
                label: "Fichier",
                header: true,
                render: (one) => <a href={`/imports/${one.id}`}>{one.fileName}</a>,
              },
              { key: "kind", label: "Contenu", render: (one) => kindWord(kinds(), one.kind) },
              { key: "when", label: "Importé le", render: (one) => moment(one.at, zone) },
              { key: "who", label: "Par", render: (one) => one.by ?? "la ligne de commande" },
              { key: "counts", label: "Lignes", render: (one) => countWords(one.counts) },
              { key: "state", label: "État", render: (one) => stateOf(one, zone) },
            ]}
          />
          <Pager
            count={plural(count, "import", "imports")}
            first={before ? "/imports" : undefined}
            next={more ? `/imports?avant=${rows.at(-1)?.id}` : undefined}
          />
        </>
      ),
    });
  });

  routes.get("/imports/export.csv", spec("import.exported"), async (at) =>
    csvFile(`imports-${at.tx.today}`, exported(kinds(), at.scope.zone), [await everyImport(at.tx)]),
  );
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
