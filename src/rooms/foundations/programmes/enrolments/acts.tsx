// The acts of an enrolment: each is a form of its page, refused with what was typed, or done and told.
import type { z } from "zod";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, FormShape, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { fieldsOf, offered, stagesOf, wordsOf } from "../catalogue/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { readOwnFields } from "./field-form.tsx";
import { type Enrolment, enrolmentById } from "./reads.ts";
import {
  CorrectionForm,
  ExitForm,
  FieldsForm,
  NothingForm,
  OutcomeForm,
  ReasonForm,
  StageForm,
  WithdrawalForm,
} from "./shapes.ts";
import { enrolmentSheet } from "./sheet.tsx";
import type { Refusal } from "./sheet-form.tsx";
import {
  correct,
  leave,
  reachStage,
  recordOutcome,
  reopen,
  restore,
  withdraw,
  withdrawOutcome,
  writeValuesAt,
} from "./writes.ts";

export const enrolmentAt = async (at: At<unknown>): Promise<Enrolment | null> => {
  const id = at.params.enrolment ?? "";
  const found = isUuid(id) ? await enrolmentById(at.tx, id) : null;
  return found && mayIn(at.scope, rights["enrolment.see"], { site: found.site, programme: found.programme })
    ? found
    : null;
};

const typedOf = (at: At<unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(at.typed).map(([name, values]) => [name, values[0] ?? ""]));

type Done = { said: string; details?: Record<string, unknown>; nothing?: boolean };
type Outcome = Done | { mistakes: Record<string, string> } | "stale" | "absent";

/** Declares one act: its address under the enrolment, its journal word, its form, and what it does. */
function act<F extends FormShape>(
  routes: Routes,
  name: string,
  trace: string,
  shape: F,
  work: (at: At<z.infer<F>>, enrolment: Enrolment) => Promise<Outcome>,
): void {
  const refused = (mistakes: Readonly<Record<string, string>>, at: At<unknown>, status = 422): Refusal => ({
    act: name,
    mistakes,
    values: typedOf(at),
    status,
  });
  routes.post(
    `/parcours/:enrolment/${name}`,
    {
      right: rights["enrolment.write"],
      trace,
      form: shape,
      async onMistakes(at, { fields }): Promise<Answer> {
        const enrolment = await enrolmentAt(at);
        return enrolment ? enrolmentSheet(at, enrolment, refused(fields, at)) : notFound("Ce parcours");
      },
    },
    async (at) => {
      const enrolment = await enrolmentAt(at);
      if (!enrolment) return notFound("Ce parcours");
      if (!mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }))
        return refusal(403, "Votre rôle ne note rien dans ce lieu et ce dispositif.");
      if (enrolment.withdrawn !== null && name !== "remise")
        return refusal(409, "Ce parcours a été retiré : remettez-le d’abord.");
      const outcome = await work(at, enrolment);
      if (outcome === "absent") return notFound("Ce que vous modifiez");
      if (outcome === "stale") {
        at.nothingHappened();
        const now = (await enrolmentAt(at)) ?? enrolment;
        return enrolmentSheet(
          at,
          now,
          refused({ "": "Ce parcours a été modifié entre-temps : voici ce qu’il dit maintenant." }, at, 409),
        );
      }
      if ("mistakes" in outcome) {
        at.nothingHappened();
        return enrolmentSheet(at, enrolment, refused(outcome.mistakes, at));
      }
      if (outcome.nothing) at.nothingHappened();
      else at.about("enrolment", enrolment.id, outcome.details);
      return redirect(`/parcours/${enrolment.id}`, outcome.said);
    },
  );
}

export function declareActs(routes: Routes): void {
  act(routes, "etapes", "stage.reached", StageForm, async (at, enrolment) => {
    const stage = (await stagesOf(at.tx, enrolment.programme)).find((one) => one.id === at.form.etape);
    if (!stage) return "absent";
    const day = at.form.jour === "" ? null : at.form.jour;
    if (day !== null && (day < enrolment.entryOn || day > at.tx.today))
      return { mistakes: { jour: "Une étape se franchit entre l’entrée et aujourd’hui." } };
    await reachStage(at.tx, enrolment.id, stage.id, day);
    return {
      said: day ? `« ${stage.label} » : franchie le ${shortDay(day)}.` : `« ${stage.label} » n’est plus notée.`,
      details: { stage: stage.label, day },
    };
  });
  act(routes, "resultats", "outcome.recorded", OutcomeForm, async (at, enrolment) => {
    const { form } = at;
    const word = offered(await wordsOf(at.tx, enrolment.programme), at.tx.today).find(
      (one) => one.id === form.mot && one.place !== "exit",
    );
    if (!word) return { mistakes: { mot: "Choisissez ce qui a été obtenu." } };
    if (form.jour > at.tx.today || form.jour < enrolment.entryOn)
      return { mistakes: { jour: "Un résultat s’obtient entre l’entrée et aujourd’hui." } };
    const made = await recordOutcome(at.tx, enrolment, {
      key: form.key,
      word: word.id,
      day: form.jour,
      partTime: form.temps === "" ? null : form.temps === "partiel",
      months: form.mois === "" ? null : Number(form.mois.replace(",", ".")),
      note: form.note || null,
    });
    return { said: `« ${word.label} » est noté.`, nothing: !made, details: { word: word.label } };
  });
  act(routes, "resultats/retrait", "outcome.withdrawn", WithdrawalForm, async (at, enrolment) =>
    (await withdrawOutcome(at.tx, enrolment.id, at.form.resultat, at.form.raison))
      ? { said: "Le résultat est retiré : il ne compte plus." }
      : "absent",
  );
  act(routes, "sortie", "enrolment.exited", ExitForm, async (at, enrolment) => {
    const { form } = at;
    const word = offered(await wordsOf(at.tx, enrolment.programme), at.tx.today).find(
      (one) => one.id === form.mot && one.place !== "path",
    );
    if (!word) return { mistakes: { mot: "Choisissez le motif de la sortie." } };
    if (form.jour < enrolment.entryOn) return { mistakes: { jour: "La sortie est avant l’entrée." } };
    if (form.jour > at.tx.today) return { mistakes: { jour: "La sortie est à venir." } };
    const left = await leave(at.tx, enrolment, form.version, {
      day: form.jour,
      word: word.id,
      note: form.note || null,
      outcomeKey: form.obtenu ? form.key : null,
    });
    return left
      ? {
          said: `La sortie est notée : ${word.label}, le ${shortDay(form.jour)}.`,
          details: { word: word.label, day: form.jour },
        }
      : "stale";
  });
  act(routes, "reouverture", "enrolment.reopened", ReasonForm, async (at, enrolment) => {
    if (enrolment.exitOn === null) return "stale";
    return (await reopen(at.tx, enrolment, at.form.version, at.form.raison))
      ? { said: "Le parcours est rouvert.", details: { reason: at.form.raison } }
      : "stale";
  });
  act(routes, "correction", "enrolment.changed", CorrectionForm, async (at, enrolment) => {
    const { form } = at;
    if (form.jour > at.tx.today) return { mistakes: { jour: "Le jour d’entrée est à venir." } };
    if (enrolment.exitOn !== null && form.jour > enrolment.exitOn)
      return { mistakes: { jour: "L’entrée est après la sortie." } };
    if (form.antenne && !(await listSites(at.tx)).some((site) => site.id === form.antenne)) return "absent";
    const done = await correct(at.tx, enrolment, form.version, {
      site: form.antenne,
      day: form.jour,
      followed: form.accompagne === "oui",
      reason: form.raison,
    });
    return done
      ? { said: "L’entrée est corrigée ; ce qu’elle disait reste gardé.", details: { reason: form.raison } }
      : "stale";
  });
  act(routes, "champs", "enrolment.changed", FieldsForm, async (at, enrolment) => {
    const read = readOwnFields(offered(await fieldsOf(at.tx, enrolment.programme), at.tx.today), at.typed);
    if (Object.keys(read.mistakes).length > 0) return { mistakes: read.mistakes };
    return (await writeValuesAt(at.tx, enrolment.id, at.form.version, read.values))
      ? { said: "Les champs sont enregistrés." }
      : "stale";
  });
  act(routes, "retrait", "enrolment.withdrawn", ReasonForm, async (at, enrolment) =>
    (await withdraw(at.tx, enrolment, at.form.version, at.form.raison))
      ? { said: "Le parcours est retiré : il ne compte plus.", details: { reason: at.form.raison } }
      : "stale",
  );
  act(routes, "remise", "enrolment.restored", NothingForm, async (at, enrolment) => {
    await restore(at.tx, enrolment);
    return { said: "Le parcours est remis : il compte de nouveau.", nothing: enrolment.withdrawn === null };
  });
}
