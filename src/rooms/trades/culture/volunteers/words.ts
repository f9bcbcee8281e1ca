// Enumerations of volunteers and their French words.
export type VolunteerKind = "civic" | "other";
export const volunteerKindWords: Record<VolunteerKind, string> = {
  civic: "service civique",
  other: "bénévole",
};

export const volunteerJournalWords: Record<string, string> = {
  "volunteer.listed": "a regardé les volontaires de la culture",
  "volunteer.exported": "a exporté les volontaires de la culture",
  "volunteer.opened": "a ouvert la mission d’un volontaire",
  "volunteer.noted": "a noté la mission d’un volontaire",
  "volunteer.changed": "a modifié la mission d’un volontaire",
};
