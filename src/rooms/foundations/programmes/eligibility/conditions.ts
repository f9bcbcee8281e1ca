// What a programme asks of a person: conditions as data, written one a line in a small language that a manager types and reads
// ("âge : 45 ans ou plus"), or a sentence that only a person can verify ("à vérifier : titre de séjour valide").
import { situationWords } from "../../people/door.ts";
import { type Line, orOf, plain, rangeOf, rangeText } from "../definition/lines.ts";
import {
  readStructureCondition,
  type StructureCondition,
  structureConditionText,
  structureKinds,
} from "./of-structures.ts";

type Range = { min?: number; max?: number };
export type Mark = "rsa" | "ass" | "rqth";
export type Place = "qpv" | "qva" | "none";

export type SimpleCondition =
  | ({ kind: "age" } & Range)
  | { kind: "status"; in: string[] }
  /** Job seeker for so many whole months. */
  | ({ kind: "registered" } & Range)
  | { kind: "mark"; mark: Mark; is: "yes" | "no" }
  | { kind: "neighbourhood"; in: Place[] }
  /** Levels 1 to 8 of the national framework; no diploma is 0. */
  | ({ kind: "diploma" } & Range)
  /** INSEE codes or postal codes. */
  | { kind: "commune"; in: string[] }
  | { kind: "sex"; is: "F" | "M" }
  /** Present in another programme on that day, or not. */
  | { kind: "programme"; code: string; is: "in" | "out" }
  /** What only a person can verify. */
  | { kind: "said"; text: string }
  | StructureCondition;
export type Condition = SimpleCondition | { kind: "any"; of: SimpleCondition[] };

const marks: Readonly<Record<Mark, string>> = { rsa: "RSA", ass: "ASS", rqth: "RQTH" };
const places: Readonly<Record<Place, string>> = { qpv: "QPV", qva: "QVA", none: "hors quartier prioritaire" };
const sexes = { F: "femme", M: "homme" } as const;

export const isStructureCondition = (condition: Condition): condition is StructureCondition =>
  structureKinds.has(condition.kind);

/** Conditions that are asked of both: where it is, what it is in, what somebody verifies. */
const ofBoth: ReadonlySet<string> = new Set(["commune", "programme", "said"]);

/** The first condition that is not asked of those whom a programme takes in; null when all are. */
export const misplaced = (conditions: readonly Condition[], takes: "persons" | "structures"): SimpleCondition | null =>
  conditions
    .flatMap((one) => (one.kind === "any" ? one.of : [one]))
    .find((one) => !ofBoth.has(one.kind) && isStructureCondition(one) !== (takes === "structures")) ?? null;

/** A condition as it is typed and read. */
export function conditionText(condition: Condition): string {
  if (isStructureCondition(condition)) return structureConditionText(condition);
  switch (condition.kind) {
    case "age":
      return `âge : ${rangeText(condition, "ans")}`;
    case "status":
      return `situation : ${condition.in.map((value) => situationWords.status.values[value] ?? value).join(" ou ")}`;
    case "registered":
      return `inscription : ${rangeText(condition, "mois")}`;
    case "mark":
      return `${marks[condition.mark]} : ${condition.is === "yes" ? "oui" : "non"}`;
    case "neighbourhood":
      return `quartier : ${condition.in.map((value) => places[value]).join(" ou ")}`;
    case "diploma":
      return `diplôme : niveau ${rangeText(condition, "")}`;
    case "commune":
      return `commune : ${condition.in.join(", ")}`;
    case "sex":
      return `sexe : ${sexes[condition.is]}`;
    case "programme":
      return `dispositif : ${condition.is === "in" ? "suivi" : "pas suivi"} dans ${condition.code}`;
    case "said":
      return `à vérifier : ${condition.text}`;
    case "any":
      return `au moins une : ${condition.of.map(conditionText).join(" ; ")}`;
  }
}

const examples =
  "écrivez par exemple « âge : 45 ans ou plus », « situation : demandeur d’emploi », « RSA : oui », « quartier : QPV », « commune : 69001, 69002 », « effectif : 249 ou moins » (d’une structure) ou « à vérifier : titre de séjour valide »";

const keyed = <K extends string>(words: Readonly<Record<K, string>>): ReadonlyMap<string, K> =>
  new Map((Object.keys(words) as K[]).map((key) => [plain(words[key]), key]));
const statusKeys = keyed(situationWords.status.values);
const placeKeys: ReadonlyMap<string, Place> = new Map([
  ...keyed(places),
  ["quartier prioritaire", "qpv" as const],
  ["quartier de veille", "qva" as const],
  ["hors", "none" as const],
]);

/** Reads one condition; a line of a kind that no program knows is refused rather than kept as a sentence that nobody checks. */
export function readCondition(line: string): Line<Condition> {
  const [, head = "", rest = ""] = /^([^:]+?)\s*:\s*(.+)$/s.exec(line) ?? [];
  if (plain(head) !== "au moins une") return readSimple(head, rest);
  const of: SimpleCondition[] = [];
  for (const part of rest.split(";")) {
    const [, inner = "", value = ""] = /^\s*([^:]+?)\s*:\s*(.+?)\s*$/s.exec(part) ?? [];
    const read = readSimple(inner, value);
    if (!read.ok) return read;
    of.push(read.value);
  }
  return of.length < 2
    ? { ok: false, reason: "« au moins une » demande deux conditions ou plus, séparées par « ; »" }
    : { ok: true, value: { kind: "any", of } };
}

function readSimple(head: string, rest: string): Line<SimpleCondition> {
  const ofStructure = readStructureCondition(head, rest);
  if (ofStructure) return ofStructure;
  const word = plain(head);
  const value = plain(rest);
  const range = (kind: "age" | "registered" | "diploma", most: number): Line<SimpleCondition> => {
    const found = rangeOf(value.replace(/^niveau /, ""));
    return found && (found.max ?? 0) <= most && (found.min ?? 0) <= most
      ? { ok: true, value: { kind, ...found } }
      : {
          ok: false,
          reason: `« ${rest.slice(0, 60)} » : écrivez par exemple « 45 ou plus », « 25 ou moins » ou « 18 à 25 »`,
        };
  };
  const list = <K extends string>(keys: ReadonlyMap<string, K>): K[] | string => {
    const found: K[] = [];
    for (const one of orOf(rest)) {
      const key = keys.get(plain(one));
      if (key === undefined) return one;
      found.push(key);
    }
    return found;
  };
  switch (word) {
    case "age":
      return range("age", 120);
    case "inscription":
      return range("registered", 600);
    case "diplome":
      return range("diploma", 8);
    case "situation": {
      const found = list(statusKeys);
      return typeof found === "string"
        ? {
            ok: false,
            reason: `situation « ${found} » inconnue : ${Object.values(situationWords.status.values).join(", ")}`,
          }
        : { ok: true, value: { kind: "status", in: found } };
    }
    case "quartier": {
      const found = list(placeKeys);
      return typeof found === "string"
        ? { ok: false, reason: `quartier « ${found} » inconnu : QPV, QVA ou hors quartier prioritaire` }
        : { ok: true, value: { kind: "neighbourhood", in: found } };
    }
    case "rsa":
    case "ass":
    case "rqth":
      return value === "oui" || value === "non"
        ? { ok: true, value: { kind: "mark", mark: word, is: value === "oui" ? "yes" : "no" } }
        : { ok: false, reason: `« ${head} » se répond par oui ou non` };
    case "commune":
    case "communes": {
      const codes = orOf(rest);
      const wrong = codes.find((code) => !/^\d[\dABab]\d{3}$/.test(code));
      return wrong === undefined
        ? { ok: true, value: { kind: "commune", in: codes.map((code) => code.toUpperCase()) } }
        : { ok: false, reason: `« ${wrong} » n’est ni un code postal ni un code INSEE` };
    }
    case "sexe":
      return value === "femme" || value === "homme"
        ? { ok: true, value: { kind: "sex", is: value === "femme" ? "F" : "M" } }
        : { ok: false, reason: "« sexe » se répond par femme ou homme" };
    case "dispositif": {
      const found = /^(pas )?suivi dans ([a-z0-9][a-z0-9-]*)$/.exec(rest.trim().toLowerCase());
      return found?.[2]
        ? { ok: true, value: { kind: "programme", code: found[2], is: found[1] ? "out" : "in" } }
        : { ok: false, reason: "écrivez « dispositif : suivi dans ier » ou « dispositif : pas suivi dans ier »" };
    }
    case "a verifier":
      return rest.length < 3 || rest.length > 300 || rest.includes(";")
        ? { ok: false, reason: "une condition à vérifier a de 3 à 300 signes, sans point-virgule" }
        : { ok: true, value: { kind: "said", text: rest } };
    default:
      return { ok: false, reason: `cette condition n’est pas comprise : ${examples}` };
  }
}
