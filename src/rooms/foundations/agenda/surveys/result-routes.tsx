// What a survey gave: each criterion with its share and its base, the return rate, the answers as a file, paper sheets.

import { z } from "zod";
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { monthName, plural, shortDay } from "../../../../ui/words.ts";
import { surveyOf } from "./edit-routes.tsx";
import {
  type AnswerLine,
  answerCounts,
  answerList,
  type PaperSheet,
  paperSheets,
  questionsOf,
  returnOf,
  type Survey,
} from "./reads.ts";
import { surveyRights } from "./rights.ts";
import { monthOf, returnWords, shareWords } from "./rules.ts";
import { firstValues, PaperForm } from "./shapes.ts";
import { QuestionFields } from "./sheet.tsx";
import { answersOf, sentAfterWords, shown } from "./words.ts";
import { countPaper, keepPaper, sheetOf } from "./writes.ts";

type Period = { from: string; to: string };

/** The period that the address asks for; this year until today when it asks for none. */
function periodOf(at: At<unknown>): { period: Period; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, usual: string): string => {
    const typed = at.query[name]?.trim() ?? "";
    if (typed === "") return usual;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return usual;
  };
  const to = dayOf("a", at.tx.today);
  const from = dayOf("de", `${to.slice(0, 4)}-01-01`);
  if (from > to) mistakes.de ??= "Le premier jour vient après le dernier.";
  return { period: { from, to }, mistakes };
}

type Row = {
  id: string;
  label: string;
  best: string;
  base: number;
  counts: ReadonlyMap<string, number>;
  scale: string;
};

/** Criteria that are asked, or that have answers in the period. */
async function resultsOf(at: At<unknown>, survey: Survey, period: Period): Promise<Row[]> {
  const counts = await answerCounts(at.tx, survey.id, period);
  return (await questionsOf(at.tx, survey.id)).flatMap((question) => {
    const given = counts.get(question.id) ?? new Map<string, number>();
    const base = [...given.values()].reduce((sum, count) => sum + count, 0);
    if (base === 0 && question.to_day !== null) return [];
    const [best = ""] = Object.keys(answersOf(question.scale));
    return [{ id: question.id, label: question.label, best, base, counts: given, scale: question.scale }];
  });
}

const exported: readonly ListColumn<AnswerLine>[] = [
  { label: "Mois", cell: (answer) => answer.month },
  { label: "Critère", cell: (answer) => answer.label },
  { label: "Réponse", cell: (answer) => answersOf(answer.scale)[answer.answer] ?? answer.answer },
];

function Paper({ survey, sheets }: { survey: Survey; sheets: readonly PaperSheet[] }) {
  return (
    <section class="no-print">
      <h2>Feuilles de papier</h2>
      <p>
        <a href={`/enquetes/${survey.id}/saisie`}>Saisir une feuille</a>
      </p>
      <DataTable
        caption="Dernières feuilles saisies"
        hideCaption
        rows={sheets}
        rowKey={(sheet) => sheet.id}
        empty={<p>Aucune feuille saisie.</p>}
        columns={[
          {
            key: "month",
            label: "Mois",
            header: true,
            render: (sheet) => monthName(sheet.month.slice(0, 7)),
          },
          { key: "state", label: "État", render: (sheet) => (sheet.withdrawn ? "retirée, ne compte plus" : "compte") },
          {
            key: "act",
            label: "Se corrige",
            render: (sheet) => (
              <form
                method="post"
                action={`/enquetes/${survey.id}/feuilles/${sheet.id}/${sheet.withdrawn ? "retour" : "retrait"}`}
              >
                <button type="submit" class="plain">
                  {sheet.withdrawn ? "Remettre" : "Retirer"}
                </button>
              </form>
            ),
          },
        ]}
      />
    </section>
  );
}

async function resultsPage(at: At<unknown>, survey: Survey): Promise<Answer> {
  const { period, mistakes } = periodOf(at);
  const rows = await resultsOf(at, survey, period);
  const { byLink, onPaper, sent } = await returnOf(at.tx, survey.id, period);
  const count = rows.reduce((sum, row) => sum + row.base, 0);
  const enters = may(at.scope, surveyRights["survey.enter"]);
  const query = new URLSearchParams({ de: shortDay(period.from), a: shortDay(period.to) });
  return page({
    title: survey.title,
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/enquetes", label: "Enquêtes" }],
    body: (
      <>
        <Heading
          title={survey.title}
          {...(may(at.scope, surveyRights["survey.edit"])
            ? { action: { href: `/enquetes/${survey.id}/modifier`, label: "Modifier l’enquête" } }
            : {})}
        >
          {survey.programme}. Envoyée{" "}
          {survey.sent_after === "nothing"
            ? sentAfterWords.nothing
            : `${plural(survey.delay_days, "jour", "jours")} ${sentAfterWords[survey.sent_after]}`}
          .
        </Heading>
        <form method="get" action={`/enquetes/${survey.id}`} class="filters">
          <DateField
            name="de"
            label="Du"
            value={mistakes.de ? at.query.de : shortDay(period.from)}
            error={mistakes.de}
          />
          <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(period.to)} error={mistakes.a} />
          <button type="submit" class="second">
            Montrer
          </button>
        </form>
        <p>
          Retour{"\u00a0"}: {returnWords(byLink, sent)}. {plural(onPaper, "feuille de papier", "feuilles de papier")}.
          En tout, {plural(count, "réponse à un critère", "réponses à un critère")}.
        </p>
        {count > 0 ? (
          <p class="no-print">
            <ExportLink
              href={`/enquetes/${survey.id}/export.csv?${query}`}
              count={count}
              words={["cette réponse", "réponse", "réponses"]}
            />
          </p>
        ) : null}
        <DataTable
          caption="Réponses par critère"
          hideCaption
          rows={rows}
          rowKey={(row) => row.id}
          empty={<p>Cette enquête n’a pas encore de question.</p>}
          columns={[
            { key: "label", label: "Critère", header: true, render: (row) => shown(row.label) },
            {
              key: "share",
              label: "La meilleure réponse",
              render: (row) =>
                `${answersOf(row.scale)[row.best] ?? ""}\u00a0: ${shareWords(row.counts.get(row.best) ?? 0, row.base)}`,
            },
            {
              key: "all",
              label: "Toutes les réponses",
              render: (row) =>
                Object.entries(answersOf(row.scale))
                  .map(([code, word]) => `${word} ${row.counts.get(code) ?? 0}`)
                  .join(", "),
            },
          ]}
        />
        <p class="hint">
          Une réponse n’est liée à personne{"\u00a0"}: elle ne garde que son mois. Une période commence donc au premier
          d’un mois. Les réponses reprises d’un autre outil gardent leur jour.
        </p>
        {enters ? <Paper survey={survey} sheets={await paperSheets(at.tx, survey.id)} /> : null}
      </>
    ),
  });
}

async function paperPage(
  at: At<unknown>,
  survey: Survey,
  { values = {}, mistakes = {} }: { values?: Record<string, string>; mistakes?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  return page({
    title: "Saisir une feuille",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [
      { href: "/enquetes", label: "Enquêtes" },
      { href: `/enquetes/${survey.id}`, label: survey.title },
    ],
    body: (
      <>
        <Heading title="Saisir une feuille">
          {survey.title}, {survey.programme}. N’écrivez aucun nom{"\u00a0"}: seul le mois est gardé.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/enquetes/${survey.id}/saisie`}>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <div class="fields">
            <DateField
              name="jour"
              label="Jour de la feuille"
              hint="jj/mm/aaaa ; vide : aujourd’hui"
              value={values.jour}
              error={mistakes.jour}
            />
            <QuestionFields questions={await questionsOf(at.tx, survey.id, at.tx.today)} values={values} />
          </div>
          <button type="submit">Enregistrer et saisir la suivante</button>
        </form>
      </>
    ),
  });
}

export function declareResults(routes: Routes): void {
  const see = surveyRights["survey.see"];
  const enter = surveyRights["survey.enter"];
  routes.get("/enquetes/:survey", { right: see, trace: "survey.opened" }, async (at) => {
    const survey = await surveyOf(at);
    if (!survey) return notFound("Cette enquête");
    at.about("survey", survey.id);
    return resultsPage(at, survey);
  });

  routes.get("/enquetes/:survey/export.csv", { right: see, trace: "survey.exported" }, async (at) => {
    const survey = await surveyOf(at);
    if (!survey) return notFound("Cette enquête");
    const { period, mistakes } = periodOf(at);
    if (Object.keys(mistakes).length > 0) return refusal(422, Object.values(mistakes).join(" "));
    at.about("survey", survey.id, { ...period });
    return csvFile(
      `enquete-${period.from}-${period.to}`,
      exported,
      readInBatches<AnswerLine>(at.tx, { compile: () => answerList(at.tx, survey.id, period).compile(at.tx.on()) }),
    );
  });

  routes.get("/enquetes/:survey/saisie", { right: enter, trace: { none: "an empty form" } }, async (at) => {
    const survey = await surveyOf(at);
    return survey ? paperPage(at, survey) : notFound("Cette enquête");
  });
  routes.post(
    "/enquetes/:survey/saisie",
    {
      right: enter,
      trace: "survey.paper-entered",
      form: PaperForm,
      async onMistakes(at, { fields, typed }) {
        const survey = await surveyOf(at);
        return survey
          ? paperPage(at, survey, { values: firstValues(typed), mistakes: fields })
          : notFound("Cette enquête");
      },
    },
    async (at) => {
      const survey = await surveyOf(at);
      if (!survey) return notFound("Cette enquête");
      const wrong = (mistakes: Record<string, string>) =>
        paperPage(at, survey, { values: firstValues(at.typed), mistakes });
      const day = at.form.jour ?? at.tx.today;
      if (day > at.tx.today) return wrong({ jour: "Ce jour n’est pas encore venu." });
      const sheet = sheetOf(await questionsOf(at.tx, survey.id, at.tx.today), at.typed);
      if (sheet.size === 0) return wrong({ "": "Cochez au moins une réponse." });
      if (await keepPaper(at.tx, survey.id, at.form.key, monthOf(day), sheet)) at.about("survey", survey.id);
      else at.nothingHappened();
      return redirect(`/enquetes/${survey.id}/saisie`, "La feuille est enregistrée. À la suivante.");
    },
  );

  for (const [act, counts, trace, said] of [
    ["retrait", false, "survey.paper-withdrawn", "La feuille ne compte plus."],
    ["retour", true, "survey.paper-restored", "La feuille compte de nouveau."],
  ] as const)
    routes.post(
      `/enquetes/:survey/feuilles/:sheet/${act}`,
      { right: enter, trace, form: z.object({}), onMistakes: () => notFound("Cette feuille") },
      async (at) => {
        const survey = await surveyOf(at);
        const sheet = at.params.sheet ?? "";
        if (!survey || !isUuid(sheet)) return notFound("Cette feuille");
        if (await countPaper(at.tx, survey.id, sheet, counts)) at.about("survey", survey.id, { sheet });
        else at.nothingHappened();
        return redirect(`/enquetes/${survey.id}`, said);
      },
    );
}
