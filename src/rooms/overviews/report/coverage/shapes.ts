// The form of a line's link.
import { z } from "zod";
import { oneLine } from "../../../../core/importing/values.ts";
import { readExpression } from "./expression.ts";

export const mostReason = 500;

export const LineLink = z.object({
  chiffre: z
    .string()
    .max(1000, "Au plus 1000 signes.")
    .default("")
    .transform((text, context) => {
      const typed = oneLine(text);
      const read = typed === "" ? { reason: "dites quel chiffre la donne" } : readExpression(typed);
      if (!("reason" in read)) return typed;
      context.addIssue({ code: "custom", message: `${read.reason.slice(0, 1).toUpperCase()}${read.reason.slice(1)}.` });
      return z.NEVER;
    }),
  raison: z
    .string()
    .default("")
    .transform(oneLine)
    .pipe(z.string().max(mostReason, `Au plus ${mostReason} signes.`)),
  /** Empty: the line had no link when it was looked at. */
  version: z
    .string()
    .regex(/^\d{0,9}$/)
    .default("")
    .transform((text) => (text === "" ? null : Number(text))),
});
