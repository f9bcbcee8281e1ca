// When, where, with whom: the fields of an interview, planned or noted afterwards.
import { DateField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import type { Choices } from "../choices.ts";
import { modeWords } from "../words.ts";
import { optionsOf } from "./words.ts";

type FieldsProps = {
  choices: Choices;
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
};

export function InterviewFields({ choices, values, mistakes }: FieldsProps) {
  return (
    <div class="fields">
      <DateField
        name="jour"
        label="Jour"
        hint="jj/mm/aaaa ; un jour à venir est un rendez-vous, un jour passé est noté comme tenu"
        value={values.jour}
        error={mistakes.jour}
      />
      <TextField
        name="heure"
        label="Heure"
        hint="hh:mm"
        required={false}
        width="short"
        maxlength={8}
        value={values.heure}
        error={mistakes.heure}
      />
      <TextField
        name="duree"
        label="Durée en minutes"
        required={false}
        inputmode="numeric"
        width="short"
        maxlength={3}
        value={values.duree}
        error={mistakes.duree}
      />
      <SelectField name="mode" label="Mode" value={values.mode} error={mistakes.mode} options={optionsOf(modeWords)} />
      <SelectField name="lieu" label="Lieu" value={values.lieu} error={mistakes.lieu} options={choices.sites} />
      {choices.places.length > 0 ? (
        <SelectField
          name="salle"
          label="Salle"
          empty="aucune"
          required={false}
          value={values.salle}
          error={mistakes.salle}
          options={choices.places}
        />
      ) : null}
      <SelectField
        name="conseiller"
        label="Avec"
        empty="personne de précis"
        value={values.conseiller}
        error={mistakes.conseiller}
        options={choices.accounts}
      />
      <SelectField
        name="dispositif"
        label="Dispositif"
        empty="aucun"
        required={false}
        value={values.dispositif}
        error={mistakes.dispositif}
        options={choices.programmes}
      />
    </div>
  );
}

/** What is taken, said before anything is written; sending again says that it is meant so. */
export function Taken({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <>
      <Notice kind="warn" text={`${sentences.join(" ")} Rien n’est encore enregistré.`} />
      <input type="hidden" name="malgre" value="1" />
    </>
  );
}
