// The map of an exploration whose rows are communes: each outline that the house has, with the number of its commune.
import type { Tx } from "../../../../core/db/transaction.ts";
import { may } from "../../../../core/rights.ts";
import { Link } from "../../../../ui/link.tsx";
import { MapDrawing, mapChart } from "../../../../ui/map-chart.tsx";
import { plural } from "../../../../ui/words.ts";
import { sameWord } from "../coverage/expression.ts";
import { outlinesOf } from "../outlines/records.ts";
import { outlineRights, outlinesPath } from "../outlines/routes.tsx";
import type { GridCell, Value } from "./grid.ts";

/** `cell`: the number of a row. */
export async function CommuneMap({
  tx,
  title,
  rows,
  cell,
}: {
  tx: Tx;
  title: string;
  rows: readonly Value[];
  cell: (row: string) => GridCell;
}) {
  const outlines = await outlinesOf(tx);
  const bring = may(tx.scope, outlineRights["outline.take"]) ? (
    <Link href={outlinesPath}>Donner des contours</Link>
  ) : null;
  if (outlines.length === 0)
    return (
      <p>
        La maison n’a pas encore de contours de communes{"\u00a0"}: le tableau dit les mêmes chiffres. {bring}
      </p>
    );
  const rowOf = ({ code, name }: { code: string; name: string }) =>
    rows.find((row) => row.value === code || sameWord(row.label, name));
  const drawn = new Set<string>();
  const places = outlines.map(({ code, name, rings }) => {
    const row = rowOf({ code, name });
    if (!row) return { name, rings, value: 0, shown: "" };
    drawn.add(row.value);
    return { name, rings, ...cell(row.value) };
  });
  const missing = rows.filter(({ value }) => !drawn.has(value)).length;
  const svg = mapChart(title, places);
  return svg === null ? null : (
    <>
      <MapDrawing
        svg={svg}
        caption={`${title}, par commune. Les mêmes chiffres sont dans le tableau.`}
        values={places.flatMap(({ value }) => (value === null ? [] : [value]))}
      />
      {missing > 0 ? (
        <p>
          {plural(missing, "ligne n’a pas de contour", "lignes n’ont pas de contour")} et ne se voit que dans le
          tableau. {bring}
        </p>
      ) : null}
    </>
  );
}
