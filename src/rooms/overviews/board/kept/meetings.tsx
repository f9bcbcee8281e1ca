// Meetings of the house's bodies, kept by hand: who was there, whether the quorum was, and what was decided.
import { sql } from "kysely";
import { DateField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Kept } from "./kept.tsx";
import { CorrectedMeeting, NewMeeting } from "./shapes.ts";

const told = (count: number | null): string => (count === null ? "" : String(count));

/** "12 présents ou représentés pour un quorum de 10 : atteint"; null where it was not noted. */
function quorumSaid({ presents, representes, quorum }: Readonly<Record<string, string>>): string | null {
  if (!presents || !quorum) return null;
  const there = Number(presents) + Number(representes || 0);
  return `${there} présents ou représentés pour un quorum de ${quorum}\u00a0: ${there >= Number(quorum) ? "atteint" : "pas atteint"}`;
}

export const keptMeetings: Kept<typeof NewMeeting, typeof CorrectedMeeting> = {
  path: "/gouvernance/reunions",
  fresh: "nouvelle",
  param: "meeting",
  kind: "board-meeting",
  list: { href: "/gouvernance/reunions", label: "Réunions des instances" },
  words: {
    add: "Ajouter une réunion",
    gone: "Cette réunion",
    added: "La réunion est ajoutée.",
    corrected: "La réunion est corrigée.",
    removed: "La réunion est retirée.",
  },
  New: NewMeeting,
  Corrected: CorrectedMeeting,
  start: (tx) => ({ date: shortDay(tx.today) }),
  fields(values, mistakes) {
    const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
    const count = (name: string) => ({ ...field(name), width: "short" as const, inputmode: "numeric" as const });
    return (
      <div class="fields">
        <DateField {...field("date")} label="Jour" />
        <TextField {...field("instance")} label="Instance" hint="conseil d’administration, assemblée générale…" />
        <TextField {...field("objet")} label="Objet" maxlength={300} required={false} />
        <TextField {...count("convoques")} label="Convoqués" required={false} />
        <TextField {...count("presents")} label="Présents" required={false} />
        <TextField {...count("representes")} label="Représentés" required={false} />
        <TextField
          {...count("quorum")}
          label="Quorum"
          hint="Combien de présents ou représentés les statuts demandent"
          required={false}
        />
        <TextAreaField {...field("decisions")} label="Décisions" hint="Une par ligne" required={false} />
      </div>
    );
  },
  show: (values) => (
    <>
      <Facts
        facts={[
          { label: "Objet", value: values.objet || null },
          { label: "Convoqués", value: values.convoques || null },
          { label: "Présents", value: values.presents || null },
          { label: "Représentés", value: values.representes || null },
          { label: "Quorum", value: quorumSaid(values) },
        ]}
      />
      {values.decisions ? (
        <>
          <h2>Décisions</h2>
          <ol>
            {values.decisions.split("\n").map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ol>
        </>
      ) : null}
    </>
  ),
  async find(tx, id) {
    const { rows } = await sql<{
      version: number;
      date: string;
      instance: string;
      objet: string;
      convoques: number | null;
      presents: number | null;
      representes: number | null;
      quorum: number | null;
      decisions: string;
    }>`SELECT version, on_day AS date, body AS instance, subject AS objet, called AS convoques, present AS presents, represented AS representes, quorum, decisions
         FROM board.meetings WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
    const [row] = rows;
    if (!row) return null;
    return {
      id,
      version: row.version,
      title: `${row.instance.slice(0, 1).toUpperCase()}${row.instance.slice(1)}, ${shortDay(row.date)}`,
      values: {
        date: shortDay(row.date),
        instance: row.instance,
        objet: row.objet,
        convoques: told(row.convoques),
        presents: told(row.presents),
        representes: told(row.representes),
        quorum: told(row.quorum),
        decisions: row.decisions,
      },
    };
  },
  async add(tx, { key, ...wish }) {
    const { rows } = await sql`
      INSERT INTO board.meetings (house_id, id, on_day, body, subject, called, present, represented, quorum, decisions)
      VALUES (${tx.scope.house}, ${key}, ${wish.date}, ${wish.instance}, ${wish.objet}, ${wish.convoques}, ${wish.presents}, ${wish.representes}, ${wish.quorum}, ${wish.decisions})
      ON CONFLICT DO NOTHING RETURNING id`.execute(tx.on());
    return rows.length > 0;
  },
  async correct(tx, id, { version, ...wish }) {
    const { rows } = await sql`
      UPDATE board.meetings SET on_day = ${wish.date}, body = ${wish.instance}, subject = ${wish.objet}, called = ${wish.convoques}, present = ${wish.presents},
             represented = ${wish.representes}, quorum = ${wish.quorum}, decisions = ${wish.decisions}, version = version + 1
       WHERE house_id = ${tx.scope.house} AND id = ${id} AND version = ${version} RETURNING id`.execute(tx.on());
    return rows.length > 0;
  },
  async remove(tx, id) {
    await sql`DELETE FROM board.meetings WHERE house_id = ${tx.scope.house} AND id = ${id}`.execute(tx.on());
  },
};
