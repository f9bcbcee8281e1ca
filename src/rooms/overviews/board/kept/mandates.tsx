// Mandates, kept by hand.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import { CheckboxField, DateField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Kept, KeptRecord } from "./kept.tsx";
import { CorrectedMandate, type MandateForm, NewMandate } from "./shapes.ts";

const sexOptions = [
  { value: "F", label: "femme" },
  { value: "M", label: "homme" },
  { value: "X", label: "autre" },
];

async function find(tx: Tx, id: string): Promise<KeptRecord | null> {
  const { rows } = await sql<{
    version: number;
    nom: string;
    prenom: string;
    sexe: string;
    college: string;
    structure: string;
    fonction: string;
    bureau: boolean;
    debut: string | null;
    fin: string | null;
  }>`
    SELECT version, family_name AS nom, given_name AS prenom, coalesce(sex, '') AS sexe, college, structure, function AS fonction, bureau, from_day AS debut, to_day AS fin
      FROM board.mandates WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
  const [row] = rows;
  if (!row) return null;
  const { version, bureau, debut, fin, ...texts } = row;
  return {
    id,
    version,
    title: [row.prenom, row.nom].filter(Boolean).join(" "),
    values: {
      ...texts,
      bureau: bureau ? "oui" : "",
      debut: debut ? shortDay(debut) : "",
      fin: fin ? shortDay(fin) : "",
    },
  };
}

const columns = (wish: MandateForm) =>
  sql`family_name = ${wish.nom}, given_name = ${wish.prenom}, sex = ${wish.sexe || null}, college = ${wish.college}, structure = ${wish.structure},
      function = ${wish.fonction}, bureau = ${wish.bureau === "oui"}, from_day = ${wish.debut}, to_day = ${wish.fin}`;

export const keptMandates: Kept<typeof NewMandate, typeof CorrectedMandate> = {
  path: "/gouvernance/mandats",
  fresh: "nouveau",
  param: "mandate",
  kind: "mandate",
  list: { href: "/gouvernance", label: "Administrateurs" },
  words: {
    add: "Ajouter un mandat",
    gone: "Ce mandat",
    added: "Le mandat est ajouté.",
    corrected: "Le mandat est corrigé.",
    removed: "Le mandat est retiré.",
  },
  New: NewMandate,
  Corrected: CorrectedMandate,
  start: (tx) => ({ debut: shortDay(tx.today) }),
  fields(values, mistakes) {
    const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
    return (
      <div class="fields">
        <TextField {...field("nom")} label="Nom" maxlength={120} />
        <TextField {...field("prenom")} label="Prénom" maxlength={120} required={false} />
        <SelectField {...field("sexe")} label="Sexe" options={sexOptions} empty="non précisé" required={false} />
        <TextField {...field("college")} label="Collège" />
        <TextField {...field("structure")} label="Structure représentée" required={false} />
        <TextField
          {...field("fonction")}
          label="Fonction"
          hint="présidente, trésorier…"
          maxlength={120}
          required={false}
        />
        <CheckboxField name="bureau" value="oui" label="Membre du bureau" checked={values.bureau === "oui"} />
        <DateField {...field("debut")} label="Depuis" required={false} />
        <DateField {...field("fin")} label="Jusqu’au" required={false} />
      </div>
    );
  },
  show: (values) => (
    <Facts
      facts={[
        { label: "Collège", value: values.college },
        { label: "Structure", value: values.structure || null },
        { label: "Fonction", value: values.fonction || null },
        { label: "Bureau", value: values.bureau === "oui" ? "oui" : "non" },
        { label: "Depuis", value: values.debut || null },
        { label: "Jusqu’au", value: values.fin || "en cours" },
      ]}
    />
  ),
  find,
  async add(tx, { key, ...wish }) {
    const { rows } = await sql`
      INSERT INTO board.mandates (house_id, id, family_name, given_name, sex, college, structure, function, bureau, from_day, to_day)
      VALUES (${tx.scope.house}, ${key}, ${wish.nom}, ${wish.prenom}, ${wish.sexe || null}, ${wish.college}, ${wish.structure}, ${wish.fonction}, ${wish.bureau === "oui"}, ${wish.debut}, ${wish.fin})
      ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
    return rows.length > 0;
  },
  async correct(tx, id, { version, ...wish }) {
    const { rows } = await sql`
      UPDATE board.mandates SET ${columns(wish)}, version = version + 1 WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(
      tx.on(),
    );
    return rows.length > 0;
  },
  async remove(tx, id) {
    await sql`DELETE FROM board.mandates WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
  },
};
