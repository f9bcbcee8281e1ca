// The plan and the balance sheet as PDF, to be signed by both.
import type { Tx } from "../../../../core/db/transaction.ts";
import { renderPdf } from "../../../../core/documents/pdf.ts";
import type { Answer } from "../../../../core/http/answer.ts";
import { shortDay } from "../../../../ui/words.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import type { Balance, Plan, PlanAction } from "./reads.ts";
import type { StoryPart } from "./story.ts";
import { doerName, planStateWords } from "./words.ts";

const planTemplate = new URL("./plan.typ", import.meta.url);
const balanceTemplate = new URL("./balance.typ", import.meta.url);

const commonOf = (tx: Tx, enrolment: Enrolment, title: string) => ({
  house: tx.scope.houseName,
  title,
  day: tx.today.split("-").map(Number),
  foot: `${tx.scope.houseName}, ${enrolment.programmeTitle}. Imprimé le ${shortDay(tx.today)}. Chacun en garde un exemplaire.`,
  people: [
    { who: "La personne", name: enrolment.personName },
    { who: "Le référent", name: enrolment.referentName ?? "" },
  ],
});

const factsOf = (enrolment: Enrolment, more: { label: string; value: string | null }[]) => [
  { label: "Nom", value: enrolment.personName },
  { label: "Dispositif", value: enrolment.programmeTitle },
  { label: "Lieu", value: enrolment.siteName },
  { label: "Référent", value: enrolment.referentName },
  {
    label: "Parcours",
    value: enrolment.exitOn
      ? `du ${shortDay(enrolment.entryOn)} au ${shortDay(enrolment.exitOn)}`
      : `depuis le ${shortDay(enrolment.entryOn)}`,
  },
  ...more,
];

const written = (parts: readonly { title: string; text: string | null }[]) => parts.filter((part) => part.text);

const pdfAnswer = async (name: string, template: URL, data: object): Promise<Answer> => ({
  kind: "file",
  stream: new Uint8Array(await renderPdf(template, data)),
  name,
  type: "application/pdf",
});

/** Where a line of a plan stands: "à faire", "fait le 03/12/2020". */
export const stateOf = (action: PlanAction): string =>
  `${planStateWords[action.state]}${action.closedOn ? ` le ${shortDay(action.closedOn)}` : ""}`;

export const planPdf = (tx: Tx, enrolment: Enrolment, plan: Plan, actions: readonly PlanAction[]): Promise<Answer> =>
  pdfAnswer(`plan-d-action-${enrolment.personCode}.pdf`, planTemplate, {
    ...commonOf(tx, enrolment, "Plan d’action"),
    facts: factsOf(enrolment, [{ label: "Prochain point", value: plan.reviewOn && shortDay(plan.reviewOn) }]),
    parts: written([
      { title: "Ce que je veux", text: plan.goal },
      { title: "Ce sur quoi je m’appuie", text: plan.strengths },
      { title: "Ce qui me freine", text: plan.obstacles },
    ]),
    actionsTitle: "Ce que nous faisons",
    actions: actions
      .filter((action) => action.state !== "dropped")
      .map((action) => ({
        what: action.what,
        who: doerName(action),
        by: action.byDay ? shortDay(action.byDay) : "",
        state: stateOf(action),
      })),
  });

export const balancePdf = (
  tx: Tx,
  enrolment: Enrolment,
  balance: Balance,
  story: readonly StoryPart[],
): Promise<Answer> =>
  pdfAnswer(`bilan-partage-${enrolment.personCode}.pdf`, balanceTemplate, {
    ...commonOf(tx, enrolment, "Bilan partagé"),
    facts: factsOf(enrolment, [{ label: "Bilan du", value: shortDay(balance.onDay) }]),
    story,
    parts: written([
      { title: "Ce que j’en dis", text: balance.personSays },
      { title: "Ce qu’en dit mon référent", text: balance.adviserSays },
      { title: "Et après", text: balance.next },
    ]),
  });
