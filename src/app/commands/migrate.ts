import { open } from "../opening.ts";
import type { Command } from "./command.ts";

export const migrateOnly: Command = {
  name: "migrate",
  usage: "migrate",
  summary: "Met la base à jour, sans rien démarrer.",
  help: "La base est celle de DATABASE_URL, sinon celle du dossier TRABOULE_DATA (data/).",
  async run() {
    const opened = await open();
    await opened.close();
    process.stdout.write(
      opened.migrated.length === 0 ? "La base est à jour.\n" : `Appliqué : ${opened.migrated.join(", ")}.\n`,
    );
    return 0;
  },
};
