// A printed report against the house: each of its lines is computed from the records, equal or not; or declared; or quoted; or missing.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Period } from "../../../../core/figures/ask.ts";
import { yearPeriod } from "../../../../core/figures/print.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { roundedTo } from "../audit/formula.ts";
import { type DeclaredLine, standingDeclared, stayOf } from "../declared/reads.ts";
import { figureHref } from "../href.ts";
import { readStay, type Stay } from "../period.ts";
import { askTerms, type KnownTerm, makeFinder } from "./asking.ts";
import { type Expression, type FigureTerm, readExpression, worthWith } from "./expression.ts";
import { type PrintedLine, printedLines } from "./reads.ts";
import { type State, states } from "./words.ts";

export type Covered = PrintedLine & {
  state: State;
  /** What the house says, rounded as the line was printed; null: nothing gives it. */
  told: number | null;
  /** Why it is missing: the end of a sentence. */
  missing: string | null;
  /** The figures behind it, each with its page. */
  sources: readonly { text: string; href: string; value: number }[];
};

export type Coverage = {
  year: number;
  lines: readonly Covered[];
  counts: Readonly<Record<State, number>>;
  /** Different lines of which nobody has said why. */
  unexplained: number;
};

type Found =
  | { kind: "computed"; term: KnownTerm }
  | { kind: "declared"; line: DeclaredLine }
  | { kind: "none"; why: string };

const overlaps = (line: DeclaredLine, period: Period): boolean => {
  const stay = stayOf(line);
  return stay === null || (stay.from <= period.to && stay.to >= period.from);
};
const sameStay = (line: DeclaredLine, stay: Stay): boolean =>
  line.from === (stay?.from ?? null) && line.to === (stay?.to ?? null);

/** The declared figure of a code for a period: the one of those very days, else the only one that touches them. */
function declaredFor(all: readonly DeclaredLine[], stay: Stay, period: Period): DeclaredLine | null {
  const exact = all.find((line) => sameStay(line, stay));
  const near = all.filter((line) => overlaps(line, period));
  return exact ?? (near.length === 1 ? (near[0] ?? null) : null);
}

/** The days of a line: its own period's, or the year's where it is true whatever the day. */
const periodOf = (stay: Stay, year: number): Period => stay ?? yearPeriod(year);
const stayOfLine = (line: PrintedLine, year: number): Stay => {
  const read = readStay(line.period);
  return read.ok ? read.value : yearPeriod(year);
};

/** All the lines of a year, or one of them. */
export async function coverageOf(tx: Tx, registry: Registry, year: number, only?: string): Promise<Coverage> {
  const lines = await printedLines(tx, year, only);
  const read = lines.map((line) => (line.expression === null ? null : readExpression(line.expression)));
  const find = makeFinder(tx, registry);
  const codes = read.flatMap((one) => (one && "terms" in one ? one.terms.map(({ code }) => code) : []));
  const declared = Map.groupBy(await standingDeclared(tx, [...new Set(codes)]), ({ code }) => code);
  const foundOf = async (line: PrintedLine, { code, filters, stay: said, text }: FigureTerm): Promise<Found> => {
    const stay = said === undefined ? stayOfLine(line, year) : said;
    const period = periodOf(stay, year);
    const known = await find({ code, filters, period });
    if (typeof known === "string") return { kind: "none", why: known };
    if (known) return { kind: "computed", term: known };
    const given = declaredFor(declared.get(code) ?? [], stay, period);
    if (given) return { kind: "declared", line: given };
    return { kind: "none", why: `aucun chiffre « ${text} » n’existe dans la maison` };
  };
  const founds: (Found[] | null)[] = [];
  for (const [at, line] of lines.entries()) {
    const expression = read[at];
    if (!expression || !("terms" in expression)) founds.push(null);
    else founds.push(await Promise.all(expression.terms.map((term) => foundOf(line, term))));
  }
  const asked = founds.flatMap((all) => (all ?? []).flatMap((one) => (one.kind === "computed" ? [one.term] : [])));
  const numbers = await askTerms(tx, registry, asked);
  const values = new Map(asked.map((term, at) => [term, numbers[at] ?? 0]));
  const covered = lines.map((line, at): Covered => {
    const expression = read[at] ?? null;
    const all = founds[at] ?? null;
    if (!expression || !all || !("terms" in expression))
      return {
        ...line,
        state: "missing",
        told: null,
        missing: expression && "reason" in expression ? expression.reason : "rien ne dit ce qui donne cette ligne",
        sources: [],
      };
    return coveredBy(line, expression, all, values);
  });
  return {
    year,
    lines: covered,
    counts: Object.fromEntries(
      states.map((state) => [state, covered.filter((line) => line.state === state).length]),
    ) as Record<State, number>,
    unexplained: covered.filter((line) => line.state === "different" && line.reason === "").length,
  };
}

function coveredBy(
  line: PrintedLine,
  expression: Expression,
  founds: readonly Found[],
  values: ReadonlyMap<KnownTerm, number>,
): Covered {
  const none = founds.find((one) => one.kind === "none");
  if (none) return { ...line, state: "missing", told: null, missing: none.why, sources: [] };
  const numbers = founds.map((one) =>
    one.kind === "computed" ? (values.get(one.term) ?? 0) : one.kind === "declared" ? one.line.value : null,
  );
  const sources = founds.flatMap((one, at) => {
    const text = expression.terms[at]?.text ?? "";
    const value = numbers[at] ?? 0;
    if (one.kind === "computed")
      return [{ text, href: figureHref(one.term.figure.code, one.term.period, one.term.filters), value }];
    return one.kind === "declared" ? [{ text, href: `/rapport/declares/${one.line.id}`, value }] : [];
  });
  const worth = worthWith(expression, numbers);
  if (worth === null) return { ...line, state: "missing", told: null, missing: "le calcul divise par rien", sources };
  const told = roundedTo(worth, line.decimals);
  const same = Math.abs(told - line.value) < 1e-9;
  const given = founds.flatMap((one) => (one.kind === "declared" ? [one.line.kind] : []));
  // What differs is told as such; what is equal is no better known than the least known of its terms.
  const state: State = !same
    ? "different"
    : given.length === 0
      ? "equal"
      : given.every((kind) => kind === "quoted")
        ? "quoted"
        : "declared";
  return { ...line, state, told, missing: null, sources };
}
