// What a door sends: one line by a form, or all that a device kept.
import { z } from "zod";
import { countField, optionalUuid, uuidField } from "../../../../core/http/fields.ts";

/** Lines that a device sends at once: an evening of a large hall. */
export const mostLines = 2000;

const line = z.object({
  id: uuidField,
  booking: uuidField,
  kind: z.enum(["arrival", "undo"]),
  came: z.number().int().min(1).max(400).nullable(),
  undoes: uuidField.nullable(),
  at: z.number().int().min(0),
});

const linesField = z
  .string()
  .default("")
  .transform((text, context) => {
    if (text === "") return null;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      value = null;
    }
    const read = z.array(line).min(1).max(mostLines).safeParse(value);
    const lines = read.success ? read.data.filter((one) => (one.kind === "undo") === (one.undoes !== null)) : [];
    if (lines.length > 0 && lines.every((one) => (one.kind === "arrival") === (one.came !== null))) return lines;
    context.addIssue({ code: "custom", message: "Ces pointages sont illisibles : rechargez la page." });
    return z.NEVER;
  });

export const NoteForm = z.object({
  lignes: linesField,
  appareil: z.string().max(40).default(""),
  cle: optionalUuid,
  reservation: optionalUuid,
  entrees: countField(1, 400),
  defait: optionalUuid,
});
export type NoteForm = z.infer<typeof NoteForm>;

export const RestForm = z.object({ cle: uuidField });
