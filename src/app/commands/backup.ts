import { parseArgs } from "node:util";
import { backupTo, restoreFrom } from "../../core/db/backup.ts";
import { open } from "../opening.ts";
import { Refused } from "../refused.ts";
import type { Command } from "./command.ts";

const fileOf = (args: string[]): string => {
  const { positionals } = parseArgs({ args, allowPositionals: true, options: {} });
  const [file] = positionals;
  if (!file || positionals.length > 1) throw new Refused("Donnez un fichier, et un seul.", 64);
  return file;
};

export const backup: Command = {
  name: "backup",
  usage: "backup FICHIER",
  summary: "Sauvegarde toutes les maisons dans un fichier.",
  help: "Un seul instant de la base, toutes les tables, comprimé, avec une somme de contrôle. Le programme peut tourner pendant ce temps.\nLe fichier contient des données personnelles : gardez-le comme telles.",
  async run(args) {
    const file = fileOf(args);
    const opened = await open();
    try {
      const { tables, rows } = await backupTo(opened.owner, file);
      process.stdout.write(`Sauvegardé : ${rows.toLocaleString("fr-FR")} lignes de ${tables} tables dans ${file}.\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};

export const restore: Command = {
  name: "restore",
  usage: "restore FICHIER",
  summary: "Remet une sauvegarde dans une base vide.",
  help: "La base doit être vide (un nouveau dossier TRABOULE_DATA, ou une base neuve) : une restauration n’écrase jamais rien.",
  async run(args) {
    const file = fileOf(args);
    const opened = await open();
    try {
      const { tables, rows } = await restoreFrom(opened.owner, file);
      process.stdout.write(`Restauré : ${rows.toLocaleString("fr-FR")} lignes de ${tables} tables.\n`);
      return 0;
    } finally {
      await opened.close();
    }
  },
};
