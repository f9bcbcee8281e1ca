// Opens what every command needs: the configuration, the database (embedded or the user's own), migrated, and the services over it.
import pg from "pg";
import { type Config, ensureSecret, readConfig } from "../core/config/config.ts";
import type { ConnectionFacts, Database } from "../core/db/database.ts";
import { openDatabase } from "../core/db/database.ts";
import { startEmbedded } from "../core/db/embedded/embedded.ts";
import { migrate } from "../core/db/migrate.ts";
import type { Services } from "../core/http/route.ts";
import { makeIds } from "../core/ids.ts";
import { makeMailer } from "../core/mail/mailer.ts";
import { byHand } from "../core/sms/texter.ts";
import { systemClock } from "../core/time.ts";
import { serverRefused } from "./refusals.ts";
import { Refused } from "./refused.ts";

export type Opened = {
  config: Config;
  services: Services;
  /** Connection of the owner: migrations, new houses, backup. */
  owner: ConnectionFacts;
  embedded: boolean;
  migrated: string[];
  /** `now`: work that is still under way is cut, and what it had not finished has not happened. */
  close(how?: { now: boolean }): Promise<void>;
};

type Wish = {
  /** The settings, where they have been read already. */
  config?: Config;
  /** Told, in English, what befalls the database while it is open. */
  onDatabase?: (what: string) => void;
  /** The database is taken as it is found. */
  skipMigrations?: boolean;
  /** For a program that stays: it waits for the embedded database rather than share that of a command that will end. */
  lasting?: boolean;
};

/** Reads the configuration, or refuses with a sentence for each mistake. */
export function configuration(env: Record<string, string | undefined> = process.env): Config {
  const read = readConfig(env);
  if (!read.ok) throw new Refused(read.mistakes.join("\n"), 78);
  return read.config;
}

/** Opens everything for the length of the work, and closes it whatever happens. */
export async function whileOpen(work: (here: Opened) => Promise<number>, wish: Wish = {}): Promise<number> {
  const here = await open(wish);
  try {
    return await work(here);
  } finally {
    await here.close();
  }
}

/** @throws Refused, EmbeddedRefusal, MigrationRefusal, each with a French sentence. */
export async function open(wish: Wish = {}): Promise<Opened> {
  const config = ensureSecret(wish.config ?? configuration());
  let closing = false;
  const tell = (what: string): void => {
    // At the end every connection is lost, and that is no news.
    if (!closing) wish.onDatabase?.(what);
  };
  const embedded = config.databaseUrl
    ? null
    : await startEmbedded({ folder: config.dataFolder, log: tell, lasting: wish.lasting ?? false, waiting });
  const owner: ConnectionFacts = config.databaseUrl
    ? { connectionString: config.databaseUrl }
    : (embedded?.connection("owner") ?? {});
  let database: Database | null = null;
  try {
    const migrated = wish.skipMigrations ? [] : await migrate(owner);
    const web: ConnectionFacts = config.databaseUrl
      ? { connectionString: config.webDatabaseUrl ?? config.databaseUrl }
      : (embedded?.connection("web") ?? {});
    database = openDatabase(
      { ...web, max: config.poolSize },
      {
        // One's own server with a single login: each connection steps down to the web role.
        ...(config.databaseUrl && !config.webDatabaseUrl ? { role: "traboule_web" } : {}),
        onError: (error) => tell(`connection lost: ${error.message}`),
      },
    );
    if (config.webDatabaseUrl && !wish.skipMigrations) await refuseAbove(database);
    const services: Services = {
      database,
      clock: systemClock,
      ids: makeIds(systemClock),
      config,
      mail: makeMailer(config),
      sms: byHand,
      files: { data: config.dataFolder },
    };
    const pool = database;
    return {
      config,
      services,
      owner,
      embedded: embedded !== null,
      migrated,
      async close(how) {
        closing = true;
        const closed = pool.close();
        if (!how?.now) await closed;
        await embedded?.stop(how);
      },
    };
  } catch (error) {
    await database?.close();
    await embedded?.stop();
    throw (config.databaseUrl && serverRefused(error)) || error;
  }
}

const waiting = (when: "start" | "stop", pids: number[]): void => {
  const who =
    pids.length === 1
      ? `Une autre commande (processus ${pids[0]})`
      : `D’autres commandes (processus ${pids.join(", ")})`;
  const verb = pids.length === 1 ? "utilise" : "utilisent";
  process.stderr.write(
    when === "start"
      ? `${who} ${verb} la base : le démarrage attend qu’elle ait fini.\n`
      : `${who} ${verb} encore la base : l’arrêt attend la fin de leur travail.\n`,
  );
};

/** A login of one's own for the pages must not see past the walls between houses: policies hold nobody who stands above them. */
async function refuseAbove(database: Database): Promise<void> {
  const { rows } = await database.withClient((client) =>
    client.query<{ name: string; above: boolean; member: boolean }>(`
      SELECT current_user AS name,
             r.rolsuper OR r.rolbypassrls OR EXISTS (
               SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = 'core' AND c.relname = 'journal' AND pg_has_role(current_user, c.relowner, 'MEMBER')) AS above,
             pg_has_role(current_user, 'traboule_web', 'USAGE') AS member
        FROM pg_roles r WHERE r.rolname = current_user`),
  );
  const [login] = rows;
  if (login?.above)
    throw new Refused(
      `DATABASE_WEB_URL : le compte ${login.name} passe au-dessus des cloisons entre maisons (superutilisateur, BYPASSRLS ou propriétaire des tables) ; donnez-en un autre.`,
      78,
    );
  if (!login?.member)
    throw new Refused(
      `DATABASE_WEB_URL : le compte ${login?.name} n’est pas membre du rôle traboule_web (GRANT traboule_web TO ${login?.name}).`,
      78,
    );
}

/** Tells the server what its tables now hold, after many rows were written at once: the next questions find their way. */
export async function refreshStatistics({ owner }: Pick<Opened, "owner">): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query("ANALYZE");
  } finally {
    await client.end();
  }
}
