// What was promised to a funder beside what is reached: in figures a year, which are those of the chapter; in a fund's indicators, over the
// whole agreement.
import type { Registry } from "../../../../core/figures/registry.ts";
import type { At } from "../../../../core/http/route.ts";
import { DataTable } from "../../../../ui/table.tsx";
import { number, percent } from "../../../../ui/words.ts";
import { type Agreement, targetsOfAgreement } from "../../../foundations/programmes/door.ts";
import { head, type ProgrammeYear, programmeYear } from "../programme-year.ts";
import { targetColumns } from "../target-columns.tsx";
import type { Told } from "./told.ts";

/** `told`: the indicators as this reader may see them; null where the funder asks for none. */
export async function targetsSection(at: At, registry: Registry, agreement: Agreement, told: Told | null) {
  const all = await targetsOfAgreement(at.tx, agreement.id);
  const figures = all.filter((one) => registry.figure(`${head}.${one.figure}`) !== null);
  const indicators = all.flatMap((target) => {
    const line = told?.lines.find(({ indicator }) => indicator.code === target.figure);
    return told && line ? [{ ...target, line, reached: told.cell(target.figure) }] : [];
  });
  const numbers = new Map<number, ProgrammeYear>();
  for (const year of new Set(figures.map((one) => one.year)))
    numbers.set(year, await programmeYear(at, registry, agreement.programmeCode, year));
  return (
    <section>
      <h2>Objectifs</h2>
      {figures.length > 0 ? (
        <DataTable
          caption="Objectifs de l’année"
          hideCaption
          rows={figures}
          rowKey={(target) => `${target.year} ${target.figure}`}
          columns={[
            { key: "year", label: "Année", render: (target) => String(target.year) },
            ...targetColumns({
              registry,
              programme: agreement.programmeCode,
              numbersOf: (target: { year: number }) => numbers.get(target.year),
            }),
          ]}
        />
      ) : null}
      {indicators.length > 0 ? (
        <DataTable
          caption="Objectifs en indicateurs, sur toute la convention"
          rows={indicators}
          rowKey={(target) => `${target.year} ${target.figure}`}
          columns={[
            {
              key: "label",
              label: "Indicateur",
              header: true,
              render: ({ line: { indicator } }) => `${indicator.code}, ${indicator.label}`,
            },
            { key: "target", label: "Objectif", number: true, render: (target) => number(target.number) },
            { key: "reached", label: "Atteint", number: true, render: (target) => target.reached },
            {
              key: "share",
              label: "Part",
              number: true,
              render: ({ line, reached, number: wanted }) =>
                wanted === 0 || reached === "masqué" ? null : percent(Math.round((line.yes / wanted) * 100)),
            },
          ]}
        />
      ) : null}
      {figures.length + indicators.length > 0 ? null : (
        <p>
          {all.length === 0
            ? "Aucun objectif n’est noté pour ce financeur."
            : "Aucun des objectifs n’est de ceux que votre rôle peut lire."}
        </p>
      )}
    </section>
  );
}
