// What to ask the routes of money and of the board with.
import type { Samples } from "./walk.ts";

export const resourceSamples: Samples = {
  "GET /finances/ecritures": () => ({ query: { compte: "74", sens: "credit" } }),
  "GET /finances/ecritures/export.csv": () => ({}),
  "GET /finances/ecritures/export.xlsx": () => ({ slow: true }),
  "GET /finances/compte-de-resultat": () => ({ query: { annee: "2020" } }),
  "GET /gouvernance": () => ({ query: { etat: "en-cours" } }),
  "GET /gouvernance/export.csv": () => ({}),
  "GET /gouvernance/export.xlsx": () => ({ slow: true }),
  "GET /gouvernance/reunions": () => ({ query: { instance: "conseil" } }),
  "GET /gouvernance/reunions/export.csv": () => ({}),
  "GET /gouvernance/reunions/export.xlsx": () => ({ slow: true }),
};
