// Codes of an authenticator application (TOTP, RFC 6238: SHA-1, 6 digits, 30 seconds, which every application reads).
import { Secret, TOTP } from "otpauth";
import { squareSvg } from "../../../../core/documents/square.ts";
import { seal, unseal } from "./secrets.ts";

const period = 30;

const totpOf = (secret: string, label = ""): TOTP =>
  new TOTP({ issuer: "Traboule", label, algorithm: "SHA1", digits: 6, period, secret: Secret.fromBase32(secret) });

/** A new secret of 160 bits, base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** The time step whose code this is, one step of clock drift allowed either way; null when the code is wrong. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** What an application reads from the QR code, drawn as SVG on a white ground (readable in dark mode too). */
export const totpPicture = (secret: string, email: string): string =>
  squareSvg(totpOf(secret, email).toString(), "Code QR à photographier avec l’application");

/** The secret as it is stored: sealed, and bound to its account. */
export const sealTotp = (appSecret: string, account: string, secret: string): string =>
  seal(appSecret, "totp", account, secret);
export const unsealTotp = (appSecret: string, account: string, sealed: string): string | null =>
  unseal(appSecret, "totp", account, sealed);
