// Definitions given as files: a programme that the house has not is made, one that it has is brought to what the file says.
import type { Tx } from "../../../../core/db/transaction.ts";
import { definitionOf, programmeBy } from "../catalogue/reads.ts";
import { saveProgramme } from "../catalogue/writes.ts";
import { agreementText, targetText } from "./agreements.ts";
import { type Definition, definitionYaml, readDefinitionYaml } from "./definition.ts";

export type Loaded =
  | { name: string; outcome: "created" | "changed" | "unchanged" }
  | { name: string; mistakes: string[] };

/** What a definition says, whatever the order in which it names its sites, agreements, targets and funders' readings. */
const said = (one: Definition): string => {
  const byText = <T>(all: readonly T[], text: (value: T) => string): T[] =>
    all.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  return definitionYaml({
    ...one,
    sites: one.sites.toSorted(),
    agreements: byText(one.agreements, agreementText),
    targets: byText(one.targets, targetText),
    outcomes: one.outcomes.map((word) => ({ ...word, readings: byText(word.readings, ({ funder }) => funder) })),
  });
};

/** Each file is taken whole or not at all; each taken one leaves its line in the journal. */
export async function loadDefinitions(tx: Tx, files: readonly { name: string; text: string }[]): Promise<Loaded[]> {
  const loaded: Loaded[] = [];
  for (const { name, text } of files) {
    const read = readDefinitionYaml(text);
    if (!read.ok) {
      loaded.push({
        name,
        mistakes: Object.entries(read.mistakes).map(([part, why]) => (part ? `${part} : ${why}` : why)),
      });
      continue;
    }
    const programme = await programmeBy(tx, { code: read.value.code });
    if (programme && said(await definitionOf(tx, programme)) === said(read.value)) {
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
