// What was told to funders of an enrolment, in words that the person understands: for whoever asks what the house holds on them.
import type { Tx } from "../../../../core/db/transaction.ts";
import { shortDay } from "../../../../ui/words.ts";
import { answersOf } from "./answers.ts";
import type { Answer } from "./facts.ts";
import { type Question, questionKeys, questions } from "./questions.ts";
import type { FundingTables } from "./tables.ts";
import { answerWords, checkMomentWords, checkSituationWords } from "./words.ts";

/** Every check, those that were replaced too, and the answers; nothing where there is nothing. */
export async function describeFunding(tx: Tx, enrolment: string): Promise<Record<string, unknown>> {
  const checks = await tx
    .on<FundingTables>()
    .selectFrom("programmes.funding_checks")
    .select(["moment", "on_day", "situation", "training", "qualification", "improved"])
    .where("house_id", "=", tx.scope.house)
    .where("enrolment_id", "=", enrolment)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute();
  const { answers, version } = await answersOf(tx, enrolment);
  const said = (label: string, value: boolean | null): string[] =>
    value === null ? [] : [`${label}\u00a0: ${value ? "oui" : "non"}`];
  return {
    ...(checks.length > 0
      ? {
          "Situation dite au financeur": checks.map((one) =>
            [
              `${checkMomentWords[one.moment].label}, le ${shortDay(one.on_day)}`,
              checkSituationWords[one.situation],
              ...said("en formation", one.training),
              ...said("qualification", one.qualification),
              ...said("meilleure situation", one.improved),
            ].join(", "),
          ),
        }
      : {}),
    ...(version > 0
      ? {
          "Réponses au questionnaire du financeur": questionKeys.flatMap((key: Question) => {
            const answer: Answer | undefined = answers[key];
            return answer ? [`${questions[key].label}\u00a0: ${answerWords[answer]}`] : [];
          }),
        }
      : {}),
  };
}
