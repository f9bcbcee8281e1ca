// A document for who must go on in a word processor: real headings, lists and tables, so that a table of contents is made of them.
import {
  AlignmentType,
  BorderStyle,
  ExternalHyperlink,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Table,
  TableCell,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
  Document as WordFile,
} from "docx";
import { declaredKindWords } from "../../declared/words.ts";
import { daysInWords } from "../days.ts";
import type { Document, Piece, Span } from "../document.ts";

const headingOf = (level: 2 | 3) => (level === 2 ? HeadingLevel.HEADING_2 : HeadingLevel.HEADING_3);
const accent = "9C3518";
const wash = "F6E6DC";
type Face = { bold?: boolean; italics?: boolean };
type Photos = ReadonlyMap<string, Buffer>;

const runs = (spans: readonly Span[], face: Face = {}): ParagraphChild[] => spans.flatMap((span) => runsOf(span, face));

function runsOf(span: Span, face: Face): ParagraphChild[] {
  switch (span.is) {
    case "text":
      return [new TextRun({ text: span.text, ...face })];
    case "figure":
      return [new TextRun({ text: `${span.text}${span.mark ? ` (${declaredKindWords[span.mark]})` : ""}`, ...face })];
    case "strong":
      return runs(span.spans, { ...face, bold: true });
    case "emphasis":
      return runs(span.spans, { ...face, italics: true });
    case "break":
      return [new TextRun({ break: 1 })];
    case "link":
      // An address of this site leads nowhere outside of it.
      return span.href.startsWith("https://") || span.href.startsWith("mailto:")
        ? [new ExternalHyperlink({ link: span.href, children: runs(span.spans, face) })]
        : runs(span.spans, face);
  }
}

const cell = (text: string, options: { bold?: boolean; right?: boolean; fill?: string } = {}): TableCell =>
  new TableCell({
    margins: { top: 60, bottom: 60, left: 80, right: 80 },
    ...(options.fill ? { shading: { type: ShadingType.CLEAR, fill: options.fill } } : {}),
    children: [
      new Paragraph({
        alignment: options.right ? AlignmentType.RIGHT : AlignmentType.LEFT,
        children: [new TextRun({ text, bold: options.bold ?? false })],
      }),
    ],
  });

const thin = { style: BorderStyle.SINGLE, size: 4, color: "DCCFBD" };
const none = { style: BorderStyle.NONE, size: 0, color: "auto" };
const borders = { top: thin, bottom: thin, left: none, right: none, insideHorizontal: thin, insideVertical: none };

function tableOf(
  head: readonly string[],
  numbers: readonly boolean[],
  rows: readonly string[][],
  foot: readonly string[] | null,
): Table {
  const row = (cells: readonly string[], bold: boolean, header = false): TableRow =>
    new TableRow({
      tableHeader: header,
      children: cells.map((text, at) =>
        cell(text, { bold, right: numbers[at] ?? false, ...(header ? { fill: wash } : {}) }),
      ),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    borders,
    rows: [row(head, true, true), ...rows.map((one) => row(one, false)), ...(foot ? [row(foot, true)] : [])],
  });
}

const caption = (text: string): Paragraph =>
  new Paragraph({ keepNext: true, spacing: { before: 240, after: 80 }, children: [new TextRun({ text, bold: true })] });

const blocks = (pieces: readonly Piece[], photos: Photos, depth = 0): (Paragraph | Table)[] =>
  pieces.flatMap((piece) => blocksOf(piece, photos, depth));

function blocksOf(piece: Piece, photos: Photos, depth: number): (Paragraph | Table)[] {
  switch (piece.is) {
    case "heading":
      return [
        new Paragraph({
          heading: headingOf(piece.level),
          children: runs(piece.spans),
        }),
      ];
    case "paragraph":
      return [new Paragraph({ children: runs(piece.spans), spacing: { after: 140 } })];
    case "list":
      return piece.items.flatMap((item) =>
        blocks(item, photos, depth + 1).map((one, at) =>
          at === 0 && item[0]?.is === "paragraph" ? listed(item[0].spans, piece.ordered, depth) : one,
        ),
      );
    case "quote":
      return [
        ...piece.pieces.flatMap((one) =>
          one.is === "paragraph"
            ? [
                new Paragraph({
                  indent: { left: 480 },
                  children: runs(one.spans, { italics: true }),
                  spacing: { after: 100 },
                }),
              ]
            : blocks([one], photos, depth),
        ),
        ...(piece.signed ? [new Paragraph({ indent: { left: 480 }, text: `— ${piece.signed}` })] : []),
      ];
    case "box":
      return [caption(piece.title), ...blocks(piece.pieces, photos, depth)];
    case "key-figures":
      return [
        tableOf(
          ["Chiffre", "Valeur", "Repères"],
          [false, true, false],
          piece.figures.map(({ label, value, notes }) => [label, value, notes.join("\u00a0; ")]),
          null,
        ),
        new Paragraph({}),
      ];
    case "table":
      return [
        caption(piece.title),
        tableOf(
          piece.head.map(({ label }) => label),
          piece.head.map((one) => one.number),
          piece.rows,
          piece.foot,
        ),
        ...piece.notes.map((text) => new Paragraph({ text })),
        new Paragraph({}),
      ];
    case "chart":
      // Its numbers, from which a word processor draws what it likes.
      return [
        caption(piece.title),
        ...(piece.text ? [new Paragraph({ text: piece.text })] : []),
        tableOf(
          [...piece.head],
          [false, true],
          piece.rows.map(({ label, shown }) => [label, shown]),
          null,
        ),
        new Paragraph({}),
      ];
    case "photo": {
      const jpeg = photos.get(piece.photo);
      const width = Math.min(560, piece.width);
      return jpeg
        ? [
            new Paragraph({
              children: [
                new ImageRun({
                  type: "jpg",
                  data: jpeg,
                  transformation: { width, height: Math.round((width * piece.height) / piece.width) },
                  altText: { name: piece.photo, title: piece.caption, description: piece.alternative },
                }),
              ],
            }),
            ...(piece.caption ? [new Paragraph({ text: piece.caption })] : []),
          ]
        : [];
    }
    case "names":
      return [
        new Paragraph({ heading: headingOf(piece.level), text: piece.title }),
        ...piece.names.map((name) => listed([{ is: "text", text: name }], false, depth)),
      ];
  }
}

const listed = (spans: readonly Span[], ordered: boolean, level: number): Paragraph =>
  new Paragraph({
    children: runs(spans),
    ...(ordered ? { numbering: { reference: "ordered", level } } : { bullet: { level } }),
  });

/** The file's bytes. */
export async function docxOf(document: Document, photos: Photos): Promise<Buffer> {
  const chapters = document.chapters.filter((chapter) => chapter.blocks.length > 0);
  const heading = (size: number) => ({
    run: { size, bold: true, color: accent },
    paragraph: { spacing: { before: 320, after: 140 } },
  });
  const file = new WordFile({
    title: document.title,
    creator: document.house,
    styles: {
      default: {
        document: { run: { font: "Atkinson Hyperlegible Next", size: 22, language: { value: "fr-FR" } } },
        heading1: heading(40),
        heading2: heading(28),
        heading3: heading(24),
        title: heading(56),
      },
    },
    numbering: {
      config: [
        {
          reference: "ordered",
          levels: [0, 1, 2, 3].map((level) => ({
            level,
            format: LevelFormat.DECIMAL,
            text: `%${level + 1}.`,
            alignment: AlignmentType.START,
            style: { paragraph: { indent: { left: 480 * (level + 1), hanging: 320 } } },
          })),
        },
      ],
    },
    // The table of contents fills itself when the file is opened.
    features: { updateFields: true },
    sections: [
      {
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                alignment: AlignmentType.RIGHT,
                children: [new TextRun({ children: [PageNumber.CURRENT, " / ", PageNumber.TOTAL_PAGES] })],
              }),
            ],
          }),
        },
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: document.title }),
          new Paragraph({ text: `${document.house}, ${daysInWords(document).toLowerCase()}` }),
          new TableOfContents("Sommaire", { hyperlink: true, headingStyleRange: "1-2" }),
          ...chapters.flatMap((chapter) => [
            new Paragraph({ heading: HeadingLevel.HEADING_1, text: chapter.title, pageBreakBefore: true }),
            ...chapter.blocks.flatMap(({ pieces }) => blocks(pieces, photos)),
          ]),
        ],
      },
    ],
  });
  return Packer.toBuffer(file);
}
