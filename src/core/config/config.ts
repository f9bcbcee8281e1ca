// The settings, read once from the environment. Each mistake is a sentence for the one who starts the program.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
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
    mistakes.push(`${name} doit être un nombre entier de ${least} à ${most} : « ${given} » n’en est pas un.`);
    return fallback;
  };
  const url = (name: string, schemes: string[]): string | null => {
    const given = text(name);
    if (given === null) return null;
    const scheme = URL.canParse(given) ? new URL(given).protocol : "";
    if (!schemes.includes(scheme)) mistakes.push(`${name} doit être une adresse qui commence par ${schemes.map((s) => `${s}//`).join(" ou ")}.`);
    return given;
  };
  const host = text("HOST") ?? "127.0.0.1";
  const port = whole("PORT", 4700, 0, 65535);
  const secret = text("TRABOULE_SECRET");
  if (secret !== null && secret.length < 32) mistakes.push("TRABOULE_SECRET doit avoir au moins 32 signes.");
  const logLevel = text("LOG_LEVEL") ?? "warn";
  if (!levels.includes(logLevel)) mistakes.push(`LOG_LEVEL doit être l’un de : ${levels.join(", ")}.`);
  const proxy = text("TRUST_PROXY");
  if (proxy !== null && proxy !== "0" && proxy !== "1") mistakes.push("TRUST_PROXY doit être 0 ou 1.");
  const mailFrom = text("MAIL_FROM");
  if (mailFrom !== null && !/[^@\s]+@[^@\s]+/.test(mailFrom)) mistakes.push("MAIL_FROM doit contenir une adresse électronique.");
  const config: Config = {
    host,
    port,
    dataFolder: resolve(text("TRABOULE_DATA") ?? "data"),
    databaseUrl: url("DATABASE_URL", ["postgres:", "postgresql:"]),
    webDatabaseUrl: url("DATABASE_WEB_URL", ["postgres:", "postgresql:"]),
    poolSize: whole("DATABASE_POOL", 10, 1, 200),
    publicUrl: (url("PUBLIC_URL", ["http:", "https:"]) ?? `http://${host.includes(":") ? `[${host}]` : host}:${port}`).replace(/\/+$/, ""),
    secret: secret ?? "",
    smtpUrl: url("SMTP_URL", ["smtp:", "smtps:"]),
    mailFrom: mailFrom ?? "Traboule <traboule@localhost>",
    logLevel,
    trustProxy: proxy === "1",
  };
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, config };
}

/** The configuration with a secret: the given one, else the one kept in the data folder, made the first time. */
export function ensureSecret(config: Config): Config {
  if (config.secret) return config;
  mkdirSync(config.dataFolder, { recursive: true });
  const path = join(config.dataFolder, "secret");
  if (!existsSync(path)) {
    writeFileSync(path, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
    chmodSync(path, 0o600);
  }
  return { ...config, secret: readFileSync(path, "utf8").trim() };
}
