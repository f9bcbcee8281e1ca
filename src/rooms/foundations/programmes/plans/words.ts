// The words of plans and balance sheets: the code that is stored, the French that is read.
import type { Paper } from "./tables.ts";

export const doers = ["person", "adviser", "both", "other"] as const;
export type Doer = (typeof doers)[number];
export const doerWords: Readonly<Record<Doer, string>> = {
  person: "la personne",
  adviser: "le référent",
  both: "ensemble",
  other: "quelqu’un d’autre",
};

/** Who does it, as a line says it: "la personne", or the name that was given. */
export const doerName = (action: { who: Doer; other: string | null }): string =>
  action.who === "other" ? (action.other ?? doerWords.other) : doerWords[action.who];

export const planStates = ["open", "done", "dropped"] as const;
export type PlanState = (typeof planStates)[number];
export const planStateWords: Readonly<Record<PlanState, string>> = {
  open: "à faire",
  done: "fait",
  dropped: "abandonné",
};

/** The papers that are signed: their word in addresses and their title. */
export const paperWords: Readonly<Record<Paper, { path: string; title: string; signed: string }>> = {
  plan: { path: "plan", title: "Plan d’action", signed: "Plan signé" },
  balance: { path: "bilan", title: "Bilan partagé", signed: "Bilan signé" },
};

export const planJournalWords: Record<string, string> = {
  "plan.opened": "a ouvert un plan d’action",
  "plan.changed": "a modifié un plan d’action",
  "plan.action-added": "a ajouté une ligne à un plan d’action",
  "plan.action-changed": "a modifié une ligne d’un plan d’action",
  "plan.printed": "a imprimé un plan d’action",
  "plan.versions-listed": "a ouvert les versions d’un plan d’action",
  "plan.version-opened": "a relu une version d’un plan d’action",
  "plan.version-back": "a repris une version d’un plan d’action",
  "balance.versions-listed": "a ouvert les versions d’un bilan partagé",
  "balance.version-opened": "a relu une version d’un bilan partagé",
  "balance.version-back": "a repris une version d’un bilan partagé",
  "balance.opened": "a ouvert un bilan partagé",
  "balance.changed": "a modifié un bilan partagé",
  "balance.printed": "a imprimé un bilan partagé",
};
