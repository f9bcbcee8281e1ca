// The routes of plans and balance sheets: each under its enrolment, with the enrolment's rights.
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PathFacts } from "../../../../core/room.ts";
import { enrolmentAt } from "../enrolments/acts.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import { rights } from "../rights.ts";
import { closed } from "../steps/routes.tsx";
import { balancePage } from "./balance-page.tsx";
import { balancePdf, planPdf } from "./documents.ts";
import { keepVersion } from "./history.ts";
import { declarePlanHistory } from "./history-routes.tsx";
import { planPage, valuesOfAction } from "./plan-page.tsx";
import { balanceOf, planActionsOf, planOf } from "./reads.ts";
import { BalanceForm, PlanActionChangeForm, PlanActionForm, PlanForm } from "./shapes.ts";
import { storyOf } from "./story.ts";
import { addPlanAction, changePlanAction, writeBalance, writePlan } from "./writes.ts";

const meanwhile =
  "Cela a été modifié entre-temps : voici ce qui est enregistré, et ce que vous écriviez. Enregistrez de nouveau si c’est toujours juste.";
const see = { right: rights["enrolment.see"] };
const write = { right: rights["enrolment.write"] };

/** The enrolment of the address, named in the journal as a reading of its person's file; an answer when it is not there. */
async function opened(at: At<unknown>): Promise<Enrolment | null> {
  const enrolment = await enrolmentAt(at);
  if (enrolment) at.about("person", enrolment.person, { enrolment: enrolment.id });
  return enrolment;
}

const orNotFound = async (
  at: At<unknown>,
  then: (enrolment: Enrolment) => Answer | Promise<Answer>,
): Promise<Answer> => {
  const enrolment = await opened(at);
  return enrolment ? then(enrolment) : notFound("Ce parcours");
};

/** The same, for who may write there. */
const toWrite = (at: At<unknown>, then: (enrolment: Enrolment) => Promise<Answer>): Promise<Answer> =>
  orNotFound(at, (enrolment) => closed(at, enrolment) ?? then(enrolment));

export function declarePlans(routes: Routes, others: () => readonly PathFacts[]): void {
  declarePlanHistory(routes);
  routes.get("/parcours/:enrolment/plan", { ...see, trace: "plan.opened" }, (at) =>
    orNotFound(at, (enrolment) => planPage(at, enrolment)),
  );
  routes.post(
    "/parcours/:enrolment/plan",
    {
      ...write,
      trace: "plan.changed",
      form: PlanForm,
      onMistakes: (at, { fields }) =>
        orNotFound(at, (enrolment) =>
          planPage(at, enrolment, { act: "plan", mistakes: fields, values: firstValues(at.typed) }),
        ),
    },
    (at) =>
      toWrite(at, async (enrolment) => {
        const { version, objectif: goal, appuis: strengths, freins: obstacles, point: reviewOn } = at.form;
        if (!(await writePlan(at.tx, enrolment.id, { version, goal, strengths, obstacles, reviewOn })))
          return planPage(at, enrolment, {
            act: "plan",
            mistakes: { "": meanwhile },
            values: firstValues(at.typed),
            status: 409,
          });
        await keepVersion(at.tx, enrolment.id, "plan");
        return redirect(`/parcours/${enrolment.id}/plan`, "Le plan est enregistré.");
      }),
  );
  routes.post(
    "/parcours/:enrolment/plan/actions",
    {
      ...write,
      trace: "plan.action-added",
      form: PlanActionForm,
      onMistakes: (at, { fields }) =>
        orNotFound(at, (enrolment) =>
          planPage(at, enrolment, { act: "line", mistakes: fields, values: firstValues(at.typed) }),
        ),
    },
    (at) =>
      toWrite(at, async (enrolment) => {
        const { key, quoi: what, qui: who, autre: other, pour: byDay } = at.form;
        if (await addPlanAction(at.tx, enrolment.id, key, { what, who, other, byDay }))
          await keepVersion(at.tx, enrolment.id, "plan");
        else at.nothingHappened();
        return redirect(`/parcours/${enrolment.id}/plan`, "C’est écrit dans le plan.");
      }),
  );
  routes.post(
    "/parcours/:enrolment/plan/actions/:action",
    {
      ...write,
      trace: "plan.action-changed",
      form: PlanActionChangeForm,
      onMistakes: (at, { fields }) =>
        orNotFound(at, (enrolment) =>
          planPage(at, enrolment, {
            act: at.params.action ?? "",
            mistakes: fields,
            values: firstValues(at.typed),
          }),
        ),
    },
    (at) =>
      toWrite(at, async (enrolment) => {
        const { form } = at;
        const id = at.params.action ?? "";
        const action = isUuid(id) ? (await planActionsOf(at.tx, enrolment.id)).find((one) => one.id === id) : undefined;
        if (!action) return notFound("Cette ligne du plan");
        const closedOn = form.etat === "open" ? null : (form.le ?? at.tx.today);
        const back = (mistakes: Record<string, string>, status: number): Promise<Answer> =>
          planPage(at, enrolment, {
            act: id,
            mistakes,
            values: { ...valuesOfAction(action), ...firstValues(at.typed) },
            status,
          });
        if (closedOn !== null && closedOn > at.tx.today) return back({ le: "Ce jour n’est pas encore venu." }, 422);
        const changed = {
          id,
          version: form.version,
          what: form.quoi,
          who: form.qui,
          other: form.autre,
          byDay: form.pour,
          state: form.etat,
          closedOn,
        };
        if (!(await changePlanAction(at.tx, changed))) return back({ "": meanwhile }, 409);
        await keepVersion(at.tx, enrolment.id, "plan");
        return redirect(`/parcours/${enrolment.id}/plan`, "La ligne du plan est enregistrée.");
      }),
  );
  routes.get("/parcours/:enrolment/plan.pdf", { ...see, trace: "plan.printed" }, (at) =>
    orNotFound(at, async (enrolment) => {
      const plan = await planOf(at.tx, enrolment.id);
      const actions = await planActionsOf(at.tx, enrolment.id);
      return plan.version === 0 && actions.length === 0
        ? refusal(409, "Ce plan est vide : écrivez d’abord ce que veut la personne, ou une ligne à faire.")
        : planPdf(at.tx, enrolment, plan, actions);
    }),
  );
  routes.get("/parcours/:enrolment/bilan", { ...see, trace: "balance.opened" }, (at) =>
    orNotFound(at, (enrolment) => balancePage(at, enrolment, others())),
  );
  routes.post(
    "/parcours/:enrolment/bilan",
    {
      ...write,
      trace: "balance.changed",
      form: BalanceForm,
      onMistakes: (at, { fields }) =>
        orNotFound(at, (enrolment) =>
          balancePage(at, enrolment, others(), { mistakes: fields, values: firstValues(at.typed) }),
        ),
    },
    (at) =>
      toWrite(at, async (enrolment) => {
        const { version, jour: onDay, personne: personSays, referent: adviserSays, suite: next } = at.form;
        const back = (mistakes: Record<string, string>, status: number): Promise<Answer> =>
          balancePage(at, enrolment, others(), { mistakes, values: firstValues(at.typed), status });
        if (onDay > at.tx.today) return back({ jour: "Ce jour n’est pas encore venu." }, 422);
        if (onDay < enrolment.entryOn) return back({ jour: "Ce jour est avant l’entrée." }, 422);
        if (!(await writeBalance(at.tx, enrolment.id, { version, onDay, personSays, adviserSays, next })))
          return back({ "": meanwhile }, 409);
        await keepVersion(at.tx, enrolment.id, "balance");
        return redirect(`/parcours/${enrolment.id}/bilan`, "Le bilan est enregistré.");
      }),
  );
  routes.get("/parcours/:enrolment/bilan.pdf", { ...see, trace: "balance.printed" }, (at) =>
    orNotFound(at, async (enrolment) => {
      const balance = await balanceOf(at.tx, enrolment.id);
      return balance === null
        ? refusal(409, "Ce bilan n’est pas encore écrit.")
        : balancePdf(at.tx, enrolment, balance, await storyOf(at.tx, enrolment, others()));
    }),
  );
}
