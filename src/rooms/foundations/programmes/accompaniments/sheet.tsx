// The page of a structure in a programme: what was true at the entry, the stages, the exit; and the forms of its acts.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { offered, stagesOf, wordsOf } from "../catalogue/reads.ts";
import { Verdicts } from "../enrolments/parts.tsx";
import { mistakes, type Refusal, type SheetForm, typed, Version } from "../enrolments/sheet-form.tsx";
import { Exit, Stages } from "../enrolments/sheet-outcomes.tsx";
import { mayIn, rights } from "../rights.ts";
import { type Accompaniment, stagesPassed } from "./reads.ts";
import { situationFacts } from "./words.ts";

export async function accompanimentSheet(
  at: At<unknown>,
  one: Accompaniment,
  refused: Refusal | null = null,
): Promise<Answer> {
  const { tx } = at;
  const may = mayIn(at.scope, rights["enrolment.write"], { site: one.site, programme: one.programme });
  const writes = may && one.withdrawn === null;
  const here = `/structures-accompagnees/${one.id}`;
  const form: SheetForm = {
    here,
    writes,
    refused,
    today: shortDay(tx.today),
    version: one.version,
    key: () => tx.ids.uuid(),
  };
  const stages = await stagesOf(tx, one.programme);
  const words = offered(await wordsOf(tx, one.programme), tx.today);
  const title = `${one.structureName}, ${one.programmeTitle}`;
  return page({
    title,
    status: refused?.status ?? (refused ? 422 : 200),
    crumbs: [
      { href: "/structures", label: "Structures" },
      { href: `/structures/${one.structure}`, label: one.structureName },
    ],
    body: (
      <>
        <Heading title={title}>
          {one.exitOn
            ? `Du ${shortDay(one.entryOn)} au ${shortDay(one.exitOn)}${one.exitWord ? `, sortie : ${one.exitWord}` : ""}.`
            : `Depuis le ${shortDay(one.entryOn)}.`}
        </Heading>
        {refused ? <ErrorSummary fields={refused.mistakes} /> : null}
        {one.withdrawn === null ? null : (
          <div class="notice notice-warn">
            <p>Cet accompagnement a été retiré : {one.withdrawn}. Il ne compte plus.</p>
            {may ? (
              <form method="post" action={`${here}/remise`}>
                <Version form={form} />
                <button type="submit" class="second">
                  Le remettre
                </button>
              </form>
            ) : null}
          </div>
        )}
        <Facts
          facts={[
            { label: "Dispositif", value: <a href={`/dispositifs/${one.programmeCode}`}>{one.programmeTitle}</a> },
            { label: "Lieu", value: one.siteName },
            ...(one.inSpiteOf ? [{ label: "Entrée malgré les conditions", value: one.inSpiteOf }] : []),
            ...(one.exitNote ? [{ label: "Note de sortie", value: one.exitNote }] : []),
          ]}
        />
        <div class="side-by-side">
          <section>
            <h2>À l’entrée</h2>
            <Facts facts={situationFacts(one.entry)} />
          </section>
          {one.leaving ? (
            <section>
              <h2>À la sortie</h2>
              <Facts facts={situationFacts(one.leaving)} />
            </section>
          ) : null}
        </div>
        <Verdicts verdicts={one.check} title="Conditions, telles qu’elles étaient ce jour-là" />
        {stages.length > 0 ? <Stages form={form} stages={stages} reached={await stagesPassed(tx, one.id)} /> : null}
        {writes && one.exitOn === null ? <Exit form={form} words={words} apart={false} /> : null}
        {writes ? (
          <section class="no-print">
            <h2>Modifier</h2>
            {one.exitOn === null ? null : (
              <form method="post" action={`${here}/reprise`}>
                <Version form={form} />
                <button type="submit" class="second">
                  Annuler la sortie : elle est encore accompagnée
                </button>
              </form>
            )}
            <details open={refused?.act === "retrait"}>
              <summary>Retirer cet accompagnement, noté par erreur</summary>
              <form method="post" action={`${here}/retrait`}>
                <Version form={form} />
                <TextField
                  id="retrait-raison"
                  name="raison"
                  label="Pourquoi"
                  value={typed(form, "retrait").raison}
                  error={mistakes(form, "retrait").raison}
                  maxlength={300}
                />
                <button type="submit">Retirer</button>
              </form>
            </details>
          </section>
        ) : null}
      </>
    ),
  });
}
