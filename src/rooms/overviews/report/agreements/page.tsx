// One page an agreement: what was promised and what is reached, how many files are complete, and a fund's indicators with what is missing.
import { type ListColumn, type ListFormat, listFile } from "../../../../core/exporting/list.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Facts, KeyFigures } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { type Column, DataTable } from "../../../../ui/table.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import {
  type Agreement,
  type FundAgreement,
  type IndicatorLine,
  operationOf,
  type Sex,
} from "../../../foundations/programmes/door.ts";
import { programmeYear } from "../programme-year.ts";
import { rights } from "../rights.ts";
import { listedFor } from "./participants.tsx";
import { targetsSection } from "./targets.tsx";
import { type Hidden, type Told, toldOf } from "./told.ts";

const euros = (cents: number): string => `${number(cents / 100, cents % 100 === 0 ? 0 : 2)}\u00a0€`;

const sexes: readonly { key: Sex; label: string }[] = [
  { key: "F", label: "Femmes" },
  { key: "M", label: "Hommes" },
  { key: "X", label: "Autre" },
  { key: "unknown", label: "Sexe non précisé" },
];

type Opened = (line: IndicatorLine, state: "oui" | "manquant" | "refus") => string | null;

/** Columns of the indicators; numbers lead to the people behind them for who may list them. */
function indicatorColumns({ exact, lines, cell }: Told, opened: Opened): Column<IndicatorLine>[] {
  const linked = (line: IndicatorLine, state: "oui" | "manquant" | "refus", text: string) => {
    const href = opened(line, state);
    return href ? <a href={href}>{text}</a> : text;
  };
  const here = sexes.filter(({ key }) => key === "F" || key === "M" || lines.some((line) => line.bySex[key] > 0));
  return [
    { key: "code", label: "Code", header: true, render: (line) => line.indicator.code },
    { key: "label", label: "Indicateur", render: (line) => line.indicator.label },
    ...(exact
      ? here.map(({ key, label }) => ({
          key,
          label,
          number: true,
          render: (line: IndicatorLine) => number(line.bySex[key]),
        }))
      : []),
    {
      key: "yes",
      label: "Total",
      number: true,
      render: (line) => linked(line, "oui", cell(line.indicator.code)),
    },
    ...(exact
      ? ([
          { key: "base", label: "Sur", number: true, render: (line) => number(line.base) },
          {
            key: "missing",
            label: "Manquants",
            number: true,
            render: (line) => (line.missing === 0 ? "0" : linked(line, "manquant", number(line.missing))),
          },
          {
            key: "refused",
            label: "Refus de répondre",
            number: true,
            render: (line) => (line.refused === 0 ? "0" : linked(line, "refus", number(line.refused))),
          },
        ] satisfies Column<IndicatorLine>[])
      : []),
  ];
}

/** An agreement of one year counts the people of a year's chapter: what the chapter masks is masked here. */
async function hiddenInChapter(at: At, registry: Registry, { programmeCode, from, to }: Agreement): Promise<Hidden> {
  const year = from.slice(0, 4);
  if (year !== to.slice(0, 4)) return { participants: false, left: false };
  const numbers = await programmeYear(at, registry, programmeCode, Number(year));
  return {
    participants: numbers.value("dispositif.accompagnes") === null,
    left: numbers.value("dispositif.sorties") === null,
  };
}

/** The indicators as a file, as this reader may see them. */
export async function indicatorsFile(
  at: At,
  registry: Registry,
  agreement: FundAgreement,
  format: ListFormat,
): Promise<Answer> {
  const operation = await operationOf(at.tx, agreement);
  const told = await toldOf(at, operation, () => hiddenInChapter(at, registry, agreement));
  const value = (id: string, exact: number): string | number => (told.cell(id) === "masqué" ? "masqué" : exact);
  const columns: ListColumn<IndicatorLine>[] = [
    { label: "Code", cell: (line) => line.indicator.code },
    { label: "Indicateur", cell: (line) => line.indicator.label },
    ...(told.exact ? sexes.map(({ key, label }) => ({ label, cell: (line: IndicatorLine) => line.bySex[key] })) : []),
    { label: "Total", cell: (line) => value(line.indicator.code, line.yes) },
    ...(told.exact
      ? [
          { label: "Sur", cell: (line: IndicatorLine) => line.base },
          { label: "Manquants", cell: (line: IndicatorLine) => line.missing },
          { label: "Refus de répondre", cell: (line: IndicatorLine) => line.refused },
        ]
      : []),
  ];
  at.about("agreement", agreement.id, { rows: told.lines.length });
  return listFile(
    format,
    {
      name: `indicateurs-${agreement.programmeCode}-${agreement.from}`,
      sheet: "Indicateurs",
      readMe: [
        `${agreement.funder}, ${agreement.programmeTitle}`,
        `Du ${shortDay(agreement.from)} au ${shortDay(agreement.to)}, tirés le ${shortDay(at.tx.today)}`,
        agreement.regime.source,
      ],
    },
    columns,
    [[...told.lines]],
  );
}

async function fund(at: At, agreement: FundAgreement, told: Told) {
  const here = `/conventions-de-financement/${agreement.id}`;
  const lists = may(at.scope, rights["agreement.participants"]);
  const rows = lists ? (await listedFor(at, agreement)).participants.length : 0;
  const { regime } = agreement;
  const opened: Opened = ({ indicator }, state) =>
    lists ? `${here}/participants?${new URLSearchParams({ indicateur: indicator.code, etat: state })}` : null;
  return (
    <>
      <section>
        <h2>Participants</h2>
        <KeyFigures
          figures={[
            {
              value: told.cell("participants"),
              label: "participants",
              ...(lists ? { href: `${here}/participants` } : {}),
            },
            {
              value: told.cell("complete"),
              label: `dossiers complets sur ${told.cell("participants")}`,
              ...(lists ? { href: `${here}/participants?dossier=incomplet`, note: "voir les incomplets" } : {}),
            },
            { value: told.cell("left"), label: "sortis" },
          ]}
        />
        <p>
          Un participant est une personne accompagnée au moins un jour de la convention, comptée une fois. Son dossier
          est complet quand rien ne manque de l’entrée, et de la situation dans les {regime.immediate.days} jours de la
          sortie.
        </p>
        {rows > 0 ? (
          <p class="no-print">
            Fichier des participants, {plural(rows, "ligne", "lignes")}, sans nom{"\u00a0"}:{" "}
            <a href={`${here}/participants.csv`}>CSV</a> · <a href={`${here}/participants.xlsx`}>XLSX</a>
            {may(at.scope, rights["agreement.names"]) ? (
              <>
                {" "}
                · avec les noms{"\u00a0"}: <a href={`${here}/participants.csv?noms=1`}>CSV</a> ·{" "}
                <a href={`${here}/participants.xlsx?noms=1`}>XLSX</a>
              </>
            ) : null}
          </p>
        ) : null}
      </section>
      <section>
        <h2>Indicateurs {regime.label}</h2>
        <p class="no-print">
          Exporter {plural(told.lines.length, "indicateur", "indicateurs")}
          {"\u00a0"}: <a href={`${here}/indicateurs.csv`}>CSV</a> · <a href={`${here}/indicateurs.xlsx`}>XLSX</a>
        </p>
        <DataTable
          caption={`Indicateurs ${regime.label}`}
          hideCaption
          rows={told.lines}
          rowKey={(line) => line.indicator.code}
          columns={indicatorColumns(told, opened)}
        />
        <p>
          {told.exact
            ? "Ce qui manque n’est jamais compté comme un non. "
            : "Les nombres de 1 à 4, et ceux qui les diraient, sont masqués. "}
          Les indicateurs de réalisation portent sur les participants, ceux de résultat sur les sortis, ceux à six mois
          sur les sortis depuis six mois. Ce qui se compte en projets ou en entreprises n’est pas calculé ici. Source
          {"\u00a0"}: {regime.source}.{regime.longTerm.verified ? "" : ` ${regime.longTerm.source}.`}
        </p>
      </section>
    </>
  );
}

/** The page of an agreement; `registry`: the figures that this reader may know. */
export async function agreementPage(at: At, registry: Registry, agreement: Agreement): Promise<Answer> {
  const { regime } = agreement;
  const told = regime
    ? await toldOf(at, await operationOf(at.tx, { ...agreement, regime }), () =>
        hiddenInChapter(at, registry, agreement),
      )
    : null;
  const title = `${agreement.funder}, ${agreement.programmeTitle}`;
  return page({
    title,
    crumbs: [{ href: "/conventions-de-financement", label: "Conventions de financement" }],
    body: (
      <>
        <Heading title={title}>
          Convention du {shortDay(agreement.from)} au {shortDay(agreement.to)}.
        </Heading>
        <Facts
          facts={[
            { label: "Financeur", value: agreement.funder },
            {
              label: "Dispositif",
              value: <a href={`/dispositifs/${agreement.programmeCode}`}>{agreement.programmeTitle}</a>,
            },
            { label: "Montant", value: agreement.cents === null ? null : euros(agreement.cents) },
            ...(regime ? [{ label: "Règlement", value: regime.label }] : []),
          ]}
        />
        {await targetsSection(at, registry, agreement, told)}
        {regime && told ? await fund(at, { ...agreement, regime }, told) : null}
      </>
    ),
  });
}
