// What somebody who was asked sees behind their link: the questions, in easy French, once. Nothing here is written in the journal: a line
// would tell when they answered.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { byLink, spendLink } from "../../messages/door.ts";
import { surveyLink } from "./inviting.ts";
import { type Question, questionsOf, type Survey, surveyById } from "./reads.ts";
import { firstValues } from "./shapes.ts";
import { QuestionFields } from "./sheet.tsx";
import { keepAnswers, sheetOf } from "./writes.ts";

const silent = { none: "an anonymous answer leaves no line: a line would tell when it was given" };

const gone = (): Answer =>
  refusal(
    404,
    "Ce lien a déjà servi, ou son délai est passé. Si vous venez de répondre, votre réponse est arrivée : merci.",
  );

type Shown = {
  house: string;
  token: string;
  survey: Survey;
  questions: readonly Question[];
  values?: Record<string, string>;
  mistake?: string;
};

const show = ({ house, token, survey, questions, values = {}, mistake }: Shown): Answer =>
  page({
    title: "Votre avis",
    status: mistake ? 422 : 200,
    bare: true,
    body: (
      <>
        <Heading title="Votre avis">
          {house} vous demande ce que vous pensez de{"\u00a0"}: {survey.programme}.
        </Heading>
        {survey.intro ? <p>{survey.intro}</p> : null}
        <p>
          Personne ne saura que c’est vous. Vous pouvez laisser une question sans réponse. Le lien sert une seule fois.
        </p>
        {mistake ? <ErrorSummary fields={{ "": mistake }} /> : null}
        <form method="post" action={`/${surveyLink}/${token}`}>
          <div class="fields">
            <QuestionFields questions={questions} values={values} />
          </div>
          <button type="submit">Envoyer mes réponses</button>
        </form>
      </>
    ),
  });

export function declareSurveyAnswer(routes: Routes): void {
  routes.openGet("/enquete/merci", { right: "anyone", trace: silent }, () =>
    page({
      title: "Merci",
      bare: true,
      body: <Heading title="Merci">Votre réponse est arrivée. Vous pouvez fermer cette page.</Heading>,
    }),
  );

  routes.openGet("/enquete/:token", { right: "anyone", trace: silent }, async (at) => {
    const token = at.params.token ?? "";
    const shown = await byLink(at.services, surveyLink, token, async (tx, record) => {
      const survey = await surveyById(tx, record);
      if (!survey) return null;
      return show({ house: tx.scope.houseName, token, survey, questions: await questionsOf(tx, record, tx.today) });
    });
    return shown ?? gone();
  });

  routes.openPost(
    "/enquete/:token",
    { right: "anyone", trace: silent, form: z.looseObject({}), onMistakes: () => gone() },
    async (at) => {
      const token = at.params.token ?? "";
      const done = await byLink(at.services, surveyLink, token, async (tx, record) => {
        const survey = await surveyById(tx, record);
        if (!survey) return null;
        const questions = await questionsOf(tx, record, tx.today);
        const sheet = sheetOf(questions, at.typed);
        if (sheet.size === 0)
          return show({
            house: tx.scope.houseName,
            token,
            survey,
            questions,
            values: firstValues(at.typed),
            mistake: "Choisissez au moins une réponse.",
          });
        // The link and the answers go together: of two who hold it, one is heard.
        if (!(await spendLink(tx, token))) return null;
        await keepAnswers(tx, record, sheet);
        return redirect("/enquete/merci");
      });
      return done ?? gone();
    },
  );
}
