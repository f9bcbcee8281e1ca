// A part is never above its whole: restricted figures, "dont", people who left above people who came.
import {
  countsPeople,
  isCount,
  isExclusive,
  named,
  plain,
  restriction,
  says,
  spanOf,
  tellsEntry,
  tellsExit,
  told,
  width,
  within,
} from "../speech.ts";
import type { Finding, Rule, Stated, Table } from "../stated.ts";

const above = (rule: string, part: Stated, whole: Stated, why: string): Finding => ({
  rule,
  weight: "contradiction",
  accused: [part.code, whole.code],
  witnesses: [],
  sentence: `${says(part)}, plus que ${named(whole)} qui dit ${told(whole.value, whole.unit)}\u00a0: ${why}.`,
});

/** Figures of one name in one programme, told in the same unit. */
const namesakes = (table: Table): Iterable<readonly Stated[]> =>
  Map.groupBy(table.rows.filter(isCount), (row) =>
    [row.programme === "" ? row.section : row.programme, plain(row.label), row.unit].join("|"),
  ).values();

export const partAboveWhole: Rule = {
  name: "part-above-whole",
  title: "une partie plus grande que l’ensemble",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of namesakes(table))
      for (const whole of rows)
        for (const part of rows) {
          if (part.value <= whole.value || part === whole || known.has(part.code) || known.has(whole.code)) continue;
          if (part.period === whole.period && width(part) > width(whole) && within(part, whole))
            findings.push(above("part-above-whole", part, whole, "une partie ne dépasse pas l’ensemble"));
          const [short, long] = [spanOf(part.period), spanOf(whole.period)];
          if (
            part.period !== whole.period &&
            short &&
            long &&
            restriction(part.by) === restriction(whole.by) &&
            long.from <= short.from &&
            short.to <= long.to
          )
            findings.push(
              above(
                "part-above-whole",
                part,
                whole,
                "une période plus courte ne compte pas plus que celle qui la contient",
              ),
            );
        }
    return findings;
  },
};

export const ofWhich: Rule = {
  name: "of-which",
  title: "un « dont » plus grand que ce qui le précède",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const before = new Map<boolean, Stated>();
      for (const row of rows) {
        const rate = row.unit === "%";
        const of = /^dont\b|\(dont\)/.test(row.label.toLowerCase());
        const whole = before.get(rate);
        if (of && whole && row.value > whole.value && !known.has(row.code))
          findings.push(above("of-which", row, whole, "un «\u00a0dont\u00a0» est une partie de ce qui le précède"));
        // Several "dont" in a row are all of the same.
        if (!of && (rate || isCount(row))) before.set(rate, row);
      }
    }
    return findings;
  },
};

/** Leaving, as opposed to reaching something on the way: a contract is no exit. */
const leaves = (row: Stated): boolean => row.by.sortie !== undefined || /\bsorti/.test(plain(row.label));

export const exitsAboveEntries: Rule = {
  name: "exits-above-entries",
  title: "plus de sorties que d’entrées",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const people = rows.filter(countsPeople);
      const entries = people.filter(tellsEntry);
      const exits = people.filter(tellsExit);
      if (entries.length === 0 && exits.length < 2) continue;
      for (const row of people) {
        if (known.has(row.code)) continue;
        const isExit = tellsExit(row);
        // The narrowest people that the row can be among, and the most of them where the section tells several.
        const among = entries.filter(
          (one) =>
            one !== row &&
            one.programme === row.programme &&
            one.period === row.period &&
            within(row, one) &&
            (isExit || width(row) > width(one)),
        );
        const narrowest = among.reduce((most, one) => Math.max(most, width(one)), -1);
        const whole = among
          .filter((one) => width(one) === narrowest)
          .reduce<Stated | null>((most, one) => (most && most.value >= one.value ? most : one), null);
        if (whole && row.value > whole.value) {
          findings.push(
            above(
              "exits-above-entries",
              row,
              whole,
              isExit ? "il ne sort pas plus de personnes qu’il n’en est entré" : "une partie ne dépasse pas l’ensemble",
            ),
          );
          continue;
        }
        const left = leaves(row)
          ? exits.find(
              (one) =>
                one.period === row.period &&
                width(row) > width(one) &&
                within(row, one) &&
                leaves(one) &&
                one.programme === row.programme &&
                row.value > one.value,
            )
          : undefined;
        if (left)
          findings.push(
            above("exits-above-entries", row, left, "une partie des sorties ne dépasse pas toutes les sorties"),
          );
      }
    }
    return findings;
  },
};

export const partsAboveWhole: Rule = {
  name: "parts-above-whole",
  title: "des parties qui font plus que l’ensemble",
  find(table, known) {
    const findings: Finding[] = [];
    for (const rows of table.sections.values()) {
      const counts = rows.filter((row) => isCount(row) && !/^dont\b/.test(plain(row.label)));
      for (const whole of counts) {
        if (whole.formula !== "" || known.has(whole.code)) continue;
        const parts = counts.filter(
          (row) =>
            row.unit === whole.unit &&
            row.period === whole.period &&
            width(row) === width(whole) + 1 &&
            within(row, whole) &&
            plain(row.label).startsWith(plain(whole.label)),
        );
        for (const [key, list] of Map.groupBy(
          parts,
          (row) => Object.keys(row.by).find((one) => whole.by[one] === undefined) ?? "",
        )) {
          const sum = list.reduce((total, row) => total + row.value, 0);
          if (!isExclusive(key) || list.length < 2 || sum <= whole.value) continue;
          if (new Set(list.map((row) => row.by[key])).size < list.length) continue;
          findings.push({
            rule: "parts-above-whole",
            weight: "contradiction",
            accused: [whole.code],
            witnesses: list.map((row) => row.code),
            sentence: `${says(whole)}, alors que ses parties par ${key} font ${told(sum, whole.unit)}.`,
          });
        }
      }
    }
    return findings;
  },
};
