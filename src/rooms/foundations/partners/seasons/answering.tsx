// The fields of an answer to a campaign, which the team and the structure fill in alike.
import { z } from "zod";
import { RadioField, TextField } from "../../../../ui/fields.tsx";

const short = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Au plus ${most} signes.`)
    .default("")
    .transform((text) => text || null);

export const AnswerForm = z.object({
  reponse: z.enum(["yes", "no"], "Dites si la structure participe."),
  qui: short(120),
  mot: short(500),
});

export function AnswerFields({
  values,
  mistakes,
}: {
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
}) {
  return (
    <div class="fields">
      <RadioField
        name="reponse"
        label="La structure"
        value={values.reponse}
        error={mistakes.reponse}
        options={[
          { value: "yes", label: "participe à cette saison" },
          { value: "no", label: "ne participe pas" },
        ]}
      />
      <TextField
        name="qui"
        label="Qui répond"
        value={values.qui}
        error={mistakes.qui}
        maxlength={120}
        required={false}
      />
      <TextField name="mot" label="Un mot" value={values.mot} error={mistakes.mot} maxlength={500} required={false} />
    </div>
  );
}
