import { type Answer, page } from "../../core/http/answer.ts";
import { recognise } from "../../core/importing/columns.ts";
import type { Tally } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import type { UndoForecast } from "../../core/importing/undo.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Heading } from "../../ui/heading.tsx";
import { DataTable } from "../../ui/table.tsx";
import { plural } from "../../ui/words.ts";

import type { Draft } from "./drafts.ts";

/** What became, or would become, of a file. */
export function Report({ tally }: { tally: Tally }) {
  return (
    <>
      <ul class="key-figures">
        {(
          [
            ["created", "créées"],
            ["changed", "changées"],
            ["unchanged", "inchangées"],
            ["doubtful", "douteuses"],
            ["refused", "refusées"],
          ] as const
        ).map(([verdict, word]) => (
          <li key={verdict}>
            <strong>{tally.counts[verdict]}</strong> <span>{word}</span>
          </li>
        ))}
      </ul>
      {tally.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <DataTable
        caption="Lignes à regarder"
        rows={tally.sentences.slice(0, 200)}
        rowKey={(row, at) => `${row.line}-${at}`}
        empty={<p>Aucune ligne douteuse ni refusée.</p>}
        columns={[
          { key: "line", label: "Ligne", number: true, render: (row) => row.line },
          {
            key: "verdict",
            label: "Ce qui en est fait",
            render: (row) => (row.verdict === "refused" ? "refusée" : "douteuse"),
          },
          { key: "why", label: "Pourquoi", render: (row) => row.sentence },
        ]}
      />
    </>
  );
}

/** Which column is which: what was recognised, to be said otherwise by hand. */
export function columnsPage(kinds: readonly ImportKind[], draft: Draft, chosen: string | null): Answer {
  const kind = kinds.find((one) => one.kind === chosen);
  const known = kind ? recognise(draft.headers, kind.columns, draft.mapping ?? {}) : null;
  return page({
    title: "Colonnes du fichier",
    crumbs: [{ href: "/imports", label: "Imports" }],
    body: (
      <>
        <Heading title={`Colonnes de ${draft.file_name}`}>
          Dites ce que contient chaque colonne ; la réponse est gardée pour les prochains fichiers semblables.
        </Heading>
        <form method="get" class="filters">
          <SelectField
            name="kind"
            label="Ce fichier contient"
            value={chosen ?? ""}
            empty="choisir"
            options={kinds.map((one) => ({ value: one.kind, label: one.label }))}
          />
          <button type="submit" class="second">
            Choisir
          </button>
        </form>
        {kind && known ? (
          <form method="post" action={`/imports/essais/${draft.id}/colonnes`}>
            <input type="hidden" name="kind" value={kind.kind} />
            {known.missing.length > 0 ? (
              <p class="mistake">Il manque : {known.missing.map((column) => column.label).join(", ")}.</p>
            ) : null}
            {draft.headers.map((header, at) => (
              <SelectField
                key={`${header}-${at}`}
                name={`c${at}`}
                label={header || `colonne ${at + 1}`}
                value={known.mapping[at] ?? ""}
                empty="ne pas lire"
                options={kind.columns.map((column) => ({ value: column.key, label: column.label }))}
              />
            ))}
            <button type="submit">Essayer avec ces colonnes</button>
          </form>
        ) : null}
      </>
    ),
  });
}

/** What undoing would do, said before; the button stands only where it can be done. */
export function undoPage(id: string, { removed, restored, sentences }: UndoForecast): Answer {
  return page({
    title: "Annuler un import",
    crumbs: [{ href: "/imports", label: "Imports" }],
    body: (
      <>
        <Heading title="Annuler cet import">
          {plural(removed, "enregistrement créé serait retiré", "enregistrements créés seraient retirés")},{" "}
          {plural(restored, "enregistrement changé reviendrait", "enregistrements changés reviendraient")} à ce qu’il
          disait avant.
        </Heading>
        {sentences.length > 0 ? (
          <div class="notice notice-warn">
            <strong>Cet import ne peut pas être annulé maintenant.</strong>
            <ul>
              {sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        ) : (
          <form method="post" action={`/imports/${id}/annulation`}>
            <button type="submit" class="danger">
              Annuler cet import
            </button>
          </form>
        )}
      </>
    ),
  });
}
