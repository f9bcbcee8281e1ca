// A structure in the words of its form, and what the form says in the words of the table.
import { oneLine } from "../../../core/importing/values.ts";
import { communeCode } from "../people/door.ts";
import {
  choiceField,
  dayField,
  emailField,
  type Field,
  phoneField,
  placeFields,
  type Stored,
  textField,
} from "./fields.tsx";
import type { Structure } from "./reads.ts";
import { legalNumberWords, readEuros, readLegalNumber, readWebsite, readWorkforce } from "./rules.ts";

/** "Le Prisme ; MJC du Prisme" -> two other names. */
const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(";")
      .map((name) => oneLine(name))
      .filter((name) => name !== ""),
  ),
];

export const structureFields: readonly Field[] = [
  textField("nom", "name", "Nom", { needed: "Écrivez le nom de la structure." }),
  textField("autres_noms", "aliases", "Autres noms", {
    hint: "sigles et noms d’usage, séparés par des points-virgules",
    most: 500,
    read: (text) => ({ ok: true, value: namesIn(text) }),
    write: (value) => (Array.isArray(value) ? value.join(" ; ") : ""),
  }),
  choiceField("type", "type_id", "Type"),
  textField("numero", "number", "SIRET ou SIREN", {
    input: { inputmode: "numeric" },
    most: 40,
    read(text) {
      const found = readLegalNumber(text);
      return found.ok ? { ok: true, value: found.value.siret ?? found.value.siren } : found;
    },
    write: (value) => (typeof value === "string" ? legalNumberWords(value) : ""),
  }),
  ...placeFields,
  phoneField,
  emailField,
  textField("site_web", "website", "Site web", { read: readWebsite }),
  textField("effectif", "workforce", "Effectif", {
    hint: "nombre de personnes qui y travaillent",
    input: { inputmode: "numeric", width: "short" },
    most: 12,
    read: readWorkforce,
  }),
  dayField("creation", "founded_on", "Créée le"),
  textField("chiffre_affaires", "turnover", "Chiffre d’affaires annuel, en euros", {
    hint: "du dernier exercice clos, sans centimes",
    input: { inputmode: "numeric", width: "short" },
    most: 20,
    read: readEuros,
  }),
  textField("bilan", "balance_total", "Total du bilan, en euros", {
    hint: "du dernier exercice clos, sans centimes",
    input: { inputmode: "numeric", width: "short" },
    most: 20,
    read: readEuros,
  }),
  textField("secteur", "sector", "Secteur d’activité", { most: 120 }),
  textField("mere", "parent", "Structure mère", { hint: "son nom ou son SIRET, tel qu’il est noté dans la maison" }),
  textField("note", "note", "Note", { hint: "rien de personnel : chacun dans la maison la lit", most: 500 }),
];

/** The columns that a form fills; the parent is a row of the house, found before. */
export type StructureFacts = Pick<
  Structure,
  | "name"
  | "aliases"
  | "type_id"
  | "parent_id"
  | "siret"
  | "siren"
  | "address"
  | "postal_code"
  | "commune_name"
  | "commune_code"
  | "phone"
  | "email"
  | "website"
  | "workforce"
  | "founded_on"
  | "turnover"
  | "balance_total"
  | "sector"
  | "note"
>;

export function factsOf(columns: Readonly<Record<string, Stored>>, parent: string | null): StructureFacts {
  const text = (column: string): string | null => {
    const value = columns[column];
    return typeof value === "string" ? value : null;
  };
  const whole = (column: string): number | null => {
    const value = columns[column];
    return typeof value === "number" ? value : null;
  };
  const number = text("number");
  const aliases = columns.aliases;
  return {
    name: text("name") ?? "",
    aliases: Array.isArray(aliases) ? [...aliases] : [],
    type_id: text("type_id"),
    parent_id: parent,
    siret: number?.length === 14 ? number : null,
    siren: number?.slice(0, 9) ?? null,
    address: text("address"),
    postal_code: text("postal_code"),
    commune_name: text("commune_name"),
    commune_code: communeCode(text("postal_code"), text("commune_name")),
    phone: text("phone"),
    email: text("email"),
    website: text("website"),
    workforce: whole("workforce"),
    founded_on: text("founded_on"),
    turnover: whole("turnover"),
    balance_total: whole("balance_total"),
    sector: text("sector"),
    note: text("note"),
  };
}

/** The structure as its form knows it: one number, and the parent by its name. */
export const asForm = (structure: Structure, parent: string | null) => ({
  ...structure,
  number: structure.siret ?? structure.siren,
  parent,
});
