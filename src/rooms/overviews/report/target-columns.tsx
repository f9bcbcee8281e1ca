// What was promised beside what is reached: the same columns on a programme's chapter and on an agreement's page, so that both say the same.
import { yearPeriod } from "../../../core/figures/print.ts";
import type { Registry } from "../../../core/figures/registry.ts";
import type { Column } from "../../../ui/table.tsx";
import { number, percent } from "../../../ui/words.ts";
import { figureHref } from "./href.ts";
import { head, type ProgrammeYear } from "./programme-year.ts";

type Target = { year: number; number: number; figure: string; funder?: string | null };

/** `numbersOf`: the numbers of the target's year as the reader may see them. */
export function targetColumns<T extends Target>({
  registry,
  programme,
  numbersOf,
}: {
  registry: Registry;
  programme: string;
  numbersOf: (target: T) => ProgrammeYear | undefined;
}): Column<T>[] {
  const named = (target: T): string => `${head}.${target.figure}`;
  return [
    {
      key: "figure",
      label: "Chiffre",
      header: true,
      render: (target) =>
        `${registry.figure(named(target))?.label ?? target.figure}${target.funder ? `, pour ${target.funder}` : ""}`,
    },
    { key: "target", label: "Objectif", number: true, render: (target) => number(target.number) },
    {
      key: "reached",
      label: "Atteint",
      number: true,
      render: (target) => (
        <a href={figureHref(named(target), yearPeriod(target.year), { [head]: programme })}>
          {numbersOf(target)?.cell(named(target))}
        </a>
      ),
    },
    {
      key: "share",
      label: "Part",
      number: true,
      render: (target) => {
        const value = numbersOf(target)?.value(named(target)) ?? null;
        return value === null || target.number === 0 ? null : percent(Math.round((value / target.number) * 100));
      },
    },
  ];
}
