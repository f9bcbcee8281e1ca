// On the page of an enrolment: its own fields, the correction of its entry, its reopening or withdrawal.
import { DateField, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { OwnFields, ownValues } from "./field-form.tsx";
import type { Enrolment } from "./reads.ts";
import { mistakes, type SheetForm, typed, Version } from "./sheet-form.tsx";

/** Everything that changes an enrolment already entered. */
export const Corrections = ({
  form,
  enrolment,
  fields,
  values,
  sites,
}: {
  form: SheetForm;
  enrolment: Enrolment;
  fields: Parameters<typeof OwnFields>[0]["fields"];
  values: Parameters<typeof ownValues>[0];
  sites: readonly { id: string; name: string }[];
}) => (
  <section class="no-print">
    <h2>Modifier</h2>
    {fields.length > 0 ? (
      <details open={form.refused?.act === "champs"}>
        <summary>{plural(fields.length, "champ propre", "champs propres")} à ce dispositif</summary>
        <form method="post" action={`${form.here}/champs`}>
          <Version form={form} />
          <OwnFields
            fields={fields}
            values={form.refused?.act === "champs" ? form.refused.values : ownValues(values, fields)}
            mistakes={mistakes(form, "champs")}
          />
          <button type="submit">Enregistrer</button>
        </form>
      </details>
    ) : null}
    <details open={form.refused?.act === "correction"}>
      <summary>Corriger l’entrée</summary>
      <form method="post" action={`${form.here}/correction`}>
        <Version form={form} />
        <div class="fields">
          <DateField
            id="correction-jour"
            name="jour"
            label="Jour d’entrée"
            value={typed(form, "correction").jour ?? shortDay(enrolment.entryOn)}
            error={mistakes(form, "correction").jour}
          />
          <SelectField
            id="correction-antenne"
            name="antenne"
            label="Lieu"
            value={typed(form, "correction").antenne ?? enrolment.site ?? ""}
            empty=""
            required={false}
            options={sites.map((site) => ({ value: site.id, label: site.name }))}
          />
        </div>
        <RadioField
          name="accompagne"
          label="Cette personne est"
          value={typed(form, "correction").accompagne ?? (enrolment.followed ? "oui" : "non")}
          inline
          options={[
            { value: "oui", label: "accompagnée" },
            { value: "non", label: "seulement reçue" },
          ]}
        />
        <TextField
          id="correction-raison"
          name="raison"
          label="Pourquoi"
          value={typed(form, "correction").raison}
          error={mistakes(form, "correction").raison}
          maxlength={300}
        />
        <button type="submit">Corriger</button>
      </form>
    </details>
    <Reason
      act={enrolment.exitOn ? "reouverture" : "retrait"}
      here={form.here}
      version={enrolment.version}
      exited={enrolment.exitOn !== null}
      open={form.refused?.act === "reouverture" || form.refused?.act === "retrait"}
      mistakes={form.refused?.mistakes ?? {}}
    />
  </section>
);

const Reason = ({
  act,
  here,
  version,
  exited,
  open,
  mistakes,
}: {
  act: string;
  here: string;
  version: number;
  exited: boolean;
  open: boolean;
  mistakes: Readonly<Record<string, string>>;
}) => (
  <details open={open}>
    <summary>{exited ? "Rouvrir ce parcours" : "Retirer ce parcours, noté par erreur"}</summary>
    <form method="post" action={`${here}/${act}`}>
      <input type="hidden" name="version" value={String(version)} />
      <p>
        {exited
          ? "La sortie est effacée ; ce qu’elle disait reste gardé."
          : "Il reste lisible et ne compte plus ; il peut être remis."}
      </p>
      <div class="field">
        <label for={`raison-${act}`}>Pourquoi</label>
        {open && mistakes.raison ? <p class="mistake">{mistakes.raison}</p> : null}
        <input id={`raison-${act}`} name="raison" type="text" maxLength={300} />
      </div>
      <button type="submit" class={exited ? "second" : "danger"}>
        {exited ? "Rouvrir" : "Retirer"}
      </button>
    </form>
  </details>
);
