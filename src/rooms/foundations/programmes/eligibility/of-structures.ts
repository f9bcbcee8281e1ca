// What a programme may ask of an organisation: how large it is, in people and in money, since when it stands, what it is for the house.
import type { StructureSituation } from "../../partners/door.ts";
import { type Line, orOf, plain, rangeOf, rangeText } from "../definition/lines.ts";
import { type Answer, inside, monthsBetween, yesNo } from "./answers.ts";

type Range = { min?: number; max?: number };
export type StructureCondition =
  | ({ kind: "workforce" } & Range)
  /** Whole euros, of the last year closed. */
  | ({ kind: "turnover" } & Range)
  | ({ kind: "balance" } & Range)
  /** Founded so many whole months ago. */
  | ({ kind: "seniority" } & Range)
  /** One of these roles that day, in the house's words. */
  | { kind: "role"; in: string[] }
  | { kind: "type"; in: string[] };

const ranges = {
  workforce: { head: "effectif", unit: "salariés", unknown: "effectif inconnu", most: 9_999_999 },
  turnover: { head: "chiffre d’affaires", unit: "€", unknown: "chiffre d’affaires inconnu", most: 999_999_999_999 },
  balance: { head: "bilan", unit: "€", unknown: "total du bilan inconnu", most: 999_999_999_999 },
  seniority: { head: "ancienneté", unit: "mois", unknown: "date de création inconnue", most: 6000 },
} as const;
type RangeKind = keyof typeof ranges;
const rangeKinds = Object.keys(ranges) as RangeKind[];
const isRange = (condition: StructureCondition): condition is Extract<StructureCondition, { kind: RangeKind }> =>
  rangeKinds.some((kind) => kind === condition.kind);

const grouped = (text: string): string => text.replace(/\d{4,}/g, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, " "));

/** A condition as it is typed and read: "chiffre d’affaires : 50 000 000 € ou moins". */
export function structureConditionText(condition: StructureCondition): string {
  if (isRange(condition)) {
    const { head, unit } = ranges[condition.kind];
    return `${head} : ${grouped(rangeText(condition, unit))}`;
  }
  return `${condition.kind === "role" ? "rôle" : "type"} : ${condition.in.join(" ou ")}`;
}

export const structureKinds: ReadonlySet<string> = new Set([...rangeKinds, "role", "type"]);

/** Null: the line is not of this kind. */
export function readStructureCondition(head: string, rest: string): Line<StructureCondition> | null {
  const word = plain(head);
  const kind = rangeKinds.find((one) => plain(ranges[one].head) === word);
  if (kind) {
    // "50 000 000 €" is one number.
    const value = plain(rest).replace(/(?<=\d) (?=\d{3}\b)/g, "");
    const found = rangeOf(value.replace(/ ?(salaries|euros|mois)\b/g, ""));
    return found && Math.max(found.min ?? 0, found.max ?? 0) <= ranges[kind].most
      ? { ok: true, value: { kind, ...found } }
      : { ok: false, reason: `« ${rest.slice(0, 60)} » : écrivez par exemple « ${ranges[kind].head} : 249 ou moins »` };
  }
  if (word !== "role" && word !== "type") return null;
  const words = orOf(rest);
  return words.length > 0
    ? { ok: true, value: { kind: word, in: words } }
    : { ok: false, reason: `« ${head} » : lequel ?` };
}

const among = (wished: readonly string[], had: readonly string[]): boolean =>
  wished.some((one) => had.some((other) => plain(other) === plain(one)));

export function checkStructure(
  condition: StructureCondition,
  situation: StructureSituation,
  day: string,
): { answer: Answer; because: string } {
  if (condition.kind === "role") {
    const roles = situation.roles ?? [];
    return { answer: yesNo(among(condition.in, roles)), because: roles.join(", ") || "aucun rôle ce jour-là" };
  }
  if (condition.kind === "type")
    return situation.type === undefined
      ? { answer: "unknown", because: "type inconnu" }
      : { answer: yesNo(among(condition.in, [situation.type])), because: situation.type };
  const { unit, unknown } = ranges[condition.kind];
  const value =
    condition.kind === "seniority"
      ? situation.founded === undefined
        ? undefined
        : monthsBetween(situation.founded, day)
      : situation[condition.kind];
  return value === undefined
    ? { answer: "unknown", because: unknown }
    : {
        answer: inside(value, condition.min, condition.max),
        because: `${grouped(String(value))} ${unit}`.replace(/ /g, "\u00a0"),
      };
}
