import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../core/root.ts";

type Commune = { postalCode: string; code: string; name: string };
let byPostalCode: Map<string, Commune[]> | null = null;

const simple = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z]/g, "");

/**
 * The official code (INSEE) of a commune, from its postal code and name; null when they do not tell one. The list is dated data with its
 * source: `communes.json`.
 */
export function communeCode(postalCode: string | null | undefined, name: string | null | undefined): string | null {
  if (!postalCode) return null;
  if (!byPostalCode) {
    const file = JSON.parse(readFileSync(join(projectRoot, "src/rooms/foundations/people/communes.json"), "utf8")) as {
      communes: Commune[];
    };
    byPostalCode = Map.groupBy(file.communes, (commune) => commune.postalCode);
  }
  const found = byPostalCode.get(postalCode) ?? [];
  if (found.length === 1) return found[0]?.code ?? null;
  return found.find((commune) => simple(commune.name) === simple(name ?? ""))?.code ?? null;
}
