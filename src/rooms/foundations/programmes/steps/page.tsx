// The pages of a step: the form that notes one, and the page of one that is there with what can be done about it.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { number, shortDay } from "../../../../ui/words.ts";
import { offered as offeredOn, wordsOf } from "../catalogue/reads.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { Proofs } from "../proofs/panel.tsx";
import { proofsOf } from "../proofs/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { StepFields, type Values, valuesOf, Warnings } from "./form.tsx";
import { daysOf, titleOf } from "./panel.tsx";
import { renewable } from "./reading.ts";
import { contractTypesOn, correctionsOf, type Step } from "./reads.ts";
import { objectiveWords, type StepKind, stepKindWords, stepResultWords } from "./words.ts";

/** A form that comes back: what it said, what was typed, the warnings to confirm. */
export type Back = {
  act: "record" | "correct" | "withdraw";
  mistakes: Values;
  values: Values;
  warnings?: readonly string[];
  print?: string;
  status?: number;
};

export const crumbsOf = (enrolment: Enrolment) => [
  { href: "/personnes", label: "Personnes" },
  { href: `/personnes/${enrolment.person}`, label: enrolment.personName },
  { href: `/parcours/${enrolment.id}`, label: enrolment.programmeTitle },
];

const offeredTo = async (at: At<unknown>, enrolment: Enrolment, kind: StepKind, had: Step | null) => ({
  contracts: kind === "contract" ? await contractTypesOn(at.tx, had?.startsOn ?? at.tx.today, had?.contractType) : [],
  renewable: kind === "immersion" ? await renewable(at.tx, enrolment, had) : [],
});

/** The form of a new step. */
export async function newStep(
  at: At<unknown>,
  enrolment: Enrolment,
  kind: StepKind,
  back: Back | null = null,
): Promise<Answer> {
  const words = stepKindWords[kind];
  const values = back?.values ?? { debut: shortDay(at.tx.today) };
  const obtained = offeredOn(await wordsOf(at.tx, enrolment.programme), at.tx.today).filter(
    (word) => word.place !== "exit",
  );
  const title = `Noter ${words.one}`;
  return page({
    title,
    status: back?.status ?? (back ? 422 : 200),
    crumbs: crumbsOf(enrolment),
    body: (
      <>
        <Heading title={title}>
          {enrolment.personName}, {enrolment.programmeTitle}.
        </Heading>
        <ErrorSummary fields={back?.mistakes ?? {}} />
        <form method="post" action={`/parcours/${enrolment.id}/actions`} data-draft="action">
          <input type="hidden" name="key" value={values.key ?? at.tx.ids.uuid()} />
          <input type="hidden" name="genre" value={words.code} />
          <Warnings warnings={back?.warnings ?? []} print={back?.print ?? ""} />
          <StepFields
            kind={kind}
            values={values}
            mistakes={back?.mistakes ?? {}}
            offered={await offeredTo(at, enrolment, kind, null)}
          />
          {obtained.length > 0 ? (
            <SelectField
              name="mot"
              label="Noter aussi comme résultat du parcours"
              hint="Un résultat obtenu pendant le parcours. La sortie se note à part."
              value={values.mot}
              error={back?.mistakes.mot}
              required={false}
              empty="non"
              options={obtained.map((word) => ({ value: word.id, label: word.label }))}
            />
          ) : null}
          <div class="submit">
            <button type="submit">Enregistrer</button>
          </div>
        </form>
      </>
    ),
  });
}

const factsOf = (step: Step): { label: string; value: string | null }[] => [
  { label: "Quand", value: daysOf(step) },
  { label: stepKindWords[step.kind].where, value: step.structureName ?? step.host },
  ...(step.kind === "immersion"
    ? [
        { label: "Objet", value: step.objective && objectiveWords[step.objective] },
        { label: "Jours de présence", value: step.days === null ? null : number(step.days) },
        ...(step.renews ? [{ label: "Convention", value: "renouvellement" }] : []),
      ]
    : []),
  ...(step.kind === "contract"
    ? [
        { label: "Contrat", value: step.contractLabel },
        {
          label: "Heures par semaine",
          value: step.weeklyHours === null ? null : String(step.weeklyHours).replace(".", ","),
        },
        { label: "Fin de l’essai", value: step.trialEndOn && shortDay(step.trialEndOn) },
      ]
    : []),
  ...(step.kind === "training"
    ? [
        { label: "Durée", value: step.hours === null ? null : `${number(step.hours)}\u00a0heures` },
        { label: "Qualifiante", value: step.qualifying === null ? null : step.qualifying ? "oui" : "non" },
      ]
    : []),
  ...(["training", "vae", "exam"].includes(step.kind)
    ? [
        {
          label: step.kind === "vae" ? "Décision du jury" : "Issue",
          value: step.result && stepResultWords[step.result],
        },
      ]
    : []),
  ...(step.outcomeLabel ? [{ label: "Résultat du parcours", value: step.outcomeLabel }] : []),
  ...(step.note ? [{ label: "Note", value: step.note }] : []),
];

/** The page of a step. */
export async function stepPage(
  at: At<unknown>,
  enrolment: Enrolment,
  step: Step,
  back: Back | null = null,
): Promise<Answer> {
  const here = `/parcours/${enrolment.id}/actions/${step.id}`;
  const writes =
    mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }) &&
    enrolment.withdrawn === null;
  const corrections = await correctionsOf(at.tx, step.id);
  const correcting = back?.act === "correct" ? back : null;
  const title = titleOf(step);
  return page({
    title,
    status: back?.status ?? (back ? 422 : 200),
    crumbs: crumbsOf(enrolment),
    body: (
      <>
        <Heading title={title}>
          {enrolment.personName}, {enrolment.programmeTitle}.
        </Heading>
        <ErrorSummary fields={back?.mistakes ?? {}} />
        {step.withdrawn === null ? null : (
          <div class="notice notice-warn">
            <p>Cette action a été retirée : {step.withdrawn}. Elle ne compte plus.</p>
            {writes ? (
              <form method="post" action={`${here}/remise`}>
                <button type="submit" class="second">
                  La remettre
                </button>
              </form>
            ) : null}
          </div>
        )}
        <Facts facts={factsOf(step)} />
        {step.inSpiteOf ? (
          <section>
            <h2>Enregistrée malgré</h2>
            <ul>
              {step.inSpiteOf.split("\n").map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </section>
        ) : null}
        {corrections.length > 0 ? (
          <section>
            <h2>Corrections</h2>
            <ul>
              {corrections.map((one) => (
                <li key={one.at.toISOString()}>
                  {shortDay(one.at.toISOString())}
                  {one.who ? `, ${one.who}` : ""} : {one.reason}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <Proofs here={here} proofs={await proofsOf(at.tx, [step.id])} writes={writes && step.withdrawn === null} />
        {writes && step.withdrawn === null ? (
          <section class="no-print">
            <h2>Modifier</h2>
            <details open={correcting !== null}>
              <summary>Corriger ou compléter</summary>
              <form method="post" action={here}>
                <input type="hidden" name="version" value={String(step.version)} />
                <Warnings warnings={correcting?.warnings ?? []} print={correcting?.print ?? ""} />
                <StepFields
                  kind={step.kind}
                  values={correcting?.values ?? valuesOf(step)}
                  mistakes={correcting?.mistakes ?? {}}
                  offered={await offeredTo(at, enrolment, step.kind, step)}
                />
                <TextField
                  name="raison"
                  label="Pourquoi"
                  hint="Par exemple : fin connue, date mal notée. Ce que l’action disait reste gardé."
                  value={correcting?.values.raison}
                  error={correcting?.mistakes.raison}
                  maxlength={300}
                />
                <div class="submit">
                  <button type="submit">Enregistrer</button>
                </div>
              </form>
            </details>
            <details open={back?.act === "withdraw"}>
              <summary>Retirer cette action, notée par erreur</summary>
              <form method="post" action={`${here}/retrait`}>
                <p>
                  Elle reste lisible et ne compte plus
                  {step.outcomeLabel ? ", ni le résultat noté avec elle" : ""} ; elle peut être remise.
                </p>
                <TextField
                  id="retrait-raison"
                  name="raison"
                  label="Pourquoi"
                  value={back?.act === "withdraw" ? back.values.raison : ""}
                  error={back?.act === "withdraw" ? back.mistakes.raison : undefined}
                  maxlength={300}
                />
                <button type="submit" class="danger">
                  Retirer
                </button>
              </form>
            </details>
          </section>
        ) : null}
      </>
    ),
  });
}
