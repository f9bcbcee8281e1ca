// The page of one declared figure: its mark, who says so and on what, what it said before, and how it is corrected or withdrawn.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { stayText } from "../period.ts";
import { DeclaredFields } from "./form.tsx";
import { type Correction, correctionsOf, type DeclaredLine, stayOf } from "./reads.ts";
import { declaredRights } from "./rights.ts";
import { valueText } from "./value.ts";
import { declaredKindWords } from "./words.ts";
import { saidOf } from "./writes.ts";

export const declaredCrumb = { href: "/rapport/declares", label: "Chiffres déclarés et cités" };

export type Told = { form?: "correction" | "withdrawal"; mistakes?: Record<string, string>; stale?: boolean };

const valuesOf = (line: DeclaredLine): Record<string, string> => ({ ...saidOf(line), dit: shortDay(line.saidOn) });

export async function declaredPage(at: At<unknown>, line: DeclaredLine, told: Told = {}): Promise<Answer> {
  const corrections = await correctionsOf(at.tx, line.id);
  const mistakes = told.mistakes ?? {};
  const typed = firstValues(at.typed);
  const again = told.form !== undefined;
  return page({
    title: line.label,
    status: told.stale ? 409 : again ? 422 : 200,
    crumbs: [declaredCrumb],
    ...(told.stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Ce chiffre a changé entre-temps : voici ce qu’il est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={line.label}>
          Chiffre {declaredKindWords[line.kind]} : aucune fiche de la maison ne le donne.
        </Heading>
        {line.withdrawnWhy ? (
          <div class="notice notice-warn">
            <strong>Retiré</strong>
            {line.withdrawnOn ? ` le ${shortDay(line.withdrawnOn)}` : ""} : {line.withdrawnWhy}. Il ne vaut plus nulle
            part.
          </div>
        ) : null}
        <ul class="key-figures">
          <li>
            <strong id="valeur">{valueText(line.value)}</strong> <span>{line.unit}</span>
            <small>{declaredKindWords[line.kind]}</small>
          </li>
        </ul>
        <Facts
          facts={[
            { label: "Période", value: stayText(stayOf(line)) },
            { label: "Dit par", value: line.saidBy },
            { label: "Preuve", value: line.evidence },
            { label: "Dit le", value: shortDay(line.saidOn) },
            { label: "Code", value: line.code },
          ]}
        />
        {corrections.length > 0 ? <Corrections corrections={corrections} /> : null}
        {may(at.scope, declaredRights["declared.write"]) && !line.withdrawnWhy ? (
          <>
            <h2>Corriger ce chiffre</h2>
            {told.form === "correction" ? <ErrorSummary fields={mistakes} /> : null}
            <form method="post" action={`/rapport/declares/${line.id}`}>
              <input type="hidden" name="version" value={String(line.version)} />
              <DeclaredFields
                values={told.form === "correction" ? typed : valuesOf(line)}
                mistakes={told.form === "correction" ? mistakes : {}}
              />
              <TextField
                name="raison"
                label="Pourquoi il est corrigé"
                hint="Ce qu’il disait avant reste lisible, avec cette raison."
                value={told.form === "correction" ? typed.raison : ""}
                error={told.form === "correction" ? mistakes.raison : undefined}
                maxlength={300}
              />
              <button type="submit">Corriger</button>
            </form>
            <h2>Retirer ce chiffre</h2>
            {told.form === "withdrawal" ? <ErrorSummary fields={mistakes} /> : null}
            <form method="post" action={`/rapport/declares/${line.id}/retrait`}>
              <input type="hidden" name="version" value={String(line.version)} />
              <TextField
                name="raison"
                id="raison-retrait"
                label="Pourquoi il est retiré"
                hint="Il reste lisible, avec cette raison, et ne vaut plus nulle part."
                value={told.form === "withdrawal" ? typed.raison : ""}
                error={told.form === "withdrawal" ? mistakes.raison : undefined}
                maxlength={300}
              />
              <button type="submit" class="second">
                Retirer
              </button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

function Corrections({ corrections }: { corrections: readonly Correction[] }) {
  return (
    <>
      <h2>Ce qu’il disait avant</h2>
      <DataTable
        caption="Corrections"
        hideCaption
        rows={corrections}
        rowKey={(one) => String(one.version)}
        columns={[
          { key: "at", label: "Corrigé le", header: true, render: (one) => shortDay(one.at) },
          { key: "by", label: "Par", render: (one) => one.by ?? "" },
          {
            key: "before",
            label: "Il disait",
            render: ({ before }) =>
              `${before.libelle} : ${before.valeur} ${before.unite} (${before.periode}, ${before.preuve})`,
          },
          { key: "why", label: "Pourquoi", render: (one) => one.why },
        ]}
      />
    </>
  );
}
