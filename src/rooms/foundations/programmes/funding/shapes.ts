// The forms of what funders ask.
import { z } from "zod";
import { isUuid } from "../../../../core/ids.ts";
import { day } from "../enrolments/shapes.ts";
import { checkSituations } from "./facts.ts";

const yesNo = z
  .enum(["", "oui", "non"])
  .default("")
  .transform((text) => (text === "" ? null : text === "oui"));
/** Where to go back to: the list, so that the next one is in sight. */
const retour = z.enum(["", "liste"]).default("");

export const EntryFactsForm = z.object({
  version: z.coerce.number().int(),
  situation: z.string().max(40).default(""),
  depuis: z.union([z.literal(""), day]).default(""),
  diplome: z.string().max(40).default(""),
  retour,
});

export const CheckForm = z.object({
  key: z.uuid(),
  /** The check that the form showed; a later one makes it stale. */
  remplace: z
    .string()
    .default("")
    .transform((text) => (isUuid(text) ? text : null)),
  jour: day,
  situation: z.enum(checkSituations, "Choisissez la situation, ou « injoignable »."),
  formation: yesNo,
  qualification: yesNo,
  amelioration: yesNo,
  retour,
});
export type CheckWish = z.infer<typeof CheckForm>;
