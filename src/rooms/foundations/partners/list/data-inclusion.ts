// Structures in the schema of data·inclusion, v1 (gip-inclusion/data-inclusion-schema, Licence Ouverte 2.0): what a house gives to the
// national directory. Empty values are left out; contacts are people and are never given.
import { Readable } from "node:stream";
import type { Tx } from "../../../../core/db/transaction.ts";
import { comparable } from "../../../../core/importing/values.ts";
import { dayIn } from "../../../../core/time.ts";
import type { StructureLine } from "../reads.ts";

/** The schema takes names of 3 to 150 signs that do not end with a full stop. Null: the name cannot be given. */
export function sharedName(name: string): string | null {
  const cut = name.slice(0, 150).replace(/[\s.]+$/, "");
  return cut.length >= 3 ? cut : null;
}

export type Shared = Record<string, string | null>;

/** One structure as the schema wants it; null when its name is too short for it. `source`: the house's own word. */
export function sharedStructure(line: StructureLine, source: string, zone: string): Shared | null {
  const nom = sharedName(line.name);
  if (!nom) return null;
  return {
    source,
    id: `${source}--${line.id}`,
    nom,
    date_maj: dayIn(zone, line.changedAt),
    siret: line.siret,
    commune: line.communeName,
    code_postal: line.postalCode,
    code_insee: line.communeCode,
    adresse: line.address,
    telephone: line.phone,
    courriel: line.email,
    site_web: line.website,
  };
}

/** Structures in batches, as a stream of one JSON array. */
export function sharedStream(tx: Tx, batches: AsyncIterable<StructureLine[]>): ReadableStream<Uint8Array> {
  const source = comparable(tx.scope.houseCode).replaceAll("_", "-");
  async function* text(): AsyncGenerator<Buffer> {
    let first = true;
    yield Buffer.from("[");
    for await (const lines of batches)
      for (const line of lines) {
        const shared = sharedStructure(line, source, tx.scope.zone);
        if (!shared) continue;
        yield Buffer.from(`${first ? "\n" : ",\n"}${JSON.stringify(shared)}`);
        first = false;
      }
    yield Buffer.from("\n]\n");
  }
  return Readable.toWeb(Readable.from(text(), { objectMode: false })) as ReadableStream<Uint8Array>;
}
