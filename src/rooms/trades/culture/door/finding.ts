// Who is at the door, from what was typed or scanned: one answer with its sentence. Pure: the server answers with it, and the page alone
// where there is no network.
import { nearly, readCode } from "./reading.ts";

export type Known = {
  booking: string;
  code: string;
  seal: string;
  /** The first name, where one was given. */
  name: string | null;
  by: string;
  seats: number;
  came: number | null;
  /** Why it holds no places any more, in words. */
  ended: string | null;
};

export type Found =
  | { kind: "one"; booking: string; said: string }
  | { kind: "some"; bookings: string[]; said: string }
  /** `code`: read well, and not of this date. */
  | { kind: "none"; said: string; code: string | null };

const bare = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

export const nameOf = (one: Pick<Known, "name" | "code">): string => one.name ?? `Réservation ${one.code}`;
const placesOf = (count: number): string => `${count} place${count > 1 ? "s" : ""}`;

/** What to say of somebody who was found. */
export function saidOf(one: Known): string {
  if (one.ended) return `${nameOf(one)} : réservation ${one.ended}. Ses places ont été rendues.`;
  const left = one.seats - (one.came ?? 0);
  if (left <= 0)
    return one.seats > 1
      ? `${nameOf(one)} : déjà entrés, ${one.came} sur ${one.seats}.`
      : `${nameOf(one)} : déjà entré.`;
  return (one.came ?? 0) > 0
    ? `${nameOf(one)} : encore ${placesOf(left)} sur ${one.seats}.`
    : `${nameOf(one)} : ${placesOf(one.seats)}, par ${one.by}.`;
}

/** Two devices let the same people in: they are counted once. */
export const alreadySaid = (one: Known): string =>
  `${nameOf(one)} : déjà noté par un autre appareil, ${one.came ?? 0} sur ${one.seats}.`;

export function findGuest(text: string, guests: readonly Known[]): Found {
  const read = readCode(text);
  if ("code" in read) {
    const one = guests.find(({ code }) => code === read.code);
    if (one && read.seal !== null && read.seal !== one.seal)
      return {
        kind: "none",
        code: null,
        said: `Ce carré est faux : la maison ne l’a pas fait. Demandez le nom, ou appelez ${one.by}.`,
      };
    if (one) return { kind: "one", booking: one.booking, said: saidOf(one) };
  }
  const wanted = bare(text);
  const named = wanted ? guests.filter((one) => bare(`${one.name ?? ""} ${one.by}`).includes(wanted)) : [];
  const [first] = named;
  if (first && named.length === 1) return { kind: "one", booking: first.booking, said: saidOf(first) };
  if (named.length > 1)
    return {
      kind: "some",
      bookings: named.map((one) => one.booking),
      said: `${named.length} réservations : choisissez.`,
    };
  if ("wrong" in read)
    return {
      kind: "none",
      code: null,
      said:
        /\d/.test(text) || text.startsWith("http") || text.trim().length === 7
          ? read.wrong
          : `Personne du nom de « ${text.trim()} » n’est attendu.`,
    };
  const close = guests.find(({ code }) => nearly(code, read.code));
  return {
    kind: "none",
    code: read.code,
    said: close
      ? `Le code ${read.code} n’est pas sur cette liste. Est-ce ${close.code}, ${nameOf(close)} ?`
      : `Le code ${read.code} n’est pas sur cette liste.`,
  };
}
