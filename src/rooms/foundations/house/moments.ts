// Days and instants as the pages of the house write them.
import { dayIn, minuteIn } from "../../../core/time.ts";

/** "2020-12-31" as "31/12/2020". */
export const dayWords = (day: string): string => `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;

/** An instant as "le 31/12/2020 à 16 h 45", in the house's zone. */
export const momentWords = (at: Date, zone: string): string =>
  `le ${dayWords(dayIn(zone, at))} à ${minuteIn(zone, at).replace(":", "\u00A0h\u00A0")}`;
