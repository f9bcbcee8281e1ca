import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../core/root.ts";

type Commune = { postalCode: string; code: string; name: string };
type Known = { byPostalCode: Map<string, Commune[]>; names: Set<string> };
let known: Known | null = null;

/** "Ste Foy les Lyon" and "Sainte-Foy-lès-Lyon" are one name; "Lyon 7ème", "LYON 07" and "Lyon cedex 07" are "lyon". */
const simple = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/\bste\b/g, "sainte")
    .replace(/\bst\b/g, "saint")
    .replace(/\b(cedex|arrondissement|arrdt|arr)\b|\d+(er|e|eme)?\b/g, " ")
    .replace(/[^a-z]/g, "");

function communes(): Known {
  if (known) return known;
  const file = JSON.parse(readFileSync(join(projectRoot, "src/rooms/foundations/people/communes.json"), "utf8")) as {
    communes: Commune[];
  };
  known = {
    byPostalCode: Map.groupBy(file.communes, (commune) => commune.postalCode),
    names: new Set(file.communes.map((commune) => simple(commune.name))),
  };
  return known;
}

/**
 * The official code (INSEE) of a commune, from its postal code and name; null when they do not tell one, or contradict each other. The
 * list is dated data with its source, `communes.json`, and holds one metropolis: a postal code that it shares with communes outside is
 * not enough by itself.
 */
export function communeCode(postalCode: string | null | undefined, name: string | null | undefined): string | null {
  if (!postalCode) return null;
  const { byPostalCode, names } = communes();
  const there = byPostalCode.get(postalCode) ?? [];
  const said = simple(name ?? "");
  const named = there.find((commune) => simple(commune.name) === said);
  if (named) return named.code;
  // A name from before communes were joined: "Oullins" in Oullins-Pierre-Bénite.
  const [part, another] = said.length < 4 ? [] : there.filter((commune) => simple(commune.name).includes(said));
  if (part && !another) return part.code;
  // A postal code of one district of Lyon is nobody else's: "Gerland" and an empty name are in it; Villeurbanne is not.
  const [district] = there.filter((commune) => commune.name.endsWith("Arrondissement"));
  return district && !names.has(said) ? district.code : null;
}
