import { restoreFrom } from "../../core/db/backup/restore.ts";
import { refreshStatistics, whileOpen } from "../opening.ts";
import { oneFile } from "./one-file.ts";

export async function restore(args: string[]): Promise<number> {
  const file = oneFile(args);
  // The backup says how far the database must be brought before its rows fit.
  return whileOpen(
    async (here) => {
      const { tables, rows } = await restoreFrom(here.owner, file);
      await refreshStatistics(here);
      process.stdout.write(`Restauré : ${rows.toLocaleString("fr-FR")} lignes de ${tables} tables.\n`);
      return 0;
    },
    { skipMigrations: true },
  );
}
