// The settings, read once from the environment. Each mistake is a sentence for the one who starts the program.

import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export type Config = {
  host: string;
  port: number;
  dataFolder: string;
  databaseUrl: string | null;
  webDatabaseUrl: string | null;
  poolSize: number;
  publicUrl: string;
  /** At least 32 characters; empty until `ensureSecret`. */
  secret: string;
  smtpUrl: string | null;
  mailFrom: string;
  logLevel: string;
  trustProxy: boolean;
};

type Env = Record<string, string | undefined>;
const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];

/** Reads the settings. Empty texts count as absent. */
export function readConfig(env: Env): { ok: true; config: Config } | { ok: false; mistakes: string[] } {
  const mistakes: string[] = [];
  const text = (name: string): string | null => env[name]?.trim() || null;
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const given = text(name);
    if (given === null) return fallback;
    const number = Number(given);
    if (/^\d+$/.test(given) && number >= least && number <= most) return number;
    mistakes.push(`${name} doit être un nombre entier de ${least} à ${most} : « ${given} » n’en est pas un.`);
    return fallback;
  };
  const url = (name: string, schemes: string[]): string | null => {
    const given = text(name);
    if (given === null) return null;
    const scheme = URL.canParse(given) ? new URL(given).protocol : "";
    if (!schemes.includes(scheme))
      mistakes.push(`${name} doit être une adresse qui commence par ${schemes.map((s) => `${s}//`).join(" ou ")}.`);
    return given;
  };
  const host = text("HOST") ?? "127.0.0.1";
  const port = whole("PORT", 4700, 0, 65535);
  const secret = text("TRABOULE_SECRET");
  if (secret !== null && secret.length < 32) mistakes.push("TRABOULE_SECRET doit avoir au moins 32 signes.");
  const logLevel = text("LOG_LEVEL") ?? "warn";
  if (!levels.includes(logLevel)) mistakes.push(`LOG_LEVEL doit être l’un de : ${levels.join(", ")}.`);
  const proxy = text("TRUST_PROXY");
  if (proxy !== null && proxy !== "0" && proxy !== "1") mistakes.push("TRUST_PROXY doit être 0 ou 1.");
  if (text("DATABASE_WEB_URL") !== null && text("DATABASE_URL") === null)
    mistakes.push("DATABASE_WEB_URL ne sert qu’avec DATABASE_URL : donnez les deux, ou aucune.");
  const mailFrom = text("MAIL_FROM");
  if (mailFrom !== null && !/[^@\s]+@[^@\s]+/.test(mailFrom))
    mistakes.push("MAIL_FROM doit contenir une adresse électronique.");
  const config: Config = {
    host,
    port,
    dataFolder: resolve(text("TRABOULE_DATA") ?? "data"),
    databaseUrl: url("DATABASE_URL", ["postgres:", "postgresql:"]),
    webDatabaseUrl: url("DATABASE_WEB_URL", ["postgres:", "postgresql:"]),
    poolSize: whole("DATABASE_POOL", 10, 1, 200),
    publicUrl: (
      url("PUBLIC_URL", ["http:", "https:"]) ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`
    ).replace(/\/+$/, ""),
    secret: secret ?? "",
    smtpUrl: url("SMTP_URL", ["smtp:", "smtps:"]),
    mailFrom: mailFrom ?? "Traboule <traboule@localhost>",
    logLevel,
    trustProxy: proxy === "1",
  };
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config };
}

/** The kept secret cannot be read or made: one French sentence. */
class SecretRefusal extends Error {}

/**
 * The configuration with a secret: the given one, else the one kept in `<dataFolder>/secret`, made the first time.
 * @throws SecretRefusal when the folder cannot be written or the kept secret was cut short.
 */
export function ensureSecret(config: Config): Config {
  if (config.secret) return config;
  const path = join(config.dataFolder, "secret");
  try {
    if (!existsSync(path)) makeSecret(config.dataFolder, path);
    const secret = readFileSync(path, "utf8").trim();
    if (secret.length >= 32) return { ...config, secret };
  } catch (error) {
    throw new SecretRefusal(
      `Le fichier ${path} ne peut pas être lu ou écrit (${(error as NodeJS.ErrnoException).code ?? "?"}) : choisissez un autre dossier par TRABOULE_DATA, ou donnez TRABOULE_SECRET.`,
    );
  }
  throw new SecretRefusal(
    `Le fichier ${path} est abîmé : remettez celui d’une sauvegarde, ou donnez TRABOULE_SECRET (32 signes au moins).`,
  );
}

/** Written aside, then linked: two commands at once agree on the first one, and a kill never leaves half a secret. */
function makeSecret(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true });
  const aside = `${path}.${process.pid}`;
  rmSync(aside, { force: true });
  try {
    writeFileSync(aside, randomBytes(48).toString("base64url"), { mode: 0o600, flush: true });
    linkSync(aside, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
