// The visit of the one who is there: who it is, then why they came.
import { DateField, ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import type { DeskFacts } from "./facts.ts";
import { VisitFields } from "./form.tsx";

export type VisitShown = {
  desk: DeskFacts;
  /** Null: somebody who gives no name. */
  person: string | null;
  name: string;
  /** The key of the form: the visit's identifier. */
  keyed: string;
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
};

export function VisitOf({ desk, person, name, keyed, values, mistakes }: VisitShown) {
  return (
    <form id="accueil-saisie" method="post" action="/accueil/visites" data-visit={name} class="desk-now visit">
      <h2>Visite de {name}</h2>
      <ErrorSummary fields={mistakes ?? {}} />
      <input type="hidden" name="key" value={keyed} />
      {person ? (
        <input type="hidden" name="personne" value={person} />
      ) : (
        <RadioField
          name="sexe"
          label="Compter comme"
          inline
          value={values?.sexe ?? ""}
          options={[
            { value: "", label: "Non précisé" },
            { value: "F", label: "Femme" },
            { value: "M", label: "Homme" },
          ]}
        />
      )}
      {values?.nom ? (
        <div class="fields">
          <TextField name="nom" label="Nom et prénom" value={values.nom} error={mistakes?.nom} maxlength={160} />
          <DateField name="naissance" label="Date de naissance" value={values.naissance} error={mistakes?.naissance} />
        </div>
      ) : null}
      <VisitFields desk={desk} {...(values ? { values } : {})} {...(mistakes ? { mistakes } : {})} />
      <div class="submit">
        <button type="submit">Noter la visite</button>
        <a href={`/accueil?lieu=${desk.site.id}`}>Chercher quelqu’un d’autre</a>
      </div>
    </form>
  );
}
