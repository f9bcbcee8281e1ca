// Enumerations of declared figures and their French words.
export type DeclaredKind = "declared" | "quoted";

/** The mark that such a figure bears wherever it is shown. */
export const declaredKindWords: Record<DeclaredKind, string> = { declared: "déclaré", quoted: "cité" };
export const declaredKindOptions = [
  { value: "declared", label: "déclaré : compté par quelqu’un, sans fiche dans la maison" },
  { value: "quoted", label: "cité : un seuil, une date, une règle" },
] as const;

export const declaredJournalWords: Record<string, string> = {
  "declared-figure.listed": "a regardé les chiffres déclarés",
  "declared-figure.exported": "a exporté les chiffres déclarés",
  "declared-figure.opened": "a ouvert un chiffre déclaré",
  "declared-figure.declared": "a déclaré un chiffre",
  "declared-figure.corrected": "a corrigé un chiffre déclaré",
  "declared-figure.withdrawn": "a retiré un chiffre déclaré",
};
