// CSV of any French drawer: comma, semicolon, tab or bar; UTF-8 with or without its mark, UTF-16, Windows-1252.
import { isUtf8 } from "node:buffer";
import { type Readable, Transform } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { TableRow } from "./read.ts";
import { ImportRefusal } from "./refusal.ts";

type Csv = { encoding: string; separator: string; rows: AsyncIterable<TableRow> };

const notATable = "Ce fichier n’est ni un CSV ni un classeur XLSX.";
/** A tool may leave a NUL here and there; a file that is made of them is no table. */
const mostNuls = 1000;

/** `open` gives the file's bytes from the start (it is read twice: once to know its encoding). `start`: its first bytes. */
export async function readCsv(open: () => Readable, start: Buffer, size: number): Promise<Csv> {
  const wide = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  // A picture, a PDF, a program: bytes that no table has.
  if (!wide && looksBinary(start)) throw new ImportRefusal(notATable);
  const encoding = await findEncoding(open, start);
  const separator = findSeparator(new TextDecoder(encoding).decode(start));
  return { encoding, separator, rows: rowsOf(open(), { encoding, separator, size }) };
}

function looksBinary(start: Buffer): boolean {
  let strange = 0;
  for (const byte of start.subarray(0, 4096)) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) strange++;
  return strange > 8 && strange > Math.min(start.length, 4096) / 50;
}

async function findEncoding(
  open: () => Readable,
  start: Buffer,
): Promise<"utf-8" | "windows-1252" | "utf-16le" | "utf-16be"> {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  // The whole file decides: one wrong byte at its end would otherwise spoil a name long after the choice was made.
  let left: Buffer = Buffer.alloc(0);
  const source = open();
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const bytes = left.length > 0 ? Buffer.concat([left, chunk]) : chunk;
    // A sign of several bytes may be cut by the end of the block: at most three bytes wait for the next.
    let cut = bytes.length;
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back] ?? 0;
      if (byte >= 0xc0) {
        cut = bytes.length - back;
        break;
      }
      if (byte < 0x80) break;
    }
    if (!isUtf8(bytes.subarray(0, cut))) {
      source.destroy();
      return "windows-1252";
    }
    left = bytes.subarray(cut);
  }
  return left.length === 0 || isUtf8(left) ? "utf-8" : "windows-1252";
}

/** The sign that cuts the first line most, outside of quotes. */
function findSeparator(text: string): string {
  const counts = new Map([
    [";", 0],
    [",", 0],
    ["\t", 0],
    ["|", 0],
  ]);
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "\n" || sign === "\r")) {
      if ([...counts.values()].some((count) => count > 0)) break;
    } else if (!quoted && counts.has(sign)) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [";", 0] as [string, number])[0];
}

type Facts = { encoding: string; separator: string; size: number };

/** A text that a spreadsheet would take for a formula leaves this program with an apostrophe in front, which goes when it comes back. */
const unharmed = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

async function* rowsOf(source: Readable, { encoding, separator, size }: Facts): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: 4_000_000,
    relax_quotes: true,
    bom: true,
  });
  const text = clean(encoding);
  source.on("error", (error) => parser.destroy(error));
  text.on("error", (error) => parser.destroy(error));
  source.pipe(text).pipe(parser);
  // A record may hold line breaks: its line is the one where it starts.
  let line = 1;
  let empty = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield {
        line: line + info.empty_lines - empty,
        cells: record.map(unharmed),
        share: Math.min(1, info.bytes / size),
      };
      line = info.lines + 1;
      empty = info.empty_lines;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_MAX_RECORD_SIZE")
      throw new ImportRefusal(
        `La ligne ${line} dépasse 4 millions de signes : un guillemet n’y est sans doute pas refermé.`,
        line,
      );
    if (error.code === "CSV_QUOTE_NOT_CLOSED")
      throw new ImportRefusal(`Un guillemet ouvert à la ligne ${line} n’est pas refermé.`, line);
    throw new ImportRefusal(`Le fichier est mal formé à la ligne ${line}.`, line);
  } finally {
    source.destroy();
  }
}

type Info = { lines: number; empty_lines: number; bytes: number };

/** Bytes -> text, without NUL: it has no place in a table, and PostgreSQL refuses it. */
function clean(encoding: string): Transform {
  const decoder = new TextDecoder(encoding);
  let nuls = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      const text = decoder.decode(chunk, { stream: true });
      if (!text.includes("\u0000")) return done(null, text);
      const kept = text.replaceAll("\u0000", "");
      nuls += text.length - kept.length;
      done(nuls > mostNuls ? new ImportRefusal(notATable) : null, kept);
    },
    flush: (done) => done(null, decoder.decode()),
    decodeStrings: false,
    encoding: "utf8",
  });
}
