// The page of what the funders of one enrolment ask: what is missing of the entry, and the two checks after the exit.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { DateField, ErrorSummary, SelectField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { situationWords } from "../../people/door.ts";
import type { Enrolment } from "../enrolments/reads.ts";
import { mayIn } from "../rights.ts";
import { CheckSection, type Values } from "./check-form.tsx";
import { dueWords } from "./due-words.ts";
import type { CheckMoment } from "./facts.ts";
import { ofExit } from "./funded.ts";
import { type EntryFact, entryFactWords, missingAnswers, missingAtEntry, type Task, tasksOf } from "./missing.ts";
import type { Participation } from "./participants.ts";
import { fundingRights } from "./rights.ts";
import { checkMomentWords } from "./words.ts";

/** A form that comes back: which one, what was typed, what is wrong. */
export type Back = { form: "entry" | CheckMoment; values: Values; mistakes: Values; status?: number };

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What can be completed on this page; birth and sex are the person's own. */
const here: readonly EntryFact[] = ["status", "since", "diploma"];

function Entry({
  enrolment,
  missing,
  writes,
  back,
  fromList,
}: {
  enrolment: Enrolment;
  missing: readonly EntryFact[];
  writes: boolean;
  back: Back | null;
  fromList: boolean;
}) {
  const values = back?.values ?? {};
  const mistakes = back?.mistakes ?? {};
  const asked = here.filter((fact) => missing.includes(fact));
  const elsewhere = missing.filter((fact) => !here.includes(fact));
  return (
    <>
      {missing.length === 0 ? <p>Rien ne manque de la situation à l’entrée.</p> : null}
      {elsewhere.length > 0 ? (
        <p>
          Manque sur la fiche{"\u00a0"}: {list(elsewhere.map((fact) => entryFactWords[fact]))}.{" "}
          <a href={`/personnes/${enrolment.person}/modifier`}>Compléter la fiche</a>
        </p>
      ) : null}
      {asked.length > 0 && !writes ? (
        <p>
          Manque{"\u00a0"}: {list(asked.map((fact) => entryFactWords[fact]))}.
        </p>
      ) : null}
      {asked.length > 0 && writes ? (
        <form method="post" action={`/parcours/${enrolment.id}/financeur/entree`} class="no-print">
          <input type="hidden" name="version" value={values.version ?? String(enrolment.version)} />
          <input type="hidden" name="retour" value={fromList ? "liste" : ""} />
          <p>Ce qui était vrai le {shortDay(enrolment.entryOn)}, si la personne le dit.</p>
          {asked.includes("status") ? (
            <SelectField
              name="situation"
              label="Situation"
              empty="non renseignée"
              value={values.situation}
              error={mistakes.situation}
              options={options(situationWords.status.values)}
            />
          ) : null}
          {asked.includes("status") || asked.includes("since") ? (
            <DateField
              name="depuis"
              label="Demandeur d’emploi depuis le"
              hint="jj/mm/aaaa, si la personne l’était"
              required={false}
              value={values.depuis}
              error={mistakes.depuis}
            />
          ) : null}
          {asked.includes("diploma") ? (
            <SelectField
              name="diplome"
              label="Niveau de diplôme"
              empty="non renseigné"
              value={values.diplome}
              error={mistakes.diplome}
              options={options(situationWords.diploma.values)}
            />
          ) : null}
          <div class="submit">
            <button type="submit">Compléter l’entrée</button>
          </div>
        </form>
      ) : null}
    </>
  );
}

/** The page; `back` when a form comes back with what is wrong. */
export async function fundingPage(
  at: At<unknown>,
  enrolment: Enrolment,
  all: readonly Participation[],
  back: Back | null = null,
): Promise<Answer> {
  const { tx } = at;
  const of = { site: enrolment.site, programme: enrolment.programme };
  const writes = mayIn(at.scope, fundingRights["funding.follow"], of);
  const answers = mayIn(at.scope, fundingRights["funding.answers"], of);
  const fromList = (back?.values.retour ?? at.query.retour) === "liste";
  const left = ofExit(all);
  const tasks = new Map<Task["kind"], Task>(
    all.flatMap((one) => tasksOf(one, tx.today).map((task) => [task.kind, task] as const)),
  );
  const missing = [...new Set(all.flatMap(missingAtEntry))];
  const questions = new Set(all.flatMap((one) => missingAnswers(one.facts, one.agreement.regime))).size;
  const entry = tasks.get("entry");
  const title = "Ce que le financeur demande";
  return page({
    title: `${title}, ${enrolment.personName}`,
    status: back?.status ?? (back ? 422 : 200),
    crumbs: [
      ...(fromList ? [{ href: "/financements/a-completer", label: "À compléter pour les financeurs" }] : []),
      { href: `/personnes/${enrolment.person}`, label: enrolment.personName },
      { href: `/parcours/${enrolment.id}`, label: enrolment.programmeTitle },
    ],
    body: (
      <>
        <Heading title={title}>
          {enrolment.personName}, {enrolment.programmeTitle}
          {"\u00a0"}:{" "}
          {list(
            all.map(
              ({ agreement }) => `${agreement.funder} du ${shortDay(agreement.from)} au ${shortDay(agreement.to)}`,
            ),
          )}
          .
        </Heading>
        <ErrorSummary
          fields={Object.fromEntries(
            Object.entries(back?.mistakes ?? {}).map(([name, sentence]) => [
              name && back && back.form !== "entry" ? `${checkMomentWords[back.form].code}-${name}` : name,
              sentence,
            ]),
          )}
        />
        <section>
          <h2>Entrée</h2>
          {entry && missing.length > 0 ? (
            <p>{dueWords(entry).replace(/^./, (letter) => letter.toUpperCase())}.</p>
          ) : null}
          <Entry
            enrolment={enrolment}
            missing={missing}
            writes={writes}
            back={back?.form === "entry" ? back : null}
            fromList={fromList}
          />
          <p>
            {questions > 0
              ? `Au questionnaire, ${plural(questions, "réponse manque", "réponses manquent")}.`
              : "Le questionnaire est complet."}{" "}
            {answers ? (
              <a href={`/parcours/${enrolment.id}/financeur/questionnaire${fromList ? "?retour=liste" : ""}`}>
                {questions > 0 ? "Répondre au questionnaire" : "Lire ou corriger les réponses"}
              </a>
            ) : questions > 0 ? (
              "Un conseiller les note."
            ) : null}
          </p>
        </section>
        {left?.facts.exitOn
          ? (["exit", "later"] as const).map((moment) => (
              <CheckSection
                key={moment}
                one={left}
                moment={moment}
                task={tasks.get(moment) ?? null}
                today={tx.today}
                writes={writes}
                back={back?.form === moment ? back.values : null}
                mistakes={back?.form === moment ? back.mistakes : {}}
                fromList={fromList}
                newKey={tx.ids.uuid()}
              />
            ))
          : null}
        {left && left.facts.exitOn === null ? (
          <p>
            La situation à la sortie se notera dans les {left.agreement.regime.immediate.days} jours qui la suivront,
            puis {left.agreement.regime.later.months} mois après.
          </p>
        ) : null}
      </>
    ),
  });
}
