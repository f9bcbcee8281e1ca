// How a figure follows from others: sums, differences, products, quotients, round, min, max, over the printed values of other figures.
// Nothing is evaluated but this grammar, and never deeper than a person would write.

export type Term =
  | { kind: "number"; value: number }
  | { kind: "figure"; code: string }
  | { kind: "operation"; sign: "+" | "-" | "*" | "/"; left: Term; right: Term }
  | { kind: "call"; name: "round" | "min" | "max"; terms: Term[] };

const longest = 2000;
const deepest = 40;
const calls = ["round", "min", "max"] as const;

/**
 * Reads a formula. `knows` tells which codes exist, so that "ier-seniors.personnes-3" is a code less three.
 * @returns the tree, or null when it is not understood.
 */
export function readFormula(text: string, knows: (code: string) => boolean): Term | null {
  if (text.length > longest) return null;
  const source = text.replaceAll(/\s+/g, "");
  let at = 0;
  const take = (sign: string): boolean => source[at] === sign && ++at > 0;
  const inside = (depth: number): Term | null => {
    if (depth > deepest) return null;
    return operations(depth, ["+", "-"], () => operations(depth, ["*", "/"], () => atom(depth)));
  };
  const operations = (depth: number, signs: readonly string[], next: () => Term | null): Term | null => {
    let left = next();
    for (let turn = 0; left && signs.includes(source[at] ?? ""); turn++) {
      if (turn > 500 || depth > deepest) return null;
      const sign = source[at++] as "+" | "-" | "*" | "/";
      const right = next();
      if (!right) return null;
      left = { kind: "operation", sign, left, right };
    }
    return left;
  };
  const atom = (depth: number): Term | null => {
    if (take("(")) {
      const term = inside(depth + 1);
      return term && take(")") ? term : null;
    }
    const number = /^\d+(\.\d+)?/.exec(source.slice(at, at + 30))?.[0];
    if (number) {
      at += number.length;
      return { kind: "number", value: Number(number) };
    }
    let word = /^[\p{L}_][\p{L}\d_.[\]=:-]*/u.exec(source.slice(at, at + 200))?.[0];
    if (!word) return null;
    const call = calls.find((name) => name === word && source[at + name.length] === "(");
    if (call) {
      at += call.length + 1;
      const terms: Term[] = [];
      do {
        const term = inside(depth + 1);
        if (!term || terms.push(term) > 500) return null;
      } while (take(","));
      return take(")") ? { kind: "call", name: call, terms } : null;
    }
    // A hyphen belongs to the code when a figure of that name exists.
    for (let shorter = word; shorter.includes("-") && !knows(word); ) {
      shorter = shorter.slice(0, shorter.lastIndexOf("-"));
      if (knows(shorter) || !shorter.includes("-")) word = shorter;
    }
    at += word.length;
    return { kind: "figure", code: word };
  };
  const term = inside(0);
  return term && at === source.length ? term : null;
}

/** The codes that a formula names, each once. */
export function codesIn(term: Term): string[] {
  if (term.kind === "figure") return [term.code];
  if (term.kind === "operation") return [...new Set([...codesIn(term.left), ...codesIn(term.right)])];
  return term.kind === "call" ? [...new Set(term.terms.flatMap(codesIn))] : [];
}

/** The value; null where a figure is missing or something is divided by nothing. */
export function worthOf(term: Term, at: (code: string) => number | null): number | null {
  if (term.kind === "number") return term.value;
  if (term.kind === "figure") return at(term.code);
  if (term.kind === "call") {
    const values = term.terms.map((one) => worthOf(one, at));
    if (values.some((one) => one === null)) return null;
    const [first = 0] = values as number[];
    return term.name === "round" ? roundedTo(first, 0) : Math[term.name](...(values as number[]));
  }
  const [left, right] = [worthOf(term.left, at), worthOf(term.right, at)];
  if (left === null || right === null) return null;
  if (term.sign === "/") return right === 0 ? null : left / right;
  return term.sign === "+" ? left + right : term.sign === "-" ? left - right : left * right;
}

/** Rounded half up, the smallest noise of binary fractions apart: 62.5 -> 63, 1.005 at two decimals -> 1.01. */
export function roundedTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.floor(value * scale + 0.5 + 1e-7) / scale;
}

/** "a/b*100" and "a/b": what is on each side; null for anything else. */
export function rateTerms(term: Term): { over: Term; under: Term } | null {
  if (term.kind !== "operation") return null;
  if (term.sign === "*" && term.right.kind === "number") return rateTerms(term.left);
  return term.sign === "/" ? { over: term.left, under: term.right } : null;
}
