// Enumerations of the forum of expression and their French words.
export type Signed = "name" | "first" | "none";
export const signedWords: Record<Signed, string> = {
  name: "avec son prénom et son nom",
  first: "avec son prénom",
  none: "sans nom",
};
/** The same, asked of the author. */
export const signedAskedWords: Record<Signed, string> = {
  name: "avec mon prénom et mon nom",
  first: "avec mon prénom seulement",
  none: "sans mon nom",
};

export type ContributionForm = "text" | "picture";
export const formWords: Record<ContributionForm, string> = { text: "un texte", picture: "un dessin ou une photo" };

export type CameBy = "page" | "mail" | "hand";
export const cameByWords: Record<CameBy, string> = {
  page: "par la page publique",
  mail: "par courrier ou courriel",
  hand: "remise à l’équipe",
};

export type ContributionState = "received" | "published" | "refused" | "withdrawn";
export const contributionStateWords: Record<ContributionState, string> = {
  received: "à lire",
  published: "publiée",
  refused: "non publiée",
  withdrawn: "retirée à la demande de l’auteur",
};

/** How a contribution is signed where strangers read it. */
export function signatureOf(one: { signed: Signed; firstName: string | null; familyName: string | null }): string {
  if (one.signed === "none") return "";
  return one.signed === "first" ? (one.firstName ?? "") : [one.firstName, one.familyName].filter(Boolean).join(" ");
}

export const tribuneJournalWords: Record<string, string> = {
  "contribution.listed": "a regardé la tribune d’expression",
  "contribution.exported": "a exporté la tribune d’expression",
  "contribution.opened": "a ouvert un texte de la tribune",
  "contribution.received": "a reçu un texte pour la tribune",
  "contribution.entered": "a saisi un texte pour la tribune",
  "contribution.decided": "a décidé d’un texte de la tribune",
  "contribution.withdrawn": "a retiré un texte de la tribune à la demande de son auteur",
  "contribution.picture-added": "a joint une image à la tribune",
  "contribution.picture-sent": "a reçu une image pour la tribune, par un lien",
  "contribution.picture-described": "a décrit une image de la tribune",
  "contribution.picture-erased": "a effacé une image de la tribune",
  "contribution.link-sent": "a envoyé à l’auteur un lien pour ses images",
  "contribution.taken-back": "a repris sa contribution à la tribune, par un lien",
  "public-page.written": "a écrit la page publique de la culture",
};
