// The words of what funders ask: the code that is stored, the French that is read.
import type { Answer, CheckMoment, CheckSituation } from "./facts.ts";

export const checkSituationWords: Readonly<Record<CheckSituation, string>> = {
  employee: "salariée",
  self_employed: "indépendante, ou a créé son activité",
  job_seeking: "sans emploi, en recherche",
  inactive: "sans emploi, ne cherche pas",
  unreached: "injoignable",
};
/** `code`: in the address and on forms. */
export const checkMomentWords: Readonly<Record<CheckMoment, { code: string; label: string }>> = {
  exit: { code: "sortie", label: "Situation à la sortie" },
  later: { code: "six-mois", label: "Situation six mois après la sortie" },
};
export const answerWords: Readonly<Record<Answer, string>> = {
  yes: "oui",
  no: "non",
  refused: "ne souhaite pas répondre",
};

export const fundingJournalWords = {
  "funding.listed": "a ouvert la liste de ce que les financeurs demandent",
  "funding.exported": "a exporté la liste de ce que les financeurs demandent",
  "funding.opened": "a ouvert ce que les financeurs demandent d’un parcours",
  "funding.entry-completed": "a complété la situation à l’entrée d’un parcours",
  "funding.checked": "a noté la situation d’une personne après sa sortie",
  "funding.answers-read": "a lu les réponses d’une personne au questionnaire d’un financeur",
  "funding.answered": "a noté les réponses d’une personne au questionnaire d’un financeur",
};
