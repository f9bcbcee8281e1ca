// What gives a printed line: figures by their codes, filtered as the line is, and sums, differences and quotients of them. Pure.
import { comparable } from "../../../../core/importing/values.ts";
import { codesIn, readFormula, type Term, worthOf } from "../audit/formula.ts";
import { readStay, type Stay } from "../period.ts";

/** `ier.personnes[antenne=gerland; sexe=F]@2020`: a figure as a link names it. A filter without "=" is a value alone, under "". */
export type FigureTerm = {
  text: string;
  code: string;
  filters: readonly (readonly [key: string, value: string])[];
  /** Left out: the line's own period. */
  stay?: Stay;
};

export type Expression = { terms: readonly FigureTerm[]; tree: Term };

const longest = 1000;
const shape = /^([a-z0-9][a-z0-9._-]*)\s*(?:\[(.*)\])?\s*(?:@(.+))?$/s;

function readTerm(text: string): FigureTerm | string {
  const found = shape.exec(text.trim());
  const [, code, inside, when] = found ?? [];
  if (!code) return `« ${text.trim().slice(0, 60)} » n’est pas un chiffre`;
  const filters = (inside ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part): readonly [string, string] => {
      const at = part.indexOf("=");
      return at < 0 ? ["", part] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    });
  if (when === undefined) return { text: text.trim(), code, filters };
  const stay = readStay(when);
  return stay.ok ? { text: text.trim(), code, filters, stay: stay.value } : stay.reason;
}

/**
 * Reads a link. One figure stands bare; several, or a computation, stand in braces: "{a} / {b} * 100", "round({a} / 1000) * 1000".
 * @returns the end of a sentence when it is not understood.
 */
export function readExpression(text: string): Expression | { reason: string } {
  if (text.length > longest) return { reason: `au plus ${longest} signes` };
  const terms: FigureTerm[] = [];
  const mistakes: string[] = [];
  const take = (inside: string): string => {
    const term = readTerm(inside);
    if (typeof term === "string") mistakes.push(term);
    else terms.push(term);
    return `T_${terms.length - 1}_`;
  };
  const bare = text.includes("{") ? text.replaceAll(/\{([^{}]*)\}/g, (_, inside: string) => take(inside)) : take(text);
  if (mistakes[0] !== undefined) return { reason: mistakes[0] };
  const names = new Set(terms.map((_, at) => `T_${at}_`));
  const tree = readFormula(bare, (name) => names.has(name));
  if (!tree || !codesIn(tree).every((name) => names.has(name)))
    return {
      reason: `« ${text.slice(0, 60)} » n’est pas compris : un chiffre (gpp.personnes[sexe=F]), ou un calcul entre accolades ({a} / {b} * 100)`,
    };
  return terms.length === 0 ? { reason: "aucun chiffre n’est nommé" } : { terms, tree };
}

/** The value, from that of each term in its order; null where one has none, or something is divided by nothing. */
export const worthWith = ({ terms, tree }: Expression, values: readonly (number | null)[]): number | null =>
  worthOf(tree, (name) => values[terms.findIndex((_, at) => name === `T_${at}_`)] ?? null);

/** Is it the same word, capitals, accents and kinds of apostrophe aside? */
export const sameWord = (one: string, other: string): boolean =>
  comparable(one.replaceAll("’", "'")) === comparable(other.replaceAll("’", "'"));
