/** The embedded database cannot be used: one French sentence for the one who starts the program. */
export class EmbeddedRefusal extends Error {}

/** A fault of the disk or of its rights (told by the system, or by the server: 53100) as a refusal about `folder`; anything else as it came. */
export function asRefusal(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof EmbeddedRefusal) return error;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100") return new EmbeddedRefusal(diskFull(folder));
  if (
    code &&
    ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EISDIR", "EEXIST", "EIO", "ELOOP", "ENAMETOOLONG"].includes(code)
  )
    return new EmbeddedRefusal(
      `Le dossier des données ${folder} ne peut pas être écrit (${code}) : choisissez-en un autre par TRABOULE_DATA.`,
    );
  return error;
}

/** The sentence for what `initdb` or `postgres` wrote before it gave up. */
export function failureSentence(said: string, folder: string, log: string): string {
  if (/No space left|ENOSPC|Disk quota exceeded/i.test(said)) return diskFull(folder);
  if (/Permission denied|EACCES|Read-only file system/i.test(said))
    return `La base ne peut pas écrire dans ${folder} : choisissez un autre dossier par TRABOULE_DATA.`;
  const lines = said.trim().split("\n");
  const last = lines.filter((line) => /FATAL|PANIC|error|could not/i.test(line)).at(-1) ?? lines.at(-1) ?? "";
  return `La base fournie ne démarre pas (${last.trim()}) : le détail est dans ${log}, et un PostgreSQL à vous, par DATABASE_URL, fonctionne aussi.`;
}

const diskFull = (folder: string): string =>
  `Le disque de ${folder} est plein : libérez de la place, rien n’est perdu.`;
