// Opens what every command needs: the configuration, the database (embedded or the user's own), migrated, and the services over it.
import pg from "pg";
import { type Config, ensureSecret, readConfig } from "../core/config/config.ts";
import type { ConnectionFacts } from "../core/db/database.ts";
import { openDatabase } from "../core/db/database.ts";
import { startEmbedded } from "../core/db/embedded/embedded.ts";
import { migrate } from "../core/db/migrate.ts";
import type { Services } from "../core/http/route.ts";
import { makeIds } from "../core/ids.ts";
import { makeMailer } from "../core/mail/mailer.ts";
import { type Clock, systemClock } from "../core/time.ts";
import { Refused } from "./refused.ts";

export type Opened = {
  config: Config;
  services: Services;
  /** Connection of the owner: migrations, new houses, backup. */
  owner: ConnectionFacts;
  embedded: boolean;
  migrated: string[];
  close(): Promise<void>;
};

/** Reads the configuration, or refuses with a sentence for each mistake. */
export function configuration(env: Record<string, string | undefined> = process.env): Config {
  const read = readConfig(env);
  if (!read.ok) throw new Refused(read.mistakes.join("\n"), 78);
  return read.config;
}

/** @throws Refused, EmbeddedRefusal, MigrationRefusal, each with a French sentence. */
export async function open(
  options: { clock?: Clock; onDatabaseError?: (error: Error) => void; skipMigrations?: boolean } = {},
): Promise<Opened> {
  const config = ensureSecret(configuration());
  const clock = options.clock ?? systemClock;
  const embedded = config.databaseUrl ? null : await startEmbedded({ folder: config.dataFolder });
  const owner: ConnectionFacts = config.databaseUrl
    ? { connectionString: config.databaseUrl }
    : (embedded?.connection("owner") ?? {});
  try {
    const migrated = options.skipMigrations ? [] : await migrate(owner);
    const web: ConnectionFacts = config.databaseUrl
      ? { connectionString: config.webDatabaseUrl ?? config.databaseUrl }
      : (embedded?.connection("web") ?? {});
    const database = openDatabase(
      { ...web, max: config.poolSize },
      {
        // One's own server with a single login: each connection steps down to the web role.
        ...(config.databaseUrl && !config.webDatabaseUrl ? { role: "traboule_web" } : {}),
        ...(options.onDatabaseError ? { onError: options.onDatabaseError } : {}),
      },
    );
    const services: Services = {
      database,
      clock,
      ids: makeIds(clock),
      config,
      mail: makeMailer(config),
      files: { data: config.dataFolder },
    };
    return {
      config,
      services,
      owner,
      embedded: embedded !== null,
      migrated,
      async close() {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

/** Tells the server what its tables now hold, after many rows were written at once: the next questions find their way. */
export async function refreshStatistics(opened: Opened): Promise<void> {
  const client = new pg.Client(opened.owner);
  await client.connect();
  try {
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}
