// What hangs on a structure by rows with days: roles, contacts, places, conventions. One description each; forms, pages, writes and the
// journal are made from it.
import type { Right } from "../../../../core/rights.ts";
import {
  choiceField,
  dayField,
  emailField,
  euros,
  type Field,
  phoneField,
  placeFields,
  textField,
} from "../fields.tsx";
import { rights } from "../rights.ts";
import { readAmount } from "../rules.ts";
import type { PartKind } from "../tables.ts";

export type Part = {
  kind: PartKind;
  table: "partners.roles" | "partners.sites" | "partners.contacts" | "partners.conventions";
  fields: readonly Field[];
  /** The SQL of its name in a list, over the alias `r`. */
  name: string;
  see: Right;
  write: Right;
};

const from = dayField("du", "from_day", "Du", { hint: "jj/mm/aaaa ; vide : depuis toujours, autant qu’on sache" });
const to = dayField("au", "to_day", "Au", { hint: "jj/mm/aaaa ; vide : toujours en cours" });
const see = rights["structure.see"];
const write = rights["structure.write"];

export const parts: readonly Part[] = [
  {
    kind: "role",
    table: "partners.roles",
    fields: [choiceField("role", "term_id", "Rôle", { needed: "Choisissez un rôle." }), from, to],
    name: "(SELECT t.label FROM partners.terms t WHERE t.house_id = r.house_id AND t.id = r.term_id)",
    see,
    write,
  },
  {
    kind: "contact",
    table: "partners.contacts",
    fields: [
      textField("nom", "name", "Prénom et nom", { needed: "Écrivez le nom du contact.", most: 120 }),
      textField("fonction", "function", "Fonction", { most: 120 }),
      { ...emailField, label: "Courriel professionnel" },
      { ...phoneField, label: "Téléphone professionnel" },
      { ...from, hint: "jj/mm/aaaa" },
      to,
    ],
    name: "r.name",
    see,
    write,
  },
  {
    kind: "site",
    table: "partners.sites",
    fields: [
      textField("nom", "name", "Nom du lieu", { needed: "Écrivez le nom du lieu.", most: 120 }),
      ...placeFields,
      phoneField,
      { ...from, hint: "jj/mm/aaaa" },
      to,
    ],
    name: "r.name",
    see,
    write,
  },
  {
    kind: "convention",
    table: "partners.conventions",
    fields: [
      textField("intitule", "title", "Intitulé", { needed: "Écrivez l’intitulé de la convention." }),
      dayField("signee", "signed_on", "Signée le"),
      dayField("du", "from_day", "Premier jour"),
      dayField("au", "to_day", "Dernier jour", { hint: "jj/mm/aaaa ; vide : sans terme" }),
      dayField("renouveler", "renew_by", "À renouveler avant le"),
      textField("montant", "amount_cents", "Montant en euros", {
        input: { inputmode: "numeric", width: "short" },
        most: 20,
        read: readAmount,
        write: (value) => (typeof value === "number" ? euros(value) : ""),
      }),
      textField("note", "note", "Note", { most: 500 }),
    ],
    name: "r.title",
    see: rights["convention.see"],
    write: rights["convention.write"],
  },
];
