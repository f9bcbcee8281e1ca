// Several people are registered for a session at once: its places and its waiting list hold as for one.
import { sql } from "kysely";
import { rowset } from "../../../../core/db/rowset.ts";
import type { Tx } from "../../../../core/db/transaction.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { GroupAct } from "../../../../core/lists/acts.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { type Option, SelectField } from "../../../../ui/fields.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { retractReminders } from "../reminders/reminding.ts";
import { rights } from "../rights.ts";
import { sessionById } from "./reads.ts";
import { holdSession, letIn, register } from "./registering.ts";

const right = rights["session.register"];

/** Sessions to come to which the author may register, the next first, with their places. */
async function sessionChoices(tx: Tx): Promise<Option[]> {
  const { rows } = await sql<{
    id: string;
    site: string;
    day: string;
    title: string;
    capacity: number | null;
    taken: number;
  }>`
    SELECT s.id, s.site_id AS site, s.starts_on AS day, s.title, s.capacity,
           (SELECT count(*)::int FROM agenda.registrations r WHERE r.house_id = s.house_id AND r.session_id = s.id AND r.state = 'registered') AS taken
      FROM agenda.sessions s WHERE s.house_id = ${tx.scope.house} AND s.status = 'planned' AND s.starts_on >= ${tx.today} ORDER BY s.starts_on, s.starts_at, s.id LIMIT 300`.execute(
    tx.on(),
  );
  return rows
    .filter((one) => may(tx.scope, right, { site: one.site }))
    .map((one) => ({
      value: one.id,
      label: `${shortDay(one.day)}, ${one.title} (${one.capacity === null ? plural(one.taken, "inscrit", "inscrits") : `${one.taken} sur ${plural(one.capacity, "place", "places")}`})`,
    }));
}

type Before = { person_id: string; state: string; was: string };

export const inviteAct: GroupAct = {
  key: "seance",
  label: "Inscrire à une séance",
  right,
  fields: async (tx, typed, mistakes) => (
    <SelectField
      name="seance"
      id="acte-seance"
      label="Séance"
      empty=""
      hint="Les places et la liste d’attente comptent comme pour une personne seule, dans l’ordre de la liste."
      value={typed("seance")}
      error={mistakes.seance}
      options={await sessionChoices(tx)}
    />
  ),
  async run(tx, { id, chosen, typed }) {
    const house = tx.scope.house;
    const asked = typed("seance");
    const session = isUuid(asked) ? await sessionById(tx, asked) : null;
    if (!session || !may(tx.scope, right, { site: session.siteId }))
      return { ok: false, mistakes: { seance: "Choisissez une séance." } };
    // Held before it is looked at who is there: two acts at once register one after the other.
    await holdSession(tx, session.id);
    const persons = sql`${[...chosen.persons]}::uuid[]`;
    const { rows: there } = await sql<Before>`
      SELECT r.person_id, r.state, to_jsonb(r)::text AS was FROM agenda.registrations r WHERE r.house_id = ${house} AND r.session_id = ${session.id} AND r.person_id = ANY(${persons})`.execute(
      tx.on(),
    );
    const { rows: live } = await sql<{ id: string }>`
      SELECT id FROM people.persons WHERE house_id = ${house} AND id = ANY(${persons}) AND merged_into IS NULL AND anonymised_at IS NULL`.execute(
      tx.on(),
    );
    const lives = new Set(live.map((row) => row.id));
    const active = new Set(there.filter((row) => row.state !== "cancelled").map((row) => row.person_id));
    const wanted = chosen.persons.filter((person) => lives.has(person) && !active.has(person));
    const already = chosen.persons.filter((person) => active.has(person)).length;
    const alreadyWords = already > 0 ? ` ${plural(already, "personne y était déjà", "personnes y étaient déjà")}.` : "";
    const where = `«\u00a0${session.title}\u00a0» du ${shortDay(session.startsOn)}`;
    if (wanted.length === 0)
      return session.status === "planned"
        ? { ok: true, done: 0, said: `Personne de plus n’est inscrit à ${where}.${alreadyWords}` }
        : { ok: false, mistakes: { seance: "Cette séance n’est plus à venir." } };
    const done = await register(tx, { session: session.id, persons: wanted, key: id, together: false });
    if (!done.ok) return { ok: false, mistakes: { seance: done.sentence } };
    const before = new Map(there.map((row) => [row.person_id, row.was]));
    await sql`
      INSERT INTO agenda.group_registrations (house_id, act_id, session_id, person_id, asked_at, before)
      SELECT ${house}, ${id}, ${session.id}, x.person, r.asked_at, x.was
        FROM ${rowset(
          wanted.map((person) => ({ person, was: before.get(person) ?? null })),
          { person: "uuid", was: "jsonb" },
        )} JOIN agenda.registrations r ON r.house_id = ${house} AND r.session_id = ${session.id} AND r.person_id = x.person`.execute(
      tx.on(),
    );
    const waiting = done.waiting > 0 ? `, ${plural(done.waiting, "en attente", "en attente")}` : "";
    return {
      ok: true,
      done: wanted.length,
      said: `${plural(done.registered, "personne inscrite", "personnes inscrites")}${waiting}, à ${where}.${alreadyWords}`,
    };
  },
  undo: takeBackRegistrations,
};

/** Registrations that are still as the act made them go, or are given up as before; whoever waits enters. A session held since is left. */
async function takeBackRegistrations(tx: Tx, act: string): Promise<{ back: number; left: number }> {
  const house = tx.scope.house;
  const { rows } = await sql<{ session: string; person: string; askedAt: Date; was: boolean }>`
    SELECT session_id AS session, person_id AS person, asked_at AS "askedAt", before IS NOT NULL AS was FROM agenda.group_registrations
     WHERE house_id = ${house} AND act_id = ${act} ORDER BY person_id`.execute(tx.on());
  const [first] = rows;
  const session = first ? await holdSession(tx, first.session) : null;
  if (!session) return { back: 0, left: rows.length };
  if (session.status !== "planned") return { back: 0, left: rows.length };
  const same = sql`g.house_id = ${house} AND g.act_id = ${act} AND r.house_id = g.house_id AND r.session_id = g.session_id AND r.person_id = g.person_id AND r.asked_at = g.asked_at AND r.state <> 'cancelled'`;
  await sql`DELETE FROM agenda.registration_links l USING agenda.group_registrations g, agenda.registrations r
     WHERE ${same} AND g.before IS NULL AND l.house_id = g.house_id AND l.session_id = g.session_id AND l.person_id = g.person_id`.execute(
    tx.on(),
  );
  const { rows: gone } = await sql<{ person: string }>`
    DELETE FROM agenda.registrations r USING agenda.group_registrations g WHERE ${same} AND g.before IS NULL RETURNING r.person_id AS person`.execute(
    tx.on(),
  );
  const { rows: restored } = await sql<{ person: string }>`
    UPDATE agenda.registrations r SET group_id = b.group_id, turn = b.turn, state = b.state, by_link = b.by_link, asked_at = b.asked_at, asked_by = b.asked_by, entered_at = b.entered_at,
           cancelled_at = b.cancelled_at, cancelled_by = b.cancelled_by, reason = b.reason
      FROM agenda.group_registrations g CROSS JOIN LATERAL jsonb_populate_record(NULL::agenda.registrations, g.before) b WHERE ${same} AND g.before IS NOT NULL RETURNING r.person_id AS person`.execute(
    tx.on(),
  );
  const back = [...gone, ...restored];
  for (const { person } of back) await retractReminders(tx, session.id, person);
  await letIn(tx, session);
  return { back: back.length, left: rows.length - back.length };
}

/** What an act on several remembers of a person: moved by a merge, told, and gone when the person is forgotten. */
export const groupRegistrationsLink: PersonLink = {
  table: "agenda.group_registrations",
  column: "person_id",
  key: ["act_id", "session_id", "person_id"],
  label: "inscriptions faites à plusieurs",
  async describe(tx, person) {
    const { rows } = await sql<{ title: string; at: Date }>`
      SELECT s.title, g.asked_at AS at FROM agenda.group_registrations g JOIN agenda.sessions s ON s.house_id = g.house_id AND s.id = g.session_id
       WHERE g.house_id = ${tx.scope.house} AND g.person_id = ${person} ORDER BY g.asked_at, g.session_id`.execute(
      tx.on(),
    );
    return rows.map((row) => ({ Séance: row.title, "Inscription demandée le": dayIn(tx.scope.zone, row.at) }));
  },
  async beforeAnonymising(tx, persons) {
    await sql`DELETE FROM agenda.group_registrations WHERE house_id = ${tx.scope.house} AND person_id = ANY(${[...persons]}::uuid[])`.execute(
      tx.on(),
    );
  },
};
