// Where somebody was going, and the form that they were sending, when they were asked to sign in: kept through every step.
import { z } from "zod";
import type { Typed } from "../../../../core/http/answer.ts";

/** The two hidden fields as they travel: nothing of them is trusted before `readBack`. */
export type Carried = { retour: string; saisie: string };

export const carriedFields = { retour: z.string().default("").catch(""), saisie: z.string().default("").catch("") };

export type Back = { to: string; typed: Typed | null };

/** The page that sends a kept form on to where it was written for. */
export const sendingPath = "/connexion/reprise/envoi";

/** A field typed once travels as a text or as a list of one: both are read. */
const typedShape = z.record(z.string(), z.union([z.array(z.string()), z.string().transform((value) => [value])]));

/**
 * A path of this site, or null. "//other.example", "/\other.example" and whatever a browser would read as another host are refused,
 * and so are the pages of signing in and out themselves.
 */
export function safePath(path: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop control signs from addresses, so "/\t/x" would be "//x".
  if (!/^\/(?![/\\])/.test(path) || /[\u0000-\u0020\\]/.test(path)) return null;
  const home = "http://house.invalid";
  if (!URL.canParse(path, home)) return null;
  const url = new URL(path, home);
  if (url.origin !== home || url.pathname.startsWith("//")) return null;
  // The session ended once more before the kept form was sent: it still goes where it was written for.
  if (url.pathname === sendingPath) return safePath(url.searchParams.get("retour") ?? "");
  if (/^\/(connexion|deconnexion|invitation)(\/|$)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/** What was carried, once checked: an unsafe path leads home, an unreadable form is dropped. */
export function readBack(carried: Carried): Back {
  const to = safePath(carried.retour);
  if (!to) return { to: "/", typed: null };
  if (!carried.saisie) return { to, typed: null };
  try {
    const parsed = typedShape.safeParse(JSON.parse(carried.saisie));
    return { to, typed: parsed.success ? parsed.data : null };
  } catch {
    return { to, typed: null };
  }
}
