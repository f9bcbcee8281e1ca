// The forms of one structure's seasons.
import { DateField, type Option, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { euros } from "../fields.tsx";
import type { MembershipRow } from "./reads.ts";
import { seasonOf } from "./rules.ts";
import { seasonOptions, sideOptions } from "./shapes.ts";
import { duesWords } from "./words.ts";

type Told = { values: Readonly<Record<string, string>>; mistakes: Readonly<Record<string, string>> };
type Conventions = readonly { id: string; title: string }[];
const optionsOf = (conventions: Conventions): Option[] =>
  conventions.map(({ id, title }) => ({ value: id, label: title }));

export function OpenForm({
  base,
  newId,
  today,
  conventions,
  values,
  mistakes,
}: Told & { base: string; newId: string; today: string; conventions: Conventions }) {
  return (
    <form method="post" action={base}>
      <input type="hidden" name="key" value={values.key || newId} />
      <div class="fields">
        <SelectField
          name="saison"
          label="Saison"
          value={values.saison ?? String(seasonOf(today))}
          options={seasonOptions(today)}
          error={mistakes.saison}
        />
        <SelectField
          name="cote"
          label="Côté"
          empty="choisir"
          value={values.cote}
          options={sideOptions}
          error={mistakes.cote}
        />
        <SelectField
          name="convention"
          label="Convention"
          empty="aucune pour le moment"
          value={values.convention}
          options={optionsOf(conventions)}
          error={mistakes.convention}
          required={false}
        />
        <TextField
          name="montant"
          label="Cotisation, en euros"
          hint="Vide : celle de la règle de la saison"
          inputmode="numeric"
          width="short"
          value={values.montant}
          error={mistakes.montant}
          required={false}
        />
      </div>
      <button type="submit">Inscrire</button>
    </form>
  );
}

export function ChangeForm({
  row,
  base,
  conventions,
  values,
  mistakes,
}: Told & { row: MembershipRow; base: string; conventions: Conventions }) {
  return (
    <form method="post" action={`${base}/${row.id}`}>
      <input type="hidden" name="version" value={values.version ?? String(row.version)} />
      <div class="fields">
        <SelectField
          id={`convention-${row.id}`}
          name="convention"
          label="Convention"
          empty="aucune"
          value={values.convention ?? (row.convention_stands ? (row.convention_id ?? "") : "")}
          options={optionsOf(conventions)}
          error={mistakes.convention}
          required={false}
        />
        <TextField
          id={`montant-${row.id}`}
          name="montant"
          label="Cotisation, en euros"
          inputmode="numeric"
          width="short"
          value={values.montant ?? euros(row.dues_cents)}
          error={mistakes.montant}
        />
        <RadioField
          id={`etat-${row.id}`}
          name="etat"
          label="Elle est"
          value={values.etat ?? row.dues}
          options={Object.entries(duesWords).map(([value, label]) => ({ value, label }))}
          error={mistakes.etat}
        />
        <DateField
          id={`le-${row.id}`}
          name="le"
          label="Le"
          hint="jj/mm/aaaa ; vide : aujourd’hui"
          value={values.le ?? (row.settled_on ? shortDay(row.settled_on) : "")}
          error={mistakes.le}
          required={false}
        />
        <TextField
          id={`motif-${row.id}`}
          name="motif"
          label="Pourquoi elle est dispensée"
          value={values.motif ?? row.waived_why ?? ""}
          error={mistakes.motif}
          required={false}
        />
      </div>
      <button type="submit">Enregistrer</button>
    </form>
  );
}

export function EndForm({
  row,
  base,
  today,
  values,
  mistakes,
}: Told & { row: MembershipRow; base: string; today: string }) {
  return (
    <form method="post" action={`${base}/${row.id}/fin`}>
      <input type="hidden" name="version" value={values.version ?? String(row.version)} />
      <div class="fields">
        <DateField
          id={`jour-${row.id}`}
          name="jour"
          label={row.ended_on ? "À partir du" : "Premier jour sans elle"}
          value={values.jour ?? shortDay(today)}
          error={mistakes.jour}
        />
        <TextField
          id={`raison-${row.id}`}
          name="raison"
          label="Pourquoi"
          value={values.raison}
          error={mistakes.raison}
          required
        />
      </div>
      <button type="submit" class="second">
        {row.ended_on ? "Reprendre" : "Mettre fin"}
      </button>
    </form>
  );
}
