// The enrolment of an address, with the agreements of the funds that pay for it.
import type { At } from "../../../../core/http/route.ts";
import { enrolmentAt } from "../enrolments/acts.tsx";
import type { Enrolment } from "../enrolments/reads.ts";
import { agreementsOf, underFund } from "./agreements.ts";
import { type Participation, participations } from "./participants.ts";

export type Funded = { enrolment: Enrolment; all: Participation[] };

/** The participations of one enrolment, an agreement each; empty when no fund pays for it. */
export async function fundingOf(at: At<unknown>, enrolment: Enrolment): Promise<Participation[]> {
  const agreements = underFund(await agreementsOf(at.tx, { programme: enrolment.programme }));
  return participations(at.tx, agreements, { enrolment: enrolment.id });
}

/** The enrolment of the address with its participations; null when no fund pays for it, or it is out of sight. */
export async function fundedAt(at: At<unknown>): Promise<Funded | null> {
  const enrolment = await enrolmentAt(at);
  const all = enrolment ? await fundingOf(at, enrolment) : [];
  return enrolment && all.length > 0 ? { enrolment, all } : null;
}

/** The participation that the exit belongs to; else the last. */
export const ofExit = (all: readonly Participation[]): Participation | undefined =>
  all.find((one) => one.facts.exitOn !== null) ?? all[0];
