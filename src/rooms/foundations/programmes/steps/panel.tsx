// On the page of an enrolment: its steps, and the ways to note one.
import { DataTable } from "../../../../ui/table.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import type { Step } from "./reads.ts";
import { dueOf } from "./rules.ts";
import { stepKinds, stepKindWords, stepResultWords } from "./words.ts";

/** The days of a step, as a line says them. */
export const daysOf = (step: Step): string =>
  step.kind === "exam"
    ? `le ${shortDay(step.startsOn)}`
    : step.endedOn
      ? `du ${shortDay(step.startsOn)} au ${shortDay(step.endedOn)}`
      : `depuis le ${shortDay(step.startsOn)}${step.plannedEndOn ? `, fin prévue le ${shortDay(step.plannedEndOn)}` : ""}`;

/** What a step is, in a few words: "Contrat de travail, CDI, Vendeur". */
export const titleOf = (step: Step): string =>
  [stepKindWords[step.kind].label, step.contractLabel, step.title].filter(Boolean).join(", ");

export const Steps = ({
  here,
  steps,
  proofs,
  writes,
  today,
}: {
  here: string;
  steps: readonly Step[];
  proofs: readonly { step: string }[];
  writes: boolean;
  today: string;
}) => (
  <section>
    <h2>Actions</h2>
    <DataTable
      caption="Actions du parcours"
      hideCaption
      rows={steps}
      rowKey={(step) => step.id}
      empty={<p>Aucune immersion, formation ni contrat n’est noté.</p>}
      columns={[
        {
          key: "kind",
          label: "Action",
          header: true,
          render: (step) => (
            <a href={`${here}/actions/${step.id}`}>{step.withdrawn ? <s>{titleOf(step)}</s> : titleOf(step)}</a>
          ),
        },
        { key: "host", label: "Où", render: (step) => step.structureName ?? step.host },
        { key: "days", label: "Quand", render: daysOf },
        {
          key: "state",
          label: "Suite",
          render: (step) => {
            const due = step.withdrawn ? null : dueOf(step, today);
            const joined = proofs.filter((proof) => proof.step === step.id).length;
            const said = [
              step.result ? stepResultWords[step.result] : null,
              step.outcomeLabel ? `résultat : ${step.outcomeLabel}` : null,
              joined > 0 ? plural(joined, "pièce jointe", "pièces jointes") : null,
              step.withdrawn ? `retirée : ${step.withdrawn}` : null,
            ].filter(Boolean);
            return (
              <>
                {said.join(", ")}
                {due ? <strong>{due}</strong> : null}
              </>
            );
          },
        },
      ]}
    />
    {writes ? (
      <p class="no-print">
        Noter{" "}
        {stepKinds.map((kind, at) => (
          <span key={kind}>
            {at === 0 ? "" : at === stepKinds.length - 1 ? " ou " : ", "}
            <a href={`${here}/actions/nouvelle?genre=${stepKindWords[kind].code}`}>{stepKindWords[kind].one}</a>
          </span>
        ))}
        .
      </p>
    ) : null}
  </section>
);

/** What is due in a caseload's line: "immersion : la fin était prévue le 03/12/2020". */
export const dueWords = (due: readonly { kind: Step["kind"]; due: string }[]): string =>
  list(due.map((one) => `${stepKindWords[one.kind].code} : ${one.due}`));
