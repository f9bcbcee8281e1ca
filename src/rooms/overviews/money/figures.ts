// The figures of money (report 2020, "Ressources"): income, expenditure and their difference; income by funder.
import { type Figure, type FigureSource, sum } from "../../../core/figures/figure.ts";
import { makeRegistry } from "../../../core/figures/registry.ts";
import { rights } from "./rights.ts";
import { classWords } from "./words.ts";

export const entriesSource: FigureSource = {
  name: "entries",
  from: "money.entries r",
  day: "r.on_day",
  // Balance-sheet accounts (classes 1 to 5) and contributions in kind (class 8) are neither income nor expenditure.
  where: "r.account LIKE '6%' OR r.account LIKE '7%'",
  joins: {
    programme: "LEFT JOIN programmes.programmes g ON g.house_id = r.house_id AND g.id = r.programme_id",
  },
  person: null,
  structure: null,
  dimensions: [
    { key: "financeur", label: "Financeur", expression: "r.funder", unknown: "sans financeur" },
    {
      key: "classe",
      label: "Compte, deux premiers chiffres",
      expression: "left(r.account, 2)",
      values: Object.entries(classWords).map(([value, label]) => ({ value, label: `${value} ${label}` })),
      unknown: "sans compte",
    },
    { key: "compte", label: "Compte", expression: "r.account", unknown: "sans compte" },
    { key: "dispositif", label: "Dispositif", expression: "g.code", joins: ["programme"], unknown: "sans dispositif" },
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
  ],
  ofPeople: false,
  published: [[], ["financeur"], ["classe"]],
  list: {
    id: "r.id",
    order: "r.on_day, r.external_id",
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "account", label: "Compte", expression: "r.account" },
      { key: "label", label: "Libellé", expression: "r.label" },
      { key: "side", label: "Sens", expression: "CASE r.side WHEN 'debit' THEN 'débit' ELSE 'crédit' END" },
      { key: "amount", label: "Montant en euros", expression: "r.amount", kind: "number" },
      { key: "funder", label: "Financeur", expression: "r.funder" },
      { key: "programme", label: "Dispositif", expression: "g.code", joins: ["programme"] },
    ],
    personColumns: [],
  },
  seeNames: rights["entry.see"],
};

const by = entriesSource.dimensions.map((dimension) => dimension.key);
// What an account of class 7 is credited with is income, and of class 6 debited, expenditure; the other side corrects it (a credit note of
// a supplier, an income that is given back), as the statement of the plan comptable has it.
const credits = "CASE r.side WHEN 'credit' THEN r.amount ELSE -r.amount END";
const debits = "CASE r.side WHEN 'debit' THEN r.amount ELSE -r.amount END";
export const moneyFigures: readonly Figure[] = [
  {
    code: "finances.produits",
    label: "Produits",
    unit: "€",
    definition: "Crédits moins débits des comptes de produits (classe 7) de la période.",
    source: "entries",
    measure: sum(credits),
    where: { sql: "r.account LIKE '7%'" },
    by,
    printed: ["financeur"],
  },
  {
    code: "finances.charges",
    label: "Charges",
    unit: "€",
    definition: "Débits moins crédits des comptes de charges (classe 6) de la période.",
    source: "entries",
    measure: sum(debits),
    where: { sql: "r.account LIKE '6%'" },
    by,
    printed: [],
  },
  {
    code: "finances.resultat",
    label: "Résultat",
    unit: "€",
    definition: "Produits (classe 7) moins charges (classe 6) de la période.",
    source: "entries",
    measure: sum(credits),
    where: { sql: "r.account LIKE '6%' OR r.account LIKE '7%'" },
    by,
    printed: [],
  },
  {
    code: "finances.financements",
    label: "Produits d’un financeur",
    unit: "€",
    definition:
      "Crédits moins débits des comptes de produits (classe 7) qui nomment un financeur : la base des parts de chaque financeur, sans les ventes, les produits financiers ni les reprises.",
    source: "entries",
    measure: sum(credits),
    where: { sql: "r.account LIKE '7%' AND r.funder IS NOT NULL" },
    by,
    printed: [],
  },
];
/** The same definitions, for the room's own page. */
export const moneyRegistry = makeRegistry([entriesSource], moneyFigures);
