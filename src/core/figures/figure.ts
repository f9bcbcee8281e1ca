// A figure is declared once, in the room that owns the rows; screens, exports, the command line, the API and the report know it only
// by its code.
import type { Right } from "../rights.ts";

/**
 * One dimension of a source: an SQL expression over the source's rows, and the joins that it needs (added only when asked for).
 * `values` are the known values with their French labels, in order; `null` labels the rows without a value.
 */
export type Dimension = {
  /** The name in codes: `antennes.visites[antenne=gerland]`. */
  key: string;
  label: string;
  expression: string;
  joins?: readonly string[];
  /** Known values with their labels, in order; "months": the months of the period, those without a row too. */
  values?: readonly { value: string; label: string }[] | "months";
  /** SQL giving (value, label) for values that are the house's own, with the house's identifier for $house. */
  labels?: string;
  /** What a row without a value is called. */
  unknown: string;
  /** A person has one value whatever the row: distinct people add up over it, as events do over any dimension. */
  onePerPerson?: boolean;
  /** Most people have one value in a year, though some have several: a hint for the order of counting, no more. */
  steady?: boolean;
  /** Personal facts that only some roles may see, even as counts. */
  right?: Right;
  /** In printed codes: the value's label instead of the value (« demandeur d'emploi »), and without the dimension's name (`resultats[CDI]`). */
  printed?: { label?: true; bare?: true };
};

/** A column of the list behind a figure. `names`: shown only to those who may see people. */
export type ListColumn = {
  key: string;
  label: string;
  expression: string;
  joins?: readonly string[];
  kind?: "day" | "number";
  names?: boolean;
};

/** A published view of a room's rows. `from` is SQL whose main alias is `r`; house and period conditions are the engine's. */
export type FigureSource = {
  name: string;
  from: string;
  /** The day of a row; or, for rows that last, their first day and their last (NULL: not ended): they are of every period that they touch. */
  day: string | { from: string; to: string };
  /** A condition that every row must obey (a withdrawn visit is no visit). */
  where?: string;
  /** Joins by name, in the order in which they must stand. */
  joins: Readonly<Record<string, string>>;
  person: string | null;
  structure: string | null;
  /** The commune of a row, for figures that count communes; those figures name the joins that it needs. */
  commune?: string;
  dimensions: readonly Dimension[];
  /** False: it counts money, places or public mandates. Nobody is hidden behind a small number of it, and none of it is masked. */
  ofPeople?: false;
  /**
   * The breakdowns that readers outside the team see, of whole years and no other way: all of them are masked together, so that no page
   * tells what another hides.
   */
  published: readonly (readonly string[])[];
  /** Opening a figure: the columns of the list behind it. `names` columns show only to those who may see people. */
  list: {
    id: string;
    order: string;
    columns: readonly ListColumn[];
    /** The page of one row, from its id. */
    href?: (id: string) => string;
    /** The same for figures that count structures, and communes; without them the columns of people serve. */
    structureColumns?: readonly ListColumn[];
    structureHref?: (id: string) => string;
    communeColumns?: readonly ListColumn[];
    /** The distinct person's page: for figures that count people. */
    personColumns: readonly ListColumn[];
    personHref?: (id: string) => string;
  };
  /** Who may see the rows with names; others see the same figure without names. */
  seeNames: Right;
};

/** What is counted once, however many rows it has. */
export type Counted = "person" | "structure" | "commune";
const counteds: readonly Counted[] = ["person", "structure", "commune"];

export type Measure =
  | { kind: "count" }
  | { kind: "distinct"; of: Counted }
  | { kind: "sum"; expression: string }
  | { kind: "ratio"; over: string; under: string; round: number; percent: boolean };

export type Figure = {
  code: string;
  label: string;
  unit: string;
  /** One sentence: what is counted, and how. Printed beside the figure and in exports. */
  definition: string;
  source: string;
  measure: Measure;
  /** A condition over the source's rows, with the joins that it needs; $from and $to are the days of the period. */
  where?: { sql: string; joins?: readonly string[] };
  /** Dimensions by which it may be broken down. */
  by: readonly string[];
  /** Dimensions that `figures --json` prints. */
  printed: readonly string[];
  /**
   * One definition for many of a kind: dimensions whose values lead the code, in place of what stands before the dot. The figure
   * `dispositif.personnes` with the family ["dispositif"] is, filtered on the programme "gpp", the figure `gpp.personnes`.
   */
  families?: readonly string[];
  /** It counts a personal fact that only some roles may know: others do not see that it exists. */
  right?: Right;
};

/** What some figures count once, each with those of them that do. */
export const countedOnce = (figures: readonly Figure[]): { of: Counted; figures: readonly Figure[] }[] =>
  counteds
    .map((of) => ({ of, figures: figures.filter(({ measure }) => measure.kind === "distinct" && measure.of === of) }))
    .filter(({ figures: counting }) => counting.length > 0);

/** The SQL, over a source's rows, of what is counted once. @throws when the source has none */
export function countedSql(source: FigureSource, of: Counted): string {
  const text = source[of];
  if (!text) throw new Error(`${source.name} has no ${of}`);
  return text;
}

export const count = (): Measure => ({ kind: "count" });
export const distinct = (of: Counted): Measure => ({ kind: "distinct", of });
export const sum = (expression: string): Measure => ({ kind: "sum", expression });
/** A ratio of two declared figures; `round` decimals, half up; in per cent or plain. */
export const ratio = (over: string, under: string, options: { round: number; percent?: boolean }): Measure => ({
  kind: "ratio",
  over,
  under,
  round: options.round,
  percent: options.percent ?? false,
});
