// A printed report against the house, as a page and as a file: how many lines are in each state, and the lines.
import { type ListFormat, listFile } from "../../../../core/exporting/list.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Chips, KeyFigures, Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import { valueText } from "../declared/value.ts";
import type { Coverage, Covered } from "./coverage.ts";
import { TakeForm } from "./form.tsx";
import { lineHref } from "./href.ts";
import { coverageRights } from "./rights.ts";
import { stateHints, states, stateWords } from "./words.ts";

export const coverageCrumbs = [{ href: "/rapport", label: "Rapports annuels" }];
const path = "/rapport/couverture";
const pageSize = 50;

export type Asked = { year: number; etat: string; page: string };

/** The address of the table, narrowed or not. */
export const coverageHref = (asked: { year: number } & Partial<Asked>, file = "", skip = 0): string =>
  `${path}${file}?${new URLSearchParams({
    annee: String(asked.year),
    ...(asked.etat ? { etat: asked.etat } : {}),
    ...(asked.page ? { chapitre: asked.page } : {}),
    ...(skip > 0 ? { apres: String(skip) } : {}),
  })}`;

export const narrowed = (lines: readonly Covered[], { etat, page: chapter }: Asked): readonly Covered[] =>
  lines.filter((line) => (etat === "" || line.state === etat) && (chapter === "" || line.page === chapter));

/** "antenne : Gerland, sexe : femme". */
export const restriction = (by: Readonly<Record<string, string>>): string =>
  Object.entries(by)
    .map(([key, value]) => `${key}\u00a0: ${value}`)
    .join(", ");

/** A sentence that came through a file, whose spaces break anywhere, as French is printed. */
const printed = (text: string): string => text.replace(/ (?=[:;!?»%€])/g, "\u00a0").replace(/« /g, "«\u00a0");

/** Why a line is not simply equal: the reason of its difference, or what is missing. */
export const whyOf = (line: Covered): string =>
  line.missing !== null
    ? `${line.missing.slice(0, 1).toUpperCase()}${line.missing.slice(1)}.`
    : line.state === "different"
      ? printed(line.reason) || "Personne n’a encore dit pourquoi."
      : "";

export function coveragePage(
  at: At<unknown>,
  coverage: Coverage,
  asked: Asked,
  years: readonly number[],
  skip: number,
): Answer {
  const { year } = asked;
  const lines = narrowed(coverage.lines, asked);
  const shown = lines.slice(skip, skip + pageSize);
  const chapters = [...new Set(coverage.lines.map((line) => line.page))];
  const chips = [
    ...(asked.etat
      ? [
          {
            label: `État\u00a0: ${stateWords[asked.etat as keyof typeof stateWords]}`,
            without: coverageHref({ ...asked, etat: "" }),
          },
        ]
      : []),
    ...(asked.page ? [{ label: `Chapitre\u00a0: ${asked.page}`, without: coverageHref({ ...asked, page: "" }) }] : []),
  ];
  return page({
    title: `Couverture du rapport ${year}`,
    crumbs: coverageCrumbs,
    body: (
      <>
        <Heading title={`Couverture du rapport ${year}`}>
          {plural(coverage.lines.length, "chiffre imprimé", "chiffres imprimés")}, et ce que la maison donne de chacun.
          {coverage.unexplained > 0
            ? ` De ${plural(coverage.unexplained, "ligne différente", "lignes différentes")}, personne n’a dit pourquoi.`
            : ""}
        </Heading>
        <KeyFigures
          figures={states.map((state) => ({
            value: number(coverage.counts[state]),
            label: stateWords[state],
            note: stateHints[state],
            href: coverageHref({ ...asked, etat: state }),
          }))}
        />
        <form method="get" class="filters no-print">
          <div class="field">
            <label for="annee">Rapport</label>
            <select id="annee" name="annee">
              {years.map((one) => (
                <option key={one} value={String(one)} selected={one === year}>
                  {one}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="etat">État</label>
            <select id="etat" name="etat">
              <option value="">tous</option>
              {states.map((state) => (
                <option key={state} value={state} selected={state === asked.etat}>
                  {stateWords[state]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="chapitre">Chapitre</label>
            <select id="chapitre" name="chapitre">
              <option value="">tous</option>
              {chapters.map((one) => (
                <option key={one} value={one} selected={one === asked.page}>
                  {one}
                </option>
              ))}
            </select>
          </div>
          <button type="submit" class="second">
            Filtrer
          </button>
        </form>
        <Chips chips={chips} />
        <p class="no-print">
          Exporter {plural(lines.length, "ligne", "lignes")} : <a href={coverageHref(asked, "/export.csv")}>CSV</a> ·{" "}
          <a href={coverageHref(asked, "/export.xlsx")}>XLSX</a> · <a href={`/rapport/${year}/controle`}>Contrôler</a>
        </p>
        <DataTable
          caption={`Lignes du rapport ${year}`}
          hideCaption
          rows={shown}
          rowKey={(line) => line.code}
          empty={<p>Aucune ligne ne correspond.</p>}
          columns={[
            {
              key: "line",
              label: "Ligne",
              header: true,
              render: (line) => <Link href={lineHref(year, line.code)}>{line.code}</Link>,
            },
            {
              key: "label",
              label: "Chiffre",
              render: (line) => (
                <>
                  {line.label}
                  {Object.keys(line.by).length > 0 ? <small> {restriction(line.by)}</small> : null}
                </>
              ),
            },
            {
              key: "printed",
              label: "Imprimé",
              number: true,
              render: (line) => valueText(line.value, line.unit),
            },
            {
              key: "told",
              label: "Maison",
              number: true,
              render: (line) => (line.told === null ? "—" : valueText(line.told, line.unit)),
            },
            { key: "state", label: "État", render: (line) => stateWords[line.state] },
            { key: "why", label: "Pourquoi", render: (line) => whyOf(line) },
          ]}
        />
        <Pager
          count={plural(lines.length, "ligne", "lignes")}
          first={skip > 0 ? coverageHref(asked) : undefined}
          next={skip + pageSize < lines.length ? coverageHref(asked, "", skip + pageSize) : undefined}
        />
        {may(at.scope, coverageRights["coverage.write"]) ? <TakeForm year={year} again /> : null}
      </>
    ),
  });
}

/** The same lines as a file. */
export function coverageFile(at: At<unknown>, coverage: Coverage, asked: Asked, format: ListFormat): Answer {
  const lines = narrowed(coverage.lines, asked);
  const { counts } = coverage;
  return listFile(
    format,
    {
      name: `couverture-${coverage.year}-${at.tx.today}`,
      sheet: `Couverture ${coverage.year}`,
      readMe: [
        `Couverture du rapport ${coverage.year}`,
        `Lignes\u00a0: ${lines.length}`,
        ...states.map((state) => `${stateWords[state]}\u00a0: ${counts[state]} (${stateHints[state]})`),
        `Tiré le ${shortDay(at.tx.today)}`,
      ],
    },
    [
      { label: "Ligne", cell: (line: Covered) => line.code },
      { label: "Chapitre", cell: (line) => line.page },
      { label: "Dispositif", cell: (line) => line.programme },
      { label: "Chiffre", cell: (line) => line.label },
      { label: "Répartition", cell: (line) => restriction(line.by) || null },
      { label: "Période", cell: (line) => line.period },
      { label: "Unité", cell: (line) => line.unit },
      { label: "Imprimé", cell: (line) => line.value },
      { label: "Maison", cell: (line) => line.told },
      { label: "État", cell: (line) => stateWords[line.state] },
      { label: "Pourquoi", cell: (line) => whyOf(line) || null },
      { label: "Ce qui le donne", cell: (line) => line.expression },
    ],
    [[...lines]],
  );
}
