// The figures of money (report 2020, "Ressources"): income, expenditure and their difference; income by funder.
import { type Figure, type FigureSource, sum } from "../../../core/figures/figure.ts";
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
    { key: "dispositif", label: "Dispositif", expression: "g.code", joins: ["programme"], unknown: "sans dispositif" },
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
  ],
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
export const moneyFigures: readonly Figure[] = [
  {
    code: "finances.produits",
    label: "Produits",
    unit: "€",
    definition: "Somme des crédits des comptes de charges et de produits (classes 6 et 7) de la période.",
    source: "entries",
    measure: sum("r.amount"),
    where: { sql: "r.side = 'credit'" },
    by,
    printed: ["financeur"],
  },
  {
    code: "finances.charges",
    label: "Charges",
    unit: "€",
    definition: "Somme des débits des comptes de charges et de produits (classes 6 et 7) de la période.",
    source: "entries",
    measure: sum("r.amount"),
    where: { sql: "r.side = 'debit'" },
    by,
    printed: [],
  },
  {
    code: "finances.resultat",
    label: "Résultat",
    unit: "€",
    definition: "Produits moins charges de la période.",
    source: "entries",
    measure: sum("CASE r.side WHEN 'credit' THEN r.amount ELSE -r.amount END"),
    by,
    printed: [],
  },
  {
    code: "finances.financements",
    label: "Produits d’un financeur",
    unit: "€",
    definition:
      "Somme des crédits qui nomment un financeur : la base des parts de chaque financeur, sans les ventes, les produits financiers ni les reprises.",
    source: "entries",
    measure: sum("r.amount"),
    where: { sql: "r.side = 'credit' AND r.funder IS NOT NULL" },
    by,
    printed: [],
  },
];
