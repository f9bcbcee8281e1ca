import type { Dimension } from "../../../core/figures/figure.ts";
import { monthName } from "../../../ui/words.ts";

/** A value of a dimension as it is read: "mars", "Antenne Gerland". `labels` are those of `labelsOf`, whose months are numbers. */
export const valueWord = (dimension: Dimension | null, labels: ReadonlyMap<string, string>, value: string): string =>
  dimension?.values === "months" && /^\d\d$/.test(value) ? monthName(value) : (labels.get(value) ?? value);
