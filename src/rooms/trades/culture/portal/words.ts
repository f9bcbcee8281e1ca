/** What the journal says of what partner structures do. */
export const portalJournalWords: Record<string, string> = {
  "own-outings.listed": "a cherché une sortie pour sa structure",
  "own-booking.listed": "a regardé les réservations de sa structure",
  "own-booking.made": "a réservé pour sa structure",
  "own-booking.changed": "a changé une réservation de sa structure",
  "own-booking.cancelled": "a annulé une réservation de sa structure",
  "own-booking.accepted": "a pris des places proposées à sa structure",
  "own-offer.listed": "a regardé les offres de son lieu",
  "own-offer.published": "a publié une sortie de son lieu",
  "own-offer.changed": "a corrigé une sortie de son lieu",
  "own-date.opened": "a regardé qui est attendu à une date de son lieu",
  "own-date.changed": "a changé les places d’une date de son lieu",
  "own-date.cancelled": "a annulé une date de son lieu",
};
