// The fields of a session: what, when, where, for how many, with whom.
import { CheckboxField, DateField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import type { Choices } from "../choices.ts";
import { optionsOf } from "../interviews/words.ts";
import { modeWords } from "../words.ts";

export type SessionValues = { values: Readonly<Record<string, string>>; speakers: readonly string[] };

export function SessionFields({
  choices,
  kinds,
  shown: { values, speakers },
  mistakes,
}: {
  choices: Choices;
  kinds: readonly string[];
  shown: SessionValues;
  mistakes: Readonly<Record<string, string>>;
}) {
  const field = (name: string, label: string) => ({ name, label, value: values[name], error: mistakes[name] });
  return (
    <>
      <div class="fields">
        <SelectField {...field("dispositif", "Dispositif")} options={choices.programmes} />
        <TextField
          {...field("type", "Type")}
          hint={kinds.length > 0 ? `déjà utilisés : ${kinds.join(", ")}` : "atelier, formation, visite d’entreprise …"}
          maxlength={60}
        />
        <TextField {...field("titre", "Intitulé")} maxlength={200} />
        <DateField {...field("jour", "Jour")} />
        <TextField {...field("heure", "Heure")} hint="hh:mm" required={false} width="short" maxlength={8} />
        <TextField
          {...field("duree", "Durée en minutes")}
          required={false}
          inputmode="numeric"
          width="short"
          maxlength={4}
        />
        <SelectField {...field("lieu", "Lieu")} options={choices.sites} />
        {choices.places.length > 0 ? (
          <SelectField {...field("salle", "Salle")} empty="aucune" required={false} options={choices.places} />
        ) : null}
        <TextField {...field("adresse", "Ailleurs")} hint="chez qui, ou à quelle adresse" required={false} />
        <SelectField {...field("mode", "Mode")} options={optionsOf(modeWords)} />
        <TextField
          {...field("places", "Places")}
          hint="vide : sans limite"
          required={false}
          inputmode="numeric"
          width="short"
          maxlength={4}
        />
      </div>
      {choices.accounts.length > 0 ? (
        <fieldset class="field choices">
          <legend>Qui anime</legend>
          {choices.accounts.map((account) => (
            <CheckboxField
              key={account.value}
              name="animateurs"
              value={account.value}
              label={account.label}
              checked={speakers.includes(account.value)}
            />
          ))}
        </fieldset>
      ) : null}
      <TextAreaField
        {...field("intervenants", "Intervenants du dehors")}
        hint="un par ligne"
        required={false}
        rows={2}
        maxlength={2400}
      />
    </>
  );
}
