// What a door noted and the house has not read yet, in the browser's own database. Each line has its identifier: however often it is sent,
// it is counted once.
import { keptStore } from "../../../../../ui/browser/kept-store.ts";
import type { CheckIn } from "../rule.ts";

export type Waiting = CheckIn & { date: string; booking: string };

const lines = keptStore<Waiting>("traboule-porte", "lines", "id");
export const keep = lines.put;
export const forget = lines.delete;
export const waitingAt = async (date: string): Promise<Waiting[]> =>
  (await lines.all()).filter((line) => line.date === date);
