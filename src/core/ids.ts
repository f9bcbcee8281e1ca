// Identifiers: UUIDv7 (RFC 9562) for rows, short codes without ambiguous letters for people.
import { randomBytes } from "node:crypto";
import type { Clock } from "./time.ts";

export type Ids = { uuid(): string; token(): string; shortCode(): string };

/** Letters and digits that nobody confuses when reading aloud: no 0/O, 1/I/L, 5/S, 2/Z, 8/B, U/V. */
const SHORT = "ACDEFGHJKMNPQRTWXY34679";

let pool = randomBytes(0);
let used = 0;
/** Random bytes, asked of the system a few thousand at a time: an import takes millions, and each asking costs more than its bytes. */
function takeRandom(n: number): Uint8Array {
  if (used + n > pool.length) {
    pool = randomBytes(4096);
    used = 0;
  }
  used += n;
  return pool.subarray(used - n, used);
}

/** Identifier source. `random(n)` gives n bytes; injected so that tests can repeat a run. */
export function makeIds(clock: Clock, random: (n: number) => Uint8Array = takeRandom): Ids {
  return {
    uuid() {
      const bytes = random(16);
      const ms = clock.now().getTime();
      bytes[0] = Math.floor(ms / 2 ** 40) & 0xff;
      bytes[1] = Math.floor(ms / 2 ** 32) & 0xff;
      bytes[2] = (ms >>> 24) & 0xff;
      bytes[3] = (ms >>> 16) & 0xff;
      bytes[4] = (ms >>> 8) & 0xff;
      bytes[5] = ms & 0xff;
      bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
      bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
      const hex = Buffer.from(bytes).toString("hex");
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    /** 256 random bits, base64url: sessions, invitations, API keys. Only their hash is stored. */
    token: () => Buffer.from(random(32)).toString("base64url"),
    /** Seven signs, about 3.4 thousand million codes; uniqueness within a house is the table's. */
    shortCode() {
      const bytes = random(7);
      let code = "";
      for (const byte of bytes) code += SHORT[byte % SHORT.length];
      return code;
    },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for a lower-case UUID: checked before a text from outside reaches a uuid column. */
export const isUuid = (text: string): boolean => UUID.test(text);
