// Backup, independent of the server's version and tools: every table's rows, by COPY, as they stood at one instant.
// The file: gzip of one JSON line of facts, then for each table a JSON line, its rows in blocks, each preceded by its length; the last line
// is the SHA-256 of everything before it.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { connect, factsOf } from "./facts.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Writes everything to `file`, beside it first, so that a broken backup never takes the place of a good one.
 * @throws BackupRefusal when the file cannot be written or the database is not prepared.
 */
export async function backupTo(
  connection: pg.ClientConfig,
  file: string,
  now: Date = new Date(),
): Promise<{ tables: number; rows: number }> {
  const client = await connect(connection);
  const beside = `${file}.${process.pid}.part`;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const head = await factsOf(client, now);
    let rows = 0;
    const hash = createHash("sha256");
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${JSON.stringify(head)}\n`);
      for (const table of head.tables) {
        yield Buffer.from(`${JSON.stringify({ table: table.name })}\n`);
        const stream = client.query(copyTo(`COPY ${table.name} (${table.columns.join(", ")}) TO STDOUT`));
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          for (const byte of chunk) if (byte === 10) rows++;
          yield Buffer.from(`${chunk.length}\n`);
          yield chunk;
        }
        yield Buffer.from("0\n");
      }
    }
    async function* sealed(): AsyncGenerator<Buffer> {
      for await (const chunk of content()) {
        hash.update(chunk);
        yield chunk;
      }
      yield Buffer.from(`${JSON.stringify({ sha256: hash.digest("hex") })}\n`);
    }
    await pipeline(
      Readable.from(sealed()),
      createGzip({ level: 4 }),
      createWriteStream(beside, { mode: 0o600, flush: true }),
    );
    await rename(beside, file);
    return { tables: head.tables.length, rows };
  } catch (error) {
    await rm(beside, { force: true });
    throw refusalOf(error, file) ?? error;
  } finally {
    await client.end();
  }
}
