// The answer of a structure to a campaign, by the link of its letter: no account, thirty seconds.
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { dayWithoutWeekday } from "../../../../ui/words.ts";
import { byLink } from "../../messages/door.ts";
import { AnswerFields, AnswerForm } from "./answering.tsx";
import { answerWords } from "./campaign-list.tsx";
import { answerLetter, letterById, renewalKind } from "./campaigns.ts";
import { seasonRules } from "./reads.ts";
import { seasonWords } from "./rules.ts";
import { ruleWords } from "./words.ts";

const gone = (): Answer =>
  refusal(404, "Ce lien n’existe pas, ou son temps est passé. Appelez la maison : elle notera votre réponse.");

async function look(
  at: OpenAt<unknown>,
  { values = {}, mistakes = {} }: { values?: Record<string, string>; mistakes?: Record<string, string> } = {},
): Promise<Answer> {
  const token = at.params.token ?? "";
  const shown = await byLink(at.services, renewalKind, token, async (tx, record) => {
    const letter = await letterById(tx, record);
    if (!letter) return null;
    const rule = (await seasonRules(tx, letter.season)).find(({ side }) => side === letter.side);
    return page({
      title: `Saison ${seasonWords(letter.season)}`,
      bare: true,
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading title={`Saison ${seasonWords(letter.season)}`}>
            {letter.structure}, avec {tx.scope.houseName}.
          </Heading>
          {letter.answer ? (
            <p>
              Votre réponse est notée{"\u00a0"}: la structure {answerWords[letter.answer]}. Merci. Pour en changer,
              appelez la maison.
            </p>
          ) : (
            <form method="post" action={`/${renewalKind}/${token}`}>
              <p>Répondez avant le {dayWithoutWeekday(letter.answerBy)}.</p>
              {rule ? <p>{ruleWords(rule)}</p> : null}
              <ErrorSummary fields={mistakes} />
              <AnswerFields values={values} mistakes={mistakes} />
              <button type="submit">Répondre</button>
            </form>
          )}
        </>
      ),
    });
  });
  return shown ?? gone();
}

export function declareRenewal(routes: Routes): void {
  routes.openGet(
    `/${renewalKind}/:token`,
    { right: "anyone", trace: { none: "a question to a structure; its answer leaves its line" } },
    (at) => look(at),
  );
  routes.openPost(
    `/${renewalKind}/:token`,
    {
      right: "anyone",
      trace: "campaign.answered",
      form: AnswerForm,
      onMistakes: (at, { fields, typed }) => look(at, { values: firstValues(typed), mistakes: fields }),
    },
    async (at) => {
      const token = at.params.token ?? "";
      const { reponse, qui, mot } = at.form;
      const done = await byLink(at.services, renewalKind, token, async (tx, record) => {
        const letter = await letterById(tx, record);
        if (!letter) return null;
        // Answered already: the page says what, and how to change it.
        if (letter.answer) return "again" as const;
        const wish = { version: letter.version, answer: reponse, by: qui, note: mot, byLink: true };
        const outcome = await answerLetter(tx, letter, wish);
        if (outcome === "done")
          tx.journal({
            act: "campaign.answered",
            subject: { kind: "structure", id: letter.structureId },
            details: { season: letter.season, answer: reponse },
          });
        return outcome;
      });
      return done === null ? gone() : redirect(`/${renewalKind}/${token}`, "Merci : votre réponse est arrivée.");
    },
  );
}
