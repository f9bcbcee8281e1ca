// The routes of steps: each under its enrolment, with the enrolment's rights.
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { offered, wordsOf } from "../catalogue/reads.ts";
import { enrolmentAt } from "../enrolments/acts.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { type Back, newStep, stepPage } from "./page.tsx";
import { titleOf } from "./panel.tsx";
import { readStep } from "./reading.ts";
import { type Step, stepById } from "./reads.ts";
import { NothingForm, StepCorrectionForm, StepForm, StepWithdrawalForm } from "./shapes.ts";
import { kindOfCode, stepKindWords } from "./words.ts";
import { correctStep, recordStep, restoreStep, withdrawStep } from "./writes.ts";

type Found = { enrolment: Enrolment; step: Step };

/** The step of the address; null when it is not there or out of what this account sees. */
export async function stepAt(at: At<unknown>): Promise<Found | null> {
  const enrolment = await enrolmentAt(at);
  const id = at.params.step ?? "";
  const step = enrolment && isUuid(id) ? await stepById(at.tx, enrolment.id, id) : null;
  return enrolment && step ? { enrolment, step } : null;
}

/** Why this account may not write on the enrolment; null: it may. */
export function closed(at: At<unknown>, enrolment: Enrolment): Answer | null {
  if (!mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }))
    return refusal(403, "Votre rôle ne note rien dans ce lieu et ce dispositif.");
  return enrolment.withdrawn === null ? null : refusal(409, "Ce parcours a été retiré : remettez-le d’abord.");
}

const write = { right: rights["enrolment.write"] };

export function declareSteps(routes: Routes): void {
  routes.get("/parcours/:enrolment/actions/nouvelle", { ...write, trace: "step.started" }, async (at) => {
    const enrolment = await enrolmentAt(at);
    const kind = kindOfCode(at.query.genre ?? "");
    if (!enrolment || !kind) return notFound("Ce parcours");
    at.about("person", enrolment.person, { enrolment: enrolment.id });
    return closed(at, enrolment) ?? newStep(at, enrolment, kind);
  });
  routes.post(
    "/parcours/:enrolment/actions",
    {
      ...write,
      trace: "step.recorded",
      form: StepForm,
      async onMistakes(at, { fields }) {
        const enrolment = await enrolmentAt(at);
        const kind = kindOfCode(at.typed.genre?.[0] ?? "");
        if (!enrolment) return notFound("Ce parcours");
        if (!kind) return refusal(422, "Choisissez le genre de l’action sur la page du parcours.");
        return newStep(at, enrolment, kind, { act: "record", mistakes: fields, values: firstValues(at.typed) });
      },
    },
    async (at) => {
      const enrolment = await enrolmentAt(at);
      if (!enrolment) return notFound("Ce parcours");
      const shut = closed(at, enrolment);
      if (shut) return shut;
      const { form } = at;
      const again = (back: Partial<Back>): Promise<Answer> =>
        newStep(at, enrolment, form.genre, { act: "record", mistakes: {}, values: firstValues(at.typed), ...back });
      const to = `/parcours/${enrolment.id}/actions/${form.key}`;
      // Sent twice: what the first one noted would now be a warning against the second.
      if (await stepById(at.tx, enrolment.id, form.key)) {
        at.nothingHappened();
        return redirect(to, "C’est noté.");
      }
      const read = await readStep(at.tx, enrolment, form.genre, form, null);
      if (!read.ok) return again(read);
      let outcome: { word: string; day: string } | null = null;
      if (form.mot !== null) {
        const word = offered(await wordsOf(at.tx, enrolment.programme), at.tx.today).find(
          (one) => one.id === form.mot && one.place !== "exit",
        );
        if (!word) return again({ mistakes: { mot: "Choisissez ce qui a été obtenu." } });
        const day = form.genre === "contract" ? read.facts.startsOn : (read.facts.endedOn ?? read.facts.startsOn);
        if (day > at.tx.today || day < enrolment.entryOn)
          return again({
            mistakes: { mot: "Un résultat s’obtient entre l’entrée et aujourd’hui : notez-le plus tard." },
          });
        outcome = { word: word.id, day };
      }
      const made = await recordStep(at.tx, enrolment, { key: form.key, kind: form.genre, facts: read.facts, outcome });
      if (!made) return notFound("Cette action");
      at.about("enrolment", enrolment.id, {
        kind: form.genre,
        ...(outcome ? { outcome: true } : {}),
        ...(read.facts.inSpiteOf ? { confirmed: true } : {}),
      });
      return redirect(to, `${stepKindWords[form.genre].label} : c’est noté.`);
    },
  );
  routes.get(
    "/parcours/:enrolment/actions/:step",
    { right: rights["enrolment.see"], trace: "step.opened" },
    async (at) => {
      const found = await stepAt(at);
      if (!found) return notFound("Cette action");
      at.about("person", found.enrolment.person, { enrolment: found.enrolment.id });
      return stepPage(at, found.enrolment, found.step);
    },
  );
  routes.post(
    "/parcours/:enrolment/actions/:step",
    {
      ...write,
      trace: "step.changed",
      form: StepCorrectionForm,
      async onMistakes(at, { fields }) {
        const found = await stepAt(at);
        if (!found) return notFound("Cette action");
        const values = firstValues(at.typed);
        return stepPage(at, found.enrolment, found.step, { act: "correct", mistakes: fields, values });
      },
    },
    async (at) => {
      const found = await stepAt(at);
      if (!found) return notFound("Cette action");
      const { enrolment, step } = found;
      const shut = closed(at, enrolment);
      if (shut) return shut;
      if (step.withdrawn !== null) return refusal(409, "Cette action a été retirée : remettez-la d’abord.");
      const values = firstValues(at.typed);
      const stale = (now: Step): Promise<Answer> =>
        stepPage(at, enrolment, now, {
          act: "correct",
          mistakes: {
            "": "Cette action a été modifiée entre-temps : voici plus haut ce qu’elle dit, et ce que vous écriviez.",
          },
          values,
          status: 409,
        });
      if (step.version !== at.form.version) return stale(step);
      const read = await readStep(at.tx, enrolment, step.kind, at.form, step);
      if (!read.ok) return stepPage(at, enrolment, step, { act: "correct", values, ...read });
      const { version, raison: reason } = at.form;
      if (!(await correctStep(at.tx, step, { version, reason, facts: read.facts })))
        return stale((await stepById(at.tx, enrolment.id, step.id)) ?? step);
      at.about("enrolment", enrolment.id, { step: step.id, reason });
      return redirect(
        `/parcours/${enrolment.id}/actions/${step.id}`,
        "C’est corrigé ; ce que l’action disait reste gardé.",
      );
    },
  );
  routes.post(
    "/parcours/:enrolment/actions/:step/retrait",
    {
      ...write,
      trace: "step.withdrawn",
      form: StepWithdrawalForm,
      async onMistakes(at, { fields }) {
        const found = await stepAt(at);
        const values = firstValues(at.typed);
        return found
          ? stepPage(at, found.enrolment, found.step, { act: "withdraw", mistakes: fields, values })
          : notFound("Cette action");
      },
    },
    async (at) => {
      const found = await stepAt(at);
      if (!found) return notFound("Cette action");
      const shut = closed(at, found.enrolment);
      if (shut) return shut;
      if (await withdrawStep(at.tx, found.step, at.form.raison))
        at.about("enrolment", found.enrolment.id, { step: found.step.id, reason: at.form.raison });
      else at.nothingHappened();
      return redirect(
        `/parcours/${found.enrolment.id}/actions/${found.step.id}`,
        `« ${titleOf(found.step)} » est retirée : elle ne compte plus.`,
      );
    },
  );
  routes.post(
    "/parcours/:enrolment/actions/:step/remise",
    {
      ...write,
      trace: "step.restored",
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const found = await stepAt(at);
      if (!found) return notFound("Cette action");
      const shut = closed(at, found.enrolment);
      if (shut) return shut;
      if (await restoreStep(at.tx, found.step)) at.about("enrolment", found.enrolment.id, { step: found.step.id });
      else at.nothingHappened();
      return redirect(
        `/parcours/${found.enrolment.id}/actions/${found.step.id}`,
        "L’action est remise : elle compte de nouveau.",
      );
    },
  );
}
