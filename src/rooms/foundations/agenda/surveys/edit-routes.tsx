// Surveys of the house as a list, one prepared, one changed.
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { SelectField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { listProgrammes } from "../../programmes/door.ts";
import { firstOf, SurveyFields, type Values, valuesOf } from "./form.tsx";
import { questionsOf, type Survey, type SurveyLine, surveyById, surveyList } from "./reads.ts";
import { surveyRights } from "./rights.ts";
import { returnWords } from "./rules.ts";
import { ChangeSurveyForm, firstValues, NewSurveyForm, wishOf } from "./shapes.ts";
import { sentAfterWords } from "./words.ts";
import { changeSurvey, createSurvey } from "./writes.ts";

type Shown = { values?: Values; mistakes?: Readonly<Record<string, string>>; stale?: Survey };

const stateOf = (survey: Survey, today: string): string =>
  survey.to_day !== null && survey.to_day < today ? `terminée le ${shortDay(survey.to_day)}` : "en cours";

const exported = (today: string): readonly ListColumn<SurveyLine>[] => [
  { label: "Dispositif", cell: (survey) => survey.programme },
  { label: "Titre", cell: (survey) => survey.title },
  { label: "Envoyée", cell: (survey) => sentAfterWords[survey.sent_after] },
  { label: "État", cell: (survey) => stateOf(survey, today) },
  { label: "Invitations envoyées", cell: (survey) => survey.sent },
  { label: "Réponses par lien", cell: (survey) => survey.byLink },
  { label: "Feuilles de papier", cell: (survey) => survey.onPaper },
];

/** The survey of the address. */
export const surveyOf = async (at: At<unknown>): Promise<Survey | null> => {
  const id = at.params.survey ?? "";
  return isUuid(id) ? surveyById(at.tx, id) : null;
};

async function newPage(at: At<unknown>, { values = firstOf, mistakes = {} }: Shown = {}): Promise<Answer> {
  const programmes = await listProgrammes(at.tx);
  return page({
    title: "Préparer une enquête",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/enquetes", label: "Enquêtes" }],
    body: (
      <>
        <Heading title="Préparer une enquête" />
        <form method="post" action="/enquetes/nouvelle">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <SelectField
            name="dispositif"
            label="Dispositif"
            empty="choisir"
            value={values.dispositif}
            error={mistakes.dispositif}
            options={programmes.map((programme) => ({ value: programme.id, label: programme.label }))}
          />
          <SurveyFields values={values} mistakes={mistakes} />
          <button type="submit">Enregistrer l’enquête</button>
        </form>
      </>
    ),
  });
}

const changePage = (survey: Survey, { values = {}, mistakes = {}, stale }: Shown): Answer =>
  page({
    title: "Modifier l’enquête",
    status: stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [
      { href: "/enquetes", label: "Enquêtes" },
      { href: `/enquetes/${survey.id}`, label: survey.title },
    ],
    body: (
      <>
        <Heading title={`Modifier « ${survey.title} »`}>{survey.programme}</Heading>
        {stale ? (
          <Notice
            kind="warn"
            text={`Quelqu’un a modifié cette enquête entre-temps : elle s’appelle « ${stale.title} », est envoyée ${stale.delay_days} jours ${sentAfterWords[stale.sent_after]}. Votre saisie est ci-dessous.`}
          />
        ) : null}
        <form method="post" action={`/enquetes/${survey.id}/modifier`}>
          <input type="hidden" name="version" value={String((stale ?? survey).version)} />
          <SurveyFields values={values} mistakes={mistakes} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });

export function declareSurveys(routes: Routes): void {
  const see = surveyRights["survey.see"];
  const edit = surveyRights["survey.edit"];
  routes.get("/enquetes", { right: see, trace: "survey.listed" }, async (at) => {
    const surveys = await surveyList(at.tx);
    return page({
      title: "Enquêtes",
      body: (
        <>
          <Heading
            title="Enquêtes"
            {...(may(at.scope, edit) ? { action: { href: "/enquetes/nouvelle", label: "Préparer une enquête" } } : {})}
          >
            {plural(surveys.length, "enquête", "enquêtes")} de satisfaction. Les réponses sont anonymes.
          </Heading>
          {surveys.length > 0 ? (
            <p class="no-print">
              <ExportLink
                href="/enquetes/export.csv"
                count={surveys.length}
                words={["cette enquête", "enquête", "enquêtes"]}
              />
            </p>
          ) : null}
          <DataTable
            caption="Enquêtes"
            hideCaption
            rows={surveys}
            rowKey={(survey) => survey.id}
            empty={
              <p>
                Aucune enquête. On en prépare une par dispositif{"\u00a0"}: elle part d’elle-même après le premier
                entretien, ou se saisit sur papier.
              </p>
            }
            columns={[
              {
                key: "title",
                label: "Enquête",
                header: true,
                render: (survey) => <a href={`/enquetes/${survey.id}`}>{survey.title}</a>,
              },
              { key: "programme", label: "Dispositif", render: (survey) => survey.programme },
              { key: "state", label: "État", render: (survey) => stateOf(survey, at.tx.today) },
              { key: "return", label: "Retour", render: (survey) => returnWords(survey.byLink, survey.sent) },
              { key: "paper", label: "Papier", render: (survey) => plural(survey.onPaper, "feuille", "feuilles") },
            ]}
          />
        </>
      ),
    });
  });

  routes.get("/enquetes/export.csv", { right: see, trace: "survey.list-exported" }, async (at) =>
    csvFile("enquetes", exported(at.tx.today), [await surveyList(at.tx)]),
  );

  routes.get("/enquetes/nouvelle", { right: edit, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    "/enquetes/nouvelle",
    {
      right: edit,
      trace: "survey.created",
      form: NewSurveyForm,
      onMistakes: (at, { fields, typed }) => newPage(at, { values: firstValues(typed), mistakes: fields }),
    },
    async (at) => {
      const { key, dispositif } = at.form;
      if (!(await listProgrammes(at.tx)).some((programme) => programme.id === dispositif))
        return newPage(at, {
          values: firstValues(at.typed),
          mistakes: { dispositif: "Ce dispositif n’est pas de la maison." },
        });
      if (await createSurvey(at.tx, key, dispositif, wishOf(at.form))) at.about("survey", key);
      else at.nothingHappened();
      return redirect(`/enquetes/${key}`, "L’enquête est prête.");
    },
  );

  routes.get("/enquetes/:survey/modifier", { right: edit, trace: "survey.opened" }, async (at) => {
    const survey = await surveyOf(at);
    if (!survey) return notFound("Cette enquête");
    at.about("survey", survey.id);
    return changePage(survey, { values: valuesOf(survey, await questionsOf(at.tx, survey.id, at.tx.today)) });
  });
  routes.post(
    "/enquetes/:survey/modifier",
    {
      right: edit,
      trace: "survey.changed",
      form: ChangeSurveyForm,
      async onMistakes(at, { fields, typed }) {
        const survey = await surveyOf(at);
        return survey
          ? changePage(survey, { values: firstValues(typed), mistakes: fields })
          : notFound("Cette enquête");
      },
    },
    async (at) => {
      const survey = await surveyOf(at);
      if (!survey) return notFound("Cette enquête");
      const values = firstValues(at.typed);
      if (at.form.fin !== null && at.form.fin < survey.from_day)
        return changePage(survey, {
          values,
          mistakes: { fin: `Le dernier jour vient avant le premier, ${shortDay(survey.from_day)}.` },
        });
      if (!(await changeSurvey(at.tx, survey.id, at.form.version, wishOf(at.form))))
        return changePage(survey, { values, stale: (await surveyOf(at)) ?? survey });
      at.about("survey", survey.id);
      return redirect(`/enquetes/${survey.id}`, "L’enquête est modifiée.");
    },
  );
}
