// Jobs in culture: an action noted, opened, changed.
import { z } from "zod";
import { type Answer, type Crumb, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { countField, neededField, neededLine, uuidField, versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, RadioField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { namedStructure } from "../naming.ts";
import { projectRights as rights } from "../projects/rights.ts";
import { states } from "../projects/shapes.ts";
import { optionsOf, projectStateWords } from "../projects/words.ts";
import { jobList } from "./list.tsx";
import { changeJob, type JobLine, type JobWish, jobById, planJob } from "./reads.ts";
import { jobKindWords } from "./words.ts";

const crumb: Crumb = { href: "/culture/metiers", label: "Métiers de la culture" };
const line = z.string().default("").transform(oneLine).pipe(z.string().max(200, "Au plus 200 signes."));
const fields = {
  titre: neededLine("Donnez un titre à l’action.", 200),
  genre: z.enum(
    ["discovery", "immersion", "advice", "training", "recruitment", "sponsorship"],
    "Choisissez dans la liste.",
  ),
  structure: line,
  jour: neededField(readDay, "Écrivez le jour."),
  etat: z.enum(states, "Choisissez dans la liste."),
  raison: line,
  participants: countField(0, 99_999),
  note: z.string().trim().max(4000, "Au plus 4 000 signes.").default(""),
};
function together(form: { etat: string; raison: string }, context: z.RefinementCtx): void {
  if (form.etat === "cancelled" && form.raison.length < 3)
    context.addIssue({ code: "custom", path: ["raison"], message: "Dites pourquoi l’action est annulée." });
}
const NewJob = z.object({ ...fields, key: uuidField }).superRefine(together);
const ChangedJob = z.object({ ...fields, version: versionField }).superRefine(together);

function Fields({ values, mistakes }: { values: Record<string, string>; mistakes: Record<string, string> }) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <div class="fields">
      <TextField {...field("titre")} label="Titre" />
      <SelectField {...field("genre")} label="Genre" empty="choisir" options={optionsOf(jobKindWords)} />
      <TextField {...field("structure")} label="Acteur culturel" hint="Son nom, ou son numéro SIRET" required={false} />
      <DateField {...field("jour")} label="Jour" />
      <RadioField {...field("etat")} label="État" options={optionsOf(projectStateWords)} />
      <TextField {...field("raison")} label="Pourquoi, si elle est annulée" required={false} />
      <TextField
        {...field("participants")}
        label="Participants"
        hint="Vide : non renseigné"
        inputmode="numeric"
        width="short"
        required={false}
      />
      <TextAreaField {...field("note")} label="Note" hint="Sans nom de personne" rows={3} required={false} />
    </div>
  );
}

type JobForm = Omit<z.infer<typeof NewJob>, "key">;
async function wishOf({ form, tx }: At<JobForm>): Promise<{ wish: JobWish } | { fields: Record<string, string> }> {
  const named = await namedStructure(tx, form.structure);
  if (!named.ok) return { fields: { structure: named.sentence } };
  const { genre: kind, titre: title, etat: state, participants, note } = form;
  const reason = state === "cancelled" ? form.raison : null;
  return {
    wish: { kind, title, state, participants, note, reason, day: form.jour ?? tx.today, structureId: named.id },
  };
}

function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const values: Record<string, string> = { etat: "planned", ...firstValues(at.typed) };
  return page({
    title: "Noter une action",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [crumb],
    body: (
      <>
        <Heading title="Noter une action">
          Une découverte, une immersion, un entretien, une formation, un recrutement ou un parrainage.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/metiers/nouvelle">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <Fields values={values} mistakes={mistakes} />
          <button type="submit">Noter l’action</button>
        </form>
      </>
    ),
  });
}

const valuesOf = (job: JobLine): Record<string, string> => ({
  titre: job.title,
  genre: job.kind,
  structure: job.structure ?? "",
  jour: shortDay(job.day),
  etat: job.state,
  raison: job.reason ?? "",
  participants: job.participants === null ? "" : String(job.participants),
  note: job.note,
});

function show(
  at: At<unknown>,
  job: JobLine,
  told: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Answer {
  const mistakes = told.mistakes ?? {};
  const values = told.stale || told.mistakes ? firstValues(at.typed) : valuesOf(job);
  return page({
    title: job.title,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [crumb],
    ...(told.stale
      ? {
          notice: {
            kind: "warn",
            text: "Cette action a changé entre-temps : voici ce qu’elle est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={job.title}>
          {jobKindWords[job.kind]}, le {shortDay(job.day)}, {projectStateWords[job.state]}.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            {
              label: "Acteur culturel",
              value: job.structureId ? <a href={`/structures/${job.structureId}`}>{job.structure}</a> : null,
            },
            { label: "Participants", value: job.participants === null ? null : String(job.participants) },
            ...(job.reason ? [{ label: "Annulée", value: job.reason }] : []),
            { label: "Note", value: job.note || null },
          ]}
        />
        {may(at.scope, rights["culture-job.write"]) ? (
          <>
            <h2>Modifier l’action</h2>
            <form method="post" action={`/culture/metiers/${job.id}`}>
              <input type="hidden" name="version" value={String(job.version)} />
              <Fields values={values} mistakes={mistakes} />
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export function declareJobs(routes: Routes): void {
  const write = rights["culture-job.write"];
  declareList(routes, jobList);
  routes.get("/culture/metiers/nouvelle", { right: write, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    "/culture/metiers/nouvelle",
    {
      right: write,
      trace: "culture-job.planned",
      form: NewJob,
      onMistakes: (at, { fields: said }) => newPage(at, said),
    },
    async (at) => {
      const asked = await wishOf(at);
      if ("fields" in asked) return newPage(at, asked.fields);
      const { key } = at.form;
      if (await planJob(at.tx, key, asked.wish)) at.about("culture-job", key, { kind: asked.wish.kind });
      else at.nothingHappened();
      return redirect(`/culture/metiers/${key}`, "L’action est notée.");
    },
  );
  const found = async (at: At<unknown>): Promise<JobLine | null> => {
    const id = at.params.action ?? "";
    return isUuid(id) ? jobById(at.tx, id) : null;
  };
  const gone = "Cette action";
  routes.get(
    "/culture/metiers/:action",
    { right: rights["culture-job.see"], trace: "culture-job.opened" },
    async (at) => {
      const job = await found(at);
      if (!job) return notFound(gone);
      at.about("culture-job", job.id);
      return show(at, job);
    },
  );
  routes.post(
    "/culture/metiers/:action",
    {
      right: write,
      trace: "culture-job.changed",
      form: ChangedJob,
      async onMistakes(at, { fields: said }) {
        const job = await found(at);
        return job ? show(at, job, { mistakes: said }) : notFound(gone);
      },
    },
    async (at) => {
      const job = await found(at);
      if (!job) return notFound(gone);
      const asked = await wishOf(at);
      if ("fields" in asked) return show(at, job, { mistakes: asked.fields });
      if (!(await changeJob(at.tx, job.id, at.form.version, asked.wish))) return show(at, job, { stale: true });
      at.about("culture-job", job.id, { state: asked.wish.state });
      return redirect(`/culture/metiers/${job.id}`, "L’action est enregistrée.");
    },
  );
}
