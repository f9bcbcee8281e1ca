// The words in which reports name their figures, as far as the rules need them, and how the findings name a figure back.
import { number } from "../../../../ui/words.ts";
import { decimalsOf, type Stated } from "./stated.ts";

/** "Personnes reçues (titre)" -> "personnes recues": letters without accents, without the brackets that only say where it is printed. */
export const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll("’", "'")
    .toLowerCase()
    .replaceAll(/\((titre|rappel|resultats?|chiffres cles|chiffre cle|dont)\)/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

const exit =
  /^(dont )?(sorties?|abandons?|embauches?|mises? a l'emploi|retours? a l'emploi|entrees? (en|dans))\b|\bsorti(e?s)?\b|\bayant (eu|accede|obtenu|passe|signe|valide|trouve|cree)\b|\ben (cdi|cdd|interim|contrat|alternance)\b/;
const entry =
  /\b(accompagne|suivie?|recue?|inscrite?|accueillie?|integre)e?s?\b|^(stagiaires?|participante?s?|beneficiaires?|candidate?s?)\b/;

/** Does the figure count people who left or reached something, among those who came in? */
export const tellsExit = (row: Stated): boolean => exit.test(plain(row.label));
/** Does it count the people who came in? */
export const tellsEntry = (row: Stated): boolean => !tellsExit(row) && entry.test(plain(row.label));

export const isRate = (row: Stated): boolean => row.unit === "%" || row.kind === "ratio";
/** A change tells a difference, not a share: it may be over 100 %. */
export const tellsChange = (row: Stated): boolean =>
  /\b(diminution|baisse|hausse|augmentation|evolution|progression|croissance)\b/.test(plain(row.label)) ||
  row.unit === "points";
const counted = /^(count|sum|stock|comptage|somme|effectif)/;
/** A number of things or people, as opposed to a rate, a threshold, an age, a wish. */
export const isCount = (row: Stated): boolean =>
  !isRate(row) && (counted.test(row.kind) || row.kind === "") && row.by.borne === undefined && row.unit !== "ans";
export const countsPeople = (row: Stated): boolean =>
  isCount(row) && /^(personnes?|participants?|stagiaires?)$/.test(row.unit);

/** Breakdowns in which somebody or something has one value at a time: their shares make a whole. */
const exclusive = new Set([
  "réponse",
  "sexe",
  "âge",
  "tranche d’âge",
  "statut",
  "secteur",
  "poste",
  "financeur",
  "type",
  "motif",
]);
export const isExclusive = (key: string): boolean => exclusive.has(key);

/** True when every restriction of `whole` is one of `part` too. */
export const within = (part: Stated, whole: Stated): boolean =>
  Object.entries(whole.by).every(([key, value]) => part.by[key] === value);
export const width = (row: Stated): number => Object.keys(row.by).length;

/** A key for figures that are restricted alike, one breakdown apart. */
export const restriction = (by: Readonly<Record<string, string>>, without = ""): string =>
  Object.entries(by)
    .filter(([key]) => key !== without)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map((pair) => pair.join("="))
    .join(";");

/** "95 %", "1 790 729 euros", "3 arrondissement". */
export function told(value: number, unit = ""): string {
  const rounded = Math.round(value * 100) / 100;
  return `${number(rounded, decimalsOf(rounded))}\u00a0${unit}`.trim();
}

/** « Sorties positives » (IER/Mermoz, sexe = femme, F098). */
export function named(row: Stated): string {
  const label = row.label.length > 140 ? `${row.label.slice(0, 137)}…` : row.label;
  const by = Object.entries(row.by)
    .slice(0, 4)
    .map(([key, value]) => `${key} : ${value.slice(0, 60)}`);
  const where = [row.section.slice(0, 80), ...by, row.code].filter((one) => one !== "");
  return `«\u00a0${label}\u00a0» (${where.join(", ")})`;
}
/** The same with its value: "« … » dit 95 %". */
export const says = (row: Stated): string => `${named(row)} dit ${told(row.value, row.unit)}`;

/** Years and months of "2020", "2018-2020", "2020-09/2020-12", as comparable texts; null for "permanent". */
export function spanOf(period: string): { from: string; to: string } | null {
  const found = /^(\d{4}(?:-\d{2}){0,2})(?:[/-](\d{4}(?:-\d{2}){0,2}))?$/.exec(period.trim());
  if (!found?.[1]) return null;
  return { from: found[1].padEnd(10, "-01"), to: `${found[2] ?? found[1]}-99-99`.slice(0, 10) };
}
