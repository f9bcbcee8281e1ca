// The PDF of a document: tagged, its typeface inside, its charts drawn as vectors, each figure leading to how it is counted.
import type { Tx } from "../../../../../core/db/transaction.ts";
import { renderAside } from "../../../../../core/documents/aside.ts";
import { number, shortDay } from "../../../../../ui/words.ts";
import { daysInWords } from "../days.ts";
import type { Document, DocumentChapter, FigureLine, Piece, Span } from "../document.ts";
import { type ChartPiece, drawCharts } from "../drawing.ts";
import { photosOf } from "../reads.ts";

const template = new URL("./edition.typ", import.meta.url);

/** The house's arches, as the pages draw them. */
const logo =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 420"><g fill="#fff"><path fill-opacity=".10" d="M20 420V170a140 140 0 0 1 280 0V420z"/><path fill-opacity=".12" d="M46 420V178a114 114 0 0 1 228 0V420z"/><path fill-opacity=".16" d="M72 420V186a88 88 0 0 1 176 0V420z"/><path fill-opacity=".22" d="M98 420V194a62 62 0 0 1 124 0V420z"/><path fill-opacity=".5" d="M124 420V202a36 36 0 0 1 72 0V420z"/></g></svg>';

/** What the page's sheet gives a chart on the screen, on paper. */
const chartStyle =
  "<style>svg{font-family:'Atkinson Hyperlegible Next'}.bar{fill:#9c3518}.chart-line{fill:none;stroke:#9c3518;stroke-width:2}.chart-dot{fill:#26211c}.bar-before{fill:none;stroke:#8a7c6b;stroke-width:1.5;stroke-dasharray:3 2}.bar-value{fill:#26211c}text{fill:#26211c}</style>";

/**
 * A drawing of the page as one that stands by itself. Its names are said by the document; as attributes they are HTML's, which may hold signs
 * that XML refuses.
 */
const onPaper = (svg: string): string =>
  svg
    .replaceAll(/\saria-(?:label|description)="[^"]*"/g, "")
    .replace(/^<svg(?![^>]*\sxmlns=)/, '<svg xmlns="http://www.w3.org/2000/svg"')
    .replace(/<\/svg>\s*$/, `${chartStyle}</svg>`)
    .replaceAll("currentColor", "#26211c");

/** What a chart says to who does not see it: its numbers. */
const alternativeOf = ({ title, rows }: ChartPiece): string =>
  `${title}\u00a0: ${rows.map(({ label, shown }) => `${label}, ${shown}`).join("\u00a0; ")}.`;

/** The definition of a figure, by what it counts, whatever restricts it. */
const definitionId = (line: FigureLine): string => {
  const [code] = JSON.parse(line.key) as [string];
  return `d-${code.replaceAll(/[^a-z0-9]+/gi, "-")}`;
};

function definitionsOf(lines: readonly FigureLine[]) {
  const found = new Map<string, object>();
  for (const line of lines) {
    const id = definitionId(line);
    if (found.has(id)) continue;
    const [code] = JSON.parse(line.key) as [string];
    const marks = {
      computed: "",
      declared: " Chiffre déclaré\u00a0: aucune fiche ne le donne.",
      quoted: " Chiffre cité.",
    };
    const label = line.label.split(", ")[0] ?? line.label;
    found.set(id, { id, code, label, unit: line.unit, definition: `${line.definition}${marks[line.mark]}` });
  }
  return [...found.values()];
}

/** The pieces as the template reads them. */
function printed(
  pieces: readonly Piece[],
  drawings: ReadonlyMap<Piece, string>,
  idOf: (key: string) => string | null,
): object[] {
  const spans = (all: readonly Span[]): object[] =>
    all.map((span) => {
      if (span.is === "figure") return { ...span, definition: idOf(span.key) };
      return "spans" in span ? { ...span, spans: spans(span.spans) } : span;
    });
  return pieces.map((piece) => {
    switch (piece.is) {
      case "heading":
      case "paragraph":
        return { ...piece, spans: spans(piece.spans) };
      case "list":
        return { ...piece, items: piece.items.map((item) => printed(item, drawings, idOf)) };
      case "quote":
      case "box":
        return { ...piece, pieces: printed(piece.pieces, drawings, idOf) };
      case "chart": {
        const svg = drawings.get(piece);
        return { ...piece, svg: svg ? onPaper(svg) : null, alternative: alternativeOf(piece) };
      }
      default:
        return piece;
    }
  });
}

export const photosIn = (chapters: readonly DocumentChapter[]): string[] =>
  chapters.flatMap(({ blocks }) =>
    blocks.flatMap(({ pieces }) => pieces.flatMap((piece) => (piece.is === "photo" ? [piece.photo] : []))),
  );

export const maskedNote =
  "Les nombres de 1 à 4, et ceux qui permettraient de les retrouver, sont masqués. Un taux pris sur moins de dix personnes le dit.";

/** Null: it could not be made, and nothing else is changed. `alone`: one chapter, without a table of contents. */
export async function pdfOf(
  tx: Tx,
  edition: string,
  document: Document,
  options: { alone?: boolean; note?: string } = {},
): Promise<Buffer | null> {
  const chapters = document.chapters.filter(({ blocks }) => blocks.length > 0);
  const drawings = await drawCharts(chapters);
  const photos = await photosOf(tx, edition, photosIn(chapters));
  const byKey = new Map(document.figures.map((line) => [line.key, line]));
  const idOf = (key: string): string | null => {
    const line = byKey.get(key);
    return line ? definitionId(line) : null;
  };
  const definitions = definitionsOf(document.figures);
  return renderAside(
    template,
    {
      house: document.house,
      title: document.title,
      day: document.made.split("-").map(Number),
      period: daysInWords(document),
      foot: `${document.house}, ${shortDay(document.made)}`,
      note: [options.note ?? "", document.outside ? maskedNote : ""].filter(Boolean).join(" "),
      logo,
      outline: options.alone !== true,
      counted: `${number(document.figures.length)} chiffres sont dits dans ce document. Chacun a une seule définition\u00a0; l’annexe au format XLSX donne chaque valeur avec sa période et sa base.`,
      definitions,
      chapters: chapters.map(({ title, blocks }) => ({
        title,
        pieces: blocks.flatMap(({ pieces }) => printed(pieces, drawings, idOf)),
      })),
    },
    Object.fromEntries([...photos].map(([id, jpeg]) => [`${id}.jpg`, jpeg])),
  );
}
