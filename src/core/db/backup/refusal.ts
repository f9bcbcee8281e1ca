import { isConnectionFault } from "../database.ts";

/** A backup or a restore that cannot be done: one French sentence. */
export class BackupRefusal extends Error {}

/** The sentence for a fault of the file, of the disk or of the database; null for anything else. */
export function refusalOf(error: unknown, file: string): BackupRefusal | null {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof BackupRefusal) return error;
  if (code === "ENOSPC") return new BackupRefusal(`Le disque de ${file} est plein : rien n’a été écrit.`);
  if (code === "ENOENT" && (error as NodeJS.ErrnoException).syscall !== "connect")
    return new BackupRefusal(`Le fichier ${file} n’existe pas, ou son dossier n’existe pas.`);
  if (code === "EACCES" || code === "EISDIR" || code === "EROFS")
    return new BackupRefusal(`Le fichier ${file} ne peut pas être ouvert (${code}).`);
  if (code === "42P01" || code === "3F000")
    return new BackupRefusal("La base n’est pas préparée : lancez « npx traboule migrate » d’abord.");
  if (code === "42501")
    return new BackupRefusal(
      "Ce compte de la base n’a pas le droit de tout lire et de tout écrire : donnez par DATABASE_URL celui de son propriétaire.",
    );
  if (code === "53100")
    return new BackupRefusal("Le disque de la base est plein : libérez de la place, rien n’a changé.");
  if (isConnectionFault(error))
    return new BackupRefusal("La base s’est arrêtée pendant ce temps : rien n’a changé, recommencez.");
  if (code?.startsWith("Z_") || code === "ERR_STREAM_PREMATURE_CLOSE") return new BackupRefusal(damaged);
  return null;
}

/** Said for every fault of the file: which one makes no difference to what can be done. */
export const damaged =
  "Ce fichier n’est pas une sauvegarde de Traboule, ou il est abîmé ou incomplet : rien n’a été restauré.";
