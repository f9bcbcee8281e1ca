// How places are drawn, rule 1. Written so that anybody replays it with nothing but SHA-256 and whole numbers:
//   chance(request) = the first 12 hexadecimal digits of SHA-256("<seed>:<request>"), as a whole number;
//   score(request)  = chance × (1 + places that its structure holds already this season);
//   the lowest score comes first; between equals, the request whose identifier comes first.
// Places are given in that order. A group that does not fit is passed over, whole, and a smaller one behind it may fit.
import { createHash } from "node:crypto";

export type Request = { id: string; seats: number; served: number };
export type DrawLine = Request & { score: bigint; rank: number; given: boolean };

export const chanceOf = (seed: string, request: string): bigint =>
  BigInt(`0x${createHash("sha256").update(`${seed}:${request}`).digest("hex").slice(0, 12)}`);

/** The print of a seed, published before requests are taken: the seed shown afterwards can be no other. */
export const printOf = (seed: string): string => createHash("sha256").update(seed).digest("hex");

/** Draws `places` among requests. The outcome hangs on nothing but what is given here. */
export function draw(seed: string, requests: readonly Request[], places: number): DrawLine[] {
  const scored = requests.map((one) => ({ ...one, score: chanceOf(seed, one.id) * BigInt(1 + one.served) }));
  scored.sort((a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : a.id < b.id ? -1 : 1));
  let left = places;
  return scored.map((one, rank) => {
    const given = one.seats <= left;
    if (given) left -= one.seats;
    return { ...one, rank: rank + 1, given };
  });
}
