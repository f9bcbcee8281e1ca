// The letter that carries an invitation or a new password's link, in easy French.
import type { Mailer } from "../../../../core/http/route.ts";
import { linkDays } from "./writes.ts";

type Facts = { to: string; name: string; house: string; link: string; purpose: "invitation" | "reset" };

/** Sends the link. "failed": the mail server did not take the letter, and the link must be handed over another way. */
export async function sendLink(
  mail: Mailer,
  { to, name, house, link, purpose }: Facts,
): Promise<"sent" | "outbox" | "failed"> {
  const days = linkDays[purpose];
  const text = [
    `Bonjour ${name},`,
    "",
    purpose === "invitation"
      ? `Un compte est ouvert pour vous chez ${house}. Choisissez votre mot de passe à cette adresse\u00A0:`
      : `Vous pouvez choisir un nouveau mot de passe pour votre compte chez ${house}, à cette adresse\u00A0:`,
    "",
    link,
    "",
    `Ce lien sert une seule fois, pendant ${days === 1 ? "un jour" : `${days} jours`}.`,
    "Si vous n’attendiez pas ce message, ne faites rien et prévenez votre maison.",
    "",
  ].join("\n");
  try {
    return await mail.send({
      to,
      subject: purpose === "invitation" ? `Votre compte chez ${house}` : `Nouveau mot de passe chez ${house}`,
      text,
    });
  } catch {
    return "failed";
  }
}
