// What happens to a referral, and in which state that leaves it.

export type EventKind =
  | "sent"
  | "received"
  | "accepted"
  | "attended"
  | "refused"
  | "expired"
  | "withdrawn"
  | "reopened";
export type ReferralState = Exclude<EventKind, "reopened">;

export const stateWords: Readonly<Record<ReferralState, string>> = {
  sent: "envoyée",
  received: "reçue",
  accepted: "acceptée",
  attended: "honorée",
  refused: "refusée",
  expired: "sans réponse, périmée",
  withdrawn: "retirée",
};

export const eventWords: Readonly<Record<EventKind, string>> = { ...stateWords, reopened: "rouverte" };

/** What one does, on a button. */
export const actWords: Readonly<Partial<Record<EventKind, string>>> = {
  received: "Bien reçue",
  accepted: "Acceptée",
  attended: "La personne est venue",
  refused: "Refusée",
  withdrawn: "Retirer cette orientation",
  reopened: "Rouvrir",
};

export const reasonWords = {
  full: "plus de place",
  criteria: "la personne ne remplit pas les conditions",
  unreachable: "personne injoignable",
  "no-show": "la personne n’est pas venue",
  declined: "la personne n’a pas souhaité",
  other: "autre raison",
} as const;
export const reasons = Object.keys(reasonWords) as (keyof typeof reasonWords)[];

export const referralJournalWords = {
  "referral.form-opened": "a ouvert le formulaire d’orientation",
  "referral.sent": "a orienté une personne",
  "referral.opened": "a ouvert une orientation",
  "referral.listed": "a ouvert la liste des orientations",
  "referral.exported": "a exporté la liste des orientations",
  "referral.followed": "a noté la suite d’une orientation",
  "referral.answered": "a répondu à une orientation par un lien",
  "referral.looked": "a ouvert une orientation par un lien",
  "referral.expired": "a constaté qu’une orientation est restée sans réponse",
  "referral.settings-opened": "a ouvert les délais des orientations",
  "referral.ruled": "a changé les délais des orientations",
};
