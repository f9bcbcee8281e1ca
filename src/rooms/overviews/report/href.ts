import type { Period } from "../../../core/figures/ask.ts";

/** The page of a figure: period and filters are in the address, so that it can be kept, sent and exported. */
export const figureHref = (
  code: string,
  period: Period,
  filters: Readonly<Record<string, string>> = {},
  page = "",
): string => `/chiffres/${code}${page}?${new URLSearchParams({ de: period.from, a: period.to, ...filters })}`;
