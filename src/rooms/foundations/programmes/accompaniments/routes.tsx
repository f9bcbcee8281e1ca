// The page of a structure in a programme and its acts: each is a form of the page, refused with what was typed, or done and told.
import type { z } from "zod";
import { notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, FormShape, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { shortDay } from "../../../../ui/words.ts";
import { offered, stagesOf, wordsOf } from "../catalogue/reads.ts";
import { ReasonForm, StageForm } from "../enrolments/shapes.ts";
import { mayIn, rights } from "../rights.ts";
import { type Accompaniment, accompanimentById } from "./reads.ts";
import { AgainForm, StructureExitForm } from "./shapes.ts";
import { accompanimentSheet } from "./sheet.tsx";
import { endAccompaniment, passStage, resumeAccompaniment, withdrawAccompaniment } from "./writes.ts";

async function accompanimentAt(at: At<unknown>): Promise<Accompaniment | null> {
  const id = at.params.accompaniment ?? "";
  const found = isUuid(id) ? await accompanimentById(at.tx, id) : null;
  return found && mayIn(at.scope, rights["enrolment.see"], { site: found.site, programme: found.programme })
    ? found
    : null;
}

type Outcome =
  | { said: string; details?: Record<string, unknown> }
  | { mistakes: Record<string, string> }
  | "stale"
  | "absent";

function act<F extends FormShape>(
  routes: Routes,
  name: string,
  trace: string,
  shape: F,
  work: (at: At<z.infer<F>>, one: Accompaniment) => Promise<Outcome>,
): void {
  const again = (at: At<unknown>, one: Accompaniment, mistakes: Readonly<Record<string, string>>, status = 422) =>
    accompanimentSheet(at, one, { act: name, mistakes, values: firstValues(at.typed), status });
  routes.post(
    `/structures-accompagnees/:accompaniment/${name}`,
    {
      right: rights["enrolment.write"],
      trace,
      form: shape,
      async onMistakes(at, { fields }) {
        const one = await accompanimentAt(at);
        return one ? again(at, one, fields) : notFound("Cet accompagnement");
      },
    },
    async (at) => {
      const one = await accompanimentAt(at);
      if (!one) return notFound("Cet accompagnement");
      if (!mayIn(at.scope, rights["enrolment.write"], { site: one.site, programme: one.programme }))
        return refusal(403, "Votre rôle ne note rien dans ce lieu et ce dispositif.");
      if (one.withdrawn !== null && name !== "remise")
        return refusal(409, "Cet accompagnement a été retiré : remettez-le d’abord.");
      const outcome = await work(at, one);
      if (outcome === "absent") return notFound("Ce que vous modifiez");
      if (outcome === "stale")
        return again(
          at,
          (await accompanimentAt(at)) ?? one,
          { "": "Cet accompagnement a été modifié entre-temps : voici ce qu’il dit maintenant." },
          409,
        );
      if ("mistakes" in outcome) return again(at, one, outcome.mistakes);
      at.about("accompaniment", one.id, outcome.details);
      return redirect(`/structures-accompagnees/${one.id}`, outcome.said);
    },
  );
}

export function declareAccompaniment(routes: Routes): void {
  routes.get(
    "/structures-accompagnees/:accompaniment",
    { right: rights["enrolment.see"], trace: "accompaniment.opened" },
    async (at) => {
      const one = await accompanimentAt(at);
      if (!one) return notFound("Cet accompagnement");
      at.about("structure", one.structure, { accompaniment: one.id });
      return accompanimentSheet(at, one);
    },
  );
  act(routes, "etapes", "accompaniment.stage", StageForm, async (at, one) => {
    const stage = (await stagesOf(at.tx, one.programme)).find((each) => each.id === at.form.etape);
    if (!stage) return "absent";
    const day = at.form.jour === "" ? null : at.form.jour;
    if (day !== null && (day < one.entryOn || day > at.tx.today))
      return { mistakes: { jour: "Une étape se franchit entre l’entrée et aujourd’hui." } };
    await passStage(at.tx, one.id, stage.id, day);
    return {
      said: day ? `« ${stage.label} » : franchie le ${shortDay(day)}.` : `« ${stage.label} » n’est plus notée.`,
      details: { stage: stage.label, day },
    };
  });
  act(routes, "sortie", "accompaniment.exited", StructureExitForm, async (at, one) => {
    const { form } = at;
    const word = offered(await wordsOf(at.tx, one.programme), at.tx.today).find(
      (each) => each.id === form.mot && each.place !== "path",
    );
    if (!word) return { mistakes: { mot: "Choisissez le motif de la sortie." } };
    if (form.jour < one.entryOn) return { mistakes: { jour: "La sortie est avant l’entrée." } };
    if (form.jour > at.tx.today) return { mistakes: { jour: "La sortie est à venir." } };
    const exit = { day: form.jour, word: word.id, note: form.note || null };
    return (await endAccompaniment(at.tx, one, form.version, exit))
      ? {
          said: `La sortie est notée : ${word.label}, le ${shortDay(form.jour)}.`,
          details: { word: word.label, day: form.jour },
        }
      : "stale";
  });
  act(routes, "reprise", "accompaniment.resumed", AgainForm, async (at, one) =>
    (await resumeAccompaniment(at.tx, one.id, at.form.version))
      ? {
          said: "La sortie est annulée : la structure est encore accompagnée.",
          details: { exitOn: one.exitOn, word: one.exitWord, note: one.exitNote },
        }
      : "stale",
  );
  act(routes, "retrait", "accompaniment.withdrawn", ReasonForm, async (at, one) =>
    (await withdrawAccompaniment(at.tx, one.id, at.form.version, at.form.raison))
      ? { said: "L’accompagnement est retiré : il ne compte plus.", details: { reason: at.form.raison } }
      : "stale",
  );
  act(routes, "remise", "accompaniment.restored", AgainForm, async (at, one) =>
    (await withdrawAccompaniment(at.tx, one.id, at.form.version, null))
      ? { said: "L’accompagnement est remis : il compte de nouveau." }
      : "stale",
  );
}
