// Migrations: every `src/**/migrations/*.sql`, in the order of their time stamps, each in one transaction, once. A migration that was
// applied and has changed since is refused: history is not rewritten.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import pg from "pg";
import { projectRoot } from "../root.ts";

export type Migration = { name: string; sql: string; checksum: string };

/** The migrations of the project, in order. */
export function listMigrations(root: string = join(projectRoot, "src")): Migration[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /migrations[/\\]\d{12}_[a-z0-9_]+\.sql$/.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { name: basename(path, ".sql"), sql: text, checksum: createHash("sha256").update(text).digest("hex") };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

export class MigrationRefusal extends Error {}

/**
 * Brings a database to the present. `facts` connect as the owner. Gives the names applied now.
 * @throws MigrationRefusal with a French sentence: server older than 15, migration changed or unknown.
 */
export async function migrate(
  facts: pg.ClientConfig,
  migrations: readonly Migration[] = listMigrations(),
): Promise<string[]> {
  const client = new pg.Client(facts);
  await client.connect();
  const applied: string[] = [];
  try {
    const { rows: version } = await client.query<{ number: number }>(
      "SELECT current_setting('server_version_num')::int AS number",
    );
    if ((version[0]?.number ?? 0) < 150000)
      throw new MigrationRefusal(
        "Ce serveur PostgreSQL est trop ancien : Traboule demande la version 15 ou une plus récente.",
      );
    await client.query("SELECT pg_advisory_lock(727001)");
    await client.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'traboule_web') THEN
          CREATE ROLE traboule_web NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
        END IF;
        -- Since PostgreSQL 16 the one who made a role may give it and yet not take it: asked by the word for taking, which 15 does not know.
        IF NOT pg_has_role(current_user, 'traboule_web', CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END)
        THEN EXECUTE format('GRANT traboule_web TO %I', current_user); END IF;
      END $$;
      CREATE SCHEMA IF NOT EXISTS core;
      GRANT USAGE ON SCHEMA core TO traboule_web;
      CREATE TABLE IF NOT EXISTS core.migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
      GRANT SELECT ON core.migrations TO traboule_web;`);
    const { rows: done } = await client.query<{ name: string; checksum: string }>(
      "SELECT name, checksum FROM core.migrations",
    );
    const known = new Map(done.map((row) => [row.name, row.checksum]));
    for (const name of known.keys())
      if (!migrations.some((migration) => migration.name === name))
        throw new MigrationRefusal(
          `La base a été mise à jour par une version plus récente de Traboule (${name}) : démarrez cette version-là.`,
        );
    for (const migration of migrations) {
      const before = known.get(migration.name);
      if (before === migration.checksum) continue;
      if (before !== undefined)
        throw new MigrationRefusal(`La migration ${migration.name} a changé depuis qu’elle a été appliquée.`);
      await client.query("BEGIN");
      await client.query(migration.sql);
      await client.query("INSERT INTO core.migrations (name, checksum) VALUES ($1, $2)", [
        migration.name,
        migration.checksum,
      ]);
      await client.query("COMMIT");
      applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}
