// What went wrong, as the one sentence that the command's reader gets. What is not here is a fault of the program, and is told as one.
import { isConnectionFault } from "../core/db/database.ts";
import { Refused } from "./refused.ts";

/** The refusal that an error is, or null when it is a fault of the program. `name` is the command's. */
export function asRefused(error: unknown, name: string): Refused | null {
  if (error instanceof Refused) return error;
  if (!(error instanceof Error)) return null;
  if (/Refusal$/.test(error.constructor.name)) return new Refused(error.message);
  const misspelt = misspeltWords(error);
  if (misspelt) return new Refused(`${misspelt}\n« npx traboule ${name} --help » explique cette commande.`, 64);
  if (isConnectionFault(error))
    return new Refused("La base de données s’est arrêtée ou ne répond plus : ce qui n’était pas fini n’a pas eu lieu.");
  return null;
}

/** `util.parseArgs` speaks English; its codes are turned into our words. */
function misspeltWords(error: Error & { code?: unknown }): string | null {
  if (typeof error.code !== "string" || !error.code.startsWith("ERR_PARSE_ARGS")) return null;
  const word = /'([^']+)'/.exec(error.message)?.[1] ?? "";
  switch (error.code) {
    case "ERR_PARSE_ARGS_UNKNOWN_OPTION":
      return `Option inconnue : ${word}.`;
    case "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL":
      return `Mot de trop : « ${word} ».`;
    default: {
      const option = word.replace(/ <value>$/, "");
      return /does not take/.test(error.message)
        ? `L’option ${option} ne prend pas de valeur.`
        : `L’option ${option} demande une valeur.`;
    }
  }
}

/** Why a PostgreSQL of one's own cannot be used; null when it is something else. */
export function serverRefused(error: unknown): Refused | null {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  const sentence =
    code === "28P01" || code === "28000"
      ? "le serveur refuse ce compte ou ce mot de passe"
      : code === "3D000"
        ? "cette base n’existe pas sur le serveur ; créez-la d’abord (CREATE DATABASE)"
        : code === "42501"
          ? "ce compte n’a pas les droits qu’il faut ; il doit posséder la base et pouvoir créer un rôle (CREATEROLE), ou être déjà membre du rôle traboule_web"
          : code === "53300"
            ? "le serveur n’a plus de connexion libre ; baissez DATABASE_POOL ou augmentez max_connections"
            : (code === "0A000" || code === "58P01" || code === "XX000") && /extension/.test(message)
              ? "il manque au serveur les extensions unaccent et pg_trgm ; installez les modules « contrib » de PostgreSQL"
              : /SSL|certificate/i.test(`${code} ${message}`)
                ? `la connexion chiffrée ne s’établit pas (${message})`
                : ["ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(code) || isConnectionFault(error)
                  ? `le serveur ne répond pas (${code || message})`
                  : null;
  return sentence ? new Refused(`DATABASE_URL : ${sentence}.`) : null;
}
