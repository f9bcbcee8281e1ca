// Forms: what a browser sent, as it was typed, and what a Zod shape makes of it.
import { z } from "zod";
import type { Typed } from "./answer.ts";
import type { Mistakes } from "./route.ts";

// What a shape says when nobody wrote its sentence: French, short, and true of every field.
z.config({
  customError(issue) {
    const unit = issue.origin === "string" ? " signes" : "";
    if (issue.code === "invalid_type" && issue.input === undefined) return "Cette réponse manque.";
    if (issue.code === "invalid_value") return "Choisissez dans la liste.";
    if (issue.code === "too_big") return `Au plus ${issue.maximum}${unit}.`;
    if (issue.code === "too_small")
      return issue.origin === "string" && issue.minimum === 1
        ? "Cette réponse manque."
        : `Au moins ${issue.minimum}${unit}.`;
    return "Cette réponse est illisible.";
  },
});

/** Largest body of an ordinary form, in bytes. */
export const formLimit = 1_000_000;

/** Fields that hold a secret: what was typed in them is neither shown again nor kept. */
export const secretFields: ReadonlySet<string> = new Set(["password", "current", "again", "confirm"]);

/** Reads a urlencoded or multipart body. Null: too large, or not a form. Files are left out: an upload has its own route. */
export async function readTyped(request: Request): Promise<Typed | null> {
  const type = request.headers.get("content-type") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) {
    const text = await readText(request, formLimit);
    return text === null ? null : typedOf(new URLSearchParams(text));
  }
  const length = Number(request.headers.get("content-length") ?? "0");
  if (type.startsWith("multipart/form-data") && request.headers.has("content-length") && length <= formLimit) {
    const form = await request.formData().catch(() => null);
    if (!form) return null;
    const entries: [string, string][] = [];
    for (const [name, value] of form) if (typeof value === "string") entries.push([name, value]);
    return typedOf(entries);
  }
  return type === "" && length === 0 ? {} : null;
}

/** The body as text; null when it is longer than `most` bytes, however long it says to be: the rest is not read. */
export async function readText(request: Request, most: number): Promise<string | null> {
  const said = request.headers.get("content-length");
  if (Number(said ?? "0") > most) return null;
  if (said !== null) {
    // The server reads no more than was said: the whole at once, much cheaper than piece by piece.
    const text = await request.text();
    return Buffer.byteLength(text) > most ? null : text;
  }
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > most) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
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

/** Each field's first value, as a form shows it again. */
export const firstValues = (typed: Typed): Record<string, string> =>
  Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));
