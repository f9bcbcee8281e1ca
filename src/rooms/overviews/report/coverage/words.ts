// The states of a printed line and their French words.
export const states = ["equal", "different", "declared", "quoted", "missing"] as const;
export type State = (typeof states)[number];

export const stateWords: Record<State, string> = {
  equal: "calculé, égal",
  different: "calculé, différent",
  declared: "déclaré",
  quoted: "cité",
  missing: "manquant",
};

export const stateHints: Record<State, string> = {
  equal: "les fiches donnent la valeur imprimée",
  different: "les fiches donnent une autre valeur : la raison est dite",
  declared: "aucune fiche ne le donne ; quelqu’un en répond, sur une preuve",
  quoted: "un seuil, une date, une règle",
  missing: "rien dans la maison ne le donne encore",
};

export const coverageJournalWords: Record<string, string> = {
  "report.coverage-opened": "a ouvert la couverture d’un rapport",
  "report.coverage-exported": "a exporté la couverture d’un rapport",
  "report.lines-read": "a fait lire les lignes d’un rapport imprimé",
  "report.line-opened": "a ouvert une ligne d’un rapport imprimé",
  "report.line-linked": "a dit ce qui donne une ligne d’un rapport imprimé",
};
