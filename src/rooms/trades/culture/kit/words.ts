// Words of the kit.
export const kitJournalWords: Record<string, string> = {
  "kit.listed": "a regardé les numéros du kit",
  "kit.exported": "a exporté les numéros du kit",
  "kit.opened": "a ouvert un numéro du kit",
  "kit.begun": "a commencé un numéro du kit",
  "kit.changed": "a modifié un numéro du kit",
  "kit.article-added": "a ajouté un article à un numéro du kit",
  "kit.article-changed": "a modifié un article d’un numéro du kit",
  "kit.article-removed": "a retiré un article d’un numéro du kit",
  "kit.published": "a publié un numéro du kit, ou l’a retiré",
  "kit.mailing-opened": "a préparé l’envoi d’un numéro du kit",
  "kit.sent": "a envoyé un numéro du kit par courriel",
  "kit.left": "s’est désabonné du kit, par un lien",
  "kit.taken-off": "a noté une adresse à laquelle le kit ne s’envoie plus",
};
