// Definitions given as files: a programme that the house has not is made, one that it has is brought to what the file says.
import type { Tx } from "../../../../core/db/transaction.ts";
import { definitionOf, programmeBy } from "../catalogue/reads.ts";
import { saveProgramme } from "../catalogue/writes.ts";
import { definitionYaml, readDefinitionYaml } from "./definition.ts";

export type Loaded =
  | { name: string; outcome: "created" | "changed" | "unchanged" }
  | { name: string; mistakes: string[] };

/** Each file is taken whole or not at all; each taken one leaves its line in the journal. */
export async function loadDefinitions(tx: Tx, files: readonly { name: string; text: string }[]): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const { name, text } of files) {
    const read = readDefinitionYaml(text);
    if (!read.ok) {
      loaded.push({
        name,
        mistakes: Object.entries(read.mistakes).map(([part, said]) => (part ? `${part} : ${said}` : said)),
      });
      continue;
    }
    const programme = await programmeBy(tx, { code: read.value.code });
    if (programme && definitionYaml(await definitionOf(tx, programme)) === definitionYaml(read.value)) {
      loaded.push({ name, outcome: "unchanged" });
      continue;
    }
    const saved = await saveProgramme(
      tx,
      read.value,
      programme ? { programme, version: programme.version } : { key: tx.ids.uuid() },
    );
    if (!saved.ok) {
      loaded.push({ name, mistakes: [saved.sentence] });
      continue;
    }
    const outcome = programme ? "changed" : "created";
    tx.journal({
      act: `programme.${outcome}`,
      subject: { kind: "programme", id: saved.id },
      details: { code: read.value.code },
    });
    loaded.push({ name, outcome });
  }
  return loaded;
}
