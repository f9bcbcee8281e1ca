// What a backup says of the database that it was taken from: its migrations, its tables with their columns, where its sequences stand.
import pg from "pg";

type Table = { name: string; columns: string[] };
type Sequence = { name: string; value: string; called: boolean };
export type Facts = {
  format: 1;
  created: string;
  migrations: { name: string; checksum: string }[];
  tables: Table[];
  sequences: Sequence[];
};

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
export async function connect(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  // Without a listener, a server that goes away would end the program; the query under way tells it.
  client.on("error", () => {});
  await client.connect();
  await client.query("SET row_security = off");
  return client;
}

/** The database as it stands. */
export async function factsOf(client: pg.Client, now: Date): Promise<Facts> {
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
