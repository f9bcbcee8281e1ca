// Enumerations of the box office and their French words.
export type Way = "first" | "draw";
export const wayWords: Record<Way, string> = { first: "dans l’ordre des demandes", draw: "par tirage au sort" };

export type BookingState = "requested" | "waiting" | "offered" | "confirmed" | "cancelled" | "expired" | "lost";
export const bookingStateWords: Record<BookingState, string> = {
  requested: "demandée, avant le tirage",
  waiting: "sur la liste d’attente",
  offered: "proposée, en attente d’une réponse",
  confirmed: "confirmée",
  cancelled: "annulée",
  expired: "sans réponse, rendue",
  lost: "non retenue au tirage",
};
export type EndedBy = "structure" | "venue" | "house" | "time" | "draw";
export const endedByWords: Record<EndedBy, string> = {
  structure: "par la structure",
  venue: "par le partenaire culturel",
  house: "par l’équipe",
  time: "faute de réponse",
  draw: "au tirage",
};

/**
 * Where a booking is, and who ended it. One that was never confirmed ends without counting as a cancelled booking (`expired`): it is still
 * called off by the venue, or taken back by whoever asked, and only the others went without an answer.
 */
export function stateWords({ state, endedBy }: { state: BookingState; endedBy: EndedBy | null }): string {
  if (state === "cancelled") return endedBy ? `annulée ${endedByWords[endedBy]}` : bookingStateWords.cancelled;
  if (state !== "expired") return bookingStateWords[state];
  if (endedBy === "venue") return "annulée par le lieu";
  return endedBy === "structure" || endedBy === "house"
    ? `retirée ${endedByWords[endedBy]}`
    : bookingStateWords.expired;
}

/** The same with the reason that was given. */
export const whyEndedWords = (one: {
  state: BookingState;
  endedBy: EndedBy | null;
  endedReason: string | null;
}): string => (one.endedReason ? `${stateWords(one)} : ${one.endedReason}` : stateWords(one));

export type ReportSource = "import" | "team" | "venue" | "door" | "link" | "structure";

/** What makes an outing easy, as offered to those who publish one. */
export const accessWords = {
  "step-free": "accès de plain-pied",
  "sign-language": "langue des signes",
  "audio-description": "audiodescription",
  surtitles: "surtitré",
  quiet: "calme, lumière douce",
  relaxed: "séance où l’on peut bouger et sortir",
  "near-transport": "près des transports",
} as const;
export type Access = keyof typeof accessWords;

/** What the journal says of each act. */
export const journalWords: Record<string, string> = {
  "offer.listed": "a regardé les propositions de sorties",
  "offer.exported": "a exporté les propositions de sorties",
  "offer.opened": "a ouvert une proposition de sortie",
  "offer.published": "a publié une proposition de sortie",
  "offer.changed": "a corrigé une proposition de sortie",
  "date.changed": "a changé le nombre de places d’une date",
  "date.cancelled": "a annulé une date",
  "dates.cancelled": "a annulé des dates ensemble",
  "cancellation.opened": "a préparé une annulation de dates",
  "booking.opened": "a ouvert une réservation",
  "booking.listed": "a regardé les réservations",
  "booking.exported": "a exporté les réservations",
  "booking.made": "a réservé des places",
  "booking.changed": "a changé une réservation",
  "booking.cancelled": "a annulé une réservation",
  "booking.accepted": "a accepté des places proposées",
  "booking.reported": "a noté qui est venu",
  "door.opened": "a ouvert l’entrée d’une date",
  "door.noted": "a noté des entrées",
  "door.closed": "a noté que les autres ne sont pas venus",
  "voucher.opened": "a ouvert un billet",
  "voucher.printed": "a imprimé un billet",
  "voucher.sent": "a envoyé un billet",
  "booking.declined": "ne peut pas venir, et a rendu ses places par son lien",
  "attendance.told-by-link": "a dit par son lien qui est venu",
  "draw.announced": "a annoncé un tirage au sort",
  "draw.opened": "a regardé un tirage au sort",
  "draw.drawn": "a tiré au sort les places d’une date",
  "places.repaired": "a remis les compteurs de places d’accord avec les réservations",
  "limit.set": "a fixé le nombre de places par structure",
};
