// Between the password and the second step nothing is kept on the server: what is known so far travels sealed, for five minutes.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Services } from "../../../../core/http/route.ts";
import { seal, unseal } from "./secrets.ts";

const shape = z.object({
  /** What the state is good for: one made to choose a house does not pass a second step. */
  step: z.enum(["house", "second"]),
  email: z.string(),
  /** Accounts whose password was right. */
  accounts: z.array(z.string()),
  /** The challenge that a passkey must sign. */
  challenge: z.string(),
  issued: z.number(),
});
export type StepState = z.infer<typeof shape>;

const lifetime = 5 * 60_000;

/** A new state, and the same sealed. */
export function makeState(
  services: Services,
  facts: Pick<StepState, "step" | "email" | "accounts">,
): { state: StepState; sealed: string } {
  const state: StepState = {
    ...facts,
    challenge: randomBytes(32).toString("base64url"),
    issued: services.clock.now().getTime(),
  };
  return { state, sealed: seal(services.config.secret, "sign-in-step", "sign-in", JSON.stringify(state)) };
}

/** Opens a sealed state; null when it is not ours, for another step, or older than five minutes. */
export function openState(services: Services, step: StepState["step"], sealed: string): StepState | null {
  const text = unseal(services.config.secret, "sign-in-step", "sign-in", sealed);
  if (text === null) return null;
  const state = shape.parse(JSON.parse(text));
  const age = services.clock.now().getTime() - state.issued;
  return state.step === step && age >= 0 && age <= lifetime ? state : null;
}
