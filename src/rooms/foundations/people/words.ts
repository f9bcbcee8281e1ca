// The words of people's situations: the code that is stored, the French that is read.
import type { SituationKind } from "./tables.ts";

export const sexWords: Readonly<Record<string, string>> = { F: "femme", M: "homme", X: "autre" };

const yesNo = { yes: "oui", no: "non" };

/** Kinds of situation, their label and their values. `sensitive`: shown only to roles that need it, and its reading is journalled. */
export const situationWords: Readonly<
  Record<SituationKind, { label: string; sensitive: boolean; values: Readonly<Record<string, string>> }>
> = {
  status: {
    label: "Situation",
    sensitive: false,
    values: {
      job_seeker: "demandeur d’emploi",
      employee: "salarié",
      self_employed: "indépendant",
      student: "étudiant",
      inactive: "inactif",
    },
  },
  diploma: {
    label: "Niveau de diplôme",
    sensitive: false,
    // Levels 1 to 8 of the national framework (decree 2019-14 of 8 January 2019).
    values: {
      "1": "niveau 1 (savoirs de base)",
      "2": "niveau 2 (socle)",
      "3": "niveau 3 (CAP, BEP)",
      "4": "niveau 4 (bac)",
      "5": "niveau 5 (bac + 2)",
      "6": "niveau 6 (licence)",
      "7": "niveau 7 (master)",
      "8": "niveau 8 (doctorat)",
      none: "sans diplôme",
    },
  },
  neighbourhood: {
    label: "Quartier",
    sensitive: false,
    values: {
      qpv: "quartier prioritaire (QPV)",
      qva: "quartier de veille (QVA)",
      none: "hors quartier prioritaire",
      unknown: "inconnu",
    },
  },
  rsa: { label: "RSA", sensitive: true, values: yesNo },
  ass: { label: "ASS", sensitive: true, values: yesNo },
  rqth: { label: "RQTH", sensitive: true, values: yesNo },
  nationality: {
    label: "Groupe de nationalité",
    sensitive: true,
    values: { french: "française", eu: "Union européenne", other: "hors Union européenne" },
  },
};

/** What a person is informed of or agrees to. */
export const purposeWords: Readonly<Record<string, string>> = {
  notice: "Information sur ses données (articles 13 et 14 du RGPD)",
  share: "Partage avec les partenaires qui l’accompagnent",
  contact: "Être recontacté(e) pour des propositions",
  image: "Photo et témoignage",
};

export const consentWords: Readonly<Record<string, string>> = {
  informed: "informé(e)",
  given: "donné",
  refused: "refusé",
  withdrawn: "retiré",
};
export const requestWords: Readonly<Record<string, string>> = {
  access: "accès à ses données",
  rectification: "rectification",
  erasure: "effacement",
  restriction: "limitation",
  objection: "opposition",
};

export const journalWords = {
  "person.opened": "a ouvert la fiche",
  "person.readers-listed": "a regardé qui a ouvert la fiche",
  "person.readers-exported": "a exporté la liste de qui a ouvert la fiche",
  "person.listed": "a ouvert la liste des personnes",
  "person.exported": "a exporté la liste des personnes",
  "person.searched": "a cherché une personne",
  "person.created": "a créé la fiche",
  "person.changed": "a modifié la fiche",
  "person.sensitive-read": "a lu les informations sensibles",
  "person.file-given": "a tiré le dossier complet",
  "person.erased": "a effacé les données",
  "person.tagged": "a mis une étiquette",
  "person.untagged": "a retiré une étiquette",
  "situation.recorded": "a noté un changement de situation",
  "situation.withdrawn": "a retiré une situation notée par erreur",
  "situation.restored": "a remis une situation retirée",
  "consent.recorded": "a noté une information ou un consentement",
  "request.recorded": "a noté une demande sur les données",
  "request.answered": "a répondu à une demande sur les données",
  "twins.listed": "a ouvert les doublons",
  "twins.exported": "a exporté les doublons",
  "twins.compared": "a comparé deux fiches",
  "twins.dismissed": "a dit que deux fiches sont deux personnes",
  "twins.reopened": "a remis deux fiches parmi les doublons",
  "merge.listed": "a ouvert la liste des fusions",
  "merge.exported": "a exporté la liste des fusions",
  "merge.opened": "a ouvert une fusion",
  "person.merged": "a fusionné deux fiches",
  "merge.undone": "a annulé une fusion",
  "retention.looked": "a regardé la conservation",
  "retention.exported": "a exporté une liste de la conservation",
  "retention.ruled": "a changé la durée de conservation",
  "retention.run": "a appliqué la conservation",
};

/** The journal's words of all rooms, with their French sentence: other rooms open a person's file too. The application gives them. */
export type Words = () => Readonly<Record<string, string>>;

/** Who did what to a file, of a line of its journal. */
export const whoOf = ({ name }: { name: string | null }): string => name ?? "le programme";
export const actOf = (words: Words, { act }: { act: string }): string => words()[act] ?? act;
