// What to ask the routes of declared lists with, where the room's own samples do not.
import type { Samples } from "./walk.ts";

/** A workbook starts a thread. */
const xlsxOf = (path: string, query: Record<string, string> = {}): Samples => ({
  [`GET ${path}/export.xlsx`]: () => ({ query, slow: true }),
});

export const listSamples: Samples = {
  ...xlsxOf("/structures", { etat: "toutes" }),
  ...xlsxOf("/entretiens", { tri: "-quand" }),
  ...xlsxOf("/seances", { tri: "titre" }),
  ...xlsxOf("/orientations", { par: "moi" }),
  "GET /file-active/export.csv": () => ({ query: { referent: "aucun" } }),
  ...xlsxOf("/file-active"),
  "GET /personnes/liste": () => ({ query: { etat: "toutes", silence: "60", page: "1" } }),
  "GET /personnes/liste/export.csv": () => ({ query: { qpv: "oui" } }),
  ...xlsxOf("/personnes/liste"),
};
