// Enumerations of jobs in culture and their French words.
export type JobKind = "discovery" | "immersion" | "advice" | "training" | "recruitment" | "sponsorship";
export const jobKindWords: Record<JobKind, string> = {
  discovery: "découverte de métiers",
  immersion: "immersion (PMSMP ou stage)",
  advice: "entretien conseil",
  training: "formation",
  recruitment: "recrutement",
  sponsorship: "parrainage",
};

export const jobJournalWords: Record<string, string> = {
  "culture-job.listed": "a regardé les actions vers les métiers de la culture",
  "culture-job.exported": "a exporté les actions vers les métiers de la culture",
  "culture-job.opened": "a ouvert une action vers les métiers de la culture",
  "culture-job.planned": "a noté une action vers les métiers de la culture",
  "culture-job.changed": "a modifié une action vers les métiers de la culture",
};
