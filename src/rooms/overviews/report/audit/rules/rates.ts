// Rates that cannot be: for their base, together, beside their neighbours.
import { codesIn, rateTerms, roundedTo } from "../formula.ts";
import {
  countsPeople,
  isExclusive,
  isRate,
  named,
  plain,
  restriction,
  says,
  tellsChange,
  tellsEntry,
  told,
  within,
} from "../speech.ts";
import type { Finding, Rule, Stated, Table } from "../stated.ts";
import { computedOf, readOf } from "./computed.ts";

const percents = (rows: readonly Stated[]): Stated[] =>
  rows.filter((row) => row.unit === "%" && isRate(row) && !tellsChange(row));
/** Above it every printed rate is possible: nothing to check. */
const tooMany = (row: Stated): number => 100 * 10 ** row.decimals;

export const impossibleNumber: Rule = {
  name: "impossible-number",
  title: "un nombre impossible",
  find: (table) =>
    table.rows.flatMap((row): Finding[] => {
      const share = row.unit === "%" && (row.kind === "ratio" || /\b(part|taux|pourcentage)\b/.test(plain(row.label)));
      const why =
        share && row.value > 100 && !tellsChange(row)
          ? "une part ne dépasse pas 100\u00a0%"
          : row.value < 0 && (share || /^count/.test(row.kind))
            ? "rien ne se compte en dessous de zéro"
            : /^count/.test(row.kind) && !Number.isInteger(row.value)
              ? "ce qui se compte n’a pas de décimale"
              : null;
      return why === null
        ? []
        : [
            {
              rule: "impossible-number",
              weight: "contradiction",
              accused: [row.code],
              witnesses: [],
              sentence: `${says(row)}\u00a0: ${why}.`,
            },
          ];
    }),
};

/** The most people that a rate can be of: those who came in, as its section tells them. */
function mostPeople(rows: readonly Stated[], rate: Stated): Stated | null {
  return rows
    .filter((row) => countsPeople(row) && tellsEntry(row) && within(rate, row))
    .reduce<Stated | null>((most, row) => (most && most.value >= row.value ? most : row), null);
}

const fits = (rate: Stated, base: number): boolean =>
  [Math.floor, Math.ceil].some(
    (round) => roundedTo((100 * round((rate.value * base) / 100)) / base, rate.decimals) === rate.value,
  );

/**
 * The people or things that a rate is exactly of: those that its words name ("parmi les porteurs accompagnés", "des participations"), or
 * those restricted as it is but for what it tells ("public en QPV" of one action's people).
 */
function exactBases(rows: readonly Stated[], rate: Stated): Stated[] {
  const words = plain(rate.label);
  const among = / parmi les (.+)$/.exec(words)?.[1]?.split(" ") ?? null;
  return rows.filter((row) => {
    if (isRate(row) || row.period !== rate.period || row.programme !== rate.programme || !Number.isInteger(row.value))
      return false;
    const label = plain(row.label).split(" ");
    if (among) return countsPeople(row) && within(rate, row) && among.every((word) => label.includes(word));
    const narrowed = Object.keys(row.by).length > 0 && countsPeople(row);
    const told = Object.keys(rate.by).filter((key) => rate.by[key] === "oui" || isExclusive(key));
    return (
      (narrowed || words.endsWith(` des ${plain(row.unit)}`)) &&
      told.some((key) => restriction(rate.by, key) === restriction(row.by))
    );
  });
}

export const impossibleForExactBase: Rule = {
  name: "impossible-for-exact-base",
  title: "un pourcentage impossible pour sa base",
  find: (table, known) =>
    [...table.sections.values()].flatMap((rows) =>
      percents(rows).flatMap((rate): Finding[] => {
        if (rate.formula !== "" || rate.value < 0 || rate.value > 100 || known.has(rate.code)) return [];
        const bases = exactBases(rows, rate);
        const [base] = bases;
        if (!base || bases.some((one) => one.value <= 0 || one.value >= tooMany(rate) || fits(rate, one.value)))
          return [];
        const [below, above] = [Math.floor, Math.ceil].map((round) => round((rate.value * base.value) / 100));
        return [
          {
            rule: "impossible-for-exact-base",
            weight: "contradiction",
            accused: [rate.code],
            witnesses: [base.code],
            sentence: `${says(rate)}, sur ${told(base.value, base.unit)} (${named(base)})\u00a0: ${told(below ?? 0)} en font ${told(roundedTo((100 * (below ?? 0)) / base.value, rate.decimals))}\u00a0% et ${told(above ?? 0)} en font ${told(roundedTo((100 * (above ?? 0)) / base.value, rate.decimals))}\u00a0%.`,
          },
        ];
      }),
    ),
};

export const impossibleForBase: Rule = {
  name: "impossible-for-base",
  title: "un pourcentage impossible pour sa base",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const rates = percents(rows).filter((row) => !known.has(row.code) && row.value > 0 && row.value <= 100);
      // Answers to one question have one base.
      const groups = Map.groupBy(rates, (row) => {
        const key = Object.keys(row.by).find((one) => one === "réponse" || one === "sexe" || one === "statut");
        return key
          ? [row.period, plain(row.label.split(/\s:\s/)[0] ?? ""), restriction(row.by, key)].join("|")
          : row.code;
      });
      for (const group of groups.values()) {
        const [first] = group;
        if (!first) continue;
        const given = group.every((row) => row.base !== null && row.base === first.base) ? first.base : null;
        const whole = given === null ? mostPeople(rows, first) : null;
        const most = given ?? whole?.value ?? null;
        if (most === null || most <= 0 || most >= tooMany(first) || !Number.isInteger(most)) continue;
        const bases = given === null ? Array.from({ length: most }, (_, at) => at + 1) : [given];
        if (bases.some((base) => group.every((row) => fits(row, base)))) continue;
        const said = group.map((row) => told(row.value, row.unit)).join(" et ");
        const of = given === null ? `d’au plus ${told(most)} personnes` : `de ${told(most)}`;
        findings.push({
          rule: "impossible-for-base",
          weight: "contradiction",
          accused: group.map((row) => row.code),
          witnesses: whole ? [whole.code] : [],
          sentence: `${named(first)}\u00a0: aucun groupe ${of} ne donne ${said}${group.length > 1 ? " à la fois" : ""}.`,
        });
      }
    }
    return findings;
  },
};

/** Shares of one whole: the same words, one breakdown apart, each value once. */
function wholesOf(rows: readonly Stated[]): { key: string; shares: Stated[] }[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row.by)))].filter(isExclusive).flatMap((key) =>
    [
      ...Map.groupBy(
        percents(rows).filter((row) => row.by[key] !== undefined),
        (row) => [row.period, row.label.split(/\s:\s/)[0], restriction(row.by, key)].join("|"),
      ).values(),
    ].flatMap((shares) => {
      const values = shares.map((row) => row.by[key] ?? "");
      // "<26" is part of "<35", and "demandeur d’emploi de longue durée" of "demandeur d’emploi".
      const overlap = values.some(
        (one, at) =>
          /[<>]/.test(one) ||
          values.some((other, place) => place !== at && (other === one || other.startsWith(`${one} de `))),
      );
      return overlap || shares.length < 2 ? [] : [{ key, shares }];
    }),
  );
}

export const sharesAboveWhole: Rule = {
  name: "shares-above-whole",
  title: "des parts qui font plus de 100 %",
  find: (table, known) =>
    [...table.sections.values()].flatMap(wholesOf).flatMap(({ key, shares }): Finding[] => {
      const sum = shares.reduce((total, row) => total + row.value, 0);
      if (sum <= 100.0001 || shares.some((row) => known.has(row.code))) return [];
      const slack = shares.reduce((total, row) => total + 0.5 * 10 ** -row.decimals, 0);
      const rounding = sum - 100 <= slack;
      return [
        {
          rule: "shares-above-whole",
          weight: rounding && shares.length > 2 ? "doubt" : "contradiction",
          accused: shares.map((row) => row.code),
          witnesses: [],
          sentence: `Les ${shares.length} parts par ${key} de «\u00a0${shares[0]?.label ?? ""}\u00a0» (${shares[0]?.section ?? ""}) font ${told(sum)}\u00a0%${rounding && shares.length > 2 ? "\u00a0: les arrondis peuvent l’expliquer, un lecteur qui additionne s’en étonnera" : ""}.`,
        },
      ];
    }),
};

export const basesDiffer: Rule = {
  name: "bases-differ",
  title: "deux taux côte à côte sur deux bases",
  find: (table, known) =>
    [...table.sections.values()].flatMap(wholesOf).flatMap(({ key, shares }): Finding[] => {
      const based = shares.flatMap((row) => {
        const base = baseOf(table, row);
        return base === null || known.has(row.code) ? [] : [{ row, base }];
      });
      const groups = [...Map.groupBy(based, (one) => one.base).entries()].sort(
        (one, other) => other[1].length - one[1].length,
      );
      const [usual, ...others] = groups;
      if (!usual || others.length === 0) return [];
      const tied = usual[1].length === others[0]?.[1].length;
      const odd = [...(tied ? usual[1] : []), ...others.flatMap(([, list]) => list)];
      return [
        {
          rule: "bases-differ",
          weight: "contradiction",
          accused: odd.map(({ row }) => row.code),
          witnesses: tied ? [] : usual[1].map(({ row }) => row.code),
          sentence: `Des parts par ${key} qui se lisent côte à côte n’ont pas la même base\u00a0: ${odd
            .slice(0, 4)
            .map(({ row, base }) => `${named(row)} est prise sur ${told(base)}`)
            .join(", ")}${tied ? "" : `, ses voisines sur ${told(usual[0])}`}.`,
        },
      ];
    }),
};

function baseOf(table: Table, row: Stated): number | null {
  const term = readOf(table, row);
  const terms = term && rateTerms(term);
  if (!terms || codesIn(terms.under).length === 0) return row.base;
  return computedOf(table, terms.under);
}

export const cancelledShare: Rule = {
  name: "cancelled-share",
  title: "un taux d’annulation contre ce qui a eu lieu",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values())
      for (const rate of percents(rows)) {
        const { état, ...rest } = rate.by;
        if (état !== "annulé" || rate.formula !== "" || known.has(rate.code) || Object.keys(rest).length === 0)
          continue;
        if (rate.value <= 0 || rate.value >= 100) continue;
        const beside = rows.filter(
          (row) => !isRate(row) && row.period === rate.period && within(row, { ...rate, by: rest }),
        );
        const exactly = beside.filter(
          (row) => restriction(row.by, "état") === restriction(rest) && row.by.état !== "annulé",
        );
        if (beside.length === 0)
          findings.push({
            rule: "cancelled-share",
            weight: "doubt",
            accused: [rate.code],
            witnesses: [],
            sentence: `${says(rate)}, sans que le tableau dise combien ont été prévus, annulés ou réalisés\u00a0: ce taux ne peut pas être refait.`,
          });
        const [done] = exactly;
        if (exactly.length !== 1 || !done || !Number.isInteger(done.value)) continue;
        const around = (done.value * rate.value) / (100 - rate.value);
        const whole = [Math.floor(around), Math.ceil(around)].some(
          (cancelled) => roundedTo((100 * cancelled) / (cancelled + done.value), rate.decimals) === rate.value,
        );
        if (whole) continue;
        findings.push({
          rule: "cancelled-share",
          weight: "contradiction",
          accused: [rate.code],
          witnesses: [done.code],
          sentence: `${says(rate)}\u00a0: avec ${told(done.value, done.unit)} qui ont eu lieu (${named(done)}), il faudrait ${told(around)} annulations, qui n’est pas un nombre entier. Le taux est peut-être pris sur ce qui a eu lieu, et non sur ce qui était prévu.`,
        });
      }
    return findings;
  },
};
