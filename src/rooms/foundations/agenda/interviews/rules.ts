// Decisions about interviews, without input or output.
import { addDays, isDay } from "../../../../core/time.ts";
import type { VisitMode } from "../tables.ts";
import type { InterviewStatus } from "./tables.ts";

export type InterviewWish = {
  programmeId: string | null;
  siteId: string;
  accountId: string | null;
  startsOn: string;
  startsAt: string | null;
  minutes: number | null;
  mode: VisitMode;
  placeId: string | null;
};

type Moment = { startsOn: string; startsAt: string | null };

/** An interview to come is planned; one noted afterwards has been held. `now`: the house's minute "09:05" of today. */
export const statusAt = (wish: Moment, today: string, now: string): InterviewStatus =>
  isToCome(wish, today, now) ? "planned" : "held";

export const isToCome = (wish: Moment, today: string, now: string): boolean =>
  wish.startsOn > today || (wish.startsOn === today && wish.startsAt !== null && wish.startsAt > now);

/** How far back or ahead a meeting may be typed, in days: beyond, the year is mistyped, or it is an import's work. */
const furthest = { back: 400, ahead: 800 };

/** Why a meeting cannot be on that day, or null. */
export function dayRefusal(day: string, today: string): string | null {
  if (!isDay(day)) return "Ce jour n’existe pas : écrivez-le jj/mm/aaaa.";
  if (day < addDays(today, -furthest.back)) return "Ce jour est trop ancien pour être noté à la main.";
  if (day > addDays(today, furthest.ahead)) return "Ce jour est trop loin : vérifiez l’année.";
  return null;
}

/** Why an interview cannot become that, or null. */
export function statusRefusal(interview: Moment, to: InterviewStatus, today: string, now: string): string | null {
  const toCome = isToCome(interview, today, now);
  if ((to === "held" || to === "no_show") && interview.startsOn > today)
    return "Cet entretien est à venir : on ne sait pas encore qui viendra.";
  if (to === "planned" && !toCome && interview.startsOn < today)
    return "Ce jour est passé : l’entretien a eu lieu, ou la personne n’est pas venue.";
  return null;
}
