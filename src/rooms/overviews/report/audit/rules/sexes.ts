// Women and men: exchanged in a summary, or not adding up to everybody.
import { isCount, named, plain, restriction, told } from "../speech.ts";
import type { Finding, Rule, Stated, Table } from "../stated.ts";
import { expectedOf } from "./computed.ts";

type Pair = { women: Stated; men: Stated };

const women = new Set(["femme", "femmes", "f"]);
const men = new Set(["homme", "hommes", "h", "m"]);

const alike = (row: Stated, key: string): string =>
  [row.section, plain(row.label), row.unit, row.period, restriction(row.by, key)].join("|");

function pairsOf(table: Table): Pair[] {
  const groups = Map.groupBy(
    table.rows.filter((row) => row.by.sexe !== undefined),
    (row) => alike(row, "sexe"),
  );
  return [...groups.values()].flatMap((rows) => {
    const [woman, man] = [women, men].map((words) => rows.filter((row) => words.has(row.by.sexe?.toLowerCase() ?? "")));
    return woman?.length === 1 && man?.length === 1 && woman[0] && man[0] ? [{ women: woman[0], men: man[0] }] : [];
  });
}

/** The sum of the same figure over the places of a wider one: each place once, one breakdown more. */
function summedElsewhere(rows: readonly Stated[], row: Stated): number | null {
  const keys = Object.keys(row.by);
  const parts = rows.filter(
    (one) =>
      one.code !== row.code &&
      Object.keys(one.by).length === keys.length + 1 &&
      keys.every((key) => one.by[key] === row.by[key]),
  );
  const by = Map.groupBy(parts, (one) => Object.keys(one.by).find((key) => !keys.includes(key)) ?? "");
  for (const [key, list] of by)
    if (list.length > 1 && new Set(list.map((one) => one.by[key])).size === list.length)
      return list.reduce((sum, one) => sum + one.value, 0);
  return null;
}

export const sexesExchanged: Rule = {
  name: "sexes-exchanged",
  title: "les femmes et les hommes échangés",
  find(table) {
    const named_ = Map.groupBy(table.rows, (row) => [row.programme, plain(row.label), row.unit].join("|"));
    const like = (row: Stated) => named_.get([row.programme, plain(row.label), row.unit].join("|")) ?? [];
    return pairsOf(table).flatMap(({ women, men }): Finding[] => {
      if (women.value === men.value || !isCount(women)) return [];
      const of = (row: Stated) => expectedOf(table, row) ?? summedElsewhere(like(row), row);
      const [expectedWomen, expectedMen] = [of(women), of(men)];
      if (expectedWomen !== men.value || expectedMen !== women.value) return [];
      return [
        {
          rule: "sexes-exchanged",
          weight: "contradiction",
          accused: [women.code, men.code],
          witnesses: [],
          sentence: `Les femmes et les hommes sont échangés\u00a0: ${named(women)} et ${named(men)} disent ${told(women.value)} femmes et ${told(men.value)} hommes, alors que leur détail fait ${told(expectedWomen)} femmes et ${told(expectedMen)} hommes.`,
        },
      ];
    });
  },
};

export const sexesAgainstAll: Rule = {
  name: "sexes-against-all",
  title: "les femmes et les hommes contre l’ensemble",
  find(table, known) {
    const all = new Map(
      table.rows.filter((row) => row.by.sexe === undefined).map((row) => [alike(row, "sexe"), row] as const),
    );
    return pairsOf(table).flatMap(({ women, men }): Finding[] => {
      const [sum, codes] = [women.value + men.value, [women.code, men.code]];
      if (women.unit === "%") {
        // Each may be rounded: 57,5 and 42,5 are printed 58 and 43.
        const slack = 1.01 * 10 ** -Math.min(women.decimals, men.decimals);
        if (Math.abs(sum - 100) <= slack || codes.some((code) => known.has(code))) return [];
        return [
          {
            rule: "sexes-against-all",
            weight: sum > 100 ? "contradiction" : "doubt",
            accused: codes,
            witnesses: [],
            sentence: `Les parts des femmes et des hommes de ${named(women)} font ${told(sum)}\u00a0% et non 100\u00a0%.`,
          },
        ];
      }
      const whole = all.get(alike(women, "sexe"));
      if (!whole || !isCount(whole) || sum === whole.value || codes.every((code) => whole.formula.includes(code)))
        return [];
      // Somebody may not have said: then the two make less than all.
      if (sum < whole.value && known.has(whole.code)) return [];
      return [
        {
          rule: "sexes-against-all",
          weight: sum > whole.value ? "contradiction" : "doubt",
          accused: [whole.code],
          witnesses: codes,
          sentence: `${named(whole)} dit ${told(whole.value, whole.unit)}, alors que ${told(women.value)} femmes et ${told(men.value)} hommes font ${told(sum)}.`,
        },
      ];
    });
  },
};
