// One agreement of a fund as it is told to the funder: a record a participant, and its indicators with what is missing.
import type { Tx } from "../../../../core/db/transaction.ts";
import type { FundAgreement } from "./agreements.ts";
import type { Facts, Truth } from "./facts.ts";
import { type Indicator, indicatorsOf } from "./indicators.ts";
import { isChecked, missingAnswers, missingAtEntry, windowOf } from "./missing.ts";
import { type ParticipantFilters, type Participation, participations } from "./participants.ts";
import type { Regime } from "./regimes.ts";
import { verdictOf } from "./rules.ts";

/** A person once for an operation: what was true at the first entry, what became of them after the last exit. */
export type Participant = Pick<Participation, "person" | "personCode" | "familyName" | "givenName" | "sex"> & {
  /** The last enrolment: where what is missing is noted. */
  enrolment: string;
  facts: Facts;
  complete: boolean;
  verdicts: ReadonlyMap<string, Truth>;
};

export type Sex = "F" | "M" | "X" | "unknown";
export type IndicatorLine = {
  indicator: Indicator;
  /** Of how many people it is asked: all, those who left, those who left six months ago. */
  base: number;
  yes: number;
  bySex: Readonly<Record<Sex, number>>;
  refused: number;
  missing: number;
};

export type Operation = {
  participants: readonly Participant[];
  indicators: readonly IndicatorLine[];
  complete: number;
  left: number;
};

/** Is all known that the regulation asks of the entry, and of the exit where there was one? The second check is not of the file. */
const isComplete = (first: Participation, last: Participation, regime: Regime, today: string): boolean =>
  missingAtEntry(first).length === 0 &&
  missingAnswers(first.facts, regime).length === 0 &&
  (!hasLeft(last.facts, today) || (isChecked(last, "exit", regime) && last.noted.exit?.situation !== "unreached"));

const hasLeft = ({ exitOn }: Facts, today: string): boolean => exitOn !== null && exitOn <= today;

/** Is an indicator asked of somebody on a day? */
export function isAsked({ of }: Indicator, facts: Facts, regime: Regime, today: string): boolean {
  if (of === "entry") return true;
  if (of === "entities" || facts.exitOn === null || !hasLeft(facts, today)) return false;
  return of === "exit" || windowOf("later", facts.exitOn, regime).from <= today;
}

function participantOf(all: readonly Participation[], listed: readonly Indicator[], today: string): Participant | null {
  // A new entry in the same operation opens the record again: the entry stays the first one.
  const byEntry = all.toSorted(
    (a, b) => a.facts.entryOn.localeCompare(b.facts.entryOn) || a.enrolment.localeCompare(b.enrolment),
  );
  const first = byEntry[0];
  const last = byEntry.at(-1);
  if (!first || !last) return null;
  const { regime } = first.agreement;
  const { exitOn, exit, later } = last.facts;
  const answers = Object.assign({}, ...byEntry.toReversed().map((one) => one.facts.answers)) as Facts["answers"];
  const whole: Participation = { ...first, facts: { ...first.facts, answers, exitOn, exit, later } };
  const { person, personCode, familyName, givenName, sex, facts } = whole;
  return {
    person,
    personCode,
    familyName,
    givenName,
    sex,
    enrolment: last.enrolment,
    facts,
    complete: isComplete(whole, last, regime, today),
    verdicts: new Map(
      listed.flatMap((one) =>
        one.rule !== null && isAsked(one, facts, regime, today) ? [[one.code, verdictOf(one, facts, regime)]] : [],
      ),
    ),
  };
}

const sexOf = ({ sex }: Participant): Sex => (sex === "F" || sex === "M" || sex === "X" ? sex : "unknown");

function lineOf(indicator: Indicator, participants: readonly Participant[]): IndicatorLine {
  const bySex = { F: 0, M: 0, X: 0, unknown: 0 };
  const line = { indicator, base: 0, yes: 0, refused: 0, missing: 0 };
  for (const one of participants) {
    const verdict = one.verdicts.get(indicator.code);
    if (verdict === undefined) continue;
    line.base += 1;
    if (verdict === true) {
      line.yes += 1;
      bySex[sexOf(one)] += 1;
    } else if (verdict === null) line.missing += 1;
    else if (verdict === "refused") line.refused += 1;
  }
  return { ...line, bySex };
}

/** An agreement with its participants, whole or within what a role sees, and what is counted of them on the transaction's day. */
export async function operationOf(
  tx: Tx,
  agreement: FundAgreement,
  within: ParticipantFilters["within"] = null,
): Promise<Operation> {
  const listed = indicatorsOf(agreement.regime.code, agreement.from);
  const all = await participations(tx, [agreement], { within: within ?? null });
  const participants = [...Map.groupBy(all, (one) => one.person).values()].flatMap(
    (theirs) => participantOf(theirs, listed, tx.today) ?? [],
  );
  return {
    participants,
    indicators: listed.map((one) => lineOf(one, participants)),
    complete: participants.filter((one) => one.complete).length,
    left: participants.filter((one) => hasLeft(one.facts, tx.today)).length,
  };
}
