// The chapter of any programme, made from what the programme says that it shows: one page for all of them.
import type { ComponentChildren } from "preact";
import { labelsOf } from "../../../core/figures/labels.ts";
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import { type Answer, notFound, page } from "../../../core/http/answer.ts";
import type { At } from "../../../core/http/route.ts";
import { KeyFigures } from "../../../ui/figures.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { number, percent } from "../../../ui/words.ts";
import { type ChapterFacts, type chapterBlocks, chapterFacts } from "../../foundations/programmes/door.ts";
import { figureHref } from "./href.ts";
import { ownSections, ownYear } from "./own-figures.tsx";
import { head, type ProgrammeYear, programmeYear } from "./programme-year.ts";
import { targetColumns } from "./target-columns.tsx";
import { valueWord } from "./value-word.ts";
import { YearExports } from "./year-export.tsx";

type Chapter = {
  at: At;
  registry: Registry;
  facts: ChapterFacts;
  year: number;
  now: ProgrammeYear;
  before: { year: number; numbers: ProgrammeYear } | null;
};

const named = (suffix: string): string => `${head}.${suffix}`;
const hrefOf = ({ facts, year }: Chapter, code: string, filters: Record<string, string> = {}): string =>
  figureHref(code, yearPeriod(year), { [head]: facts.code, ...filters });

/** How a figure moved since the year that it is compared with. */
function change({ now, before }: Chapter, code: string): string | undefined {
  const then = before?.numbers.value(code) ?? null;
  const value = now.value(code);
  if (!before || then === null || value === null || then === 0) return undefined;
  const ratio = Math.round(((value - then) / then) * 1000) / 10;
  return `${ratio >= 0 ? "+" : "−"}${percent(Math.abs(ratio), 1)} sur ${before.year} (${number(then)})`;
}

function keyFigures(chapter: Chapter, suffixes: readonly string[]) {
  const { registry, now } = chapter;
  return suffixes.flatMap((suffix) => {
    const figure = registry.figure(named(suffix));
    if (!figure || !now.has(figure.code)) return [];
    const note = change(chapter, figure.code);
    const unit = figure.unit === "%" ? "\u00a0%" : "";
    return [
      {
        value: `${now.cell(figure.code)}${unit}`,
        label: figure.label,
        href: hrefOf(chapter, figure.code),
        ...(note ? { note } : {}),
      },
    ];
  });
}

/** One breakdown of a figure as a table; nothing when it has no row. `base`: the figure of which each row is a share. */
async function split(chapter: Chapter, suffix: string, key: string, base?: string): Promise<ComponentChildren> {
  const { at, registry, year, now } = chapter;
  const figure = registry.figure(named(suffix));
  const dimension = figure ? registry.dimension(figure, key) : null;
  if (!figure || !dimension) return null;
  const labels = await labelsOf(at.tx, dimension, yearPeriod(year));
  const present = new Set(now.valuesOf(base ? named(base) : figure.code, key));
  const values = [...new Set([...labels.keys(), ...present])].filter((value) => present.has(value));
  if (values.length === 0) return null;
  const unit = figure.unit === "%" ? "\u00a0%" : "";
  return (
    <DataTable
      caption={`${figure.label}, ${dimension.label.toLowerCase()}`}
      rows={values}
      rowKey={(value) => value}
      columns={[
        { key: "value", label: dimension.label, header: true, render: (value) => valueWord(dimension, labels, value) },
        {
          key: "number",
          label: figure.unit === "%" ? figure.label : figure.unit,
          number: true,
          render: (value) => (
            <a href={hrefOf(chapter, figure.code, { [key]: value })}>
              {now.cell(figure.code, key, value)}
              {unit}
            </a>
          ),
        },
        ...(base
          ? [
              {
                key: "base",
                label: "sur (réponses)",
                number: true,
                render: (value: string) => now.cell(named(base), key, value),
              },
            ]
          : []),
      ]}
    />
  );
}

const section = (title: string, ...parts: ComponentChildren[]): ComponentChildren => {
  const there = parts.filter((part) => part !== null);
  return there.length === 0 ? null : (
    <section>
      <h2>{title}</h2>
      <div class="side-by-side">{there}</div>
    </section>
  );
};

const numbers = (chapter: Chapter, suffixes: readonly string[]): ComponentChildren => {
  const figures = keyFigures(chapter, suffixes);
  return figures.length > 0 ? <KeyFigures figures={figures} /> : null;
};

/** What each block of a chapter shows. */
const blocks: Readonly<Record<keyof typeof chapterBlocks, (chapter: Chapter) => Promise<ComponentChildren>>> = {
  personnes: async (chapter) =>
    numbers(chapter, [
      "personnes",
      "accompagnes",
      "structures",
      "entrees_structures",
      "sorties_structures",
      "qpv",
      "rsa",
      "rqth",
    ]),
  repartitions: async (chapter) =>
    section(
      "Qui sont ces personnes",
      await split(chapter, "personnes", "sexe"),
      await split(chapter, "personnes", "antenne"),
      await split(chapter, "personnes", "situation"),
    ),
  async sorties(chapter) {
    const { now, facts } = chapter;
    if (!now.has(named("sorties"))) return null;
    const base = now.cell(named("base_sorties_positives"));
    return section(
      "Sorties",
      numbers(chapter, ["sorties", "sorties_positives"]),
      now.has(named("base_sorties_positives")) ? (
        <p>
          Taux de sorties positives :{" "}
          <a href={hrefOf(chapter, named("taux_sorties_positives"))}>{now.cell(named("taux_sorties_positives"))} %</a>,
          sur {base} {facts.rateOver === "followed" ? "parcours accompagnés" : "sorties"}.
        </p>
      ) : null,
    );
  },
  resultats: async (chapter) =>
    section(
      "Résultats obtenus",
      numbers(chapter, ["personnes_avec_contrat"]),
      await split(chapter, "resultats", "type"),
    ),
  rencontres: async (chapter) =>
    section("Entretiens et séances", numbers(chapter, ["entretiens", "sessions", "participations", "heures"])),
  satisfaction: async (chapter) =>
    section("Satisfaction", await split(chapter, "tres_satisfait", "critere", "reponses_satisfaction")),
  async objectifs(chapter) {
    const { registry, facts, year, now } = chapter;
    const targets = facts.targets.filter((target) => target.year === year);
    return targets.length === 0
      ? null
      : section(
          "Objectifs",
          <DataTable
            caption={`Objectifs de ${year}`}
            hideCaption
            rows={targets}
            rowKey={(target) => `${target.figure} ${target.funder ?? ""}`}
            columns={targetColumns({ registry, programme: facts.code, numbersOf: () => now })}
          />,
        );
  },
};

export async function programmeChapter(
  at: At,
  registry: Registry,
  code: string,
  year: number,
  compared: number | null,
  years: readonly number[],
): Promise<Answer> {
  const facts = await chapterFacts(at.tx, code);
  if (!facts) return notFound("Ce chapitre");
  const chapter: Chapter = {
    at,
    registry,
    facts,
    year,
    now: await programmeYear(at, registry, code, year),
    before: compared === null ? null : { year: compared, numbers: await programmeYear(at, registry, code, compared) },
  };
  const shown: ComponentChildren[] = [];
  for (const key of (facts.chapter ?? Object.keys(blocks)) as (keyof typeof blocks)[])
    shown.push((await blocks[key]?.(chapter)) ?? null);
  const own = await ownYear(at, registry, code, year);
  if (own)
    shown.push(
      ...(await ownSections(at, registry, own, compared === null ? null : await ownYear(at, registry, code, compared))),
    );
  const something = shown.some((part) => part !== null);
  return page({
    title: `Rapport ${year} › ${facts.title}`,
    crumbs: [{ href: `/rapport/${year}`, label: `Rapport ${year}` }],
    body: (
      <article>
        <Heading title={facts.title}>{facts.about}</Heading>
        {years.length > 1 ? (
          <form method="get" class="filters no-print">
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
        {something ? (
          <YearExports year={year} count={chapter.now.rows.length + (own?.count ?? 0)} chapter={facts.code} />
        ) : null}
        {something ? shown : <p>Rien n’a été noté pour ce dispositif en {year}.</p>}
      </article>
    ),
  });
}
