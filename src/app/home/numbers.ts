// The numbers of a dashboard: this year up to a day beside last year up to the same day, and what was promised beside what is reached.
import type { Tx } from "../../core/db/transaction.ts";
import { askFigures, type FigureTable, type Period } from "../../core/figures/ask.ts";
import type { Figure } from "../../core/figures/figure.ts";
import type { Registry } from "../../core/figures/registry.ts";
import { targetsOfYear } from "../../rooms/foundations/programmes/door.ts";
import { figureHref } from "../../rooms/overviews/report/door.ts";

/** Of all programmes together, the words of a figure that elsewhere is of one. */
const together: Readonly<Record<string, string>> = { "dispositif.personnes": "Personnes dans un dispositif" };

/** What a house looks at all year long, in this order; those that can be told of one site, where a site is asked. */
const looked = [
  "antennes.visites",
  "antennes.personnes",
  "dispositif.personnes",
  "dispositif.entretiens",
  "dispositif.sessions",
  "dispositif.participations",
  "dispositif.personnes_avec_contrat",
  "dispositif.sorties_positives",
  "billetterie.reservees_reelles",
  "billetterie.venues",
] as const;

export type Compared = { code: string; label: string; unit: string; now: number; before: number; href: string };
export type Promised = {
  programme: string;
  label: string;
  funder: string | null;
  target: number;
  reached: number;
  href: string;
};

/** The same day a year before; the last of February where there is none. */
export const yearBefore = (day: string): string =>
  day.endsWith("-02-29") ? `${Number(day.slice(0, 4)) - 1}-02-28` : `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;

export const upTo = (day: string): Period => ({ from: `${day.slice(0, 4)}-01-01`, to: day });

const bySource = (registry: Registry, codes: readonly string[]): Figure[][] => {
  const figures = codes.flatMap((code) => registry.figure(code) ?? []);
  return [...Map.groupBy(figures, (figure) => figure.source).values()];
};

/** `site`: the code of the site that alone is looked at; null: the whole house. */
export async function compared(tx: Tx, registry: Registry, day: string, site: string | null): Promise<Compared[]> {
  const filters: Record<string, string> = site === null ? {} : { antenne: site };
  const told = new Map<string, Compared>();
  for (const figures of bySource(registry, looked)) {
    const seen = figures.filter((figure) => site === null || registry.dimension(figure, "antenne") !== null);
    if (seen.length === 0) continue;
    const ask = (to: string): Promise<FigureTable> =>
      askFigures(tx, registry, { codes: seen.map(({ code }) => code), period: upTo(to), by: [[]], filters });
    const [now, before] = await Promise.all([ask(day), ask(yearBefore(day))]);
    for (const { code, label, unit } of seen)
      told.set(code, {
        code,
        label: together[code] ?? label,
        unit,
        now: now.at(code),
        before: before.at(code),
        href: figureHref(code, upTo(day), filters),
      });
  }
  return looked.flatMap((code) => {
    const line = told.get(code);
    // What a house does not do is not told as nothing.
    return line && (line.now > 0 || line.before > 0) ? [line] : [];
  });
}

/** The targets of the year of a day, all programmes, each beside what is reached by then. */
export async function promised(tx: Tx, registry: Registry, day: string): Promise<Promised[]> {
  const targets = (await targetsOfYear(tx, Number(day.slice(0, 4)))).filter(({ figure }) =>
    registry.figure(`dispositif.${figure}`),
  );
  const period = upTo(day);
  const tables = new Map<string, FigureTable>();
  for (const figures of bySource(registry, [...new Set(targets.map(({ figure }) => `dispositif.${figure}`))])) {
    const codes = figures.map(({ code }) => code);
    const table = await askFigures(tx, registry, { codes, period, by: [["dispositif"]] });
    for (const code of codes) tables.set(code, table);
  }
  return targets.map(({ programme, title, figure, number: target, funder }) => {
    const code = `dispositif.${figure}`;
    return {
      programme: title,
      label: registry.figure(code)?.label ?? figure,
      funder,
      target,
      reached: tables.get(code)?.at(code, ["dispositif"], [programme]) ?? 0,
      href: figureHref(code, period, { dispositif: programme }),
    };
  });
}

/** The share of its year that is over on a day, the day included. */
export function shareOfYear(day: string): number {
  const start = Date.parse(`${day.slice(0, 4)}-01-01`);
  const end = Date.parse(`${Number(day.slice(0, 4)) + 1}-01-01`);
  return (Date.parse(day) + 86_400_000 - start) / (end - start);
}
