// The identity form, for a new person and for a change.
import type { Typed } from "../../../../core/http/answer.ts";
import { DateField, type Option, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Person } from "../reads.ts";

export type Values = Record<string, string>;

/** A person's row in the words of the form. */
export const valuesOf = (person: Person): Values => ({
  sexe: person.sex ?? "",
  nom: person.family_name,
  nom_naissance: person.birth_name ?? "",
  prenom: person.given_name,
  naissance: person.birth_date ? shortDay(person.birth_date) : "",
  telephone: person.phone ?? "",
  courriel: person.email ?? "",
  adresse: person.address ?? "",
  code_postal: person.postal_code ?? "",
  commune: person.commune_name ?? "",
  antenne: person.site_id ?? "",
  version: String(person.version),
});

export const typedValues = (typed: Typed): Values =>
  Object.fromEntries(Object.entries(typed).map(([name, values]) => [name, values[0] ?? ""]));

export const fieldLabels: Readonly<Record<string, string>> = {
  sexe: "Sexe",
  nom: "Nom",
  nom_naissance: "Nom de naissance",
  prenom: "Prénom",
  naissance: "Date de naissance",
  telephone: "Téléphone",
  courriel: "Courriel",
  adresse: "Adresse",
  code_postal: "Code postal",
  commune: "Commune",
  antenne: "Antenne",
};

export function IdentityFields({
  values,
  mistakes,
  sites,
}: {
  values: Values;
  mistakes: Readonly<Record<string, string>>;
  sites: readonly Option[];
}) {
  const field = (name: string) => ({
    name,
    label: fieldLabels[name] ?? name,
    value: values[name],
    error: mistakes[name],
  });
  return (
    <>
      <RadioField
        {...field("sexe")}
        inline
        options={[
          { value: "F", label: "Femme" },
          { value: "M", label: "Homme" },
          { value: "X", label: "Autre" },
        ]}
      />
      <div class="fields">
        <TextField {...field("nom")} />
        <TextField {...field("prenom")} />
        <DateField {...field("naissance")} />
        <TextField {...field("nom_naissance")} required={false} />
        <TextField {...field("telephone")} type="tel" inputmode="tel" required={false} />
        <TextField {...field("courriel")} type="text" inputmode="email" required={false} />
        <TextField {...field("adresse")} required={false} maxlength={300} />
        <TextField {...field("code_postal")} inputmode="numeric" width="short" required={false} />
        <TextField {...field("commune")} required={false} />
        <SelectField {...field("antenne")} options={sites} empty="" required={false} />
      </div>
    </>
  );
}
