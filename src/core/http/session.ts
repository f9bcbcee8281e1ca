// The session's cookie and the hash under which a token is stored. The token itself exists only in the browser.
import { createHash } from "node:crypto";
import type { Config } from "../config/config.ts";

/** A session ends after twelve hours whatever happens, and after two hours without a request. */
export const sessionHours = 12;
export const idleHours = 2;

const isSecure = (config: Config): boolean => config.publicUrl.startsWith("https:");

/** `__Host-` binds the cookie to this host and to TLS; a plain address (a first try on one's own machine) cannot carry it. */
export const cookieName = (config: Config): string => (isSecure(config) ? "__Host-traboule" : "traboule");

/** A Set-Cookie text. `token` null takes the cookie back. `maxAge` in seconds. */
export function sessionCookie(config: Config, token: string | null, maxAge = sessionHours * 3600): string {
  const secure = isSecure(config) ? "; Secure" : "";
  return `${cookieName(config)}=${token ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${token ? maxAge : 0}${secure}`;
}

/** SHA-256 of a token: what the tables hold. */
export const hashToken = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The token that a Cookie header carries, or null. */
export function readSessionToken(config: Config, header: string | null | undefined): string | null {
  if (!header) return null;
  const name = `${cookieName(config)}=`;
  for (const part of header.split(";")) {
    const cookie = part.trimStart();
    if (cookie.startsWith(name)) return cookie.slice(name.length) || null;
  }
  return null;
}
