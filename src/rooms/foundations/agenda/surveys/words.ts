export type SentAfter = "interview" | "session" | "nothing";

export const sentAfterWords: Readonly<Record<SentAfter, string>> = {
  interview: "après le premier entretien",
  session: "après la dernière séance d’une série",
  nothing: "jamais d’elle-même : papier seulement",
};

/** Scales of answers, best first. What is stored is the code. */
export const scales = {
  satisfaction: {
    very: "très satisfaisant",
    fairly: "satisfaisant",
    little: "peu satisfaisant",
    not: "pas satisfaisant",
  },
  fit: { very: "très adapté", fairly: "adapté", little: "peu adapté", not: "pas adapté" },
  yes: { yes: "oui", maybe: "peut-être", no: "non" },
} as const;
export type Scale = keyof typeof scales;
export const scaleNames = Object.keys(scales) as Scale[];

/** The answers of a scale, by code. */
export const answersOf = (scale: string): Readonly<Record<string, string>> =>
  Object.hasOwn(scales, scale) ? scales[scale as Scale] : {};

/** Typed straight in files, an apostrophe is curved on the page. */
export const shown = (label: string): string => label.replaceAll("'", "’");

export const surveyJournalWords = {
  "survey.listed": "a ouvert la liste des enquêtes",
  "survey.list-exported": "a exporté la liste des enquêtes",
  "survey.created": "a préparé une enquête",
  "survey.changed": "a modifié une enquête",
  "survey.opened": "a ouvert les résultats d’une enquête",
  "survey.exported": "a exporté les réponses d’une enquête",
  "survey.paper-entered": "a saisi une feuille d’enquête",
  "survey.paper-withdrawn": "a retiré une feuille d’enquête",
  "survey.paper-restored": "a remis une feuille d’enquête",
};
