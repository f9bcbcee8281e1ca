// The form of an offer: one short page, the rest folded.
import {
  CheckboxField,
  DateField,
  ErrorSummary,
  SelectField,
  TextAreaField,
  TextField,
} from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { accessWords } from "../words.ts";
import { type AudienceChoices, AudienceFields } from "./audience.tsx";
import { mostDates, repeats } from "./shapes.ts";

type Values = Readonly<Record<string, string>>;

/** What the outing is about and how to get there, in every form of an outing. */
export const ToldFields = ({ values, mistakes }: { values: Values; mistakes: Values }) => (
  <div class="fields">
    <TextAreaField
      name="parle"
      label="De quoi ça parle"
      hint="En quelques phrases simples"
      rows={3}
      value={values.parle}
      error={mistakes.parle}
      maxlength={1000}
      required={false}
    />
    <TextAreaField
      name="venir"
      label="Comment venir"
      hint="La rue, le métro ou le bus, l’entrée"
      rows={3}
      value={values.venir}
      error={mistakes.venir}
      maxlength={500}
      required={false}
    />
  </div>
);

/** `venue`: the name of the one who publishes for themselves; null: the team names a partner. */
export const OfferFields = ({
  values,
  access,
  mistakes,
  venue,
  choices,
  types,
  near = [],
}: {
  values: Values;
  access: readonly string[];
  mistakes: Values;
  venue: string | null;
  choices: AudienceChoices;
  /** Kinds of structures that are ticked. */
  types: readonly string[];
  /** Names that look like the partner that was written. */
  near?: readonly string[];
}) => {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <>
      {venue === null ? (
        <TextField
          {...field("partenaire")}
          label="Partenaire culturel"
          suggestions={near}
          hint="son nom, tel que dans la liste des structures"
          required
        />
      ) : null}
      <TextField {...field("titre")} label="Titre" required />
      <div class="fields">
        <TextField
          {...field("genre")}
          label="Genre"
          hint="concert, théâtre, sport…"
          required={false}
          width="medium"
          maxlength={60}
        />
        <TextField {...field("lieu")} label="Salle ou adresse" required={false} />
      </div>
      <div class="fields">
        <DateField {...field("jour")} label="Jour" required />
        <TextField {...field("heure")} label="Heure" hint="20:30" required={false} width="short" />
        <SelectField
          {...field("repetition")}
          label="Répétition"
          options={Object.entries(repeats).map(([value, label]) => ({ value, label }))}
        />
        <TextField
          {...field("dates")}
          label="Nombre de dates"
          hint={`jusqu’à ${mostDates}`}
          inputmode="numeric"
          width="short"
        />
      </div>
      <div class="fields">
        <TextField {...field("places")} label="Places par date" inputmode="numeric" width="short" required />
        <TextField
          {...field("max")}
          label="Places au plus par réservation"
          inputmode="numeric"
          width="short"
          required
        />
      </div>
      <CheckboxField
        name="accompagnants"
        label="Les accompagnants sont bienvenus"
        checked={values.accompagnants === "1"}
      />
      <ToldFields values={values} mistakes={mistakes} />
      <details open={Object.keys(mistakes).length > 0}>
        <summary>Accueil, accessibilité, à qui c’est réservé</summary>
        <TextField
          {...field("accueil")}
          label="Comment les gens sont accueillis"
          hint="« demander Camille à la caisse, 15 minutes avant »"
          required={false}
          maxlength={500}
        />
        <div class="fields">
          <TextField
            {...field("age_de")}
            label="À partir de quel âge"
            inputmode="numeric"
            width="short"
            required={false}
          />
          <TextField {...field("age_a")} label="Jusqu’à quel âge" inputmode="numeric" width="short" required={false} />
          <TextField {...field("langue")} label="Langue" required={false} width="medium" maxlength={60} />
          <TextField {...field("duree")} label="Durée en minutes" inputmode="numeric" width="short" required={false} />
        </div>
        <fieldset class="field choices">
          <legend>Ce qui rend la sortie facile</legend>
          <div class="options">
            {Object.entries(accessWords).map(([value, label]) => (
              <CheckboxField key={value} name="acces" value={value} label={label} checked={access.includes(value)} />
            ))}
          </div>
        </fieldset>
        <TextField
          {...field("cloture")}
          label="Fin des réservations, en heures avant le début"
          inputmode="numeric"
          width="short"
          required={false}
        />
        <AudienceFields choices={choices} values={values} mistakes={mistakes} ticked={types} />
      </details>
    </>
  );
};

export const OfferPage = ({
  action,
  back,
  ...fields
}: Parameters<typeof OfferFields>[0] & { action: string; back: string }) => (
  <>
    <Heading title="Publier une sortie" />
    <ErrorSummary fields={fields.mistakes} />
    <form method="post" action={action} data-draft="sortie">
      <input type="hidden" name="key" value={fields.values.key} />
      <OfferFields {...fields} />
      <div class="submit">
        <button type="submit">Publier</button>
        <a href={back}>Ne rien publier</a>
      </div>
    </form>
  </>
);
