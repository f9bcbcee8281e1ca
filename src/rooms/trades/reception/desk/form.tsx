// The visit itself: reason, orientation, mode, with today's answers already there.
import { DateField, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { modeWords, termsOf } from "../../../foundations/agenda/door.ts";
import type { DeskFacts } from "./facts.ts";

/** Who it was, by a name typed freely: what a desk without a line noted, and what the house sends back to be mended. */
export const FreeName = ({
  values,
  mistakes,
}: {
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
}) => (
  <>
    <TextField
      name="nom"
      label="Nom et prénom"
      hint="vide : quelqu’un qui ne donne pas de nom"
      maxlength={160}
      value={values?.nom}
      error={mistakes?.nom}
    />
    <DateField
      name="naissance"
      label="Date de naissance"
      required={false}
      value={values?.naissance}
      error={mistakes?.naissance}
    />
  </>
);

export type VisitValues = {
  motif?: string | undefined;
  orientation?: string | undefined;
  mode?: string | undefined;
  jour?: string | undefined;
  heure?: string | undefined;
};

export function VisitFields({
  desk,
  values = {},
  mistakes = {},
  timed = true,
}: {
  desk: DeskFacts;
  values?: VisitValues;
  mistakes?: Readonly<Record<string, string>>;
  /** False: the moment is the one of the key pressed. */
  timed?: boolean;
}) {
  const reasons = termsOf(desk.terms, "reason");
  const orientations = termsOf(desk.terms, "orientation");
  return (
    <>
      <input type="hidden" name="lieu" value={desk.site.id} />
      <RadioField
        name="motif"
        label="Motif"
        inline
        value={values.motif ?? reasons[0]?.id}
        error={mistakes.motif}
        options={reasons.map((term, at) => ({
          value: term.id,
          label: term.label,
          ...(at < 9 ? { key: String(at + 1) } : {}),
        }))}
      />
      <div class="fields">
        <SelectField
          name="orientation"
          label="Orientation"
          shortcut="o"
          empty="aucune"
          value={values.orientation}
          error={mistakes.orientation}
          options={orientations.map((term) => ({ value: term.id, label: term.label }))}
        />
        <SelectField
          name="mode"
          label="Mode"
          shortcut="m"
          value={values.mode ?? "in_person"}
          options={Object.entries(modeWords).map(([value, label]) => ({ value, label }))}
        />
      </div>
      {timed ? (
        <details open={Boolean(mistakes.jour || mistakes.heure)}>
          <summary>Autre moment que maintenant</summary>
          <div class="fields">
            <DateField
              name="jour"
              label="Jour"
              hint={`laissez vide pour aujourd’hui, ${shortDay(desk.today)}`}
              value={values.jour}
              error={mistakes.jour}
            />
            <TextField
              name="heure"
              label="Heure"
              hint={`laissez vide pour maintenant, ${desk.now}`}
              value={values.heure}
              error={mistakes.heure}
              width="short"
            />
          </div>
        </details>
      ) : null}
    </>
  );
}
