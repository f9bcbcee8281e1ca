// The chapter « Antennes de proximite »: the report's own sentence, the year's months, the sites.
import { noValue } from "../../../core/figures/ask.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import { page } from "../../../core/http/answer.ts";
import type { At } from "../../../core/http/route.ts";
import { Chart, columnChart } from "../../../ui/chart.tsx";
import { KeyFigures } from "../../../ui/figures.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { list, monthName, number, percent, shortDay } from "../../../ui/words.ts";
import { eventsIn, placeInYear } from "./events.ts";
import { figureHref } from "./href.ts";
import { seesExact, shownYear } from "./masking.ts";
import { YearExports } from "./year-export.tsx";

const shortMonths = [
  "janv.",
  "févr.",
  "mars",
  "avril",
  "mai",
  "juin",
  "juil.",
  "août",
  "sept.",
  "oct.",
  "nov.",
  "déc.",
];
const visits = "antennes.visites";
const persons = "antennes.personnes";

export async function antennesChapter(
  at: At,
  registry: Registry,
  year: number,
  compared: number | null,
  years: readonly number[],
) {
  const { tx } = at;
  const period = yearPeriod(year);
  const figure = registry.figure(visits);
  if (!figure) throw new Error(`the registry has no ${visits}`);
  const source = registry.source(figure);
  const shown = await shownYear(at, registry, source, year);
  const before = compared === null ? null : await shownYear(at, registry, source, compared);
  const siteDimension = registry.dimension(figure, "antenne");
  const ageDimension = registry.dimension(figure, "age");
  const sites = siteDimension ? await labelsOf(tx, siteDimension, period) : new Map<string, string>();
  const ages = ageDimension ? await labelsOf(tx, ageDimension, period) : new Map<string, string>();
  const present = [...sites.keys()].filter(
    (site) => shown.any(visits, ["antenne"], [site]) || before?.any(visits, ["antenne"], [site]),
  );
  const href = (code: string, filters: Record<string, string> = {}) => figureHref(code, period, filters);
  const change = (code: string): string | undefined => {
    const now = shown.value(code);
    const then = before?.value(code) ?? null;
    if (compared === null || now === null || then === null || then === 0) return undefined;
    const ratio = Math.round(((now - then) / then) * 1000) / 10;
    return `${ratio >= 0 ? "+" : "−"}${percent(Math.abs(ratio), 1)} sur ${compared} (${number(then)})`;
  };
  const key = (code: string, label: string) => {
    const note = change(code);
    return { value: shown.cell(code), label, href: href(code), ...(note ? { note } : {}) };
  };
  const { events, source: eventsSource } = eventsIn(period);
  const months = Array.from({ length: 12 }, (_, month) => String(month + 1).padStart(2, "0"));
  const chart = {
    title: `Visites par mois, ${year}`,
    description:
      events.length > 0
        ? `Visites notées chaque mois. Pendant ${list(events.map((event) => `le ${event.label} (du ${shortDay(event.from)} au ${shortDay(event.to)})`))}, les antennes ont fermé ou reçu autrement.`
        : "Visites notées chaque mois.",
    unit: `Visites en ${year}`,
    spans: events.map((event) => ({ label: event.label, ...placeInYear(event, year) })),
    rows: months.map((month, place) => ({
      label: monthName(month),
      short: shortMonths[place] ?? month,
      value: shown.value(visits, ["mois"], [month]),
      shown: shown.cell(visits, ["mois"], [month]),
      href: href(visits, { mois: month }),
    })),
    ...(before && compared !== null
      ? {
          before: {
            label: `En ${compared}`,
            values: months.map((month) => before.value(visits, ["mois"], [month])),
          },
        }
      : {}),
  };
  const link = (code: string, by: readonly string[], values: readonly string[]) => (
    <a href={href(code, Object.fromEntries(by.map((name, place) => [name, values[place] ?? ""])))}>
      {shown.cell(code, by, values)}
    </a>
  );
  const bands = [...ages.keys()].filter((band) =>
    present.some((site) => shown.any(visits, ["antenne", "age"], [site, band])),
  );
  const unnamed = shown.any("antennes.visites_sans_nom", [], []);
  const total = "total";
  return page({
    title: `Rapport ${year} › Antennes de proximité`,
    crumbs: [{ href: `/rapport/${year}`, label: `Rapport ${year}` }],
    body: (
      <article>
        <Heading title="Antennes de proximité">
          Les {present.length} antennes de proximité ont reçu{" "}
          <a href={href(persons)}>{shown.cell(persons)} personnes</a> pour{" "}
          <a href={href(visits)}>{shown.cell(visits)} visites</a>, dont{" "}
          <a href={href("antennes.adultes")}>{shown.cell("antennes.adultes")} adultes</a>.
        </Heading>
        <nav class="no-print filters" aria-label="Années">
          {years.length > 1 ? (
            <form method="get" class="filters">
              <div class="field">
                <label for="compare">Comparer avec</label>
                <select id="compare" name="compare">
                  <option value="">aucune année</option>
                  {years
                    .filter((one) => one !== year)
                    .map((one) => (
                      <option key={one} value={String(one)} selected={one === compared}>
                        {one}
                      </option>
                    ))}
                </select>
              </div>
              <button type="submit" class="second">
                Comparer
              </button>
            </form>
          ) : null}
          <YearExports year={year} count={shown.cells.length} chapter="antennes" />
        </nav>
        <KeyFigures
          figures={[
            key(persons, "personnes reçues"),
            key(visits, "visites"),
            key("antennes.adultes", "adultes (26 ans et plus)"),
            key("antennes.visites_par_personne", "visites par personne"),
            {
              value: `${shown.cell("antennes.part_adultes")}\u00a0%`,
              label: "d’adultes parmi les personnes",
              href: href("antennes.part_adultes"),
            },
          ]}
        />
        {unnamed ? (
          <p>
            Parmi ces visites, <a href={href("antennes.visites_sans_nom")}>{shown.cell("antennes.visites_sans_nom")}</a>{" "}
            sont de personnes qui n’ont pas donné de nom : elles comptent parmi les visites, et non parmi les personnes.
          </p>
        ) : null}
        <h2>L’année, mois par mois</h2>
        <Chart facts={chart} svg={await columnChart(chart)} />
        <h2>Par antenne</h2>
        <DataTable
          caption="Visites et personnes par antenne"
          rows={[...present, total]}
          rowKey={(site) => site}
          columns={[
            {
              key: "site",
              label: "Antenne",
              header: true,
              render: (site) => (site === total ? <strong>Ensemble</strong> : sites.get(site)),
            },
            {
              key: "visits",
              label: "Visites",
              number: true,
              render: (site) => (site === total ? link(visits, [], []) : link(visits, ["antenne"], [site])),
            },
            ...(before && compared !== null
              ? [
                  {
                    key: "before",
                    label: `Visites en ${compared}`,
                    number: true,
                    render: (site: string) =>
                      site === total ? before.cell(visits) : before.cell(visits, ["antenne"], [site]),
                  },
                ]
              : []),
            {
              key: "persons",
              label: "Personnes",
              number: true,
              render: (site) => (site === total ? link(persons, [], []) : link(persons, ["antenne"], [site])),
            },
            ...(["F", "M"] as const).map((sex) => ({
              key: sex,
              label: sex === "F" ? "Femmes" : "Hommes",
              number: true,
              render: (site: string) =>
                site === total ? link(persons, ["sexe"], [sex]) : link(persons, ["antenne", "sexe"], [site, sex]),
            })),
          ]}
        />
        <p>Une personne venue dans deux antennes compte dans chacune, et une fois dans l’ensemble.</p>
        <DataTable
          caption="Visites par antenne et par âge le jour de la visite"
          rows={[...present, total]}
          rowKey={(site) => site}
          columns={[
            {
              key: "site",
              label: "Antenne",
              header: true,
              render: (site) => (site === total ? <strong>Ensemble</strong> : sites.get(site)),
            },
            ...bands.map((band) => ({
              key: band,
              label: band === noValue ? "Âge inconnu" : (ages.get(band) ?? band),
              number: true,
              render: (site: string) =>
                site === total ? link(visits, ["age"], [band]) : link(visits, ["antenne", "age"], [site, band]),
            })),
          ]}
        />
        {seesExact(at.scope) ? <OtherLooks href={href} /> : null}
        {shown.masked ? <p>Les nombres de 1 à 4, et ceux qui permettraient de les retrouver, sont masqués.</p> : null}
        {events.length > 0 ? <p class="hint">Dates : {eventsSource}.</p> : null}
      </article>
    ),
  });
}

/** Ways to look at the year that have no table of their own here. */
function OtherLooks({ href }: { href: (code: string) => string }) {
  return (
    <>
      <h2>Autres regards</h2>
      <ul>
        {[
          ["Personnes par situation", persons, "situation"],
          ["Personnes par quartier prioritaire", persons, "quartier"],
          ["Visites par motif", visits, "motif"],
          ["Visites par orientation", visits, "orientation"],
          ["Visites par mode", visits, "mode"],
        ].map(([label, code = "", by = ""]) => (
          <li key={label}>
            <a href={`${href(code)}&par=${by}`}>{label}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
