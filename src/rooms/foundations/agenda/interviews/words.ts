import type { Option } from "../../../../ui/fields.tsx";
import type { InterviewStatus, NoteReader } from "./tables.ts";

export const interviewStatusWords: Readonly<Record<InterviewStatus, string>> = {
  planned: "prévu",
  held: "a eu lieu",
  no_show: "absent(e)",
  cancelled: "annulé",
};

export const readerWords: Readonly<Record<NoteReader, string>> = {
  author: "moi seulement",
  referents: "les référents de la personne",
  team: "l’équipe du lieu",
};

/** Texts of a new house, to start a note from. */
export const firstTemplates = [
  { title: "Premier entretien", text: "Demande :\nSituation :\nFreins :\nSuite convenue :" },
  { title: "Point d’étape", text: "Depuis la dernière fois :\nDifficultés :\nSuite convenue :" },
] as const;

export const optionsOf = (words: Readonly<Record<string, string>>): Option[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const interviewJournalWords = {
  "interview.listed": "a ouvert la liste des entretiens",
  "interview.exported": "a exporté la liste des entretiens",
  "interview.form-opened": "a ouvert le formulaire d’un entretien",
  "interview.recorded": "a noté un entretien",
  "interview.opened": "a ouvert un entretien",
  "interview.changed": "a modifié un entretien",
  "interview.status-changed": "a dit ce qu’un entretien est devenu",
  "note.written": "a écrit une note d’entretien",
  "note.withdrawn": "a effacé sa note d’entretien",
  "template.added": "a ajouté un modèle de note",
  "template.changed": "a modifié un modèle de note",
  "place.added": "a ajouté une salle",
  "place.changed": "a modifié une salle",
};
