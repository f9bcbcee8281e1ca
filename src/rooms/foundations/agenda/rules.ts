// Decisions about visits, without input or output.
import { addDays, isDay } from "../../../core/time.ts";
import type { VisitMode } from "./tables.ts";

export type VisitWish = {
  id: string;
  siteId: string;
  occurredOn: string;
  occurredAt: string | null;
  personId: string | null;
  reasonId: string | null;
  orientationId: string | null;
  mode: VisitMode;
  groupId: string | null;
  unnamedSex: "F" | "M" | null;
};

/** How far back a visit may be noted at the desk, in days: beyond, it is an import's work. */
export const latestEntry = 400;

/** Why a visit cannot have happened then, or null. `now`: the house's minute "09:05" of today. */
export function momentRefusal(
  wish: { occurredOn: string; occurredAt: string | null },
  today: string,
  now: string,
): string | null {
  if (!isDay(wish.occurredOn)) return "Ce jour n’existe pas : écrivez-le jj/mm/aaaa.";
  if (wish.occurredOn > today) return "Ce jour n’est pas encore venu.";
  if (wish.occurredOn < addDays(today, -latestEntry)) return "Ce jour est trop ancien pour être noté à l’accueil.";
  if (wish.occurredOn === today && wish.occurredAt !== null && wish.occurredAt > now)
    return "Cette heure n’est pas encore venue.";
  return null;
}

/** Why a correction cannot put a visit then, or null: a moment left as it was is never refused, however old. */
export function correctionRefusal(
  before: { occurredOn: string; occurredAt: string | null },
  wish: { occurredOn: string; occurredAt: string | null },
  today: string,
  now: string,
): string | null {
  if (wish.occurredOn === before.occurredOn && (wish.occurredAt === before.occurredAt || wish.occurredOn < today))
    return null;
  return momentRefusal(wish, today, now);
}

/** Is it a visit of today? Whoever receives mends those; older ones are for those who answer for the site. */
export const isOfTheDay = (visit: { occurredOn: string }, today: string): boolean => visit.occurredOn === today;
