// Every figure that a text of the edition may name: declared ones, those of families (`gpp.personnes`), and those that somebody declared. Read
// once for an edition, and looked up as often as its texts need.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Period } from "../../../../core/figures/ask.ts";
import { memberCode, suffixOf } from "../../../../core/figures/families.ts";
import type { Dimension, Figure } from "../../../../core/figures/figure.ts";
import { labelsOf } from "../../../../core/figures/labels.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { may } from "../../../../core/rights.ts";
import { valueWord } from "../value-word.ts";

export type Named = {
  figure: Figure;
  filters: Readonly<Record<string, string>>;
  /** The member's name, of a family: "Guidance Professionnelle Personnalisée". */
  of: string | null;
};

export type Catalogue = {
  find(code: string): Named | null;
  /** The dimension of a figure that this reader may use. */
  dimension(figure: Figure, key: string): Dimension | null;
  /** The value that a text names, by its code or by its words ("F", "femmes"); null: the dimension has none of that name. */
  valueOf(dimension: Dimension, said: string): string | null;
  word(dimension: Dimension, value: string): string;
  /** Values in the order of their words. */
  order(dimension: Dimension): readonly string[];
  /** Every figure with its code and words, for a search. */
  all(): Iterable<{ code: string; label: string; unit: string }>;
};

const alike = (text: string): string =>
  text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("’", "'").trim().toLowerCase();

export async function readCatalogue(tx: Tx, registry: Registry, period: Period): Promise<Catalogue> {
  const labels = new Map<Dimension, ReadonlyMap<string, string>>();
  const dimensions = new Set(registry.figures.flatMap((figure) => registry.source(figure).dimensions));
  for (const dimension of dimensions) labels.set(dimension, await labelsOf(tx, dimension, period));
  const bySuffix = Map.groupBy(
    registry.figures.filter((figure) => figure.families),
    (figure) => suffixOf(figure.code),
  );
  const dimension = (figure: Figure, key: string): Dimension | null => {
    const found = registry.dimension(figure, key);
    return found && (!found.right || may(tx.scope, found.right)) ? found : null;
  };
  const wordsOf = (one: Dimension): ReadonlyMap<string, string> => labels.get(one) ?? new Map();
  return {
    find(code) {
      const own = registry.figure(code);
      if (own) return { figure: own, filters: {}, of: null };
      const dot = code.lastIndexOf(".");
      if (dot < 1) return null;
      const value = code.slice(0, dot);
      for (const figure of bySuffix.get(suffixOf(code)) ?? [])
        for (const key of figure.families ?? []) {
          const head = registry.dimension(figure, key);
          const label = head ? wordsOf(head).get(value) : undefined;
          if (label !== undefined) return { figure, filters: { [key]: value }, of: label };
        }
      return null;
    },
    dimension,
    valueOf(one, said) {
      const known = wordsOf(one);
      if (known.has(said)) return said;
      for (const [value, label] of known)
        if (alike(label) === alike(said) || alike(valueWord(one, known, value)) === alike(said)) return value;
      // A dimension without a list of its values takes them as they are.
      return one.values || one.labels ? null : said;
    },
    word: (one, value) => valueWord(one, wordsOf(one), value),
    order: (one) => [...wordsOf(one).keys()],
    *all() {
      for (const figure of registry.figures) {
        yield { code: figure.code, label: figure.label, unit: figure.unit };
        for (const key of figure.families ?? []) {
          const head = registry.dimension(figure, key);
          if (!head) continue;
          for (const [value, label] of wordsOf(head))
            if (value !== "-")
              yield { code: memberCode(figure, value), label: `${figure.label}, ${label}`, unit: figure.unit };
        }
      }
    },
  };
}
