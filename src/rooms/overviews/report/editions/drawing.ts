// A chart of a document as SVG: the same drawing on the page and in the PDF.
import { columnChart } from "../../../../ui/chart.tsx";
import { gridChart } from "../../../../ui/grid-chart.tsx";
import { number } from "../../../../ui/words.ts";
import type { Document, Piece } from "./document.ts";

export type ChartPiece = Extract<Piece, { is: "chart" }>;

/** Null: there is nothing to draw, and the table alone tells. */
export async function drawChart(piece: ChartPiece): Promise<string | null> {
  const { title, text, rows, head, drawing } = piece;
  if (rows.length === 0) return null;
  if (drawing === "columns")
    return columnChart({
      title,
      description: text || title,
      unit: head[1],
      rows: rows.map(({ label, value, shown }) => ({ label, short: shortOf(label, rows.length), value, shown })),
    });
  const whole = rows.reduce((sum, row) => sum + (row.value ?? 0), 0);
  const values = rows.map(({ value, shown }) =>
    drawing === "shares" && value !== null && whole > 0
      ? { value: (value / whole) * 100, shown: `${number((value / whole) * 100, 1)}\u00a0%` }
      : { value, shown },
  );
  return gridChart({
    kind: drawing === "line" ? "line" : "bars",
    title,
    unit: drawing === "shares" ? "%" : head[1],
    rows: rows.map(({ label }) => label),
    series: [{ label: head[1], values }],
  });
}

/** "septembre" -> "sept." where many stand side by side. */
function shortOf(label: string, many: number): string {
  const most = many > 14 ? 6 : many > 7 ? 8 : 16;
  return label.length <= most ? label : `${label.slice(0, many > 7 ? 4 : most - 1)}.`;
}

/** Every chart of a document, drawn. */
export async function drawCharts(chapters: Document["chapters"]): Promise<Map<Piece, string>> {
  const drawn = new Map<Piece, string>();
  for (const { blocks } of chapters)
    for (const { pieces } of blocks)
      for (const piece of pieces) {
        const svg = piece.is === "chart" ? await drawChart(piece) : null;
        if (svg) drawn.set(piece, svg);
      }
  return drawn;
}
