/** The page of a line of a year's printed report. */
export const lineHref = (year: number, code: string): string =>
  `/rapport/couverture/${year}/${encodeURIComponent(code)}`;
