// Is somebody eligible, on a day? Each condition gets its verdict and the fact behind it, so that a person can be told why.
import type { StructureSituation } from "../../partners/door.ts";
import { situationWords } from "../../people/door.ts";
import type { Situation } from "../tables.ts";
import { type Answer, inside, monthsBetween, yesNo } from "./answers.ts";
import { type Condition, conditionText, isStructureCondition, type SimpleCondition } from "./conditions.ts";
import { checkStructure } from "./of-structures.ts";

/** `sentence`: the condition. `because`: the fact that decides. */
export type Verdict = { sentence: string; answer: Answer; because: string; sensitive?: true };

export type Facts = {
  day: string;
  /** Of a person; of a structure, its commune. */
  situation: Situation;
  /** Of a structure, for a programme that takes structures in. */
  structure?: StructureSituation;
  /** Codes of the programmes in which the person is on that day. */
  programmes: readonly string[];
  /** What the adviser says of the conditions that only a person can verify, by their text. */
  said: Readonly<Record<string, boolean>>;
};

function checkOne(condition: SimpleCondition, facts: Facts): Omit<Verdict, "sentence"> {
  const { situation, day } = facts;
  if (isStructureCondition(condition))
    return facts.structure
      ? checkStructure(condition, facts.structure, day)
      : { answer: "unknown", because: "se demande d’une structure" };
  switch (condition.kind) {
    case "age":
      return situation.age === undefined
        ? { answer: "unknown", because: "date de naissance inconnue" }
        : {
            answer: inside(situation.age, condition.min, condition.max),
            because: `${situation.age}\u00a0ans ce jour-là`,
          };
    case "status":
      return situation.status === undefined
        ? { answer: "unknown", because: "situation inconnue" }
        : {
            answer: yesNo(condition.in.includes(situation.status)),
            because: situationWords.status.values[situation.status] ?? situation.status,
          };
    case "registered": {
      if (situation.status !== undefined && situation.status !== "job_seeker")
        return { answer: "no", because: situationWords.status.values[situation.status] ?? situation.status };
      if (situation.since === undefined) return { answer: "unknown", because: "date d’inscription inconnue" };
      const months = monthsBetween(situation.since, day);
      return { answer: inside(months, condition.min, condition.max), because: `inscrit depuis ${months}\u00a0mois` };
    }
    case "mark": {
      const value = situation[condition.mark];
      return value === undefined
        ? { answer: "unknown", because: `${condition.mark.toUpperCase()} inconnu`, sensitive: true }
        : { answer: yesNo(value === condition.is), because: value === "yes" ? "oui" : "non", sensitive: true };
    }
    case "neighbourhood": {
      const value = situation.neighbourhood;
      return value === undefined || value === "unknown"
        ? { answer: "unknown", because: "quartier inconnu" }
        : {
            answer: yesNo(condition.in.some((one) => one === value)),
            because: situationWords.neighbourhood.values[value] ?? value,
          };
    }
    case "diploma": {
      if (situation.diploma === undefined) return { answer: "unknown", because: "niveau de diplôme inconnu" };
      const level = situation.diploma === "none" ? 0 : Number(situation.diploma);
      return {
        answer: inside(level, condition.min, condition.max),
        because: situationWords.diploma.values[situation.diploma] ?? situation.diploma,
      };
    }
    case "commune": {
      const places = [situation.commune, situation.postal_code].filter((one) => one !== undefined);
      return places.length === 0
        ? { answer: "unknown", because: "commune inconnue" }
        : { answer: yesNo(places.some((one) => condition.in.includes(one))), because: places.join(", ") };
    }
    case "sex":
      return situation.sex === undefined
        ? { answer: "unknown", because: "sexe non précisé" }
        : {
            answer: yesNo(situation.sex === condition.is),
            because: { F: "femme", M: "homme" }[situation.sex] ?? "autre",
          };
    case "programme": {
      const present = facts.programmes.includes(condition.code);
      return {
        answer: yesNo(present === (condition.is === "in")),
        because: present ? "y est suivi" : "n’y est pas suivi",
      };
    }
    case "said": {
      const said = facts.said[condition.text];
      return said === undefined
        ? { answer: "unknown", because: "à vérifier avec la personne" }
        : { answer: yesNo(said), because: said ? "vérifié" : "non" };
    }
  }
}

/** The verdict of each condition, in their order. An alternative holds when one of its parts does. */
export const checkEligibility = (conditions: readonly Condition[], facts: Facts): Verdict[] =>
  conditions.map((condition) => {
    const sentence = conditionText(condition);
    if (condition.kind !== "any") return { sentence, ...checkOne(condition, facts) };
    const parts = condition.of.map((one) => ({ one, ...checkOne(one, facts) }));
    const answer: Answer = parts.some((part) => part.answer === "yes")
      ? "yes"
      : parts.some((part) => part.answer === "unknown")
        ? "unknown"
        : "no";
    const because = parts.map((part) => `${conditionText(part.one)}\u00a0: ${part.because}`).join("\u00a0; ");
    return { sentence, answer, because, ...(parts.some((part) => part.sensitive) ? { sensitive: true as const } : {}) };
  });

export const isEligible = (verdicts: readonly Verdict[]): boolean => verdicts.every((one) => one.answer === "yes");

/** A verdict for who may not read sensitive facts: the answer stays, the fact goes. */
export const discreet = (verdict: Verdict): Verdict =>
  verdict.sensitive ? { ...verdict, because: "information réservée" } : verdict;
