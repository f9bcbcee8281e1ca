// Reads a backup's lines and blocks. Nothing of the file is believed before it was looked at.
import { createHash } from "node:crypto";
import type { Facts } from "./facts.ts";
import { BackupRefusal, damaged } from "./refusal.ts";

/** Reads lines and blocks out of the unzipped stream, and keeps the hash of what it read. */
export class Reader {
  private kept: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Buffer>;
  readonly hash = createHash("sha256");
  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }
  private async more(): Promise<void> {
    const next = await this.source.next();
    if (next.done) throw new BackupRefusal(damaged);
    this.kept = this.kept.length === 0 ? next.value : Buffer.concat([this.kept, next.value]);
  }
  async line(hashed = true): Promise<string> {
    let end = this.kept.indexOf(10);
    while (end < 0) {
      if (this.kept.length > 5_000_000) throw new BackupRefusal(damaged);
      await this.more();
      end = this.kept.indexOf(10);
    }
    const line = this.kept.subarray(0, end + 1);
    if (hashed) this.hash.update(line);
    this.kept = this.kept.subarray(end + 1);
    return line.subarray(0, -1).toString("utf8");
  }
  async block(length: number): Promise<Buffer> {
    while (this.kept.length < length) await this.more();
    const block = this.kept.subarray(0, length);
    this.hash.update(block);
    this.kept = this.kept.subarray(length);
    return block;
  }
}

/** The rows of one table, block by block. */
export async function* blocks(reader: Reader, counted: (rows: number) => void): AsyncGenerator<Buffer> {
  while (true) {
    const length = Number(await reader.line());
    if (!Number.isInteger(length) || length < 0 || length > 16_000_000) throw new BackupRefusal(damaged);
    if (length === 0) return;
    const block = await reader.block(length);
    let rows = 0;
    for (const byte of block) if (byte === 10) rows++;
    counted(rows);
    yield block;
  }
}

/** What a line of the file may hold; nothing is believed before it was looked at. */
type Line = Partial<Facts> & { table?: unknown; sha256?: unknown };

/** One line of the file. @throws BackupRefusal when it is not an object. */
export function objectOf(line: string): Line {
  try {
    return { ...(JSON.parse(line) as Line) };
  } catch {
    throw new BackupRefusal(damaged);
  }
}

/** The first line of the file. @throws BackupRefusal when it is not that of a backup. */
export function readFacts(line: string): Facts {
  const head = objectOf(line);
  if (head.format !== 1 || ![head.tables, head.migrations, head.sequences].every(Array.isArray))
    throw new BackupRefusal(damaged);
  return head as Facts;
}
