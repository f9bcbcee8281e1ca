// The words of the catalogue: the code that is stored, the French that is read.

export const outcomeKinds = [
  "job",
  "training",
  "creation",
  "certification",
  "step",
  "reorientation",
  "abandonment",
  "other",
] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];
export const outcomeKindWords: Readonly<Record<OutcomeKind, string>> = {
  job: "emploi",
  training: "formation",
  creation: "création d’activité",
  certification: "diplôme ou certification",
  step: "étape",
  reorientation: "réorientation",
  abandonment: "abandon",
  other: "autre",
};

export const outcomePlaces = ["path", "exit", "both"] as const;
export type OutcomePlace = (typeof outcomePlaces)[number];

export const fieldKinds = ["text", "number", "day", "yes_no", "choice"] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** What the chapter of a programme can show. */
export const chapterBlocks = {
  personnes: "personnes",
  repartitions: "répartitions",
  sorties: "sorties",
  resultats: "résultats",
  rencontres: "rencontres",
  satisfaction: "satisfaction",
  objectifs: "objectifs",
} as const;
export type ChapterBlock = keyof typeof chapterBlocks;

export const journalWords: Record<string, string> = {
  "programme.created": "a créé un dispositif",
  "programme.changed": "a modifié un dispositif",
  "programme.opened": "a ouvert un dispositif",
  "programme.ended": "a mis fin à un dispositif",
  "programme.deleted": "a supprimé un dispositif jamais utilisé",
  "enrolment.started": "a ouvert le formulaire d’entrée d’une personne dans un dispositif",
  "enrolment.created": "a fait entrer une personne dans un dispositif",
  "enrolment.opened": "a ouvert un parcours",
  "enrolment.changed": "a modifié un parcours",
  "enrolment.exited": "a noté la sortie d’un parcours",
  "enrolment.reopened": "a rouvert un parcours",
  "enrolment.restored": "a remis un parcours retiré",
  "enrolment.withdrawn": "a retiré un parcours noté par erreur",
  "enrolment.listed": "a ouvert une liste de parcours",
  "enrolment.exported": "a exporté une liste de parcours",
  "outcome.recorded": "a noté un résultat",
  "outcome.withdrawn": "a retiré un résultat noté par erreur",
  "stage.reached": "a noté une étape franchie, ou l’a retirée",
  "caseload.opened": "a ouvert une file active",
  "caseload.exported": "a exporté une file active",
  "caseload.handed": "a confié des parcours à un autre référent",
  "caseload.taken-back": "a annulé un passage de référent",
};
