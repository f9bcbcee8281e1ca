import { backupTo } from "../../core/db/backup/backup.ts";
import { whileOpen } from "../opening.ts";
import { oneFile } from "./one-file.ts";

export async function backup(args: string[]): Promise<number> {
  const file = oneFile(args);
  // The database is taken as it is: a backup is what one makes before an update.
  return whileOpen(
    async ({ owner }) => {
      const { tables, rows } = await backupTo(owner, file);
      process.stdout.write(`Sauvegardé : ${rows.toLocaleString("fr-FR")} lignes de ${tables} tables dans ${file}.\n`);
      return 0;
    },
    { skipMigrations: true },
  );
}
