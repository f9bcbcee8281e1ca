// The participants of an agreement: the list behind an indicator, and the file that a funder's form is filled from, a row each.
import { type ListColumn, type ListFormat, listFile } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, refusal } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may, refusalOf } from "../../../../core/rights.ts";
import { Chips } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameOf, peopleRights } from "../../../foundations/people/door.ts";
import {
  type FundAgreement,
  type Operation,
  operationOf,
  type Participant,
  seenBy,
  type Truth,
} from "../../../foundations/programmes/door.ts";
import { rights } from "../rights.ts";

/** The participants that this reader may list: of the sites and programmes that their role is held for. */
export const listedFor = (at: At<unknown>, agreement: FundAgreement): Promise<Operation> =>
  operationOf(at.tx, agreement, seenBy(at.scope, rights["agreement.participants"]));

const states = ["oui", "manquant", "refus"] as const;
type State = (typeof states)[number];
const stateWords: Readonly<Record<State, string>> = {
  oui: "comptées",
  manquant: "dont il manque une réponse",
  refus: "qui ne souhaitent pas répondre",
};
const isState = (verdict: Truth | undefined, state: State): boolean =>
  state === "oui" ? verdict === true : state === "manquant" ? verdict === null : verdict === "refused";

/** The people behind a number of the agreement's page: `indicateur` and `etat`, or `dossier=incomplet`. */
export async function participantsPage(at: At, agreement: FundAgreement): Promise<Answer> {
  const operation = await listedFor(at, agreement);
  const { indicateur: code, dossier } = at.query;
  const state = states.find((one) => one === at.query.etat) ?? "oui";
  const line = operation.indicators.find(({ indicator }) => indicator.code === code);
  if (code && (!line || line.indicator.rule === null)) return notFound("Cet indicateur");
  if (line?.indicator.sensitive && !may(at.scope, peopleRights["person.sensitive"])) return notFound("Cet indicateur");
  const incomplete = dossier === "incomplet";
  const rows = operation.participants.filter(
    (one) => (!code || isState(one.verdicts.get(code), state)) && (!incomplete || !one.complete),
  );
  at.about("agreement", agreement.id, { rows: rows.length, ...(code ? { indicator: code, state } : {}) });
  const here = `/conventions-de-financement/${agreement.id}`;
  return page({
    title: "Participants",
    crumbs: [
      { href: "/conventions-de-financement", label: "Conventions de financement" },
      { href: here, label: `${agreement.funder}, ${agreement.programmeTitle}` },
    ],
    body: (
      <>
        <Heading title="Participants">
          {agreement.funder}, {agreement.programmeTitle}
          {"\u00a0"}: {plural(rows.length, "personne", "personnes")}
          {line ? ` ${stateWords[state]} pour ${line.indicator.code}, « ${line.indicator.label} »` : ""}
          {seenBy(at.scope, rights["agreement.participants"]) ? ", dans vos lieux" : ""}.
        </Heading>
        <Chips
          chips={[
            ...(line ? [{ label: `${line.indicator.code} : ${state}`, without: `${here}/participants` }] : []),
            ...(incomplete ? [{ label: "dossier incomplet", without: `${here}/participants` }] : []),
          ]}
        />
        <DataTable
          caption="Participants"
          hideCaption
          rows={rows}
          rowKey={(one) => one.person}
          empty={<p>Personne ici.</p>}
          columns={[
            {
              key: "name",
              label: "Personne",
              header: true,
              render: (one) => (
                <a href={`/parcours/${one.enrolment}/financeur`}>
                  {nameOf({ family_name: one.familyName, given_name: one.givenName })}
                </a>
              ),
            },
            { key: "entry", label: "Entrée", render: (one) => shortDay(one.facts.entryOn) },
            { key: "exit", label: "Sortie", render: (one) => one.facts.exitOn && shortDay(one.facts.exitOn) },
            { key: "complete", label: "Dossier", render: (one) => (one.complete ? "complet" : "incomplet") },
          ]}
        />
      </>
    ),
  });
}

/** A verdict in the file; nothing where the indicator is not asked of this person (they have not left yet). */
const verdictWord = (verdict: Truth | undefined): string | null => {
  if (verdict === undefined) return null;
  if (verdict === null) return "manquant";
  return verdict === "refused" ? "ne souhaite pas répondre" : verdict ? "oui" : "non";
};

/** One row a participant; names only when they are asked for, by who may. */
export async function participantsFile(at: At, agreement: FundAgreement, format: ListFormat): Promise<Answer> {
  const names = at.query.noms === "1";
  if (names && !may(at.scope, rights["agreement.names"])) return refusal(403, refusalOf(rights["agreement.names"]));
  const { participants, indicators } = await listedFor(at, agreement);
  const sensitive = may(at.scope, peopleRights["person.sensitive"]);
  const columns: ListColumn<Participant>[] = [
    { label: "dispositif", cell: () => agreement.programmeCode },
    { label: "identifiant", cell: (one) => one.personCode },
    ...(names
      ? [
          { label: "nom", cell: (one: Participant) => one.familyName },
          { label: "prenom", cell: (one: Participant) => one.givenName },
        ]
      : []),
    { label: "sexe", cell: (one) => one.sex },
    { label: "date_entree", cell: (one) => ({ day: one.facts.entryOn }) },
    { label: "age_entree", cell: (one) => one.facts.age },
    { label: "date_sortie", cell: (one) => (one.facts.exitOn ? { day: one.facts.exitOn } : null) },
    { label: "dossier_complet", cell: (one) => (one.complete ? "oui" : "non") },
    ...indicators.flatMap(({ indicator }) =>
      indicator.rule === null || (indicator.sensitive && !sensitive)
        ? []
        : [{ label: indicator.code, cell: (one: Participant) => verdictWord(one.verdicts.get(indicator.code)) }],
    ),
  ];
  at.about("agreement", agreement.id, { rows: participants.length, names });
  return listFile(
    format,
    {
      name: `participants-${agreement.programmeCode}-${agreement.from}`,
      sheet: "Participants",
      readMe: [
        `Participants : ${agreement.funder}, ${agreement.programmeTitle}`,
        `Du ${shortDay(agreement.from)} au ${shortDay(agreement.to)}, tirés le ${shortDay(at.tx.today)}`,
        agreement.regime.source,
      ],
    },
    columns,
    [[...participants]],
  );
}
