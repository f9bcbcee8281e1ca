// The numbers of an agreement as their reader may see them: exact for the team; for others without the split by sex nor what is missing, and
// with small numbers masked, those too that would tell one (who is not counted, of how many it is asked).
import { maskedCells, type Sum } from "../../../../core/figures/mask.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { number } from "../../../../ui/words.ts";
import { peopleRights } from "../../../foundations/people/door.ts";
import type { IndicatorLine, Operation } from "../../../foundations/programmes/door.ts";
import { seesExact } from "../masking.ts";

export type Told = {
  exact: boolean;
  /** The indicators that this reader may know of. */
  lines: readonly IndicatorLine[];
  /** A number in words, or "masqué": of an indicator by its code, or "participants", "complete", "left". */
  cell(id: string): string;
};

/** Groups of which each person is in one at most: with who is in none, they make the whole. */
const wholes: readonly (readonly string[])[] = [
  ["CO01", "CO03", "CO05"],
  ["CO06", "CO07"],
  ["CO09", "CO10", "CO11"],
  ["EECO02", "EECO04", "EECO05"],
  ["EECO06", "EECO07", "EECO08"],
  ["EECO09", "EECO10", "EECO11"],
];
/** One counts among the people of the other. */
const within: readonly (readonly [part: string, whole: string])[] = [
  ["CO02", "CO01"],
  ["CO04", "CO03"],
  ["CO08", "CO07"],
  ["CR08", "CR06"],
  ["CR09", "CR06"],
  ["EECO03", "EECO02"],
];

/** Exported for its test: the cells that a reader outside the team does not see. */
export function maskedOf(
  lines: readonly IndicatorLine[],
  of: { participants: number; complete: number; left: number },
) {
  const cells = new Map<string, number>(Object.entries(of));
  const sums: Sum[] = [];
  const rest = (total: string, parts: readonly string[]): void => {
    const others = (cells.get(total) ?? 0) - parts.reduce((sum, part) => sum + (cells.get(part) ?? 0), 0);
    const id = `${total} without ${parts.join(" ")}`;
    cells.set(id, others);
    sums.push({ total, parts: [...parts, id] });
  };
  rest("participants", ["complete"]);
  rest("participants", ["left"]);
  for (const { indicator, base, yes } of lines) {
    cells.set(indicator.code, yes);
    const total = indicator.of === "entry" ? "participants" : indicator.of === "exit" ? "left" : "later";
    if (total === "later") cells.set("later", base);
    rest(total, [indicator.code]);
  }
  for (const parts of wholes) if (parts.every((part) => cells.has(part))) rest("participants", parts);
  for (const [part, whole] of within) if (cells.has(part) && cells.has(whole)) rest(whole, [part]);
  return maskedCells(cells, sums);
}

/** What the chapter hides of the same people: then this page tells nothing that would give it back. */
export type Hidden = { participants: boolean; left: boolean };

/** The numbers of an operation for the reader of a request; `hidden` is asked for readers outside the team only. */
export async function toldOf(
  at: Pick<At, "scope">,
  { participants, complete, left, indicators }: Operation,
  hiddenInChapter: () => Promise<Hidden>,
): Promise<Told> {
  const exact = seesExact(at.scope);
  const sensitive = may(at.scope, peopleRights["person.sensitive"]);
  const lines = indicators.filter(({ indicator }) => indicator.rule !== null && (sensitive || !indicator.sensitive));
  const of = { participants: participants.length, complete, left };
  const masked = exact ? new Set<string>() : maskedOf(lines, of);
  if (!exact) {
    const hidden = await hiddenInChapter();
    if (hidden.participants)
      for (const id of [...Object.keys(of), ...lines.map((one) => one.indicator.code)]) masked.add(id);
    if (hidden.left)
      for (const id of [
        "left",
        ...lines.flatMap(({ indicator }) => (indicator.of === "entry" ? [] : [indicator.code])),
      ])
        masked.add(id);
  }
  const values = new Map<string, number>([
    ...Object.entries(of),
    ...lines.map(({ indicator, yes }) => [indicator.code, yes] as const),
  ]);
  return { exact, lines, cell: (id) => (masked.has(id) ? "masqué" : number(values.get(id) ?? 0)) };
}
