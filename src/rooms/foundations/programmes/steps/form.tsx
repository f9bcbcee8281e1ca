// The form of a step: the same fields to note and to correct it, those of its kind only.
import { CheckboxField, DateField, RadioField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Step } from "./reads.ts";
import { objectives, objectiveWords, type StepKind, stepKindWords, stepResults, stepResultWords } from "./words.ts";

export type Values = Readonly<Record<string, string>>;

/** What the fields may offer: contracts of the day, immersions that may be renewed. */
export type Offered = {
  contracts: readonly { value: string; label: string }[];
  renewable: readonly { value: string; label: string }[];
};

const yesNo = (value: boolean | null): string => (value === null ? "" : value ? "oui" : "non");

/** What the form says of a step that is there. */
export const valuesOf = (step: Step): Values => ({
  debut: shortDay(step.startsOn),
  fin_prevue: step.plannedEndOn ? shortDay(step.plannedEndOn) : "",
  fin: step.endedOn ? shortDay(step.endedOn) : "",
  hote: step.structureName ?? step.host ?? "",
  objectif: step.objective ?? "",
  jours: step.days === null ? "" : String(step.days),
  renouvelle: step.renews ?? "",
  contrat: step.contractType ?? "",
  heures_semaine: step.weeklyHours === null ? "" : String(step.weeklyHours).replace(".", ","),
  essai: step.trialEndOn ? shortDay(step.trialEndOn) : "",
  intitule: step.title ?? "",
  heures: step.hours === null ? "" : String(step.hours),
  qualifiante: yesNo(step.qualifying),
  resultat: step.result ?? "",
  note: step.note ?? "",
});

/** What the law says, and the box that passes over it. `print` tells these sentences from others. */
export const Warnings = ({ warnings, print }: { warnings: readonly string[]; print: string }) =>
  warnings.length === 0 ? null : (
    <div class="notice notice-warn" role="alert">
      <p>
        <strong>À vérifier avant d’enregistrer</strong>
      </p>
      <ul>
        {warnings.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <CheckboxField name="confirme" value={print} label="Je confirme : j’ai lu, et j’enregistre quand même" />
    </div>
  );

export function StepFields({
  kind,
  values,
  mistakes,
  offered,
}: {
  kind: StepKind;
  values: Values;
  mistakes: Values;
  offered: Offered;
}) {
  const words = stepKindWords[kind];
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return (
    <>
      {words.title ? (
        <TextField {...field("intitule")} label={words.title} required={kind !== "contract"} maxlength={200} />
      ) : null}
      <TextField
        {...field("hote")}
        label={words.where}
        hint="Le nom, ou le SIRET d’une structure de la maison : elle est alors reliée."
        required={kind === "immersion" || kind === "contract"}
        maxlength={200}
      />
      <div class="fields">
        <DateField {...field("debut")} label={kind === "exam" ? "Jour de l’examen" : "Début"} required />
        {kind === "exam" ? null : (
          <>
            <DateField {...field("fin_prevue")} label="Fin prévue" required={kind === "immersion"} />
            <DateField {...field("fin")} label="Fin réelle" required={false} />
          </>
        )}
        {kind === "contract" ? <DateField {...field("essai")} label="Fin de l’essai" required={false} /> : null}
      </div>
      {kind === "immersion" ? (
        <>
          <SelectField
            {...field("objectif")}
            label="Objet"
            empty=""
            options={objectives.map((one) => ({ value: one, label: objectiveWords[one] }))}
          />
          <div class="fields">
            <TextField
              {...field("jours")}
              label="Jours de présence"
              required={false}
              width="short"
              inputmode="numeric"
              maxlength={3}
            />
            {offered.renewable.length > 0 ? (
              <SelectField
                {...field("renouvelle")}
                label="Renouvelle"
                required={false}
                empty="aucune : c’est une première convention"
                options={offered.renewable}
              />
            ) : null}
          </div>
        </>
      ) : null}
      {kind === "contract" ? (
        <div class="fields">
          <SelectField {...field("contrat")} label="Contrat" empty="" options={offered.contracts} />
          <TextField
            {...field("heures_semaine")}
            label="Heures par semaine"
            required={false}
            width="short"
            inputmode="numeric"
            maxlength={4}
          />
        </div>
      ) : null}
      {kind === "training" ? (
        <>
          <TextField
            {...field("heures")}
            label="Durée en heures"
            required={false}
            width="short"
            inputmode="numeric"
            maxlength={5}
          />
          <RadioField
            {...field("qualifiante")}
            label="Elle est qualifiante"
            inline
            options={[
              { value: "oui", label: "oui" },
              { value: "non", label: "non" },
            ]}
          />
        </>
      ) : null}
      {kind === "exam" || kind === "vae" || kind === "training" ? (
        <SelectField
          {...field("resultat")}
          label={kind === "vae" ? "Décision du jury" : "Issue"}
          required={false}
          empty="pas encore connue"
          options={stepResults.map((one) => ({ value: one, label: stepResultWords[one] }))}
        />
      ) : null}
      <TextAreaField {...field("note")} label="Note" required={false} rows={2} maxlength={1000} />
    </>
  );
}
