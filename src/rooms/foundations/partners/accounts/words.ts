import type { PartnerSide } from "./reads.ts";

export const sideWords: Readonly<Record<PartnerSide, string>> = {
  social: "structure sociale : elle réserve",
  cultural: "lieu culturel ou sportif : il donne des places",
};
export const shortSideWords: Readonly<Record<PartnerSide, string>> = { social: "social", cultural: "culture ou sport" };

export const accountJournalWords: Readonly<Record<string, string>> = {
  "partner-account.listed": "a ouvert la liste des comptes de structures",
  "partner-account.exported": "a exporté la liste des comptes de structures",
  "partner-account.looked": "a ouvert les comptes d’une structure",
  "partner-account.opened": "a ouvert un compte pour une structure",
  "partner-account.link-sent": "a envoyé un lien d’entrée à une structure",
  "partner-account.ended": "a mis fin au compte d’une structure",
  "partner-account.link-asked": "a demandé un lien d’entrée",
  "partner-account.password-wished": "a voulu choisir un mot de passe",
  "own-structure.opened": "a ouvert la page de sa structure",
};
