// The form by which an outing that was published is corrected, the same for the team and for its venue.
import { CheckboxField, ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { accessWords } from "../words.ts";
import { correctionValues, correctionWords, saidIn } from "./correction.ts";
import { ToldFields } from "./form.tsx";
import { momentOf } from "./list.tsx";
import type { DateLine } from "./reads.ts";

type Values = Readonly<Record<string, string>>;

/** What stands now beside what was typed, for the fields that differ. */
const Both = ({ date, typed }: { date: DateLine; typed: Values }) => {
  const now = correctionValues(date);
  const rows = Object.entries(correctionWords)
    .map(([name, label]) => ({ id: name, label, now: now[name as keyof typeof now], typed: typed[name] ?? "" }))
    .filter((row) => row.now !== row.typed);
  return (
    <DataTable
      caption="Ce qui diffère"
      rows={rows}
      rowKey={(row) => row.id}
      empty={<p>Ce que vous aviez écrit est ce qui est publié maintenant.</p>}
      columns={[
        { key: "what", label: "Quoi", header: true, render: (row) => row.label },
        { key: "now", label: "Publié maintenant", render: (row) => saidIn(row.id, row.now) },
        { key: "typed", label: "Ce que vous aviez écrit", render: (row) => saidIn(row.id, row.typed) },
      ]}
    />
  );
};

export const CorrectionPage = ({
  date,
  action,
  back,
  values,
  mistakes,
  stale,
  newId,
}: {
  date: DateLine;
  action: string;
  back: string;
  /** What was typed; null: what stands. */
  values: Values | null;
  mistakes: Values;
  /** The offer changed since the form was opened. */
  stale: boolean;
  newId: string;
}) => {
  const shown: Values = values ?? correctionValues(date);
  const field = (name: keyof typeof correctionWords) => ({
    name,
    label: correctionWords[name],
    value: shown[name],
    error: mistakes[name],
    required: false,
  });
  const access = (shown.acces ?? "").split(",");
  return (
    <>
      <Heading title="Corriger la sortie">
        {date.title}, {momentOf(date)}. L’heure est celle de cette date ; le reste vaut pour toutes les dates de la
        sortie. Les structures et les personnes qui ont une place sont prévenues si le titre, l’heure ou la salle
        change.
      </Heading>
      <ErrorSummary fields={mistakes} />
      {stale && values ? <Both date={date} typed={values} /> : null}
      <form method="post" action={action}>
        <input type="hidden" name="key" value={values?.key || newId} />
        <input type="hidden" name="version" value={String(date.offerVersion)} />
        <div class="fields">
          <TextField {...field("titre")} required />
          <TextField {...field("heure")} hint="20:30" width="short" />
          <TextField {...field("genre")} width="medium" maxlength={60} />
          <TextField {...field("lieu")} />
        </div>
        <ToldFields values={shown} mistakes={mistakes} />
        <TextAreaField {...field("accueil")} rows={2} maxlength={600} />
        <div class="fields">
          <TextField {...field("age_de")} inputmode="numeric" width="short" />
          <TextField {...field("age_a")} inputmode="numeric" width="short" />
          <TextField {...field("langue")} width="medium" maxlength={60} />
          <TextField {...field("duree")} inputmode="numeric" width="short" />
          <TextField {...field("max")} inputmode="numeric" width="short" required />
        </div>
        <fieldset class="field choices">
          <legend>{correctionWords.acces}</legend>
          <div class="options">
            {Object.entries(accessWords).map(([value, label]) => (
              <CheckboxField key={value} name="acces" value={value} label={label} checked={access.includes(value)} />
            ))}
          </div>
        </fieldset>
        <CheckboxField
          name="accompagnants"
          label="Les accompagnants sont bienvenus"
          checked={shown.accompagnants === "1"}
        />
        <div class="submit">
          <button type="submit">Enregistrer</button>
          <a href={back}>Ne rien changer</a>
        </div>
      </form>
    </>
  );
};
