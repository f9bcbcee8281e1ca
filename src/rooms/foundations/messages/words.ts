import type { MessageChannel, MessageState } from "./tables.ts";

/** What messages are about: what may be paused apart. */
export const purposes = {
  survey: "enquêtes de satisfaction",
  referral: "orientations vers un partenaire",
  "referral-answer": "réponses à une orientation",
  reminder: "rappels de rendez-vous",
  entry: "liens d’entrée des structures",
  season: "campagnes de conventionnement",
  outing: "sorties culturelles réservées",
  kit: "numéros du kit",
  tribune: "liens pour les images de la tribune",
} as const;
export type Purpose = keyof typeof purposes;
export const isPurpose = (text: string): text is Purpose => Object.hasOwn(purposes, text);

export const channelWords: Readonly<Record<MessageChannel, string>> = { mail: "courriel", sms: "SMS" };

export const stateWords: Readonly<Record<MessageState, string>> = {
  waiting: "à envoyer",
  sending: "envoi en cours",
  sent: "envoyé",
  doubtful: "peut-être envoyé",
  failed: "refusé par le serveur",
  cancelled: "annulé",
  expired: "trop tard, pas envoyé",
};

export const outcomeWords: Readonly<Record<string, string>> = {
  sent: "pris par le serveur",
  outbox: "gardé ici : à envoyer à la main",
  delayed: "pas de réponse : sera essayé de nouveau",
  refused: "refusé",
  unknown: "remis sans réponse : peut-être envoyé",
};

export const journalWords = {
  "messages.listed": "a ouvert la liste des messages",
  "messages.exported": "a exporté la liste des messages",
  "message.opened": "a ouvert un message",
  "message.text-prepared": "a préparé le texte d’un message à envoyer à la main",
  "message.sent": "a envoyé un message",
  "message.refused": "n’a pas pu envoyer un message",
  "message.doubted": "ne sait pas si un message est parti",
  "message.settled": "a décidé de la suite d’un message",
  "messages.paused": "a suspendu des messages",
  "messages.resumed": "a repris des messages",
  "messages.settings-opened": "a ouvert les réglages des messages",
  "messages.ruled": "a changé les heures calmes ou la durée de conservation des messages",
  "messages.priced": "a noté le prix d’un SMS",
};
