// Forms: what a browser sent, as it was typed, and what a Zod shape makes of it.
import type { z } from "zod";
import type { Typed } from "./answer.ts";
import type { Mistakes } from "./route.ts";

/** Largest body of an ordinary form, in bytes. */
export const formLimit = 1_000_000;

/** Reads a urlencoded or multipart body. Null: too large, or not a form. Files are left out: an upload has its own route. */
export async function readTyped(request: Request): Promise<Typed | null> {
  const type = request.headers.get("content-type") ?? "";
  const length = Number(request.headers.get("content-length") ?? "0");
  if (length > formLimit) return null;
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const text = await request.text();
    if (text.length > formLimit) return null;
    return typedOf(new URLSearchParams(text));
  }
  if (type.startsWith("multipart/form-data") && request.headers.has("content-length")) {
    const entries: [string, string][] = [];
    for (const [name, value] of await request.formData()) if (typeof value === "string") entries.push([name, value]);
    return typedOf(entries);
  }
  return type === "" && length === 0 ? {} : null;
}

function typedOf(entries: Iterable<[string, string]>): Typed {
  const typed: Typed = Object.create(null) as Typed;
  for (const [name, value] of entries) {
    const clean = cleanText(value);
    const list = typed[name];
    if (list) list.push(clean);
    else typed[name] = [clean];
  }
  return typed;
}

/** Text from outside: no NUL or other control sign (PostgreSQL refuses NUL), one form of accents, no lone surrogate. */
export const cleanText = (text: string): string => text.toWellFormed().replace(controls, "").normalize("NFC");

// biome-ignore lint/suspicious/noControlCharactersInRegex: control signs are exactly what is removed.
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Parses a typed form: one value a field, or a list when the field was sent several times. */
export function parseForm<S extends z.ZodType<object>>(
  shape: S,
  typed: Typed,
): { ok: true; form: z.infer<S> } | { ok: false; mistakes: Mistakes } {
  const plain: Record<string, string | string[]> = {};
  for (const [name, values] of Object.entries(typed)) plain[name] = values.length === 1 ? (values[0] ?? "") : values;
  const parsed = shape.safeParse(plain);
  if (parsed.success) return { ok: true, form: parsed.data as z.infer<S> };
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? "");
    fields[name] ??= issue.message;
  }
  return { ok: false, mistakes: { fields, typed } };
}
