import { declareRights } from "../../core/rights.ts";

/** A file says things of the whole house: importing is held for the house, not for one of its sites. */
export const rights = declareRights({
  "import.run": { sentence: "importer des fichiers", roles: ["direction", "site-manager"], held: "house" },
});

/** Every page of imports is for those who import. */
export const spec = (trace: string) => ({ right: rights["import.run"], trace });
