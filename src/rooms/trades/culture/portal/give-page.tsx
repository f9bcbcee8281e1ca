// The form by which a venue publishes: a title, days, a number of places; everything else is said or left.
import { CheckboxField, ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { type AudienceChoices, AudienceFields } from "../offers/audience.tsx";
import { ToldFields } from "../offers/form.tsx";
import { accessWords } from "../words.ts";

export function PublishFields({
  values,
  mistakes,
  access,
  newId,
  choices,
  types,
}: {
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
  access: readonly string[];
  newId: string;
  choices: AudienceChoices;
  types: readonly string[];
}) {
  return (
    <form method="post" action="/espace/offres">
      <ErrorSummary fields={mistakes} />
      <input type="hidden" name="key" value={values.key || newId} />
      <div class="fields">
        <TextField name="titre" label="Titre" value={values.titre} error={mistakes.titre} maxlength={160} required />
        <TextAreaField
          name="jours"
          label="Jours"
          hint="jj/mm/aaaa, un par ligne"
          rows={2}
          value={values.jours}
          error={mistakes.jours}
          maxlength={2000}
          required
        />
        <TextField
          name="heure"
          label="Heure"
          hint="20 h 30"
          width="short"
          value={values.heure}
          error={mistakes.heure}
          required={false}
        />
        <TextField
          name="places"
          label="Places par date"
          inputmode="numeric"
          width="short"
          value={values.places}
          error={mistakes.places}
          required
        />
      </div>
      <ToldFields values={values} mistakes={mistakes} />
      <details
        open={Object.keys(mistakes).some(
          (name) => !["titre", "jours", "heure", "places", "parle", "venir"].includes(name),
        )}
      >
        <summary>Série, public, accessibilité, accueil</summary>
        <div class="fields">
          <TextField
            name="semaines"
            label="Chaque semaine, en tout"
            hint="Nombre de fois ; vide : une seule"
            inputmode="numeric"
            width="short"
            value={values.semaines}
            error={mistakes.semaines}
            required={false}
          />
          <TextField
            name="genre"
            label="Genre"
            hint="concert, théâtre, match…"
            value={values.genre}
            error={mistakes.genre}
            maxlength={60}
            required={false}
          />
          <TextField
            name="salle"
            label="Salle ou adresse"
            value={values.salle}
            error={mistakes.salle}
            maxlength={160}
            required={false}
          />
          <TextField
            name="plafond"
            label="Places au plus par réservation"
            inputmode="numeric"
            width="short"
            value={values.plafond ?? "6"}
            error={mistakes.plafond}
            required={false}
          />
          <TextField
            name="age"
            label="Dès quel âge"
            inputmode="numeric"
            width="short"
            value={values.age}
            error={mistakes.age}
            required={false}
          />
          <TextField
            name="agemax"
            label="Jusqu’à quel âge"
            inputmode="numeric"
            width="short"
            value={values.agemax}
            error={mistakes.agemax}
            required={false}
          />
          <TextField
            name="duree"
            label="Durée, en minutes"
            inputmode="numeric"
            width="short"
            value={values.duree}
            error={mistakes.duree}
            required={false}
          />
          <TextField
            name="langue"
            label="Langue"
            value={values.langue}
            error={mistakes.langue}
            maxlength={40}
            required={false}
          />
          <TextField
            name="cloture"
            label="Fin des réservations, avant le début"
            hint="en heures ; vide : au début"
            inputmode="numeric"
            width="short"
            value={values.cloture}
            error={mistakes.cloture}
            required={false}
          />
          <fieldset class="field choices">
            <legend>Accessibilité</legend>
            <div class="options">
              {Object.entries(accessWords).map(([value, label]) => (
                <CheckboxField key={value} name="acces" value={value} label={label} checked={access.includes(value)} />
              ))}
            </div>
          </fieldset>
          <TextAreaField
            name="rendezvous"
            label="Comment les personnes sont accueillies"
            rows={2}
            value={values.rendezvous}
            error={mistakes.rendezvous}
            maxlength={600}
            required={false}
          />
          <CheckboxField
            name="accompagnants"
            label="Les accompagnants sont bienvenus"
            checked={values.key === undefined ? values.accompagnants !== "" : values.accompagnants === "1"}
          />
        </div>
        <AudienceFields choices={choices} values={values} mistakes={mistakes} ticked={types} />
      </details>
      <div class="submit">
        <button type="submit">Publier</button>
      </div>
    </form>
  );
}
