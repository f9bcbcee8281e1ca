// The words of the accounts, and the classes of the French chart of accounts of associations (reglement ANC 2018-06).
export const sideWords = { debit: "débit", credit: "crédit" } as const;
export type Side = keyof typeof sideWords;

/** Charges and products by the first two figures of their account (ANC 2018-06, in force since 2020-01-01). */
export const classWords: Readonly<Record<string, string>> = {
  "60": "Achats",
  "61": "Services extérieurs",
  "62": "Autres services extérieurs",
  "63": "Impôts et taxes",
  "64": "Charges de personnel",
  "65": "Autres charges de gestion",
  "66": "Charges financières",
  "67": "Charges exceptionnelles",
  "68": "Dotations et engagements à réaliser",
  "69": "Impôt sur les bénéfices",
  "70": "Ventes et prestations",
  "71": "Production stockée",
  "72": "Production immobilisée",
  "74": "Concours publics et subventions",
  "75": "Autres produits de gestion",
  "76": "Produits financiers",
  "77": "Produits exceptionnels",
  "78": "Reprises et reports",
  "79": "Transferts de charges",
};

export const journalWords: Record<string, string> = {
  "entry.listed": "a regardé les écritures",
  "entry.exported": "a exporté les écritures",
  "entry.opened": "a ouvert une écriture",
  "entry.split": "a dit le financeur ou le dispositif d’une écriture",
  "split-rule.listed": "a regardé les règles de répartition des écritures",
  "split-rule.added": "a ajouté une règle de répartition des écritures",
  "split-rule.removed": "a retiré une règle de répartition des écritures",
  "split-rule.applied": "a réparti les écritures par leurs règles",
  "statement.opened": "a ouvert le compte de résultat",
};
