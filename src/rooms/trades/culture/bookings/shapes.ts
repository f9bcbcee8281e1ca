// The forms of bookings.
import { z } from "zod";
import { oneLine } from "../../../../core/importing/values.ts";

const count = (least: number) =>
  z
    .string()
    .default(String(least))
    .transform((text, context) => {
      const typed = text.trim() || String(least);
      if (/^\d{1,3}$/.test(typed) && Number(typed) >= least && Number(typed) <= 200) return Number(typed);
      context.addIssue({ code: "custom", message: `Un nombre de ${least} à 200.` });
      return z.NEVER;
    });

export const BookForm = z.object({
  key: z.uuid(),
  structure: z.string().max(200).default("").transform(oneLine),
  prenom: z.string().max(60, "Au plus 60 signes.").default("").transform(oneLine),
  personne: z.string().max(40).default("").transform(oneLine),
  personnes: count(1),
  accompagnants: count(0),
  attendre: z.string().optional(),
});
export type BookForm = z.infer<typeof BookForm>;

export const ChangeForm = z.object({ version: z.coerce.number().int(), personnes: count(1), accompagnants: count(0) });
export const ReasonForm = z.object({ raison: z.string().max(200).default("").transform(oneLine) });
export const CameForm = z.object({
  version: z.coerce.number().int(),
  venues: z
    .string()
    .default("")
    .transform((text, context) => {
      const typed = text.trim();
      if (typed === "") return null;
      if (/^\d{1,3}$/.test(typed) && Number(typed) <= 400) return Number(typed);
      context.addIssue({ code: "custom", message: "Un nombre, ou rien quand on ne sait pas." });
      return z.NEVER;
    }),
});
