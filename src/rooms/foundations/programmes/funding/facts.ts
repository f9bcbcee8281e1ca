// What a funder's indicator is computed from, and an answer that may be missing or refused: never taken for "no".
import type { Question } from "./questions.ts";

/** Yes, no, the person did not wish to answer, or nobody knows (null). */
export type Truth = boolean | "refused" | null;

/** True when one is; else unknown while one is; "refused" before "no". */
export function anyOf(...all: readonly Truth[]): Truth {
  if (all.includes(true)) return true;
  if (all.includes(null)) return null;
  return all.includes("refused") ? "refused" : false;
}
/** False when one is; else unknown while one is; "refused" before "yes". */
export function allOf(...all: readonly Truth[]): Truth {
  if (all.includes(false)) return false;
  if (all.includes(null)) return null;
  return all.includes("refused") ? "refused" : true;
}
export const not = (one: Truth): Truth => (typeof one === "boolean" ? !one : one);

/** On leaving (within four weeks), and six months later. */
export type CheckMoment = "exit" | "later";

export const checkSituations = ["employee", "self_employed", "job_seeking", "inactive", "unreached"] as const;
export type CheckSituation = (typeof checkSituations)[number];

/** What was found when the person was asked. "unreached": nobody could tell, which leaves everything missing. */
export type Check = {
  /** Null where the reason of the exit tells a training or a diploma and nothing of a job. */
  situation: CheckSituation | null;
  training: boolean | null;
  qualification: boolean | null;
  improved: boolean | null;
};

export type Answer = "yes" | "no" | "refused";
export type Answers = Partial<Record<Question, Answer>>;

/** A person in an operation, as the indicators read them. Days are ISO texts. */
export type Facts = {
  /** The day of entry in the operation: everything of the entry is true of that day. */
  entryOn: string;
  age: number | null;
  /** Codes of `situationWords`. */
  status: string | null;
  /** Since when the status holds, or, where the day is forgotten, how many months it had (6.5: more than 6, less than 7). */
  since: string | null;
  months: number | null;
  diploma: string | null;
  rqth: string | null;
  nationality: string | null;
  answers: Answers;
  exitOn: string | null;
  exit: Check | null;
  later: Check | null;
};
