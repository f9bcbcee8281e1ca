// Figures that say how they follow from others: the sum of their parts, a rate of its terms, the same figure told elsewhere.
import { codesIn, rateTerms, readFormula, roundedTo, type Term, worthOf } from "../formula.ts";
import { named, says, told } from "../speech.ts";
import type { Finding, Rule, Stated, Table } from "../stated.ts";

export const readOf = (table: Table, row: Stated): Term | null =>
  row.formula === "" ? null : readFormula(row.formula, (code) => table.byCode.has(code));

export const computedOf = (table: Table, term: Term): number | null =>
  worthOf(term, (code) => table.byCode.get(code)?.value ?? null);

/** What the figure should be, printed with its decimals; null where nothing tells. */
export function expectedOf(table: Table, row: Stated): number | null {
  const term = readOf(table, row);
  const value = term && computedOf(table, term);
  return value === null || !Number.isFinite(value) ? null : roundedTo(value, row.decimals);
}

const same = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9 * Math.max(1, Math.abs(one));

/** Rows with a formula, read once, that do not say what it gives. */
function wrong(
  table: Table,
  known: ReadonlySet<string>,
): { row: Stated; term: Term; value: number; expected: number }[] {
  return table.rows.flatMap((row) => {
    const term = known.has(row.code) ? null : readOf(table, row);
    const value = term && computedOf(table, term);
    if (!term || value === null || !Number.isFinite(value)) return [];
    const expected = roundedTo(value, row.decimals);
    return same(expected, row.value) ? [] : [{ row, term, value, expected }];
  });
}

export const toldTwice: Rule = {
  name: "told-twice",
  title: "le même chiffre dit deux fois, avec deux valeurs",
  find: (table) =>
    wrong(table, new Set()).flatMap(({ row, term }) => {
      const other = term.kind === "figure" ? table.byCode.get(term.code) : undefined;
      if (!other) return [];
      return {
        rule: "told-twice",
        weight: "contradiction" as const,
        accused: [row.code, other.code],
        witnesses: [],
        sentence: `Le même chiffre est dit deux fois\u00a0: ${says(row)}, et ${named(other)} ${told(other.value, other.unit)}. L’un des deux est faux.`,
      };
    }),
};

export const rateOfTerms: Rule = {
  name: "rate-of-terms",
  title: "un taux contre ses termes",
  find: (table, known) =>
    wrong(table, known).flatMap(({ row, term, value, expected }) => {
      const terms = rateTerms(term);
      if (!terms) return [];
      const [over, under] = [computedOf(table, terms.over), computedOf(table, terms.under)];
      if (over === null || under === null) return [];
      const near = Math.abs(value - row.value) < 10 ** -row.decimals;
      const exact = told(value, row.unit);
      return {
        rule: "rate-of-terms",
        weight: "contradiction" as const,
        accused: [row.code],
        witnesses: codesIn(term),
        sentence: `${says(row)}, alors que ${told(over)} sur ${told(under)} font ${exact === told(expected, row.unit) ? exact : `${exact}, soit ${told(expected, row.unit)}`}${near ? "\u00a0: le nombre a été coupé au lieu d’être arrondi" : ""}.`,
      };
    }),
};

export const partsAgainstTotal: Rule = {
  name: "parts-against-total",
  title: "un total contre ses parties",
  find: (table, known) =>
    wrong(table, known).flatMap(({ row, term, expected }) => {
      if (term.kind === "figure" || rateTerms(term)) return [];
      const codes = codesIn(term);
      const summed = !/[*/]|\b(min|max|round)\b|-/.test(row.formula);
      const values = codes
        .slice(0, 9)
        .map((code) => told(table.byCode.get(code)?.value ?? 0))
        .join(summed ? " + " : ", ");
      const gap = row.value - expected;
      const ending = `${told(expected, row.unit)}\u00a0: ${told(Math.abs(gap))} de ${gap > 0 ? "trop" : "moins"}`;
      return {
        rule: "parts-against-total",
        weight: "contradiction" as const,
        accused: [row.code],
        witnesses: codes,
        sentence: summed
          ? `${says(row)}, alors que ses parties (${values}${codes.length > 9 ? "…" : ""}) font ${ending}.`
          : `${says(row)}, alors que le calcul annoncé (${row.formula.slice(0, 120)}, avec ${values}) donne ${ending}.`,
      };
    }),
};

export const unreadableFormula: Rule = {
  name: "unreadable-formula",
  title: "un calcul annoncé que l’on ne peut pas refaire",
  find: (table) =>
    table.rows.flatMap((row) => {
      if (row.formula === "") return [];
      const doubt = (weight: Finding["weight"], why: string): Finding[] => [
        {
          rule: "unreadable-formula",
          weight,
          accused: [row.code],
          witnesses: [],
          sentence: `${named(row)}\u00a0: ${why}`,
        },
      ];
      const term = readOf(table, row);
      if (!term) return doubt("doubt", `le calcul «\u00a0${row.formula.slice(0, 120)}\u00a0» n’est pas compris.`);
      const codes = codesIn(term);
      const absent = codes.filter((code) => !table.byCode.has(code));
      if (absent.length > 0)
        return doubt("doubt", `le calcul renvoie à ${absent.slice(0, 5).join(", ")}, que le tableau ne contient pas.`);
      if (codes.includes(row.code)) return doubt("doubt", "le calcul renvoie au chiffre lui-même.");
      if (computedOf(table, term) === null) return doubt("contradiction", "le calcul divise par zéro.");
      return [];
    }),
};
