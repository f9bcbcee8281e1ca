// To whom an outing is proposed: everybody, a territory, communes, kinds of structures, structures by their names. Several kinds of rule
// narrow together, as the booking does (`bookings/rules.ts`).
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { optionalUuid } from "../../../../core/http/fields.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { CheckboxField, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { structuresNamed, structuresNear } from "../../../foundations/partners/door.ts";
import { nearWords } from "../naming.ts";
import { communesOf } from "./shapes.ts";

export type Audience = { communes: readonly string[]; types: readonly string[]; structures: readonly string[] };
type Choice = { id: string; name: string };
export type AudienceChoices = { territories: readonly Choice[]; types: readonly Choice[] };

export const audienceShape = {
  territoire: optionalUuid,
  communes: z.string().max(500, "Au plus 500 signes.").default("").transform(oneLine),
  structures: z.string().max(4000, "Au plus 4 000 signes.").default(""),
};
type Typed = z.infer<z.ZodObject<typeof audienceShape>>;

export async function audienceChoices(tx: Tx): Promise<AudienceChoices> {
  const { house } = tx.scope;
  const territories =
    await sql<Choice>`SELECT id, name FROM culture.territories WHERE house_id = ${house} ORDER BY name`.execute(
      tx.on(),
    );
  // Kinds that nobody who books bears (donors, firms) would propose an outing to no one.
  const types = await sql<Choice>`
    SELECT y.id, y.label AS name FROM partners.terms y WHERE y.house_id = ${house} AND y.kind = 'type' AND (y.to_day IS NULL OR y.to_day >= ${tx.today})
       AND EXISTS (SELECT 1 FROM partners.structures s WHERE s.house_id = y.house_id AND s.type_id = y.id AND s.merged_into IS NULL
         AND (EXISTS (SELECT 1 FROM culture.bookings b WHERE b.house_id = s.house_id AND b.structure_id = s.id)
           OR EXISTS (SELECT 1 FROM partners.roles r JOIN partners.terms t ON t.house_id = r.house_id AND t.id = r.term_id
                       WHERE r.house_id = s.house_id AND r.structure_id = s.id AND t.comparable = core.normalise('coopérateur social') AND (r.to_day IS NULL OR r.to_day >= ${tx.today})
                         AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = r.house_id AND w.row_id = r.id))))
     ORDER BY y.label`.execute(tx.on());
  return { territories: territories.rows, types: types.rows };
}

/** What the form says, found among the records of the house; or the field that is wrong. `suggest`: near names may be told, to the team alone. */
export async function readAudience(
  tx: Tx,
  form: Typed,
  ticked: readonly string[],
  suggest: boolean,
): Promise<{ audience: Audience } | { wrong: Record<string, string> }> {
  const { territories, types } = await audienceChoices(tx);
  if (form.territoire && !territories.some(({ id }) => id === form.territoire))
    return { wrong: { territoire: "Ce territoire n’existe plus : choisissez dans la liste." } };
  const { rows } = await sql<{ communes: string[] }>`
    SELECT communes FROM culture.territories WHERE house_id = ${tx.scope.house} AND id = ${form.territoire}::uuid`.execute(
    tx.on(),
  );
  const structures: string[] = [];
  for (const name of form.structures.split(/\n|;/).map(oneLine).filter(Boolean)) {
    const found = await structuresNamed(tx, name);
    const [one] = found;
    if (!one || found.length > 1)
      return {
        wrong: {
          structures: one
            ? `Plusieurs structures portent le nom « ${name.slice(0, 60)} » : donnez son numéro SIRET.`
            : `Aucune structure ne porte le nom « ${name.slice(0, 60)} »${suggest ? `\u00a0: ${nearWords(await structuresNear(tx, name))}` : ". Écrivez-le exactement."}`,
        },
      };
    structures.push(one.id);
  }
  return {
    audience: {
      communes: [...new Set([...(rows[0]?.communes ?? []), ...communesOf(form.communes)])],
      types: ticked.filter((one) => types.some(({ id }) => id === one)),
      structures: [...new Set(structures)],
    },
  };
}

export const AudienceFields = ({
  choices,
  values,
  mistakes,
  ticked,
}: {
  choices: AudienceChoices;
  values: Readonly<Record<string, string>>;
  mistakes: Readonly<Record<string, string>>;
  ticked: readonly string[];
}) => (
  <fieldset class="field">
    <legend>À qui c’est proposé</legend>
    <p class="hint">Rien : à toutes les structures sociales.</p>
    {choices.territories.length > 0 ? (
      <SelectField
        name="territoire"
        label="Celles d’un territoire"
        value={values.territoire ?? ""}
        options={[
          { value: "", label: "tous" },
          ...choices.territories.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        error={mistakes.territoire}
      />
    ) : null}
    <TextField
      name="communes"
      label="Celles de ces communes"
      hint="« Lyon, Vaulx-en-Velin »"
      required={false}
      maxlength={500}
      value={values.communes}
      error={mistakes.communes}
    />
    {choices.types.length > 0 ? (
      <fieldset class="field choices">
        <legend>Celles de ces types</legend>
        <div class="options">
          {choices.types.map(({ id, name }) => (
            <CheckboxField key={id} name="types" value={id} label={name} checked={ticked.includes(id)} />
          ))}
        </div>
      </fieldset>
    ) : null}
    <TextAreaField
      name="structures"
      label="Ces structures seulement"
      hint="leur nom, une par ligne"
      rows={2}
      required={false}
      maxlength={4000}
      value={values.structures}
      error={mistakes.structures}
    />
  </fieldset>
);
