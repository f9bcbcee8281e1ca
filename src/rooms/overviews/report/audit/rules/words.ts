// The words of a figure against its number, and figures of one name told twice without saying so.
import { roundedTo } from "../formula.ts";
import { named, plain, restriction, says, told } from "../speech.ts";
import type { Finding, Rule, Stated } from "../stated.ts";

const singular = (unit: string): string => plain(unit).replace(/s$/, "");

/** The number that the label itself says in the figure's unit: "« plus de 26 ans »". */
function numberInWords(row: Stated): number | null {
  const unit = singular(row.unit);
  if (unit === "" || unit === "annee" || !/^\p{L}{2,20}$/u.test(unit)) return null;
  const found = new RegExp(`\\b(\\d{1,9}) ${unit}s?\\b`).exec(
    plain(row.label).replaceAll(/(\d)[\s\u00a0\u202f](\d{3})\b/g, "$1$2"),
  );
  return found?.[1] ? Number(found[1]) : null;
}

/** The things that a label lists between brackets: "(3ème, 7ème, 8ème)" -> 3. Only where the label begins with what is counted. */
function listedIn(row: Stated): number | null {
  const unit = singular(row.unit);
  const first = plain(row.label).split(/[ (]/)[0] ?? "";
  if (
    unit.length < 4 ||
    !row.unit.endsWith("s") ||
    unit === "personne" ||
    singular(first) !== unit ||
    !/^(count|stock|quote|)/.test(row.kind)
  )
    return null;
  const inside = /\(([^()]{3,300})\)\s*$/.exec(row.label)?.[1]?.replace(/^[^:]{3,60} : /, "");
  if (!inside || /\d{4}|\bdont\b|\bhors\b/.test(inside)) return null;
  const things = inside.split(/\s*[,;]\s*|\s+et\s+|\s+\+\s+/).filter((one) => one.trim() !== "");
  return things.length > 1 && row.value > 1 && row.value <= 12 ? things.length : null;
}

export const wordsAgainstNumber: Rule = {
  name: "words-against-number",
  title: "les mots contre le nombre",
  find: (table) =>
    table.rows.flatMap((row): Finding[] => {
      const finding = (why: string): Finding[] => [
        {
          rule: "words-against-number",
          weight: "contradiction",
          accused: [row.code],
          witnesses: [],
          sentence: `${says(row)}, ${why}.`,
        },
      ];
      const words = numberInWords(row);
      if (words !== null && words !== row.value) return finding(`et ses propres mots disent ${told(words, row.unit)}`);
      const fraction = /\((\d{1,3})\/(\d{1,3})\)/.exec(row.label);
      const [over, under] = [Number(fraction?.[1]), Number(fraction?.[2])];
      if (row.unit === "%" && under > 0 && Math.abs(roundedTo((100 * over) / under, row.decimals) - row.value) > 1e-9)
        return finding(
          `et ses propres mots disent ${over}/${under}, soit ${told(roundedTo((100 * over) / under, row.decimals))}\u00a0%`,
        );
      const things = listedIn(row);
      if (things !== null && things !== row.value) return finding(`et en nomme ${things}`);
      return [];
    }),
};

export const namesakesDiffer: Rule = {
  name: "namesakes-differ",
  title: "deux chiffres du même nom, deux valeurs",
  find(table, known) {
    const groups = Map.groupBy(
      table.rows.filter((row) => !known.has(row.code)),
      (row) => [row.programme, plain(row.label), row.unit, row.period, row.kind, restriction(row.by)].join("|"),
    );
    return [...groups.values()].flatMap((rows): Finding[] => {
      const [first] = rows;
      const other = rows.find((row) => row.value !== first?.value);
      if (!first || !other || first.label === "") return [];
      return [
        {
          rule: "namesakes-differ",
          weight: "contradiction",
          accused: rows.map((row) => row.code),
          witnesses: [],
          sentence: `Deux chiffres du même nom ne disent pas la même chose\u00a0: ${says(first)}, ${named(other)} ${told(other.value, other.unit)}.`,
        },
      ];
    });
  },
};
