// One short form: an interview planned, or noted after it was held; and the same form to change it.
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { nameOf, personByCode, personById } from "../../people/door.ts";
import { choicesFor } from "../choices.ts";
import { conflictsOf } from "../conflicts.ts";
import { rights } from "../rights.ts";
import { InterviewFields, Taken } from "./form.tsx";
import { crumbs, interviewOf, momentOf, nowOf, statusOf, whoOf } from "./one.ts";
import { type InterviewLine, listTemplates } from "./reads.ts";
import { dayRefusal, type InterviewWish, isToCome, statusAt } from "./rules.ts";
import { InterviewChangeForm, InterviewForm } from "./shapes.ts";
import { optionsOf, readerWords } from "./words.ts";
import { changeInterview, recordInterview, writeNote } from "./writes.ts";

type Shown = {
  values: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  taken?: readonly string[];
  status?: number;
  stale?: InterviewLine;
};

type Fields = {
  dispositif: string | null;
  lieu: string;
  conseiller: string | null;
  jour: string;
  heure: string | null;
  duree: number | null;
  mode: InterviewWish["mode"];
  salle: string | null;
};

const wishOf = (form: Fields): InterviewWish => ({
  programmeId: form.dispositif,
  siteId: form.lieu,
  accountId: form.conseiller,
  startsOn: form.jour,
  startsAt: form.heure,
  minutes: form.duree,
  mode: form.mode,
  placeId: form.salle,
});

const takenBy = (at: At<unknown>, wish: InterviewWish, except?: string) =>
  conflictsOf(at.tx, {
    day: wish.startsOn,
    at: wish.startsAt,
    minutes: wish.minutes,
    accounts: wish.accountId ? [wish.accountId] : [],
    place: wish.placeId,
    ...(except ? { except } : {}),
  });

const notThere = () => refusal(403, "Votre rôle ne permet pas de noter un entretien dans ce lieu.");

async function recording(at: At<unknown>, { values, mistakes = {}, taken = [], status = 200 }: Shown): Promise<Answer> {
  const [choices, templates] = await Promise.all([
    choicesFor(at.tx, rights["interview.record"]),
    listTemplates(at.tx, true),
  ]);
  if (choices.sites.length === 0) return notThere();
  const person = isUuid(values.personne ?? "") ? await personById(at.tx, values.personne ?? "") : null;
  if (person) at.about("person", person.id);
  const who = person ? nameOf(person) : null;
  return page({
    title: "Noter un entretien",
    status,
    crumbs: person ? [{ href: `/personnes/${person.id}`, label: who ?? "" }] : crumbs,
    body: (
      <>
        <Heading title={who ? `Un entretien avec ${who}` : "Un entretien"}>
          Prévu ou déjà tenu : le jour et l’heure le disent.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/entretiens" data-draft="entretien">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} data-keep="1" />
          <Taken sentences={taken} />
          {person ? (
            <input type="hidden" name="personne" value={person.id} />
          ) : (
            <TextField
              name="code"
              label="Personne"
              hint="code de sa fiche, ou ancien numéro"
              value={values.code}
              error={mistakes.code}
              maxlength={40}
            />
          )}
          <InterviewFields
            choices={choices}
            values={{ lieu: choices.sites[0]?.value ?? "", conseiller: at.scope.account ?? "", ...values }}
            mistakes={mistakes}
          />
          {templates.length > 0 && person ? (
            <p class="no-print">
              Partir d’un modèle :{" "}
              {templates.map((template, turn) => (
                <span key={template.id}>
                  {turn > 0 ? " · " : ""}
                  <Link href={`/entretiens/nouveau?personne=${person.id}&modele=${template.id}`}>{template.title}</Link>
                </span>
              ))}
            </p>
          ) : null}
          <TextAreaField
            name="note"
            maxlength={8000}
            label="Note"
            hint="Elle ne sort dans aucun export. La personne peut en demander la lecture."
            required={false}
            value={values.note}
            error={mistakes.note}
          />
          <SelectField
            name="lecteur"
            label="Qui peut lire la note"
            value={values.lecteur ?? "referents"}
            error={mistakes.lecteur}
            options={optionsOf(readerWords)}
          />
          <div class="submit">
            <button type="submit">{taken.length > 0 ? "Enregistrer quand même" : "Enregistrer"}</button>
          </div>
        </form>
      </>
    ),
  });
}

async function changing(
  at: At<unknown>,
  interview: InterviewLine,
  { values, mistakes = {}, taken = [], status = 200, stale }: Shown,
): Promise<Answer> {
  at.about("interview", interview.id);
  const choices = await choicesFor(at.tx, rights["interview.record"]);
  return page({
    title: "Modifier un entretien",
    status,
    crumbs: [...crumbs, { href: `/entretiens/${interview.id}`, label: whoOf(interview) }],
    body: (
      <>
        <Heading title={`Modifier l’entretien avec ${whoOf(interview)}`}>
          {momentOf(interview)}, {interview.site}
        </Heading>
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cet entretien entre-temps.</strong> Il dit maintenant : {momentOf(stale)},{" "}
            {stale.site}, {statusOf(stale)}. Votre saisie est ci-dessous.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/entretiens/${interview.id}/modifier`}>
          <input type="hidden" name="version" value={String((stale ?? interview).version)} />
          <Taken sentences={taken} />
          <InterviewFields choices={choices} values={values} mistakes={mistakes} />
          <div class="submit">
            <button type="submit">{taken.length > 0 ? "Enregistrer quand même" : "Enregistrer"}</button>
            <Link href={`/entretiens/${interview.id}`}>Ne rien changer</Link>
          </div>
        </form>
      </>
    ),
  });
}

const valuesOf = (interview: InterviewLine): Record<string, string> => ({
  jour: shortDay(interview.startsOn),
  heure: interview.startsAt ?? "",
  duree: interview.minutes === null ? "" : String(interview.minutes),
  mode: interview.mode,
  lieu: interview.siteId,
  salle: interview.placeId ?? "",
  conseiller: interview.accountId ?? "",
  dispositif: interview.programmeId ?? "",
});

export function declareRecording(routes: Routes): void {
  const right = rights["interview.record"];
  routes.get("/entretiens/nouveau", { right, trace: "interview.form-opened" }, async (at) => {
    const template = (await listTemplates(at.tx, true)).find((one) => one.id === at.query.modele);
    return recording(at, {
      values: {
        personne: at.query.personne ?? "",
        jour: shortDay(at.tx.today),
        duree: "45",
        ...(template ? { note: template.text } : {}),
      },
    });
  });

  routes.post(
    "/entretiens",
    {
      right,
      trace: "interview.recorded",
      form: InterviewForm,
      onMistakes: (at, { fields, typed }) =>
        recording(at, { values: firstValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { form, tx } = at;
      const values = firstValues(at.typed);
      const wrong = (field: string, sentence: string) =>
        recording(at, { values, mistakes: { [field]: sentence }, status: 422 });
      if (!may(at.scope, right, { site: form.lieu })) return notThere();
      const person = form.personne ?? (form.code ? (await personByCode(tx, form.code))?.id : null);
      if (!person)
        return wrong("code", form.code ? `Le code ${form.code} n’est celui d’aucune fiche.` : "Écrivez le code.");
      const wish = wishOf(form);
      const refused = dayRefusal(wish.startsOn, tx.today);
      if (refused) return wrong("jour", refused);
      const taken = form.malgre ? [] : await takenBy(at, wish, form.key);
      if (taken.length > 0) return recording(at, { values, taken, status: 422 });
      const status = statusAt(wish, tx.today, nowOf(at));
      const recorded = await recordInterview(tx, form.key, person, wish, status);
      if (!recorded.ok) return wrong(recorded.field, recorded.sentence);
      if (!recorded.made) at.nothingHappened();
      else if (form.note)
        await writeNote(tx, { id: tx.ids.uuid(), interview: form.key, text: form.note, reader: form.lecteur });
      at.about("interview", form.key, { site: form.lieu, person });
      return redirect(
        `/entretiens/${form.key}`,
        status === "planned" ? "Le rendez-vous est noté." : "L’entretien est noté.",
      );
    },
  );

  routes.get("/entretiens/:interview/modifier", { right, trace: "interview.opened" }, async (at) => {
    const interview = await interviewOf(at, right);
    return interview ? changing(at, interview, { values: valuesOf(interview) }) : notFound("Cet entretien");
  });

  routes.post(
    "/entretiens/:interview/modifier",
    {
      right,
      trace: "interview.changed",
      form: InterviewChangeForm,
      async onMistakes(at, { fields, typed }) {
        const interview = await interviewOf(at, right);
        if (!interview) return notFound("Cet entretien");
        return changing(at, interview, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const interview = await interviewOf(at, right);
      if (!interview) return notFound("Cet entretien");
      const { form, tx } = at;
      const values = firstValues(at.typed);
      const wrong = (field: string, sentence: string) =>
        changing(at, interview, { values, mistakes: { [field]: sentence }, status: 422 });
      if (!may(at.scope, right, { site: form.lieu })) return notThere();
      const wish = wishOf(form);
      const moved = wish.startsOn !== interview.startsOn;
      const refused = moved ? dayRefusal(wish.startsOn, tx.today) : null;
      if (refused) return wrong("jour", refused);
      const taken = form.malgre ? [] : await takenBy(at, wish, interview.id);
      if (taken.length > 0) return changing(at, interview, { values, taken, status: 422 });
      // A moment changed from past to future, or back, says again whether it is planned; what was said of it otherwise stays.
      const now = nowOf(at);
      const crossed = isToCome(wish, tx.today, now) !== isToCome(interview, tx.today, now);
      const status = interview.status === "cancelled" || !crossed ? interview.status : statusAt(wish, tx.today, now);
      const changed = await changeInterview(tx, interview, form.version, wish, status);
      if (!changed.ok)
        return "stale" in changed
          ? changing(at, interview, { values, status: 409, stale: changed.stale })
          : wrong(changed.field, changed.sentence);
      at.about("interview", interview.id);
      return redirect(`/entretiens/${interview.id}`, "L’entretien est modifié.");
    },
  );
}
