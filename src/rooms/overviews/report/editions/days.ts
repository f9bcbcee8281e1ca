// The days of an edition in words.
import { dayWithoutWeekday } from "../../../../ui/words.ts";
import { stayText } from "../period.ts";

/** "2020"; "du 1er septembre 2020 au 31 août 2021". */
export const daysInWords = (period: { from: string; to: string }): string => {
  const said = stayText(period);
  return /^\d{4}$/.test(said)
    ? `Année ${said}`
    : `Du ${dayWithoutWeekday(period.from)} au ${dayWithoutWeekday(period.to)}`;
};
