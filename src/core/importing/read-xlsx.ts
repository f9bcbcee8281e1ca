// XLSX, read as a stream: the zip's directory is weighed before anything is unfolded, what unfolds is counted as it comes, dimensions
// and validations that a workbook declares are not believed (a declared million of empty rows has stopped a server elsewhere).
import type { Readable } from "node:stream";
import { SaxesParser } from "saxes";
import yauzl from "yauzl";
import type { TableRow } from "./read.ts";
import { ImportRefusal, type ReadingLimits } from "./refusal.ts";

type Entries = Map<string, yauzl.Entry>;
const bomb = "Ce classeur se déplie en un volume démesuré : il est refusé.";

/** Reads the first sheet that holds something. `take` gets its name and rows. */
export async function readXlsx(
  path: string,
  limits: ReadingLimits,
  take: (sheet: string, rows: AsyncIterable<TableRow>) => Promise<void>,
): Promise<void> {
  const zip = await openZip(path);
  try {
    const entries = await listEntries(zip, limits);
    const budget = { left: limits.maxInflated };
    const text = async (name: string, most: number): Promise<string> => {
      const entry = entries.get(name);
      if (!entry) return "";
      let whole = "";
      for await (const chunk of inflate(zip, entry, budget)) {
        whole += chunk;
        if (whole.length > most) throw new ImportRefusal(bomb);
      }
      return whole;
    };
    const book = await text("xl/workbook.xml", 2_000_000);
    if (!book) throw new ImportRefusal("Ce fichier est une archive, pas un classeur XLSX.");
    const relations = attributesOf(await text("xl/_rels/workbook.xml.rels", 2_000_000), "Relationship");
    const sheets = attributesOf(book, "sheet");
    const date1904 = attributesOf(book, "workbookPr").some(
      (found) => found.date1904 === "1" || found.date1904 === "true",
    );
    const dates = dateStyles(await text("xl/styles.xml", 20_000_000));
    const strings = await sharedStrings(zip, entries, budget, limits);
    const sheet = sheets[0];
    const target = relations.find((relation) => relation.Id === sheet?.["r:id"])?.Target ?? "worksheets/sheet1.xml";
    const entry = entries.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
    if (!entry) throw new ImportRefusal("Ce classeur n’a pas de feuille lisible.");
    await take(
      sheet?.name ?? "Feuille 1",
      rowsOf(inflate(zip, entry, budget), {
        strings,
        dates,
        date1904,
        size: Math.max(1, entry.uncompressedSize),
        limits,
      }),
    );
  } finally {
    zip.close();
  }
}

function openZip(path: string): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error || !zip ? reject(new ImportRefusal("Ce classeur est abîmé : il ne s’ouvre pas.")) : resolve(zip),
    ),
  );
}

function listEntries(zip: yauzl.ZipFile, limits: ReadingLimits): Promise<Entries> {
  return new Promise((resolve, reject) => {
    const entries: Entries = new Map();
    let total = 0;
    zip.on("entry", (entry: yauzl.Entry) => {
      total += entry.uncompressedSize;
      if (entries.size > 2000 || total > limits.maxInflated) return reject(new ImportRefusal(bomb));
      if (entry.isEncrypted())
        return reject(
          new ImportRefusal("Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."),
        );
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", () => reject(new ImportRefusal("Ce classeur est abîmé : il ne se lit pas jusqu’au bout.")));
    zip.readEntry();
  });
}

async function* inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, budget: { left: number }): AsyncGenerator<string> {
  const stream = await new Promise<Readable>((resolve, reject) =>
    zip.openReadStream(entry, (error, found) =>
      error || !found ? reject(new ImportRefusal("Ce classeur est abîmé.")) : resolve(found),
    ),
  );
  const decoder = new TextDecoder();
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      budget.left -= chunk.length;
      if (budget.left < 0) throw new ImportRefusal(bomb);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof ImportRefusal
      ? error
      : new ImportRefusal("Ce classeur est abîmé : une de ses parties ne se déplie pas.");
  } finally {
    stream.destroy();
  }
}

function attributesOf(xml: string, name: string): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  if (!xml) return found;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    if (tag.name.split(":").at(-1) === name) found.push(tag.attributes as Record<string, string>);
  });
  parser.write(xml).close();
  return found;
}

/** Which cell styles print a date: built-in formats 14 to 22 and 45 to 47, and own formats with a day or a year in them. */
function dateStyles(xml: string): boolean[] {
  if (!xml) return [];
  const own = new Set(
    attributesOf(xml, "numFmt")
      .filter((format) => /[dyj]|m{3,}/i.test((format.formatCode ?? "").replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")))
      .map((format) => Number(format.numFmtId)),
  );
  const cellFormats = /<cellXfs[\s\S]*?<\/cellXfs>/.exec(xml)?.[0] ?? "";
  return attributesOf(cellFormats, "xf").map((format) => {
    const id = Number(format.numFmtId);
    return (id >= 14 && id <= 22) || (id >= 45 && id <= 47) || own.has(id);
  });
}

async function sharedStrings(
  zip: yauzl.ZipFile,
  entries: Entries,
  budget: { left: number },
  limits: ReadingLimits,
): Promise<string[]> {
  const entry = entries.get("xl/sharedStrings.xml");
  const strings: string[] = [];
  if (!entry) return strings;
  let kept = 0;
  let text = "";
  let inside = false;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    if (tag.name === "si") text = "";
    else if (tag.name === "t") inside = true;
    else if (tag.name === "rPh") inside = false;
  });
  parser.on("text", (part) => {
    if (inside && text.length <= limits.maxCell) text += part;
  });
  parser.on("closetag", (tag) => {
    if (tag.name === "t") inside = false;
    else if (tag.name === "si") {
      strings.push(text);
      kept += text.length + 16;
      if (kept > 60_000_000) throw new ImportRefusal(bomb);
    }
  });
  await feed(parser, inflate(zip, entry, budget));
  return strings;
}

async function feed(
  parser: { write(text: string): unknown; close(): unknown },
  chunks: AsyncIterable<string>,
): Promise<void> {
  try {
    for await (const chunk of chunks) parser.write(chunk);
    parser.close();
  } catch (error) {
    throw error instanceof ImportRefusal
      ? error
      : new ImportRefusal("Ce classeur est abîmé : une de ses parties est mal formée.");
  }
}

/** `size`: what the sheet unfolds to, in bytes, as its archive says. */
type Sheet = { strings: string[]; dates: boolean[]; date1904: boolean; size: number; limits: ReadingLimits };

async function* rowsOf(chunks: AsyncIterable<string>, sheet: Sheet): AsyncGenerator<TableRow> {
  let ready: TableRow[] = [];
  let row: TableRow | null = null;
  let line = 0;
  let column = 0;
  let cell = { type: "", style: 0, text: "" };
  let taken = 0;
  let inside = false;
  const parser = new SaxesParser();
  parser.on("opentag", (tag) => {
    const attributes = tag.attributes as Record<string, string>;
    if (tag.name === "row") {
      line = Number(attributes.r) || line + 1;
      row = { line, cells: [], share: Math.min(1, taken / sheet.size) };
      column = 0;
    } else if (tag.name === "c") {
      column = attributes.r ? columnOf(attributes.r) : column + 1;
      if (column > sheet.limits.maxColumns + 1)
        throw new ImportRefusal(`La ligne ${line} a plus de ${sheet.limits.maxColumns} colonnes.`, line);
      cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), text: "" };
    } else if (tag.name === "v" || tag.name === "t") inside = true;
  });
  parser.on("text", (part) => {
    if (inside && cell.text.length <= sheet.limits.maxCell) cell.text += part;
  });
  parser.on("closetag", (tag) => {
    if (tag.name === "v" || tag.name === "t") inside = false;
    else if (tag.name === "c" && row) {
      while (row.cells.length < column - 1) row.cells.push("");
      row.cells[column - 1] = shownIn(cell, sheet);
    } else if (tag.name === "row" && row) {
      if (row.cells.some((text) => text !== "")) ready.push(row);
      row = null;
    }
  });
  for await (const chunk of chunks) {
    taken += chunk.length;
    try {
      parser.write(chunk);
    } catch (error) {
      throw error instanceof ImportRefusal
        ? error
        : new ImportRefusal("Ce classeur est abîmé : sa feuille est mal formée.");
    }
    const done = ready;
    ready = [];
    yield* done;
  }
  yield* ready;
}

/** "AB12" -> 28. */
function columnOf(reference: string): number {
  let column = 0;
  for (const sign of reference) {
    const code = sign.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    column = column * 26 + code;
  }
  return column;
}

/** What a cell shows: a formula's kept value is taken, never computed; a date's serial becomes an ISO day. */
function shownIn(cell: { type: string; style: number; text: string }, sheet: Sheet): string {
  const { type, text } = cell;
  if (type === "s") return (sheet.strings[Number(text)] ?? "").replaceAll("\u0000", "");
  if (type === "b") return text === "1" ? "oui" : "non";
  if (type === "e") return "";
  if (type === "n" && text !== "" && sheet.dates[cell.style]) {
    const serial = Number(text) + (sheet.date1904 ? 1462 : 0);
    if (serial < 1) return new Date(Math.round(serial * 86_400_000)).toISOString().slice(11, 16);
    if (Number.isFinite(serial) && serial < 2_958_466)
      return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
  }
  if (type === "n" && /e/i.test(text) && Number.isFinite(Number(text))) return String(Number(text));
  return text.replaceAll("\u0000", "");
}
