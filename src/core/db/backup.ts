// Backup and restore, independent of the server's version and tools: every table's rows, by COPY, as they stood at one instant.
// The file: gzip of one JSON line of facts, then for each table a JSON line, its rows in blocks, each preceded by its length; the last line
// is the SHA-256 of everything before it.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { isConnectionFault } from "./database.ts";

/** A backup or a restore that cannot be done: one French sentence. */
export class BackupRefusal extends Error {}

type Table = { name: string; columns: string[] };
type Sequence = { name: string; value: string; called: boolean };
type Facts = {
  format: 1;
  created: string;
  migrations: { name: string; checksum: string }[];
  tables: Table[];
  sequences: Sequence[];
};
/** How far a backup or a restore has come. */
type BackupProgress = { table: number; tables: number; rows: number };
type BackupOptions = { now?: Date; onProgress?: (progress: BackupProgress) => void };

const listTables = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum)::text[] AS columns
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
   WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgboss')
     AND (n.nspname, c.relname) <> ('core', 'migrations')
   GROUP BY n.nspname, c.relname ORDER BY 1`;

const listSequences = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'S' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'pgboss') ORDER BY 1`;

/** A connection that sees every row or fails: row-level security would otherwise leave rows out without a word. */
async function connect(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  // Without a listener, a server that goes away would end the program; the query under way tells it.
  client.on("error", () => {});
  await client.connect();
  await client.query("SET row_security = off");
  return client;
}

async function facts(client: pg.Client, now: Date): Promise<Facts> {
  const migrations = (
    await client.query<{ name: string; checksum: string }>("SELECT name, checksum FROM core.migrations ORDER BY name")
  ).rows;
  const tables = (await client.query<Table>(listTables)).rows;
  const sequences: Sequence[] = [];
  for (const { name } of (await client.query<{ name: string }>(listSequences)).rows)
    sequences.push(
      ...(
        await client.query<Sequence>(
          `SELECT $1::text AS name, last_value::text AS value, is_called AS called FROM ${name}`,
          [name],
        )
      ).rows,
    );
  return { format: 1, created: now.toISOString(), migrations, tables, sequences };
}

/**
 * Writes everything to `file`, beside it first, so that a broken backup never takes the place of a good one.
 * @throws BackupRefusal when the file cannot be written or the database is not prepared.
 */
export async function backupTo(
  connection: pg.ClientConfig,
  file: string,
  options: BackupOptions = {},
): Promise<{ tables: number; rows: number }> {
  const client = await connect(connection);
  const beside = `${file}.${process.pid}.part`;
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const head = await facts(client, options.now ?? new Date());
    let rows = 0;
    const hash = createHash("sha256");
    async function* content(): AsyncGenerator<Buffer> {
      yield Buffer.from(`${JSON.stringify(head)}\n`);
      for (const [at, table] of head.tables.entries()) {
        options.onProgress?.({ table: at, tables: head.tables.length, rows });
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

function refusalOf(error: unknown, file: string): BackupRefusal | null {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof BackupRefusal) return error;
  if (code === "ENOSPC") return new BackupRefusal(`Le disque de ${file} est plein : rien n’a été écrit.`);
  if (code === "ENOENT" && (error as NodeJS.ErrnoException).syscall !== "connect")
    return new BackupRefusal(`Le fichier ${file} n’existe pas, ou son dossier n’existe pas.`);
  if (code === "EACCES" || code === "EISDIR" || code === "EROFS")
    return new BackupRefusal(`Le fichier ${file} ne peut pas être ouvert (${code}).`);
  if (code === "42P01" || code === "3F000")
    return new BackupRefusal("La base n’est pas préparée : lancez « npx traboule migrate » d’abord.");
  if (code === "42501")
    return new BackupRefusal(
      "Ce compte de la base n’a pas le droit de tout lire et de tout écrire : donnez par DATABASE_URL celui de son propriétaire.",
    );
  if (code === "53100")
    return new BackupRefusal("Le disque de la base est plein : libérez de la place, rien n’a changé.");
  if (isConnectionFault(error))
    return new BackupRefusal("La base s’est arrêtée pendant ce temps : rien n’a changé, recommencez.");
  if (code?.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE") return new BackupRefusal(damaged);
  return null;
}

/** Said for every fault of the file: which one makes no difference to what can be done. */
const damaged =
  "Ce fichier n’est pas une sauvegarde de Traboule, ou il est abîmé ou incomplet : rien n’a été restauré.";

/** Reads lines and blocks out of the unzipped stream, and keeps the hash of what it read. */
class Reader {
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

/**
 * Puts a backup into an empty, migrated database: everything or nothing, one transaction. Foreign keys are checked at its end.
 * @throws BackupRefusal when the database holds rows, when its migrations differ, or when the file is damaged.
 */
export async function restoreFrom(
  connection: pg.ClientConfig,
  file: string,
  options: Pick<BackupOptions, "onProgress"> = {},
): Promise<{ tables: number; rows: number }> {
  const client = await connect(connection);
  const unzipped = createReadStream(file);
  const gunzip = createGunzip();
  const source = new Transform({ transform: (chunk, _, done) => done(null, chunk) });
  const flowing = pipeline(unzipped, gunzip, source).catch((error: unknown) =>
    source.destroy(refusalOf(error, file) ?? (error as Error)),
  );
  try {
    const reader = new Reader(source as AsyncIterable<Buffer>);
    const head = readFacts(await reader.line());
    await client.query("BEGIN");
    await refuseOther(client, head);
    const checks = [...(await restTriggers(client)), ...(await dropForeignKeys(client))];
    let rows = 0;
    for (const [at, table] of head.tables.entries()) {
      options.onProgress?.({ table: at, tables: head.tables.length, rows });
      if (objectOf(await reader.line()).table !== table.name) throw new BackupRefusal(damaged);
      const stream = client.query(copyFrom(`COPY ${table.name} (${table.columns.join(", ")}) FROM STDIN`));
      await pipeline(Readable.from(blocks(reader, (count) => (rows += count))), stream);
    }
    const digest = reader.hash.copy().digest("hex");
    if (objectOf(await reader.line(false)).sha256 !== digest) throw new BackupRefusal(damaged);
    for (const { name, value, called } of head.sequences)
      await client.query("SELECT setval($1::regclass, $2::bigint, $3::boolean)", [name, value, called]);
    for (const check of checks) await client.query(check);
    await client.query("COMMIT");
    return { tables: head.tables.length, rows };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    // Data that does not fit its column, or a key that points nowhere: only the file can be at fault.
    const misfit = error instanceof pg.DatabaseError && /^2[23]/.test(error.code ?? "");
    throw misfit ? new BackupRefusal(damaged) : (refusalOf(error, file) ?? error);
  } finally {
    source.destroy();
    unzipped.destroy();
    await flowing;
    await client.end();
  }
}

async function* blocks(reader: Reader, counted: (rows: number) => void): AsyncGenerator<Buffer> {
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

function objectOf(line: string): Line {
  try {
    return { ...(JSON.parse(line) as Line) };
  } catch {
    throw new BackupRefusal(damaged);
  }
}

function readFacts(line: string): Facts {
  const head = objectOf(line);
  if (head.format !== 1 || ![head.tables, head.migrations, head.sequences].every(Array.isArray))
    throw new BackupRefusal(damaged);
  return head as Facts;
}

async function refuseOther(client: pg.Client, head: Facts): Promise<void> {
  const here = await facts(client, new Date());
  const names = (list: Facts["migrations"]): string =>
    JSON.stringify(list.map(({ name, checksum }) => [name, checksum]));
  const shape = ({ tables, sequences }: Facts): string => JSON.stringify([tables, sequences.map(({ name }) => name)]);
  if (names(here.migrations) !== names(head.migrations) || shape(here) !== shape(head))
    throw new BackupRefusal(
      "Cette sauvegarde vient d’une autre version de Traboule : restaurez-la avec celle-là, puis mettez à jour.",
    );
  // Nobody writes between the look and the copy.
  if (here.tables.length > 0)
    await client.query(`LOCK TABLE ${here.tables.map(({ name }) => name).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  for (const table of here.tables)
    if ((await client.query(`SELECT 1 FROM ${table.name} LIMIT 1`)).rowCount !== 0)
      throw new BackupRefusal(
        "La base n’est pas vide : une restauration n’écrase rien. Choisissez un dossier neuf par TRABOULE_DATA, ou une base neuve.",
      );
}

/** Triggers rest meanwhile: the rows that they once made are in the backup. Gives the statements that wake them. */
async function restTriggers(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ owner: string; name: string }>(
    `SELECT tgrelid::regclass::text AS owner, quote_ident(tgname) AS name
       FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
      WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled = 'O' AND c.relnamespace::regnamespace::text NOT IN ('pgboss')`,
  );
  for (const row of rows) await client.query(`ALTER TABLE ${row.owner} DISABLE TRIGGER ${row.name}`);
  return rows.map((row) => `ALTER TABLE ${row.owner} ENABLE TRIGGER ${row.name}`);
}

/** Foreign keys are taken away for the length of the transaction and put back, checked, at its end: rows may come in any order. */
async function dropForeignKeys(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ owner: string; name: string; definition: string }>(
    `SELECT conrelid::regclass::text AS owner, quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 AND connamespace::regnamespace::text NOT IN ('pgboss')`,
  );
  for (const row of rows) await client.query(`ALTER TABLE ${row.owner} DROP CONSTRAINT ${row.name}`);
  return rows.map((row) => `ALTER TABLE ${row.owner} ADD CONSTRAINT ${row.name} ${row.definition}`);
}
