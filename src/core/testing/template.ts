// The template database that houses of tests are copied from. Nothing of a test here: `npm test` makes one before it starts them.
import pg from "pg";
import { migrate } from "../db/migrate.ts";

/** The same connection to another database of the server. */
export function toDatabase(facts: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!facts.connectionString) return { ...facts, database };
  const url = new URL(facts.connectionString);
  url.pathname = `/${database}`;
  return { ...facts, database, connectionString: url.toString() };
}

/** Makes a migrated database of that name, in place of one that an earlier run left. `facts`: the owner's. */
export async function makeTemplate(facts: pg.ClientConfig, name: string): Promise<void> {
  const client = new pg.Client(facts);
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${name}`);
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  await migrate(toDatabase(facts, name));
}
