// What is typed or scanned at the door, made a code. Pure: the page without a line reads with it too.

/** The signs of codes (`core/ids.ts`): none that hands or eyes confuse. */
export const codeSigns = "ACDEFGHJKMNPQRTWXY34679";
const length = 7;

export type Read =
  /** A code; with its seal where a square was scanned. */
  | { code: string; seal: string | null }
  /** What it is instead, in a sentence. */
  | { wrong: string };

/** Reads what was typed or scanned: case, spaces and hyphens do not count. */
export function readCode(text: string): Read {
  const square = /\/billet\/([A-Za-z0-9]+)\.([A-Za-z0-9_-]+)\/?$/.exec(text.trim());
  if (square?.[1] && square[2]) return { code: square[1].toUpperCase(), seal: square[2] };
  if (/^https?:/i.test(text.trim())) return { wrong: "Ce carré n’est pas un billet de la maison." };
  const code = text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const foreign = [...new Set([...code].filter((sign) => !codeSigns.includes(sign)))];
  if (code.length === length && foreign.length > 0)
    return {
      wrong: `Nos codes n’ont jamais ${foreign.map((sign) => `« ${sign} »`).join(" ni ")} : relisez-le sur le billet.`,
    };
  if (code.length !== length)
    return { wrong: `Un code a ${length} signes ; celui-ci en a ${code.length}. Cherchez aussi par le prénom.` };
  return { code, seal: null };
}

/** Whether two codes differ by one sign only: a slip of the finger. */
export const nearly = (a: string, b: string): boolean =>
  a.length === b.length && [...a].filter((sign, at) => sign !== b[at]).length === 1;
