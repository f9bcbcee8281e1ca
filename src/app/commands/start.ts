import { dirname } from "node:path";
import { takeStartLock } from "../../core/db/embedded/lock.ts";
import { loadDemonstration } from "../demonstration.ts";
import { startJobs } from "../jobs.ts";
import { listen } from "../listen.ts";
import { makeLog } from "../log.ts";
import { configuration, open } from "../opening.ts";
import { portIsFree } from "../port.ts";
import { progressBar } from "../progress-bar.ts";
import type { Command } from "./command.ts";
import { accountsText } from "./demo.ts";
import { listHouses } from "./house-scope.ts";

const isLoopback = (host: string): boolean => host === "localhost" || host === "::1" || host.startsWith("127.");

export const start: Command = {
  name: "start",
  usage: "start",
  summary: "Démarre Traboule ; la première fois, charge la maison de démonstration.",
  help: `Réglages, par l’environnement :
  HOST, PORT         adresse d’écoute (127.0.0.1 et 4700)
  PUBLIC_URL         adresse que voient les navigateurs, si un autre serveur est devant
  TRUST_PROXY        1 : croire X-Forwarded-For (seulement derrière son propre serveur)
  TRABOULE_DATA      dossier des données (data/)
  DATABASE_URL       un PostgreSQL à soi, version 15 ou plus ; sinon celui qui est fourni démarre
  DATABASE_WEB_URL   connexion séparée pour le rôle traboule_web
  DATABASE_POOL      nombre de connexions (10)
  TRABOULE_SECRET    clé de chiffrement des seconds facteurs, 32 signes au moins
  SMTP_URL, MAIL_FROM  envoi des messages ; sans eux ils restent dans le dossier outbox
  LOG_LEVEL          fatal, error, warn, info, debug, trace ou silent`,
  async run() {
    const started = performance.now();
    const config = configuration();
    const log = makeLog(config.logLevel);
    // Told before anything is started or written: a port that is taken is the commonest mistake.
    await portIsFree(config.host, config.port);
    const lock = config.databaseUrl ? null : await takeStartLock(config.dataFolder, config.publicUrl);
    const opened = await open({
      onDatabaseError: (error) => log.warn({ message: error.message }, "database connection lost"),
    });
    try {
      const houses = await listHouses(opened.services);
      if (houses.length === 0 && opened.embedded) {
        process.stdout.write("Première fois : la maison de démonstration se charge.\n");
        const bar = progressBar(process.stdout);
        await loadDemonstration(opened, bar.show);
        bar.end();
      }
      const server = await listen(opened.services, log);
      const jobs = await startJobs(opened, log);
      const demonstrated = (await listHouses(opened.services)).some((house) => house.code === "demo");
      process.stdout.write(
        `\nTraboule est ouverte : ${config.publicUrl}  (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
      );
      if (demonstrated) {
        process.stdout.write(`${accountsText()}\n`);
        if (!isLoopback(config.host))
          process.stdout.write(
            "Attention : ces mots de passe sont connus de tous, et l’adresse n’est pas réservée à cette machine.\n",
          );
      } else if (houses.length === 0)
        process.stdout.write("Aucune maison : « npx traboule house new CODE --name NOM » en crée une.\n");
      process.stdout.write(
        `Données : ${config.databaseUrl ? "base de DATABASE_URL" : dirname(`${config.dataFolder}/.`)}. Ctrl+C arrête.\n`,
      );
      await stopAsked();
      process.stdout.write("Arrêt…\n");
      await server.close();
      await jobs.stop();
      return 0;
    } finally {
      await opened.close();
      await lock?.release();
    }
  },
};

const stopAsked = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
