// The forms of bookings.
import { z } from "zod";
import { countField, uuidField, versionField } from "../../../../core/http/fields.ts";
import { oneLine } from "../../../../core/importing/values.ts";

const people = countField(1, 200).transform((value) => value ?? 1);
const companions = countField(0, 200).transform((value) => value ?? 0);

export const BookForm = z.object({
  key: uuidField,
  structure: z.string().max(200).default("").transform(oneLine),
  prenom: z.string().max(60, "Au plus 60 signes.").default("").transform(oneLine),
  personne: z.string().max(40).default("").transform(oneLine),
  personnes: people,
  accompagnants: companions,
  attendre: z.string().optional(),
  /** Why the team books for a structure that may not today. */
  malgre: z.string().max(200, "Au plus 200 signes.").default("").transform(oneLine),
});
export type BookForm = z.infer<typeof BookForm>;

export const ChangeForm = z.object({ version: versionField, personnes: people, accompagnants: companions });
export const ReasonForm = z.object({ raison: z.string().max(200).default("").transform(oneLine) });
export const CameForm = z.object({
  version: versionField,
  /** Nothing: not reported. */
  venues: countField(0, 400),
});
