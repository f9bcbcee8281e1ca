// The page of one enrolment: what was true at the entry, the stages, what was obtained on the way, the exit; and the forms of its acts.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { peopleRights, situationWords } from "../../people/door.ts";
import { fieldsOf, offered, stagesOf, wordsOf } from "../catalogue/reads.ts";
import { discreet } from "../eligibility/checking.ts";
import { agreementsOf, underFund } from "../funding/agreements.ts";
import { fundingRights } from "../funding/rights.ts";
import { PlanPanel } from "../plans/panel.tsx";
import { balanceOf, planActionsOf, planOf } from "../plans/reads.ts";
import { proofsOf } from "../proofs/reads.ts";
import { mayIn, rights } from "../rights.ts";
import { Steps } from "../steps/panel.tsx";
import { stepsOf } from "../steps/reads.ts";
import type { Situation } from "../tables.ts";
import { ownValue } from "./field-form.tsx";
import { Verdicts } from "./parts.tsx";
import { type Enrolment, fieldValuesOf, outcomesOf, referentsOf, stagesReachedOf } from "./reads.ts";
import { Corrections } from "./sheet-corrections.tsx";
import type { Refusal, SheetForm } from "./sheet-form.tsx";
import { Exit, Outcomes, Stages } from "./sheet-outcomes.tsx";

/** A situation kept with an enrolment, in words; sensitive facts only for those who may read them. */
function situationFacts(situation: Situation, sensitive: boolean) {
  const facts: { label: string; value: string | null }[] = [
    { label: "Âge", value: situation.age === undefined ? null : `${situation.age}\u00a0ans` },
  ];
  for (const [kind, words] of Object.entries(situationWords)) {
    const value = situation[kind as keyof Situation];
    if (words.sensitive && !sensitive) continue;
    facts.push({ label: words.label, value: typeof value === "string" ? (words.values[value] ?? value) : null });
  }
  if (situation.since) facts.push({ label: "Depuis le", value: shortDay(situation.since) });
  return facts;
}

export async function enrolmentSheet(
  at: At<unknown>,
  enrolment: Enrolment,
  refused: Refusal | null = null,
): Promise<Answer> {
  const { tx } = at;
  const sensitive = may(at.scope, peopleRights["person.sensitive"]);
  const of = { site: enrolment.site, programme: enrolment.programme };
  const writes = mayIn(at.scope, rights["enrolment.write"], of) && enrolment.withdrawn === null;
  const [stages, reached, words, steps, outcomes, fields, values, referents] = [
    await stagesOf(tx, enrolment.programme),
    await stagesReachedOf(tx, enrolment.id),
    await wordsOf(tx, enrolment.programme),
    await stepsOf(tx, [enrolment.id]),
    await outcomesOf(tx, [enrolment.id]),
    await fieldsOf(tx, enrolment.programme),
    await fieldValuesOf(tx, enrolment.id),
    await referentsOf(tx, enrolment.id),
  ];
  const usable = offered(words, tx.today);
  const live = offered(fields, tx.today);
  const here = `/parcours/${enrolment.id}`;
  const funded =
    enrolment.followed &&
    mayIn(at.scope, fundingRights["funding.follow"], of) &&
    underFund(await agreementsOf(tx, { programme: enrolment.programme })).some(
      ({ from, to }) => enrolment.entryOn <= to && (enrolment.exitOn === null || enrolment.exitOn >= from),
    );
  const form: SheetForm = {
    here,
    writes,
    refused,
    today: shortDay(tx.today),
    version: enrolment.version,
    key: () => tx.ids.uuid(),
  };
  return page({
    title: `${enrolment.personName}, ${enrolment.programmeTitle}`,
    status: refused?.status ?? (refused ? 422 : 200),
    crumbs: [
      { href: "/personnes", label: "Personnes" },
      { href: `/personnes/${enrolment.person}`, label: enrolment.personName },
    ],
    body: (
      <>
        <Heading title={`${enrolment.personName}, ${enrolment.programmeTitle}`}>
          {enrolment.exitOn
            ? `Du ${shortDay(enrolment.entryOn)} au ${shortDay(enrolment.exitOn)}${enrolment.exitWord ? `, sortie : ${enrolment.exitWord}` : ""}.`
            : `Depuis le ${shortDay(enrolment.entryOn)}.`}
        </Heading>
        {refused ? (
          <ErrorSummary
            fields={Object.fromEntries(
              Object.entries(refused.mistakes).map(([name, said]) => [
                name && refused.act !== "champs" ? `${refused.act}-${name}` : name,
                said,
              ]),
            )}
          />
        ) : null}
        {enrolment.withdrawn === null ? null : (
          <div class="notice notice-warn">
            <p>Ce parcours a été retiré : {enrolment.withdrawn}. Il ne compte plus.</p>
            {mayIn(at.scope, rights["enrolment.write"], of) ? (
              <form method="post" action={`${here}/remise`}>
                <button type="submit" class="second">
                  Le remettre
                </button>
              </form>
            ) : null}
          </div>
        )}
        {enrolment.exitOn && enrolment.exitOn < enrolment.entryOn ? (
          <Notice
            kind="warn"
            text="La sortie de ce parcours vient avant son entrée : l’un des deux jours est à corriger. Un fichier importé l’a dit ainsi."
          />
        ) : null}
        <Facts
          facts={[
            {
              label: "Dispositif",
              value: <a href={`/dispositifs/${enrolment.programmeCode}`}>{enrolment.programmeTitle}</a>,
            },
            { label: "Lieu", value: enrolment.siteName },
            { label: "Référent", value: enrolment.referentName },
            { label: "Suivi", value: enrolment.followed ? "accompagnée" : "seulement reçue" },
            ...fields.flatMap((field) => {
              const value = values.get(field.id);
              return value === undefined && field.to_day
                ? []
                : [{ label: field.label, value: value === undefined ? null : ownValue(field, value) }];
            }),
            ...(enrolment.inSpiteOf ? [{ label: "Entrée malgré les conditions", value: enrolment.inSpiteOf }] : []),
            ...(enrolment.exitNote ? [{ label: "Note de sortie", value: enrolment.exitNote }] : []),
          ]}
        />

        {funded ? (
          <p class="no-print">
            <a href={`${here}/financeur`}>Ce que le financeur demande</a>
          </p>
        ) : null}
        {stages.length > 0 ? <Stages form={form} stages={stages} reached={reached} /> : null}
        <Steps
          here={here}
          steps={steps}
          proofs={
            await proofsOf(
              tx,
              steps.map((step) => step.id),
            )
          }
          writes={writes}
          today={tx.today}
        />
        <Outcomes form={form} outcomes={outcomes} words={usable} />
        <PlanPanel
          here={here}
          plan={await planOf(tx, enrolment.id)}
          actions={await planActionsOf(tx, enrolment.id)}
          balance={await balanceOf(tx, enrolment.id)}
          today={tx.today}
        />
        {writes && enrolment.exitOn === null ? <Exit form={form} words={usable} /> : null}
        <section>
          <h2>À l’entrée, le {shortDay(enrolment.entryOn)}</h2>
          <Facts facts={situationFacts(enrolment.entry, sensitive)} />
          {enrolment.check ? (
            <Verdicts
              verdicts={sensitive ? enrolment.check : enrolment.check.map(discreet)}
              title="Conditions lues ce jour-là"
            />
          ) : (
            <p>Ce parcours vient d’un ancien outil : les conditions n’ont pas été lues ici.</p>
          )}
        </section>
        {enrolment.leaving && enrolment.exitOn ? (
          <section>
            <h2>À la sortie, le {shortDay(enrolment.exitOn)}</h2>
            <Facts facts={situationFacts(enrolment.leaving, sensitive)} />
          </section>
        ) : null}
        {referents.length > 0 ? (
          <section>
            <h2>Référents</h2>
            <ul>
              {referents.map((one) => (
                <li key={one.from}>
                  {one.name},{" "}
                  {one.to ? `du ${shortDay(one.from)} au ${shortDay(one.to)}` : `depuis le ${shortDay(one.from)}`}
                </li>
              ))}
            </ul>
          </section>
        ) : null}

        {writes ? (
          <Corrections form={form} enrolment={enrolment} fields={live} values={values} sites={await listSites(tx)} />
        ) : null}
      </>
    ),
  });
}
