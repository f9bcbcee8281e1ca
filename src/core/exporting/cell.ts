/** A cell of an export; a day is told from a text, so that a spreadsheet gets a real date. */
export type Cell = string | number | boolean | null | { day: string };
export type ExportColumn = { key: string; label: string };
