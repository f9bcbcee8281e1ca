// Restore: into an empty database, everything or nothing.
import { createReadStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { listMigrations, type Migration, migrate } from "../migrate.ts";
import { connect, type Facts, factsOf } from "./facts.ts";
import { blocks, objectOf, Reader, readFacts } from "./reader.ts";
import { BackupRefusal, damaged, refusalOf } from "./refusal.ts";

/**
 * Puts a backup into a new database: everything or nothing, one transaction. Foreign keys are checked at its end. The database is first
 * brought to where the backup's was, and to the present afterwards, so that an old backup opens in a new version.
 * @throws BackupRefusal when the database holds rows or is ahead of the backup, or when the file is damaged or of a newer version.
 */
export async function restoreFrom(
  connection: pg.ClientConfig,
  file: string,
  migrations: readonly Migration[] = listMigrations(),
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
    await bringTo(connection, client, head, migrations);
    await client.query("BEGIN");
    await refuseOther(client, head);
    const checks = [...(await restTriggers(client)), ...(await dropForeignKeys(client))];
    let rows = 0;
    for (const table of head.tables) {
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
    await migrate(connection, migrations);
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

/** Brings an empty database to where the backup's was. Nothing is done to one that is refused. */
async function bringTo(
  connection: pg.ClientConfig,
  client: pg.Client,
  head: Facts,
  migrations: readonly Migration[],
): Promise<void> {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  const theirs = new Set(head.migrations.map(({ name }) => name));
  for (const { name, checksum } of head.migrations)
    if (known.get(name) !== checksum)
      throw new BackupRefusal(
        `Cette sauvegarde vient d’une version plus récente de Traboule, ou d’une autre (${name}) : restaurez-la avec celle-là.`,
      );
  const { rows } = await client.query<{ prepared: boolean }>(
    "SELECT to_regclass('core.migrations') IS NOT NULL AS prepared",
  );
  if (rows[0]?.prepared) {
    const here = await factsOf(client, new Date());
    await refuseFull(client, here);
    if (here.migrations.some(({ name }) => !theirs.has(name)))
      throw new BackupRefusal(
        "La base n’a pas de données, mais elle est déjà à une version plus récente que la sauvegarde : choisissez un dossier neuf par TRABOULE_DATA, ou une base neuve.",
      );
  }
  await migrate(
    connection,
    migrations.filter(({ name }) => theirs.has(name)),
  );
}

async function refuseFull(client: pg.Client, { tables }: Facts): Promise<void> {
  for (const table of tables)
    if ((await client.query(`SELECT 1 FROM ${table.name} LIMIT 1`)).rowCount !== 0)
      throw new BackupRefusal(
        "La base n’est pas vide : une restauration n’écrase rien. Choisissez un dossier neuf par TRABOULE_DATA, ou une base neuve.",
      );
}

async function refuseOther(client: pg.Client, head: Facts): Promise<void> {
  const here = await factsOf(client, new Date());
  const shape = ({ tables, sequences }: Facts): string => JSON.stringify([tables, sequences.map(({ name }) => name)]);
  if (shape(here) !== shape(head)) throw new BackupRefusal(damaged);
  // Nobody writes between the look and the copy.
  if (here.tables.length > 0)
    await client.query(`LOCK TABLE ${here.tables.map(({ name }) => name).join(", ")} IN ACCESS EXCLUSIVE MODE`);
  await refuseFull(client, here);
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
