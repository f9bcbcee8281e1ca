// Roles and states in the words of the house, and the journal's words for its own acts.
import type { Role } from "../../../core/rights.ts";

export const roleWords: Record<Role, string> = {
  direction: "Direction",
  "site-manager": "Responsable de lieu",
  adviser: "Conseil et accompagnement",
  reception: "Accueil",
  culture: "Culture",
  employers: "Relations avec les employeurs",
  training: "Formation",
  finance: "Finances",
  board: "Conseil d’administration (chiffres seulement)",
  administrator: "Administration (comptes et réglages)",
};

export const siteKindWords: Record<"antenne" | "other", string> = {
  antenne: "Antenne de proximité",
  other: "Autre lieu",
};

/** The journal's words of this room, read after the name of who did it. */
export const journalWords: Record<string, string> = {
  "session.opened": "s’est connecté",
  "session.refused": "n’a pas pu se connecter",
  "session.ended": "s’est déconnecté",
  "session.ended-everywhere": "a fermé toutes ses sessions",
  "session.form-dropped": "a renoncé à une saisie gardée",
  "access.refused": "a demandé ce que son rôle ne permet pas",
  "invitation.used": "a choisi son mot de passe",
  "own-account.renamed": "a changé son nom",
  "own-account.password-changed": "a changé son mot de passe",
  "own-account.totp-added": "a ajouté un code à usage unique",
  "own-account.totp-removed": "a retiré le code à usage unique",
  "own-account.passkey-added": "a ajouté une clé d’accès",
  "own-account.passkey-removed": "a retiré une clé d’accès",
  "account.created": "a créé un compte",
  "account.edited": "a modifié un compte",
  "account.granted": "a donné un rôle",
  "account.grant-ended": "a mis fin à un rôle",
  "account.link-made": "a préparé un lien de connexion",
  "account.closed": "a fermé un compte",
  "account.reopened": "a rouvert un compte",
  "account.signed-out": "a fermé toutes les sessions d’un compte",
  "account.exported": "a exporté la liste des comptes",
  "account.second-factor-reset": "a retiré la seconde étape d’un compte",
  "site.created": "a ajouté un lieu",
  "site.edited": "a modifié un lieu",
  "site.alias-added": "a ajouté un autre nom à un lieu",
  "site.alias-removed": "a retiré un autre nom d’un lieu",
  "site.exported": "a exporté la liste des lieux",
  "site.closed": "a fermé un lieu",
  "site.reopened": "a rouvert un lieu",
  "api-key.created": "a créé une clé de logiciel",
  "api-key.exported": "a exporté la liste des clés",
  "api-key.revoked": "a révoqué une clé de logiciel",
  "house.furnished": "a préparé les listes de la maison",
  "job.run": "a fait une tâche de la nuit",
  "journal.read": "a lu le journal",
  "journal.exported": "a exporté le journal",
};
