// What the house writes to somebody who comes, in easy French (FALC): short sentences, one thing in each, the day in words.
import { day, hour, shortDay } from "../../../../ui/words.ts";
import { linkMark } from "../../../foundations/messages/door.ts";
import type { Voucher } from "./reads.ts";

const seatsWords = (count: number): string => `${count} place${count > 1 ? "s" : ""}`;
const whenWords = (one: Pick<Voucher, "day" | "at">): string => `${day(one.day)}${one.at ? `, à ${hour(one.at)}` : ""}`;

/** Where it is, in one line, each word once. */
export const whereWords = (one: Voucher): string =>
  [...new Set([one.venue, one.place, one.address, [one.postalCode, one.commune].filter(Boolean).join(" ")])]
    .filter(Boolean)
    .join(", ");

export type Letter = { subject: string; mail: string; sms: string };

const lines = (...parts: (string | null)[]): string => `${parts.filter((part) => part !== null).join("\n")}\n`;

export const voucherLetter = (one: Voucher): Letter => ({
  subject: `Votre sortie : ${one.title}, ${whenWords(one)}`,
  mail: lines(
    "Bonjour,",
    "",
    `Vous allez voir : ${one.title}.`,
    one.about || null,
    `C’est ${whenWords(one)}.`,
    `C’est ici : ${whereWords(one)}.`,
    one.wayThere ? `Pour venir : ${one.wayThere}` : null,
    `Vous avez ${seatsWords(one.seats)}.`,
    one.meeting ? `À votre arrivée : ${one.meeting}` : null,
    "",
    `Votre code est : ${one.code}`,
    "Dites ce code à l’entrée. Vous pouvez aussi montrer votre billet :",
    linkMark,
    "",
    "Vous ne pouvez pas venir ? Dites-le avec le même lien. Quelqu’un d’autre aura votre place.",
    "",
    `Une question ? Demandez à ${one.structure}${one.structurePhone ? `, ${one.structurePhone}` : ""}.`,
  ),
  sms: `${one.title}, ${shortDay(one.day)}${one.at ? ` à ${hour(one.at)}` : ""}, ${one.venue}${one.commune ? `, ${one.commune}` : ""}. ${seatsWords(one.seats)}. Code ${one.code}. Billet, ou si vous ne venez pas : ${linkMark}`,
});

export const reminderLetter = (one: Voucher): Letter => ({
  subject: `C’est bientôt : ${one.title}, ${whenWords(one)}`,
  mail: lines(
    "Bonjour,",
    "",
    `Vous allez voir : ${one.title}.`,
    `C’est bientôt : ${whenWords(one)}.`,
    `C’est ici : ${whereWords(one)}.`,
    one.wayThere ? `Pour venir : ${one.wayThere}` : null,
    one.meeting ? `À votre arrivée : ${one.meeting}` : null,
    `Votre code est : ${one.code}`,
    "",
    "Votre billet est ici. Si vous ne pouvez pas venir, dites-le ici aussi :",
    linkMark,
  ),
  sms: `Bientôt : ${one.title}, ${shortDay(one.day)}${one.at ? ` à ${hour(one.at)}` : ""}, ${one.venue}. Code ${one.code}. Billet, ou si vous ne venez pas : ${linkMark}`,
});

/** What changed of an outing that is kept, each thing in a sentence. `sentences`: those of the change, in easy French. */
export const changeLetter = (one: Voucher, sentences: readonly string[]): Letter => ({
  subject: `Votre sortie change : ${one.title}`,
  mail: lines(
    "Bonjour,",
    "",
    `Votre sortie change : ${one.title}.`,
    `C’est ${whenWords(one)}.`,
    `C’est ici : ${whereWords(one)}.`,
    "",
    "Voici ce qui change :",
    ...sentences,
    "",
    `Votre code ne change pas : ${one.code}`,
    "Votre billet est ici. Si vous ne pouvez plus venir, dites-le ici aussi :",
    linkMark,
  ),
  sms: `Votre sortie change : ${one.title}, ${shortDay(one.day)}${one.at ? ` à ${hour(one.at)}` : ""}. ${sentences.join(" ")} Même code : ${one.code}. Billet : ${linkMark}`,
});

/** Why somebody comes no more; `goesOn`: the outing takes place, and only their place is lost. */
export type Loss = { reason: string; goesOn: boolean };

/** A reason as a sentence of its own, however it was typed. */
const sentence = (text: string): string => {
  const said = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`.trim();
  return /[.!?…]$/.test(said) ? said : `${said}.`;
};

export const lossLetter = (one: Pick<Voucher, "title" | "day" | "at">, { reason, goesOn }: Loss): Letter => {
  const head = goesOn ? "Votre place n’est plus réservée" : "Sortie annulée";
  return {
    subject: `${head} : ${one.title}`,
    mail: lines(
      "Bonjour,",
      "",
      goesOn
        ? `Votre place pour « ${one.title} » n’est plus réservée.`
        : `La sortie « ${one.title} » est annulée. Elle n’aura pas lieu.`,
      `C’était ${whenWords(one)}.`,
      `Pourquoi : ${reason}`,
      "",
      "Ne venez pas. Nous sommes désolés.",
    ),
    sms: `${head} : ${one.title}, ${shortDay(one.day)}. ${sentence(reason)} Ne venez pas. Nous sommes désolés.`,
  };
};
