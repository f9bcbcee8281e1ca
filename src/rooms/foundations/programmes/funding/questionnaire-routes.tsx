// The questionnaire of a fund: sensitive questions, each "yes", "no" or "does not wish to answer"; its reading leaves a line in the journal.
import { z } from "zod";
import { type Answer as Answered, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary, RadioField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import { mayIn } from "../rights.ts";
import { answersOf } from "./answers.ts";
import type { Answer, Answers } from "./facts.ts";
import { fundedAt } from "./funded.ts";
import type { Participation } from "./participants.ts";
import { type Question, questionKeys, questions, questionsOf } from "./questions.ts";
import { fundingRights } from "./rights.ts";
import { answerWords } from "./words.ts";
import { recordAnswers } from "./writes.ts";

const codes: Readonly<Record<Answer, string>> = { yes: "oui", no: "non", refused: "refus" };
const answerOf = (code: string | undefined): Answer | null =>
  (Object.keys(codes) as Answer[]).find((answer) => codes[answer] === code) ?? null;

const QuestionnaireForm = z.looseObject({ version: z.coerce.number().int() });

/** The questions of the funds that pay for an enrolment, without those that the person's file answers. */
function asked(all: readonly Participation[], answers: Answers): Question[] {
  const wanted = new Set(all.flatMap(({ agreement }) => questionsOf(agreement.regime.code)));
  const facts = all[0]?.facts;
  const inFile: Partial<Record<Question, boolean>> = {
    handicap: facts?.rqth === "yes",
    third_country: facts?.nationality !== null,
  };
  return questionKeys.filter((key) => wanted.has(key) && (!inFile[key] || answers[key] !== undefined));
}

type Shown = { values: Readonly<Record<string, string>>; said?: string; status?: number };

function questionnaire(
  enrolment: Enrolment,
  keys: readonly Question[],
  { values, said, status = 200 }: Shown,
): Answered {
  const title = "Questionnaire du financeur";
  return page({
    title: `${title}, ${enrolment.personName}`,
    status,
    crumbs: [
      { href: `/parcours/${enrolment.id}`, label: enrolment.programmeTitle },
      { href: `/parcours/${enrolment.id}/financeur`, label: "Ce que le financeur demande" },
    ],
    body: (
      <>
        <Heading title={title}>
          {enrolment.personName}, {enrolment.programmeTitle}.
        </Heading>
        <ErrorSummary fields={said ? { "": said } : {}} />
        <Notice
          kind="info"
          text="La personne peut ne pas répondre, sans conséquence sur son accompagnement. Ces réponses ne servent qu’aux indicateurs du financeur."
        />
        {keys.length === 0 ? (
          <p>La fiche répond à toutes les questions.</p>
        ) : (
          <form method="post" action={`/parcours/${enrolment.id}/financeur/questionnaire`}>
            <input type="hidden" name="version" value={values.version ?? "0"} />
            <input type="hidden" name="retour" value={values.retour ?? ""} />
            {keys.map((key) => (
              <RadioField
                key={key}
                name={questions[key].code}
                label={questions[key].label}
                value={values[questions[key].code] ?? ""}
                inline
                options={[
                  ...(["yes", "no", "refused"] as const).map((answer) => ({
                    value: codes[answer],
                    label: answerWords[answer],
                  })),
                  { value: "", label: "pas encore demandé" },
                ]}
              />
            ))}
            <div class="submit">
              <button type="submit">Enregistrer les réponses</button>
            </div>
          </form>
        )}
      </>
    ),
  });
}

const valuesOf = ({ answers, version }: { answers: Answers; version: number }): Record<string, string> => ({
  version: String(version),
  ...Object.fromEntries(
    questionKeys.flatMap((key) => {
      const answer = answers[key];
      return answer ? [[questions[key].code, codes[answer]]] : [];
    }),
  ),
});

const closed = (at: At<unknown>, { site, programme }: Enrolment): Answered | null =>
  mayIn(at.scope, fundingRights["funding.answers"], { site, programme })
    ? null
    : refusal(403, "Votre rôle ne lit pas ces réponses dans ce lieu et ce dispositif.");

const absent = "Ce questionnaire";

export function declareQuestionnaire(routes: Routes): void {
  const right = fundingRights["funding.answers"];
  const path = "/parcours/:enrolment/financeur/questionnaire";
  routes.get(path, { right, trace: "funding.answers-read" }, async (at) => {
    const found = await fundedAt(at);
    if (!found) return notFound(absent);
    const { enrolment, all } = found;
    const shut = closed(at, enrolment);
    if (shut) return shut;
    at.about("person", enrolment.person, { enrolment: enrolment.id });
    const noted = await answersOf(at.tx, enrolment.id);
    const retour = at.query.retour === "liste" ? "liste" : "";
    return questionnaire(enrolment, asked(all, noted.answers), { values: { ...valuesOf(noted), retour } });
  });
  routes.post(
    path,
    {
      right,
      trace: "funding.answered",
      form: QuestionnaireForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const found = await fundedAt(at);
      if (!found) return notFound(absent);
      const { enrolment, all } = found;
      const shut = closed(at, enrolment);
      if (shut) return shut;
      const noted = await answersOf(at.tx, enrolment.id);
      const keys = asked(all, noted.answers);
      const typed = firstValues(at.typed);
      // What this form does not ask stays as it is.
      const answers: Answers = { ...noted.answers };
      const changed: Question[] = [];
      for (const key of keys) {
        const answer = answerOf(typed[questions[key].code]);
        if (answer !== (answers[key] ?? null)) changed.push(key);
        if (answer === null) delete answers[key];
        else answers[key] = answer;
      }
      const to = typed.retour === "liste" ? "/financements/a-completer" : `/parcours/${enrolment.id}/financeur`;
      const said = `Questionnaire de ${enrolment.personName}\u00a0: c’est noté.`;
      if (changed.length === 0) {
        at.nothingHappened();
        return redirect(to, said);
      }
      if (!(await recordAnswers(at.tx, enrolment.id, at.form.version, answers))) {
        const now = await answersOf(at.tx, enrolment.id);
        return questionnaire(enrolment, keys, {
          values: valuesOf(now),
          said: "Ces réponses ont été modifiées entre-temps\u00a0: voici ce qui est noté, reprenez ce qui doit changer.",
          status: 409,
        });
      }
      // Which questions, never what was answered.
      at.about("enrolment", enrolment.id, { questions: changed });
      return redirect(to, said);
    },
  );
}
