// Instants as the pages of the house write them.
import { dayIn, minuteIn } from "../../../core/time.ts";
import { hour, shortDay } from "../../../ui/words.ts";

/** An instant as "31/12/2020 à 16 h 45", in the house's zone. */
export const momentWords = (at: Date, zone: string): string =>
  `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;
