// XLSX, read as a stream. Dimensions and validations that a workbook declares are not believed (a declared million of empty rows has
// stopped a server elsewhere); formulas are never computed.
import type { TableRow } from "./read.ts";
import { ImportRefusal, type ReadingLimits } from "./refusal.ts";
import { attributesOf, xmlParser } from "./xml.ts";
import { type Archive, openArchive } from "./zip.ts";

/** Reads the first visible sheet that holds something. `take` gets its name and rows. */
export async function readXlsx(
  path: string,
  limits: ReadingLimits,
  take: (sheet: string, rows: AsyncIterable<TableRow>) => Promise<void>,
): Promise<void> {
  const archive = await openArchive(path, limits);
  try {
    const book = await archive.whole("xl/workbook.xml", 2_000_000);
    if (!book)
      throw new ImportRefusal("Ce fichier est une archive, pas un classeur XLSX : enregistrez-le en .xlsx ou en CSV.");
    const workbook: Workbook = {
      strings: await sharedStrings(archive, limits),
      dates: dateStyles(await archive.whole("xl/styles.xml", 20_000_000)),
      date1904: attributesOf(book, "workbookPr").some(({ date1904 }) => date1904 === "1" || date1904 === "true"),
      limits,
    };
    const relations = attributesOf(await archive.whole("xl/_rels/workbook.xml.rels", 2_000_000), "Relationship");
    for (const sheet of attributesOf(book, "sheet")) {
      if (sheet.state === "hidden" || sheet.state === "veryHidden") continue;
      const target = relations.find((relation) => relation.Id === sheet["r:id"])?.Target ?? "worksheets/sheet1.xml";
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      const rows = archive.has(part) ? rowsOf(archive, part, workbook) : null;
      const first = await rows?.next();
      if (!rows || !first || first.done) continue;
      return await take(sheet.name ?? "Feuille 1", startingWith(first.value, rows));
    }
    throw new ImportRefusal("Ce classeur n’a pas de feuille lisible, ou elles sont vides.");
  } finally {
    archive.close();
  }
}

async function* startingWith<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* rest;
}

/** Which cell styles print a date or an hour: built-in formats 14 to 22 and 45 to 47, and own formats with a day, a year or an hour in them. */
function dateStyles(xml: string): boolean[] {
  const own = new Set(
    attributesOf(xml, "numFmt")
      .filter((format) => /[dyjh]|m{3,}/i.test((format.formatCode ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")))
      .map((format) => Number(format.numFmtId)),
  );
  const cellFormats = /<(?:\w+:)?cellXfs[\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? "";
  return attributesOf(cellFormats, "xf").map((format) => {
    const id = Number(format.numFmtId);
    return (id >= 14 && id <= 22) || (id >= 45 && id <= 47) || own.has(id);
  });
}

async function sharedStrings(archive: Archive, limits: ReadingLimits): Promise<string[]> {
  const part = "xl/sharedStrings.xml";
  const strings: string[] = [];
  let kept = 0;
  let text = "";
  let inside = false;
  const parser = xmlParser({
    open({ name }) {
      if (name === "si") text = "";
      else if (name === "t") inside = true;
    },
    text(part) {
      if (inside && text.length <= limits.maxCell) text += part;
    },
    close(name) {
      if (name === "t") inside = false;
      else if (name === "si") {
        strings.push(text);
        kept += text.length + 16;
        if (kept > limits.maxTexts)
          throw new ImportRefusal("Ce classeur contient trop de textes pour être lu ainsi : enregistrez-le en CSV.");
      }
    },
  });
  if (!archive.has(part)) return strings;
  for await (const { text: piece } of archive.read(part)) parser.write(piece);
  parser.end();
  return strings;
}

type Workbook = { strings: string[]; dates: boolean[]; date1904: boolean; limits: ReadingLimits };

/** Rows that a sheet may have, by its format. */
const lastLine = 1_048_576;

async function* rowsOf(archive: Archive, part: string, book: Workbook): AsyncGenerator<TableRow> {
  const { limits } = book;
  let ready: Omit<TableRow, "share">[] = [];
  let cells: string[] | null = null;
  let line = 0;
  let column = 0;
  let cell = { type: "", style: 0, text: "" };
  let inside = false;
  const parser = xmlParser({
    open({ name, attributes }) {
      if (name === "row") {
        line = Number(attributes.r) || line + 1;
        if (!(line > 0 && line <= lastLine))
          throw new ImportRefusal("Ce classeur est abîmé : sa feuille est mal formée.");
        cells = [];
        column = 0;
      } else if (name === "c") {
        column = columnOf(attributes.r ?? "") || column + 1;
        if (column > limits.maxColumns + 1)
          throw new ImportRefusal(`La ligne ${line} a plus de ${limits.maxColumns} colonnes.`, line);
        cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), text: "" };
      } else if (name === "v" || name === "t") inside = true;
    },
    text(part) {
      if (inside && cell.text.length <= limits.maxCell) cell.text += part;
    },
    close(name) {
      if (name === "v" || name === "t") inside = false;
      else if (name === "c" && cells) {
        while (cells.length < column - 1) cells.push("");
        cells[column - 1] = shownIn(cell, book);
      } else if (name === "row" && cells) {
        if (cells.some((text) => text !== "")) ready.push({ line, cells });
        cells = null;
      }
    },
  });
  for await (const { text, share } of archive.read(part)) {
    parser.write(text);
    const done = ready;
    ready = [];
    for (const row of done) yield { ...row, share };
  }
  parser.end();
}

/** "AB12" -> 28; 0 when there are no letters. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    const code = sign.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column;
}

/** What a cell shows: a formula's kept value is taken, never computed; a date's serial becomes an ISO day, a part of a day an hour. */
function shownIn(cell: { type: string; style: number; text: string }, book: Workbook): string {
  const { type, text } = cell;
  if (type === "s") return (book.strings[Number(text)] ?? "").replaceAll("\u0000", "");
  if (type === "b") return text === "1" ? "oui" : "non";
  if (type === "e") return "";
  if (type === "n" && text !== "" && book.dates[cell.style]) {
    const written = Number(text);
    if (written >= 0 && written < 1) return new Date(Math.round(written * 86_400_000)).toISOString().slice(11, 16);
    const serial = written + (book.date1904 ? 1462 : 0);
    if (serial >= 1 && serial < 2_958_466)
      return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
  }
  if (type === "n" && /e/i.test(text) && Number.isFinite(Number(text))) return String(Number(text));
  return text.replaceAll("\u0000", "");
}
