// What a volunteer did on the spot and the house has not taken yet, in the browser's own database. Each act bears its key: however often it
// is sent, it is done once.
import { keptStore } from "../../../../../ui/browser/kept-store.ts";

/** `account`: who did it. `refused`: why the house did not take it; it waits for somebody to decide. */
export type KeptAct = {
  key: string;
  session: string;
  account: string;
  path: string;
  kind: string;
  fields: [string, string][];
  at: number;
  refused?: string;
};

const acts = keptStore<KeptAct>("traboule-sur-place", "acts", "key");
export const keepAct = acts.put;
export const forgetAct = acts.delete;

/** What waits, the oldest first. */
export const keptActs = async (): Promise<KeptAct[]> => (await acts.all()).sort((a, b) => a.at - b.at);
