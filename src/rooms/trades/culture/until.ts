// Until when something holds, as it is said.
import { dayIn, minuteIn } from "../../../core/time.ts";
import { hour, shortDay } from "../../../ui/words.ts";

/** "18/12/2020 à 20 h 30". */
export const momentWords = (zone: string, at: Date): string =>
  `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;

/** "jusqu’au 18/12/2020 à 20 h 30"; what ends at midnight ends with the day before, which is the day that somebody typed. */
export const untilWords = (zone: string, at: Date): string =>
  minuteIn(zone, at) === "00:00"
    ? `jusqu’au ${shortDay(dayIn(zone, new Date(at.getTime() - 1)))}`
    : `jusqu’au ${momentWords(zone, at)}`;
