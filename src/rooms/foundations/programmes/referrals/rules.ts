// Decisions about referrals, without input or output.
import type { EventKind, ReferralState } from "./words.ts";

/** The state that something leaves behind. */
export const stateAfter = (kind: EventKind): ReferralState => (kind === "reopened" ? "sent" : kind);

const byReceiver: Readonly<Record<ReferralState, readonly EventKind[]>> = {
  sent: ["received", "accepted", "refused", "attended"],
  received: ["accepted", "refused", "attended"],
  accepted: ["attended", "refused"],
  attended: [],
  refused: [],
  expired: [],
  withdrawn: [],
};

const bySender: Readonly<Record<ReferralState, readonly EventKind[]>> = {
  sent: ["withdrawn"],
  received: ["withdrawn"],
  accepted: ["withdrawn"],
  attended: ["reopened"],
  refused: ["reopened"],
  expired: ["reopened"],
  withdrawn: ["reopened"],
};

/**
 * What may follow a state. Whoever holds the link says what became of it; the house notes the same when it was told otherwise, withdraws
 * what was sent by mistake, and reopens what was ended too soon; the calendar ends what nobody answered.
 */
export const mayFollow = (state: ReferralState, who: "link" | "house" | "calendar"): readonly EventKind[] => {
  if (who === "link") return byReceiver[state];
  if (who === "calendar") return isPending(state) ? ["expired"] : [];
  return [...byReceiver[state], ...bySender[state]];
};

/** Nobody has said yes, no or come. */
const isPending = (state: ReferralState): boolean => state === "sent" || state === "received";

/** The answer is awaited for longer than the rule of its day said. */
export const isLate = (referral: { state: ReferralState; lateOn: string }, today: string): boolean =>
  isPending(referral.state) && referral.lateOn < today;
