// The form of a collective project, new or changed.
import { CheckboxField, DateField, RadioField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { barriersOn } from "./barriers.ts";
import type { ProjectLine } from "./reads.ts";
import { optionsOf, projectKindWords, projectStateWords } from "./words.ts";

const dayOf = (day: string | null): string => (day ? shortDay(day) : "");

/** A project in the words of its form. */
export const valuesOf = (line: ProjectLine): Record<string, string> => ({
  version: String(line.version),
  titre: line.title,
  genre: line.kind,
  demandeur: line.asker ?? "",
  accueil: line.host ?? "",
  besoin: line.need,
  jour: dayOf(line.day),
  fin: dayOf(line.toDay),
  mediations: String(line.mediations),
  accord: dayOf(line.agreedOn),
  etat: line.state,
  raison: line.reason ?? "",
  participants: line.participants === null ? "" : String(line.participants),
  bilan: line.balance,
});

export function ProjectFields({
  values,
  chosen,
  mistakes,
  today,
}: {
  values: Readonly<Record<string, string>>;
  chosen: readonly string[];
  mistakes: Readonly<Record<string, string>>;
  today: string;
}) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <>
      <div class="fields">
        <TextField {...field("titre")} label="Titre" />
        <SelectField {...field("genre")} label="Genre" empty="choisir" options={optionsOf(projectKindWords)} />
        <TextField
          {...field("demandeur")}
          label="Structure qui demande"
          hint="Son nom, ou son numéro SIRET"
          required={false}
        />
        <TextField
          {...field("accueil")}
          label="Structure qui accueille"
          hint="Son nom, ou son numéro SIRET"
          required={false}
        />
        <TextAreaField {...field("besoin")} label="Besoin" rows={3} required={false} />
      </div>
      <fieldset class="field choices inline">
        <legend>Freins du groupe</legend>
        <div class="options">
          {barriersOn(today, chosen).map(({ key, label }) => (
            <CheckboxField key={key} name="freins" value={key} label={label} checked={chosen.includes(key)} />
          ))}
        </div>
      </fieldset>
      <div class="fields">
        <DateField {...field("jour")} label="Jour, ou premier jour" />
        <DateField {...field("fin")} label="Dernier jour" required={false} />
        <TextField
          {...field("mediations")}
          label="Médiations réservées"
          inputmode="numeric"
          width="short"
          required={false}
        />
        <DateField {...field("accord")} label="Accord signé le" required={false} />
        <RadioField {...field("etat")} label="État" options={optionsOf(projectStateWords)} />
        <TextField {...field("raison")} label="Pourquoi, s’il est annulé" required={false} />
        <TextField
          {...field("participants")}
          label="Participants"
          hint="Vide : non renseigné"
          inputmode="numeric"
          width="short"
          required={false}
        />
        <TextAreaField {...field("bilan")} label="Bilan" rows={3} required={false} />
      </div>
    </>
  );
}
