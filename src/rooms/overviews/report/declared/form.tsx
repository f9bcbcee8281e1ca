// The form of a declared figure, new or corrected.
import { DateField, RadioField, TextField } from "../../../../ui/fields.tsx";
import { declaredKindOptions } from "./words.ts";

type Facts = { values: Readonly<Record<string, string>>; mistakes: Readonly<Record<string, string>> };

export function DeclaredFields({ values, mistakes }: Facts) {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <div class="fields">
      <TextField {...field("libelle")} label="Ce que le chiffre compte" maxlength={300} />
      <RadioField {...field("nature")} label="Nature" options={declaredKindOptions} />
      <TextField {...field("valeur")} label="Valeur" width="short" inputmode="text" />
      <TextField {...field("unite")} label="Unité" hint="km, articles de presse, ans…" width="short" required={false} />
      <TextField
        {...field("periode")}
        label="Période"
        hint="2020 ; 2020-09 ; 2020-09/2020-12 ; 01/09/2020 - 31/12/2020 ; permanent"
        width="medium"
      />
      <TextField {...field("par")} label="Dit par" hint="Une fonction ou une structure, plutôt qu’une personne" />
      <TextField
        {...field("preuve")}
        label="Preuve"
        hint="Un document, une page, un relevé : ce qu’un contrôleur ira voir"
        maxlength={300}
      />
      <DateField {...field("dit")} label="Dit le" />
      <TextField
        {...field("code")}
        label="Code"
        hint="Ce par quoi les pages le nomment, le même d’une année à l’autre : velo.km"
        width="medium"
        maxlength={80}
      />
    </div>
  );
}
