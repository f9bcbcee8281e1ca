// Enumerations of governance and their French words.
export const memberKindWords = { person: "personne", organisation: "organisme" } as const;
export type MemberKind = keyof typeof memberKindWords;

export const journalWords: Record<string, string> = {
  "mandate.listed": "a regardé les mandats",
  "mandate.exported": "a exporté les mandats",
  "mandate.opened": "a ouvert un mandat",
  "mandate.added": "a ajouté un mandat",
  "mandate.corrected": "a corrigé un mandat",
  "mandate.removed": "a retiré un mandat",
  "board-meeting.listed": "a regardé les réunions des instances",
  "board-meeting.exported": "a exporté les réunions des instances",
  "board-meeting.opened": "a ouvert une réunion d’instance",
  "board-meeting.added": "a ajouté une réunion d’instance",
  "board-meeting.corrected": "a corrigé une réunion d’instance",
  "board-meeting.removed": "a retiré une réunion d’instance",
  "member.listed": "a regardé les membres de l’association",
  "member.exported": "a exporté les membres de l’association",
  "member.opened": "a ouvert un membre de l’association",
  "member.added": "a ajouté un membre de l’association",
  "member.corrected": "a corrigé un membre de l’association",
  "member.removed": "a retiré un membre de l’association",
};
