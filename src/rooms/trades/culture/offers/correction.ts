// An outing that was published is corrected: what its offer says, and the hour of one of its dates. Whoever holds places is told what matters.
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { countField, neededLine, readField, uuidField, versionField } from "../../../../core/http/fields.ts";
import { oneLine, readHour } from "../../../../core/importing/values.ts";
import { hour } from "../../../../ui/words.ts";
import { noticeOfChange, type Outing, outingColumns, outingTables } from "../notices.ts";
import { type Access, accessWords } from "../words.ts";
import type { DateLine } from "./reads.ts";
import { toldShape } from "./shapes.ts";

const line = (most: number) =>
  z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(most, `Au plus ${most} signes.`));

export const CorrectionForm = z
  .object({
    key: uuidField,
    version: versionField,
    titre: neededLine("Donnez un titre.", 200),
    genre: line(60),
    lieu: line(200),
    heure: readField(readHour),
    max: countField(1, 200),
    age_de: countField(0, 120),
    age_a: countField(0, 120),
    duree: countField(1, 1440),
    langue: line(60),
    accueil: z.string().trim().max(600, "Au plus 600 signes.").default(""),
    ...toldShape,
    accompagnants: z.string().default(""),
  })
  .superRefine((form, context) => {
    if (form.max === null)
      context.addIssue({ code: "custom", path: ["max"], message: "Dites combien de places au plus par réservation." });
    if (form.age_de !== null && form.age_a !== null && form.age_a < form.age_de)
      context.addIssue({ code: "custom", path: ["age_a"], message: "Le dernier âge vient avant le premier." });
  });
export type CorrectionForm = z.infer<typeof CorrectionForm>;

/** The fields of the form in its order, each with the words that the page says of it. */
export const correctionWords = {
  titre: "Titre",
  heure: "Heure",
  genre: "Genre",
  lieu: "Salle ou adresse",
  parle: "De quoi ça parle",
  venir: "Comment venir",
  accueil: "Comment les gens sont accueillis",
  age_de: "À partir de quel âge",
  age_a: "Jusqu’à quel âge",
  langue: "Langue",
  duree: "Durée en minutes",
  max: "Places au plus par réservation",
  accompagnants: "Accompagnants bienvenus",
  acces: "Ce qui rend la sortie facile",
} as const;

/** A date as the form writes it. */
export const correctionValues = (date: DateLine): Record<keyof typeof correctionWords, string> => ({
  titre: date.title,
  heure: date.at ?? "",
  genre: date.genre,
  lieu: date.place,
  parle: date.about,
  venir: date.wayThere,
  accueil: date.meeting,
  age_de: String(date.fromAge ?? ""),
  age_a: String(date.toAge ?? ""),
  langue: date.language,
  duree: String(date.minutes ?? ""),
  max: String(date.mostEach),
  accompagnants: date.companions ? "1" : "",
  acces: date.access.join(","),
});

type Told = Outing & { change: string[]; easy: string[] };

/** What those who hold places must know: a title, a place, an hour that are others. Empty: nothing that matters to them. */
function told(date: DateLine, form: CorrectionForm, ofThisDate: boolean): { change: string[]; easy: string[] } {
  const [change, easy]: [string[], string[]] = [[], []];
  if (form.titre !== date.title) {
    change.push(`nouveau titre, « ${form.titre} » (avant : « ${date.title} »)`);
    easy.push(`Le nouveau titre est : ${form.titre}. Avant, c’était : ${date.title}.`);
  }
  if (ofThisDate && form.heure !== date.at) {
    const [now, before] = [form.heure, date.at].map((at) => (at ? hour(at) : "pas d’heure"));
    change.push(`nouvelle heure, ${now} (avant : ${before})`);
    easy.push(`La nouvelle heure est : ${now}. Avant, c’était : ${before}.`);
  }
  if (form.lieu !== date.place) {
    const [now, before] = [form.lieu, date.place].map((place) => place || date.venue);
    change.push(`nouveau lieu, ${now} (avant : ${before})`);
    easy.push(`Le nouveau lieu est : ${now}. Avant, c’était : ${before}.`);
  }
  return { change, easy };
}

/** Corrects an offer and the hour of one of its dates; null: it changed since it was looked at. Gives how many structures were told, and how many have no address. */
export async function correctOffer(
  tx: Tx,
  date: DateLine,
  form: CorrectionForm,
  access: readonly Access[],
): Promise<{ told: number; untold: number } | null> {
  const { house, zone } = tx.scope;
  const { rows } = await sql`
    UPDATE culture.offers SET title = ${form.titre}, genre = ${form.genre}, place = ${form.lieu}, about = ${form.parle}, way_there = ${form.venir}, meeting = ${form.accueil},
           from_age = ${form.age_de}, to_age = ${form.age_a}, language = ${form.langue}, minutes = ${form.duree}, most_each = ${form.max ?? date.mostEach},
           companions = ${form.accompagnants === "1"}, access = ${[...access]}::text[], version = version + 1
     WHERE house_id = ${house} AND id = ${date.offer} AND version = ${form.version} RETURNING id`.execute(tx.on());
  if (rows.length === 0) return null;
  // Bookings close as long before the new hour as before the old one.
  if (form.heure !== date.at)
    await sql`
      UPDATE culture.dates SET at = ${form.heure}::time, version = version + 1,
             closes_at = closes_at + ((on_day + coalesce(${form.heure}::time, '23:59')) AT TIME ZONE ${zone} - (on_day + coalesce(at, '23:59')) AT TIME ZONE ${zone})
       WHERE house_id = ${house} AND id = ${date.id}`.execute(tx.on());
  const { rows: held } = await sql<Outing & { date: string }>`
    SELECT ${outingColumns}, d.id AS date FROM ${outingTables}
     WHERE b.house_id = ${house} AND d.offer_id = ${date.offer} AND d.on_day >= ${tx.today} AND d.cancelled_at IS NULL AND b.state IN ('confirmed', 'offered')
     ORDER BY d.on_day, d.at, b.code`.execute(tx.on());
  const changed: Told[] = held.map((one) => ({ ...one, ...told(date, form, one.date === date.id) }));
  return noticeOfChange(
    tx,
    form.key,
    changed.filter(({ change }) => change.length > 0),
  );
}

/** Whether the form says nothing else than what stands. */
export const saysTheSame = (date: DateLine, form: CorrectionForm, access: readonly string[]): boolean => {
  const now = correctionValues(date);
  const says: Record<keyof typeof correctionWords, string> = {
    titre: form.titre,
    heure: form.heure ?? "",
    genre: form.genre,
    lieu: form.lieu,
    parle: form.parle,
    venir: form.venir,
    accueil: form.accueil,
    age_de: String(form.age_de ?? ""),
    age_a: String(form.age_a ?? ""),
    langue: form.langue,
    duree: String(form.duree ?? ""),
    max: String(form.max ?? ""),
    accompagnants: form.accompagnants,
    acces: access.join(","),
  };
  return Object.entries(says).every(([name, value]) => value === now[name as keyof typeof now]);
};

/** What is written in a field, in words: a box that is ticked is "oui". */
export const saidIn = (name: string, value: string): string =>
  name === "accompagnants"
    ? value === "1"
      ? "oui"
      : "non"
    : name === "acces"
      ? value
          .split(",")
          .filter((one): one is Access => Object.hasOwn(accessWords, one))
          .map((one) => accessWords[one])
          .join(", ") || "rien"
      : value || "rien";
