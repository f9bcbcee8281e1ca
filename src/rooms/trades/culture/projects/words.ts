// Enumerations of collective projects and their French words.
import type { Option } from "../../../../ui/fields.tsx";

export type ProjectKind = "turnkey" | "mediation" | "workshop" | "visit" | "worksite" | "other";
export const projectKindWords: Record<ProjectKind, string> = {
  turnkey: "parcours clés en main",
  mediation: "médiation",
  workshop: "atelier de pratique",
  visit: "visite",
  worksite: "chantier éducatif",
  other: "autre",
};

export type ProjectState = "planned" | "held" | "cancelled";
/** Said of a project or of an action alike. */
export const projectStateWords: Record<ProjectState, string> = {
  planned: "prévu",
  held: "réalisé",
  cancelled: "annulé",
};

export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const acceptedWords = (accepted: boolean | null): string =>
  accepted === null ? "sans réponse" : accepted ? "accepté" : "décliné";

export const projectJournalWords: Record<string, string> = {
  "project.listed": "a regardé les projets culturels collectifs",
  "project.exported": "a exporté les projets culturels collectifs",
  "project.opened": "a ouvert un projet culturel collectif",
  "project.planned": "a noté un projet culturel collectif",
  "project.changed": "a modifié un projet culturel collectif",
  "project.proposed": "a proposé un partenaire pour un projet culturel",
  "project.answered": "a noté la réponse d’un partenaire à un projet culturel",
  "culture-action.listed": "a regardé les permanences et actions culturelles",
  "culture-action.exported": "a exporté les permanences et actions culturelles",
  "project.promised": "a fixé l’objectif d’une année de projets culturels",
};
