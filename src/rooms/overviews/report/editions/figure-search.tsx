// Looking for a figure to put in a text: by its words, its programme or its code, with its value in the edition.
import type { Registry } from "../../../../core/figures/registry.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { plural } from "../../../../ui/words.ts";
import { seesExact } from "../masking.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { countNumbers, type Wish } from "./numbers.ts";
import type { Edition } from "./reads.ts";
import { readReference } from "./references.ts";
import { inUnit } from "./telling.ts";

const most = 15;

export type Found = {
  figures: readonly { code: string; label: string; shown: string }[];
  count: number;
  sought: string;
};

const words = (text: string): string[] =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .toLowerCase()
    .split(/[^a-z0-9._'-]+/)
    .filter(Boolean);

export async function searchFigures(
  at: At<unknown>,
  registry: Registry,
  edition: Edition,
  sought: string,
): Promise<Found> {
  const period = { from: edition.from, to: edition.to };
  const catalogue = await readCatalogue(at.tx, registry, period);
  const asked = words(sought.replaceAll(/[{}]/g, ""));
  const matches =
    asked.length === 0
      ? []
      : [...catalogue.all()].filter(({ code, label }) => {
          const held = words(`${code} ${label}`).join(" ");
          return asked.every((word) => held.includes(word));
        });
  const shown = matches.slice(0, most);
  const wishes = new Map(shown.flatMap(({ code }) => wishFor(catalogue, code, period)));
  const numbers = await countNumbers(at.tx, registry, [...wishes.values()], !seesExact(at.scope));
  return {
    sought,
    count: matches.length,
    figures: shown.map(({ code, label, unit }) => {
      const wish = wishes.get(code);
      const counted = wish ? numbers.at(wish) : null;
      return { code, label, shown: counted ? inUnit(counted.shown, counted.value, unit, true) : "" };
    }),
  };
}

const wishFor = (catalogue: Catalogue, code: string, period: Wish["period"]): [string, Wish][] => {
  const named = catalogue.find(code);
  return named ? [[code, { figure: named.figure, filters: named.filters, period, by: [] }]] : [];
};

/** What was found, each with a button that puts it in. */
export function FoundFigures({ found }: { found: Found }) {
  const { figures, count, sought } = found;
  return (
    <>
      <p role="status">
        {count === 0
          ? `Aucun chiffre ne répond à « ${sought} ».`
          : `${plural(count, "chiffre", "chiffres")}${count > figures.length ? `, dont voici ${figures.length}` : ""}`}
      </p>
      <ul class="results">
        {figures.map(({ code, label, shown }) => (
          <li key={code}>
            <button type="submit" name="action" value={`inserer:${code}`} class="plain row">
              <strong>{shown}</strong> <span>{label}</span> <small>{code}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The dimensions along which the first figure of some lines may be broken down; those of every figure when it names none. */
export function dimensionsOf(at: At<unknown>, registry: Registry, lines: string): { value: string; label: string }[] {
  const read = readReference((lines.split("\n")[0] ?? "").trim().replace(/^\{\{(.*)\}\}$/, "$1"));
  const suffix = read.ok ? read.value.code.slice(read.value.code.lastIndexOf(".") + 1) : "";
  const figure = read.ok
    ? (registry.figure(read.value.code) ??
      registry.figures.find((one) => one.families && one.code.endsWith(`.${suffix}`)))
    : undefined;
  const figures = figure ? [figure] : registry.figures;
  const found = new Map<string, string>();
  for (const one of figures)
    for (const key of one.by) {
      const dimension = registry.dimension(one, key);
      if (dimension && (!dimension.right || may(at.scope, dimension.right))) found.set(key, dimension.label);
    }
  return [...found].map(([value, label]) => ({ value, label }));
}
