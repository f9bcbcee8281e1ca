// Members of the association, kept by hand.
import { sql } from "kysely";
import { DateField, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { type MemberKind, memberKindWords } from "../words.ts";
import type { Kept } from "./kept.tsx";
import { CorrectedMember, NewMember } from "./shapes.ts";

const kindOptions = Object.entries(memberKindWords).map(([value, label]) => ({ value, label }));

export const keptMembers: Kept<typeof NewMember, typeof CorrectedMember> = {
  path: "/gouvernance/membres",
  fresh: "nouveau",
  param: "member",
  kind: "member",
  list: { href: "/gouvernance/membres", label: "Membres de l’association" },
  words: {
    add: "Ajouter un membre",
    gone: "Ce membre",
    added: "Le membre est ajouté.",
    corrected: "Le membre est corrigé.",
    removed: "Le membre est retiré.",
  },
  New: NewMember,
  Corrected: CorrectedMember,
  start: (tx) => ({ nature: "organisation", debut: shortDay(tx.today) }),
  fields(values, mistakes) {
    const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
    return (
      <div class="fields">
        <RadioField {...field("nature")} label="Nature" options={kindOptions} />
        <TextField {...field("nom")} label="Nom" />
        <TextField {...field("college")} label="Collège" required={false} />
        <DateField {...field("debut")} label="Depuis" />
        <DateField {...field("fin")} label="Jusqu’au" required={false} />
      </div>
    );
  },
  show: (values) => (
    <Facts
      facts={[
        { label: "Nature", value: memberKindWords[values.nature as MemberKind] },
        { label: "Collège", value: values.college || null },
        { label: "Depuis", value: values.debut },
        { label: "Jusqu’au", value: values.fin || "en cours" },
      ]}
    />
  ),
  async find(tx, id) {
    const { rows } = await sql<{
      version: number;
      nature: MemberKind;
      nom: string;
      college: string;
      debut: string;
      fin: string | null;
    }>`SELECT version, kind AS nature, name AS nom, college, from_day AS debut, to_day AS fin FROM board.members WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(
      tx.on(),
    );
    const [row] = rows;
    if (!row) return null;
    const { version, debut, fin, ...texts } = row;
    return {
      id,
      version,
      title: row.nom,
      values: { ...texts, debut: shortDay(debut), fin: fin ? shortDay(fin) : "" },
    };
  },
  async add(tx, { key, ...wish }) {
    const { rows } = await sql`
      INSERT INTO board.members (house_id, id, kind, name, college, from_day, to_day)
      VALUES (${tx.scope.house}, ${key}, ${wish.nature}, ${wish.nom}, ${wish.college}, ${wish.debut}, ${wish.fin}) ON CONFLICT DO NOTHING RETURNING id`.execute(
      tx.on(),
    );
    return rows.length > 0;
  },
  async correct(tx, id, { version, ...wish }) {
    const { rows } = await sql`
      UPDATE board.members SET kind = ${wish.nature}, name = ${wish.nom}, college = ${wish.college}, from_day = ${wish.debut}, to_day = ${wish.fin}, version = version + 1
       WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
    return rows.length > 0;
  },
  async remove(tx, id) {
    await sql`DELETE FROM board.members WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
  },
};
