import type { VisitMode } from "./tables.ts";

export const modeWords: Readonly<Record<VisitMode, string>> = {
  in_person: "présentiel",
  phone: "téléphone",
  video: "visio",
};

/** The lists of a new house, as the desks of the model house use them (report 2020; `demo/2020/visites.csv`). */
export const firstTerms = {
  reason: [
    "information",
    "rendez-vous conseiller",
    "espace numérique",
    "aide CV",
    "offre d’emploi",
    "atelier",
    "création d’entreprise",
  ],
  orientation: ["Pôle emploi", "Mission Locale", "IER", "CitésLab", "GPP", "partenaire social"],
} as const;

export const visitJournalWords = {
  "visit.recorded": "a noté une visite",
  "visit.group-recorded": "a noté un groupe",
  "visit.opened": "a ouvert une visite",
  "visit.listed": "a ouvert la liste des visites",
  "visit.exported": "a exporté la liste des visites",
  "visit.corrected": "a corrigé une visite",
  "visit.withdrawn": "a retiré une visite",
  "visit.restored": "a remis une visite",
  "visit.attached": "a donné sa personne à une visite",
  "desk.opened": "a ouvert l’accueil",
  "visit.read": "a lu les visites par l’interface",
  "terms.listed": "a ouvert les listes de l’accueil",
  "term.opened": "a ouvert un mot des listes",
  "terms.exported": "a exporté les listes de l’accueil",
  "term.added": "a ajouté un mot aux listes",
  "term.changed": "a modifié un mot des listes",
};
