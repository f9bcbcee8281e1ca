// The page of a shared balance sheet: what the records tell of the path, what both say of it, and what comes after.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import type { PathFacts } from "../../../../core/room.ts";
import { DateField, ErrorSummary, TextAreaField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { Proofs } from "../proofs/panel.tsx";
import { signedOf } from "../proofs/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { crumbsOf } from "../steps/page.tsx";
import { Written } from "./panel.tsx";
import { balanceOf } from "./reads.ts";
import { storyOf } from "./story.ts";
import { paperWords } from "./words.ts";

type Values = Record<string, string>;
export type BalanceBack = { mistakes: Values; values: Values; status?: number };

export async function balancePage(
  at: At<unknown>,
  enrolment: Enrolment,
  others: readonly PathFacts[],
  back: BalanceBack | null = null,
): Promise<Answer> {
  const balance = await balanceOf(at.tx, enrolment.id);
  const shown = balance !== null;
  const signed = await signedOf(at.tx, enrolment.id, "balance");
  const story = await storyOf(at.tx, enrolment, others);
  const writes =
    mayIn(at.scope, rights["enrolment.write"], { site: enrolment.site, programme: enrolment.programme }) &&
    enrolment.withdrawn === null;
  const values = back?.values ?? {
    jour: shortDay(balance?.onDay ?? at.tx.today),
    personne: balance?.personSays ?? "",
    referent: balance?.adviserSays ?? "",
    suite: balance?.next ?? "",
  };
  const area = (name: string) => ({
    name,
    value: values[name],
    error: back?.mistakes[name],
    required: false,
    rows: 4,
    maxlength: 2000,
  });
  return page({
    title: "Bilan partagé",
    status: back?.status ?? (back ? 422 : 200),
    crumbs: crumbsOf(enrolment),
    body: (
      <>
        <Heading title="Bilan partagé">
          {enrolment.personName}, {enrolment.programmeTitle}.
        </Heading>
        <ErrorSummary fields={back?.mistakes ?? {}} />
        {balance ? (
          <p class="no-print">
            Bilan du {shortDay(balance.onDay)} :{" "}
            <a href={`/parcours/${enrolment.id}/bilan.pdf`}>le bilan à signer (PDF)</a>
          </p>
        ) : (
          <p>Pas encore de bilan : il s’écrit ensemble, à la fin du parcours.</p>
        )}
        {story.map((part) => (
          <section key={part.title}>
            <h2>{part.title}</h2>
            <ul>
              {part.lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
        {balance ? (
          <Written
            parts={[
              { title: "Ce que j’en dis", text: balance.personSays },
              { title: "Ce qu’en dit mon référent", text: balance.adviserSays },
              { title: "Et après", text: balance.next },
            ]}
          />
        ) : null}
        {shown ? (
          <p class="no-print">
            <a href={`/parcours/${enrolment.id}/${paperWords.balance.path}/versions`}>Les versions précédentes</a>
          </p>
        ) : null}
        {shown || signed.length > 0 ? (
          <Proofs
            here={`/parcours/${enrolment.id}/${paperWords.balance.path}`}
            proofs={signed}
            writes={writes}
            words={{
              title: paperWords.balance.signed,
              hint: "Le papier signé",
              advice: "Il reste avec le parcours et s’efface avec lui.",
            }}
          />
        ) : null}
        {writes ? (
          <section class="no-print">
            <h2>{balance ? "Modifier le bilan" : "Écrire le bilan"}</h2>
            <form method="post" action={`/parcours/${enrolment.id}/bilan`} data-draft="bilan">
              <input type="hidden" name="version" value={String(balance?.version ?? 0)} />
              <p class="hint">N’écrivez que ce que la personne accepte de lire et de signer.</p>
              <DateField name="jour" label="Bilan du" value={values.jour} error={back?.mistakes.jour} required />
              <TextAreaField {...area("personne")} label="Ce qu’en dit la personne" />
              <TextAreaField {...area("referent")} label="Ce qu’en dit le référent" />
              <TextAreaField {...area("suite")} label="Et après" hint="Les suites, les relais, qui rappeler." />
              <div class="submit">
                <button type="submit">Enregistrer le bilan</button>
              </div>
            </form>
          </section>
        ) : null}
      </>
    ),
  });
}
