// When something is to be done for a funder, in words.
import { shortDay } from "../../../../ui/words.ts";
import type { Task } from "./missing.ts";

/** "jusqu’au 31/03/2020", "en retard, à faire au plus tard le 31/03/2020". */
export const dueWords = ({ state, from, due }: Task): string =>
  state === "late"
    ? `en retard, à faire au plus tard le ${shortDay(due)}`
    : state === "ahead"
      ? `à faire du ${shortDay(from)} au ${shortDay(due)}`
      : `jusqu’au ${shortDay(due)}`;
