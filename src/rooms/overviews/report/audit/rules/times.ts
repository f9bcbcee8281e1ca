// Figures against time: a year that jumps, a wish for a year already past, bounds that cross or leave a hole.
import { isCount, named, plain, restriction, says, tellsChange, told } from "../speech.ts";
import type { Finding, Rule, Stated } from "../stated.ts";

/** From one year to the next, four times more or four times less is looked at again. */
const jump = 4;
const yearOf = (row: Stated): number | null => (/^(19|20)\d\d$/.test(row.period) ? Number(row.period) : null);

export const yearJump: Rule = {
  name: "year-jump",
  title: "une année qui saute par rapport à la précédente",
  find(table) {
    const findings: Finding[] = [];
    const like = Map.groupBy(
      table.rows.filter((row) => yearOf(row) !== null && (isCount(row) || row.unit === "%") && !tellsChange(row)),
      (row) => [row.programme, row.unit, plain(row.label), restriction(row.by)].join("|"),
    );
    for (const rows of like.values())
      for (const row of rows) {
        const before = rows.find((one) => yearOf(one) === (yearOf(row) ?? 0) - 1);
        if (!before || Math.min(row.value, before.value) <= 0 || Math.max(row.value, before.value) < 20) continue;
        const times = row.value / before.value;
        if (times < jump && times > 1 / jump) continue;
        findings.push({
          rule: "year-jump",
          weight: "doubt",
          accused: [row.code],
          witnesses: [before.code],
          sentence: `${says(row)}, ${times > 1 ? `${told(Math.round(times * 10) / 10)} fois plus` : `${told(Math.round(10 / times) / 10)} fois moins`} que l’année d’avant (${told(before.value, before.unit)}).`,
        });
      }
    return findings;
  },
};

export const staleForecast: Rule = {
  name: "stale-forecast",
  title: "une perspective pour une année déjà passée",
  find: ({ rows, year }) =>
    year === null
      ? []
      : rows
          .filter(
            (row) =>
              /^(target|forecast|perspective|objectif)/.test(row.kind) && row.unit === "année" && row.value <= year,
          )
          .map((row) => ({
            rule: "stale-forecast",
            weight: "contradiction" as const,
            accused: [row.code],
            witnesses: [],
            sentence: `${named(row)} annonce ${row.value}, que le rapport ${year} raconte déjà\u00a0: la phrase vient sans doute d’un rapport plus ancien.`,
          })),
};

const lower = new Set(["min", "début", "debut"]);
const upper = new Set(["max", "fin"]);
const bare = (row: Stated): string =>
  plain(row.label)
    .replaceAll(/\b(minim\w*|maxim\w*|plancher|plafond|debut|fin)\b/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

export const crossedBounds: Rule = {
  name: "crossed-bounds",
  title: "un minimum au-dessus du maximum",
  find(table) {
    const groups = Map.groupBy(
      table.rows.filter((row) => row.by.borne !== undefined),
      (row) => [row.section, row.unit, row.period, bare(row), restriction(row.by, "borne")].join("|"),
    );
    return [...groups.values()].flatMap((rows): Finding[] => {
      const low = rows.find((row) => lower.has(row.by.borne ?? ""));
      const high = rows.find((row) => upper.has(row.by.borne ?? ""));
      if (!low || !high || low.value <= high.value) return [];
      return [
        {
          rule: "crossed-bounds",
          weight: "contradiction",
          accused: [low.code, high.code],
          witnesses: [],
          sentence: `${says(low)}, au-dessus de ${named(high)} qui dit ${told(high.value, high.unit)}.`,
        },
      ];
    });
  },
};

export const holeBetweenBounds: Rule = {
  name: "hole-between-bounds",
  title: "un âge que deux bornes voisines laissent dehors",
  find: (table) =>
    [...table.sections.values()].flatMap((rows) =>
      rows
        .filter((row) => row.by.borne === "min" && row.unit === "ans" && /\bplus de \d/.test(plain(row.label)))
        .flatMap((above): Finding[] => {
          const below = rows.find(
            (row) =>
              row.by.borne === "max" &&
              row.unit === above.unit &&
              row.value === above.value - 1 &&
              restriction(row.by, "borne") !== restriction(above.by, "borne"),
          );
          if (!below) return [];
          return [
            {
              rule: "hole-between-bounds",
              weight: "contradiction",
              accused: [above.code],
              witnesses: [below.code],
              sentence: `${named(above)} commence après ${told(above.value, above.unit)} et ${named(below)} finit à ${told(below.value, below.unit)}\u00a0: qui a exactement ${told(above.value, above.unit)} n’est nulle part.`,
            },
          ];
        }),
    ),
};
