import { parseArgs } from "node:util";
import type { Config } from "../../core/config/config.ts";
import { takeStartLock } from "../../core/db/embedded/lock.ts";
import { accountsText, demonstrationState, loadDemonstration } from "../demonstration.ts";
import { keepUploads } from "../imports/uploads.ts";
import { startJobs } from "../jobs.ts";
import { listen } from "../listen.ts";
import { makeLog } from "../log.ts";
import { configuration, type Opened, open } from "../opening.ts";
import { freePort } from "../port.ts";
import { progressBar } from "../progress-bar.ts";
import { importWorks } from "../rooms.ts";
import { listHouses } from "./house-scope.ts";

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

export async function start(args: string[]): Promise<number> {
  parseArgs({ args, options: {} });
  const started = performance.now();
  const stopped = stopAsked();
  // Looked at before anything is started or written: a port that is taken is the commonest mistake.
  const config = await withPort(configuration());
  const log = makeLog(config.logLevel);
  const lock = config.databaseUrl ? null : await takeStartLock(config.dataFolder, config.publicUrl);
  try {
    const opened = await open({
      config,
      lasting: true,
      onDatabase: (what) => log.warn({ database: what }, "database"),
    });
    let cut = false;
    try {
      const demonstrated = await demonstrate(opened, stopped);
      cut = demonstrated === "cut";
      if (cut) return 0;
      const server = await listen(opened.services, log);
      importWorks.onMistake = (error) => log.error({ err: { message: String(error) } }, "import failed");
      const uploads = keepUploads(opened.services);
      const jobs = await startJobs({ ...opened.services, owner: opened.owner }, log);
      const seconds = ((performance.now() - started) / 1000).toFixed(1).replace(".", ",");
      process.stdout.write(`\nTraboule est ouverte : ${config.publicUrl}  (${seconds} s)\n`);
      await tellHouses(opened, demonstrated === "loaded");
      process.stdout.write(
        `Données : ${opened.embedded ? config.dataFolder : "base de DATABASE_URL"}. Ctrl+C arrête.\n`,
      );
      await stopped;
      process.stdout.write("Arrêt…\n");
      await server.close();
      uploads.stop();
      await importWorks.stop();
      await jobs.stop();
      return 0;
    } finally {
      await opened.close({ now: cut });
    }
  } finally {
    await lock?.release();
  }
}

/** PORT=0 asks for any port that is free: the address to be told is the one that was found. */
async function withPort(config: Config): Promise<Config> {
  const port = await freePort(config.host, config.port);
  const publicUrl = config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl;
  return { ...config, port, publicUrl };
}

/** The first time, loads the demonstration; goes on where an earlier start was cut short. "cut": the program was asked to stop meanwhile. */
async function demonstrate(opened: Opened, stopped: Promise<void>): Promise<"absent" | "loaded" | "cut"> {
  const state = await demonstrationState(opened.services);
  const first = state === "absent" && opened.embedded && (await listHouses(opened.services)).length === 0;
  if (!first && state !== "unfinished") return state;
  process.stdout.write(
    first
      ? "Première fois : la maison de démonstration se charge.\n"
      : "Le chargement de la maison de démonstration avait été interrompu : il reprend.\n",
  );
  const bar = progressBar(process.stdout);
  let cut = false;
  const loading = loadDemonstration(opened, (share, what) => {
    if (!cut) bar.show(share, what);
  });
  cut = await Promise.race([loading.then(() => false), stopped.then(() => true)]);
  bar.end();
  if (!cut) return "loaded";
  // It fails by the closing of the database, which is what was asked.
  loading.catch(() => {});
  process.stdout.write("Arrêt… Le chargement reprendra au prochain démarrage.\n");
  return "cut";
}

async function tellHouses({ services, config }: Opened, demonstrated: boolean): Promise<void> {
  if (demonstrated) {
    process.stdout.write(`${accountsText()}\n`);
    if (!isLoopback(config.host))
      process.stdout.write(
        "Attention : ces mots de passe sont connus de tous, et l’adresse n’est pas réservée à cette machine.\n",
      );
  } else if ((await listHouses(services)).length === 0)
    process.stdout.write("Aucune maison : « npx traboule house new CODE --name NOM » en crée une.\n");
}

/** Heard from the first moment: a stop is in order even while things are being started. A second one cuts it short. */
const stopAsked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
