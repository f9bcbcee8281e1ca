import { dayWithoutWeekday } from "../../../../ui/words.ts";
import { euros } from "../fields.tsx";
import type { BookingRight, SeasonRule } from "./rules.ts";
import type { Dues } from "./tables.ts";

export const duesWords: Readonly<Record<Dues, string>> = {
  due: "à régler",
  paid: "réglée",
  waived: "dispensée",
};

const nbsp = "\u00a0";

/** What a booking right says to the structure, with what to do about it. */
export function rightWords(right: BookingRight): string {
  const until = right.until ? dayWithoutWeekday(right.until) : "";
  switch (right.reason) {
    case "closed":
      return "La maison ne travaille plus avec cette structure.";
    case "no-rule":
      return `La maison n’a pas fixé de règle pour cette saison${nbsp}: toute structure partenaire peut réserver.`;
    case "in-order":
      return "Convention et cotisation sont en ordre : la structure peut réserver.";
    case "renewing":
      return `La structure a participé à la saison passée${nbsp}: elle peut réserver jusqu’au ${until}, le temps de s’inscrire à celle-ci.`;
    case "convention-awaited":
      return `La structure peut réserver${nbsp}; sa convention est attendue avant le ${until}.`;
    case "dues-awaited":
      return `La structure peut réserver${nbsp}; sa cotisation est attendue avant le ${until}.`;
    case "not-registered":
      return "La structure n’est pas inscrite à cette saison : elle ne peut pas réserver.";
    case "ended":
      return "La participation de la structure à cette saison a pris fin : elle ne peut plus réserver.";
    case "no-convention":
      return "La convention de cette saison manque, ou a pris fin : la structure ne peut pas réserver.";
    case "dues-owed":
      return "La cotisation de cette saison n’est pas réglée : la structure ne peut pas réserver.";
  }
}

/** The rule itself, as every page that follows it shows it. */
export const ruleWords = (rule: SeasonRule): string =>
  [
    rule.duesCents === 0
      ? "Sans cotisation."
      : `Cotisation${nbsp}: ${euros(rule.duesCents)}${nbsp}€, à régler avant le ${dayWithoutWeekday(rule.payBy)}.`,
    `Convention de la saison avant le ${dayWithoutWeekday(rule.conventionBy)}${nbsp}; jusque-là, qui a participé à la saison passée réserve encore.`,
    `(${rule.source})`,
  ].join(" ");

export const seasonJournalWords: Readonly<Record<string, string>> = {
  "season.listed": "a ouvert les participations aux saisons",
  "season.exported": "a exporté les participations aux saisons",
  "season-rule.set": "a fixé la règle d’une saison",
  "membership.looked": "a ouvert les saisons d’une structure",
  "membership.opened": "a inscrit une structure à une saison",
  "membership.changed": "a modifié la participation d’une structure à une saison",
  "membership.ended": "a mis fin à la participation d’une structure à une saison",
  "campaign.started": "a lancé une campagne de conventionnement",
  "campaign.answered": "a répondu à une campagne de conventionnement",
  "campaign.listed": "a ouvert les réponses aux campagnes",
  "campaign.exported": "a exporté les réponses aux campagnes",
  "campaign.noted": "a noté une réponse à une campagne",
};
