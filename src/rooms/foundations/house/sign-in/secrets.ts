// Passwords are hashed, small secrets that must be read again are sealed, and both say with which parameters.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

/**
 * argon2id with the parameters that the OWASP password storage cheat sheet recommends: 19 MiB, 2 passes, 1 lane, about 25 ms here.
 * argon2id is the library's default algorithm; the hash carries its parameters, so that they can be raised later.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFC"), cost);

let nobody: Promise<string> | null = null;

/**
 * True when the password is the account's. Without a hash (no such account) the same work is done and the answer is false, so that
 * the time of an answer does not tell which addresses exist.
 */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(18).toString("base64url"));
  const fits = await verify(stored ?? (await nobody), password.normalize("NFC"));
  return stored !== null && fits;
}

/** A 32-byte key of one purpose, derived from the installation's secret (HKDF-SHA-256, RFC 5869). */
const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync("sha256", secret, "traboule", `house/${purpose}`, 32));

/** Seals a text with AES-256-GCM. `bound` must be said again to open it: a text moved to another record does not open. */
export function seal(secret: string, purpose: string, bound: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(secret, purpose), nonce).setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
}

/** Opens what `seal` closed; null when it was altered, cut, moved, or sealed with another secret. */
export function unseal(secret: string, purpose: string, bound: string, sealed: string): string | null {
  if (!sealed.startsWith("v1.")) return null;
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  if (bytes.length < 28) return null;
  try {
    const opener = createDecipheriv("aes-256-gcm", keyFor(secret, purpose), bytes.subarray(0, 12), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(bound))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** A short keyed hash of an address: counts failures without keeping who failed. */
export const keyedHash = (secret: string, purpose: string, text: string): string =>
  createHmac("sha256", keyFor(secret, purpose)).update(text).digest("base64url");
