// The letter of the morning after, to a venue.
import type { Tx } from "../../../../core/db/transaction.ts";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { linkMark, queueMessage } from "../../../foundations/messages/door.ts";
import type { AskedDate } from "./reads.ts";

type Asking = { turn: number; last: boolean; to: string; kind: string; days: number };

export async function askLetter(tx: Tx, date: AskedDate, { turn, last, to, kind, days }: Asking): Promise<void> {
  const when = `le ${shortDay(date.day)}${date.at ? ` à ${hour(date.at)}` : ""}`;
  const missing =
    date.missing === date.bookings
      ? `Il y avait ${plural(date.bookings, "réservation", "réservations")}.`
      : `Il manque encore ${plural(date.missing, "réservation", "réservations")} sur ${date.bookings}.`;
  await queueMessage(tx, {
    key: `culture-ask/${date.id}/${turn}`,
    purpose: "outing",
    channel: "mail",
    person: null,
    personal: false,
    recipient: to,
    subject: turn === 0 ? `Qui est venu ? ${date.title}, ${when}` : `Il manque une réponse : ${date.title}, ${when}`,
    body: [
      "Bonjour,",
      "",
      `Vous avez accueilli des personnes ${when}, pour « ${date.title} ». ${missing}`,
      "",
      "Qui est venu ? Répondez ici, en trente secondes, sans mot de passe :",
      linkMark,
      "",
      ...(last ? ["C’est notre dernier message à ce sujet. Sans réponse, nous noterons que nous ne savons pas."] : []),
      "Merci de votre accueil.",
      "",
    ].join("\n"),
    link: { kind, record: date.id, days },
  });
}
