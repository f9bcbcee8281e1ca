// What an act has to say after its redirect travels in the address, sealed: a link that somebody else made cannot speak in the house's name.
import { createHmac, timingSafeEqual } from "node:crypto";

const seal = (secret: string, text: string): Buffer =>
  createHmac("sha256", secret).update(`said:${text}`).digest().subarray(0, 12);

/** The address with the sentence and its seal. */
export function withSaid(secret: string, to: string, said: string): string {
  const facts = new URLSearchParams({ dit: said, sceau: seal(secret, said).toString("base64url") });
  const [path = "", anchor] = to.split("#");
  return `${path}${path.includes("?") ? "&" : "?"}${facts}${anchor === undefined ? "" : `#${anchor}`}`;
}

/** The sentence of an address, when its seal is ours; else null. */
export function readSaid(secret: string, url: URL): string | null {
  const said = url.searchParams.get("dit");
  if (!said) return null;
  const given = Buffer.from(url.searchParams.get("sceau") ?? "", "base64url");
  const ours = seal(secret, said);
  return given.length === ours.length && timingSafeEqual(given, ours) ? said : null;
}
