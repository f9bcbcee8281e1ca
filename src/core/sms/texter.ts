// Short messages without a provider: the text stays on the page of messages, where somebody copies it into their telephone.
import type { Texter } from "../http/route.ts";

export const byHand: Texter = { send: async () => "outbox" };
