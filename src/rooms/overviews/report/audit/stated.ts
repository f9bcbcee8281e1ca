// A figure as a document tells it, whoever wrote the document: what the audit reads. It knows no registry and no database.

/** What a figure is, as far as its table says: `kind` is the word of the table ("count-events", "ratio", "quote", "target/forecast"…). */
export type Stated = {
  code: string;
  label: string;
  value: number;
  /** How many decimals were printed: a rate printed "62" is compared at no decimal. */
  decimals: number;
  unit: string;
  /** The page, the chapter or the section: figures of one section are read side by side. */
  section: string;
  programme: string;
  /** "2020", "2018-2020", "2020-09/2020-12", "permanent". */
  period: string;
  /** What the figure is restricted to: sex -> "femme". */
  by: Readonly<Record<string, string>>;
  kind: string;
  /** How it follows from others, by their codes: "(F136+F137)/F131*100"; empty when it is a source. */
  formula: string;
  /** What a rate is taken on, where the table says so and no formula does. */
  base: number | null;
};

/** What the editions give: the least that a figure must tell. */
export type Told = { code: string; label: string; value: number; unit: string } & Partial<
  Omit<Stated, "code" | "label" | "value" | "unit" | "section">
> & { page?: string };

/**
 * One thing that does not hold. `accused`: the figures one of which is wrong; `witnesses`: those that say so. A contradiction cannot be
 * true as it stands; a doubt can, and asks for a look.
 */
export type Finding = {
  rule: string;
  weight: "contradiction" | "doubt";
  accused: readonly string[];
  witnesses: readonly string[];
  /** In words that a director understands. */
  sentence: string;
};

/** All figures of a document, and the ways in which rules look them up. */
export type Table = {
  rows: readonly Stated[];
  byCode: ReadonlyMap<string, Stated>;
  sections: ReadonlyMap<string, readonly Stated[]>;
  /** The year that most figures are of; null when none says. */
  year: number | null;
};

export type Rule = {
  name: string;
  /** What it looks for, in a few words. */
  title: string;
  /** `known`: codes that an earlier, more telling rule has accused. */
  find: (table: Table, known: ReadonlySet<string>) => Finding[];
};

/** 62 -> 0, 37.5 -> 1. */
export const decimalsOf = (value: number): number => String(value).split(".")[1]?.length ?? 0;

export const statedFrom = (told: Told): Stated => ({
  code: told.code,
  label: told.label,
  value: told.value,
  decimals: told.decimals ?? decimalsOf(told.value),
  unit: told.unit,
  section: told.page ?? told.programme ?? "",
  programme: told.programme ?? "",
  period: told.period ?? "",
  by: told.by ?? {},
  kind: told.kind ?? "",
  formula: told.formula ?? "",
  base: told.base ?? null,
});

export function tableOf(rows: readonly Stated[]): Table {
  const years = new Map<number, number>();
  for (const { period } of rows) {
    const year = /^(19|20)\d\d/.exec(period)?.[0];
    if (year && !/^\d{4}-(\d{4})/.test(period)) years.set(Number(year), (years.get(Number(year)) ?? 0) + 1);
  }
  const most = [...years].reduce<[number, number] | null>(
    (best, one) => (best && best[1] >= one[1] ? best : one),
    null,
  );
  return {
    rows,
    byCode: new Map(rows.map((row) => [row.code, row])),
    sections: Map.groupBy(rows, (row) => row.section),
    year: most?.[0] ?? null,
  };
}
