// The routes of what funders ask of one enrolment.
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { shortDay } from "../../../../ui/words.ts";
import { situationWords } from "../../people/door.ts";
import { type Enrolment, enrolmentById } from "../enrolments/reads.ts";
import { mayIn } from "../rights.ts";
import { hadJob } from "./check-form.tsx";
import type { CheckMoment } from "./facts.ts";
import { type Funded, fundedAt, fundingOf, ofExit } from "./funded.ts";
import { missingAtEntry, windowOf } from "./missing.ts";
import { type Back, fundingPage } from "./page.tsx";
import type { Participation } from "./participants.ts";
import { declareQuestionnaire } from "./questionnaire-routes.tsx";
import { fundingRights } from "./rights.ts";
import { CheckForm, type CheckWish, EntryFactsForm } from "./shapes.ts";
import { checkMomentWords } from "./words.ts";
import { completeEntry, type EntryFacts, recordCheck } from "./writes.ts";

const unwritable = (at: At<unknown>, { site, programme }: Enrolment): Answer | null =>
  mayIn(at.scope, fundingRights["funding.follow"], { site, programme })
    ? null
    : refusal(403, "Votre rôle ne note rien dans ce lieu et ce dispositif.");

const back = (at: At<{ retour: "" | "liste" }>, enrolment: Enrolment, said: string): Answer =>
  redirect(at.form.retour === "liste" ? "/financements/a-completer" : `/parcours/${enrolment.id}/financeur`, said);

const absent = "Ce que les financeurs demandent de ce parcours";
const stale = "Ce parcours a été modifié entre-temps\u00a0: voici ce qu’il dit, et ce que vous écriviez.";

/** What a check says, or why not: the day is within its window, and each question that is asked has its answer. */
function readCheck(one: Participation, moment: CheckMoment, exit: string, form: CheckWish, today: string) {
  const mistakes: Record<string, string> = {};
  const window = windowOf(moment, exit, one.agreement.regime);
  if (form.jour < window.from || form.jour > window.to)
    mistakes.jour = `Cette situation se constate du ${shortDay(window.from)} au ${shortDay(window.to)}\u00a0: hors de ces jours, elle ne compte pas.`;
  else if (form.jour > today) mistakes.jour = "Ce jour n’est pas encore venu.";
  const told = form.situation !== "unreached";
  if (told && moment === "exit" && form.formation === null)
    mistakes.formation = "Dites si la personne suit une formation.";
  if (told && moment === "exit" && form.qualification === null)
    mistakes.qualification = "Dites si une qualification a été obtenue.";
  if (told && moment === "later" && hadJob(one) && form.amelioration === null)
    mistakes.amelioration = "Dites si la situation est meilleure qu’à l’entrée.";
  return {
    mistakes,
    facts: {
      situation: form.situation,
      training: told && moment === "exit" ? form.formation : null,
      qualification: told && moment === "exit" ? form.qualification : null,
      improved: told && moment === "later" && hadJob(one) ? form.amelioration : null,
    },
  };
}

function declareCheck(routes: Routes, moment: CheckMoment): void {
  const again = async (at: At<unknown>, { enrolment, all }: Funded, more: Omit<Back, "form">): Promise<Answer> =>
    fundingPage(at, enrolment, all, { form: moment, ...more });
  routes.post(
    `/parcours/:enrolment/financeur/${checkMomentWords[moment].code}`,
    {
      right: fundingRights["funding.follow"],
      trace: "funding.checked",
      form: CheckForm,
      async onMistakes(at, { fields }) {
        const found = await fundedAt(at);
        return found ? again(at, found, { values: firstValues(at.typed), mistakes: fields }) : notFound(absent);
      },
    },
    async (at) => {
      const found = await fundedAt(at);
      if (!found) return notFound(absent);
      const { enrolment } = found;
      const shut = unwritable(at, enrolment);
      if (shut) return shut;
      const one = ofExit(found.all);
      const exit = one?.facts.exitOn;
      if (!one || !exit)
        return refusal(409, "Cette personne n’est pas sortie pendant la convention\u00a0: notez d’abord sa sortie.");
      const values = firstValues(at.typed);
      const { mistakes, facts } = readCheck(one, moment, exit, at.form, at.tx.today);
      if (Object.keys(mistakes).length > 0) return again(at, found, { values, mistakes });
      const { key, jour: day, remplace: replaces } = at.form;
      const last = one.noted[moment]?.id ?? null;
      const written =
        last === replaces || last === key
          ? await recordCheck(at.tx, enrolment.id, { key, moment, day, replaces, facts })
          : "stale";
      if (written === "stale") {
        const now = { enrolment, all: await fundingOf(at, enrolment) };
        // What is sent again after reading replaces what was written meanwhile.
        const remplace = ofExit(now.all)?.noted[moment]?.id ?? "";
        return again(at, now, { values: { ...values, remplace }, mistakes: { "": stale }, status: 409 });
      }
      if (written === "again") at.nothingHappened();
      else at.about("enrolment", enrolment.id, { moment, ...(replaces ? { replaces } : {}) });
      return back(at, enrolment, `${checkMomentWords[moment].label} de ${enrolment.personName}\u00a0: c’est noté.`);
    },
  );
}

export function declareFunding(routes: Routes): void {
  const right = fundingRights["funding.follow"];
  routes.get("/parcours/:enrolment/financeur", { right, trace: "funding.opened" }, async (at) => {
    const found = await fundedAt(at);
    if (!found) return notFound(absent);
    at.about("person", found.enrolment.person, { enrolment: found.enrolment.id });
    return fundingPage(at, found.enrolment, found.all);
  });

  routes.post(
    "/parcours/:enrolment/financeur/entree",
    {
      right,
      trace: "funding.entry-completed",
      form: EntryFactsForm,
      async onMistakes(at, { fields }) {
        const found = await fundedAt(at);
        if (!found) return notFound(absent);
        const values = firstValues(at.typed);
        return fundingPage(at, found.enrolment, found.all, { form: "entry", values, mistakes: fields });
      },
    },
    async (at) => {
      const found = await fundedAt(at);
      if (!found) return notFound(absent);
      const { enrolment, all } = found;
      const shut = unwritable(at, enrolment);
      if (shut) return shut;
      const values = firstValues(at.typed);
      const missing = new Set(all.flatMap(missingAtEntry));
      const { situation, depuis, diplome } = at.form;
      const mistakes: Record<string, string> = {};
      const facts: EntryFacts = {};
      if (missing.has("status") && situation !== "") {
        if (Object.hasOwn(situationWords.status.values, situation)) facts.status = situation;
        else mistakes.situation = "Choisissez une situation de la liste.";
      }
      if (missing.has("diploma") && diplome !== "") {
        if (Object.hasOwn(situationWords.diploma.values, diplome)) facts.diploma = diplome;
        else mistakes.diplome = "Choisissez un niveau de la liste.";
      }
      if (depuis !== "") {
        if (!missing.has("since") && facts.status !== "job_seeker")
          mistakes.depuis = "Ce jour se donne pour un demandeur d’emploi.";
        else if (depuis > enrolment.entryOn) mistakes.depuis = "Ce jour vient après l’entrée dans le dispositif.";
        else facts.since = depuis;
      }
      if (Object.keys(mistakes).length === 0 && Object.keys(facts).length === 0)
        mistakes[missing.has("status") ? "situation" : missing.has("since") ? "depuis" : "diplome"] =
          "Donnez au moins une réponse.";
      if (Object.keys(mistakes).length > 0) return fundingPage(at, enrolment, all, { form: "entry", values, mistakes });
      if (!(await completeEntry(at.tx, enrolment.id, at.form.version, facts))) {
        const now = (await enrolmentById(at.tx, enrolment.id)) ?? enrolment;
        const typed = { ...values, version: String(now.version) };
        const told = { form: "entry", values: typed, mistakes: { "": stale }, status: 409 } as const;
        return fundingPage(at, now, await fundingOf(at, now), told);
      }
      at.about("enrolment", enrolment.id, { completed: Object.keys(facts) });
      return back(at, enrolment, `Entrée de ${enrolment.personName}\u00a0: c’est complété.`);
    },
  );
  declareCheck(routes, "exit");
  declareCheck(routes, "later");
  declareQuestionnaire(routes);
}
