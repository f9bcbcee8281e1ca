// What meetings tell of a path: how often somebody was met and for how long, what they came to, and which appointment is next.
import { sql } from "kysely";
import type { PathAhead, PathFacts } from "../../../core/room.ts";
import { hour, number, plural, shortDay } from "../../../ui/words.ts";
import { rights } from "./rights.ts";

/** 90 -> ", 1 h 30"; nothing where no length was noted. */
const lasting = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return rest === 0 ? "" : `, ${rest}\u00a0min`;
  return `, ${number(hours)}\u00a0h${rest === 0 ? "" : `\u00a0${String(rest).padStart(2, "0")}`}`;
};

type Told = { interviews: number; interviewMinutes: number; missed: number; sessions: number; sessionMinutes: number };

export const pathFacts: PathFacts = {
  right: rights["interview.see"],
  async told(tx, path) {
    const within = sql`BETWEEN ${path.from} AND ${path.to}`;
    const { rows } = await sql<Told>`
      SELECT i.interviews, i."interviewMinutes", i.missed, s.sessions, s."sessionMinutes"
        FROM (SELECT count(*) FILTER (WHERE i.status = 'held')::int AS interviews, coalesce(sum(i.minutes) FILTER (WHERE i.status = 'held'), 0)::int AS "interviewMinutes",
                     count(*) FILTER (WHERE i.status = 'no_show')::int AS missed
                FROM agenda.interviews i WHERE i.house_id = ${tx.scope.house} AND i.person_id = ${path.person} AND i.programme_id = ${path.programme} AND i.starts_on ${within}) i,
             (SELECT count(*)::int AS sessions, coalesce(sum(s.minutes), 0)::int AS "sessionMinutes"
                FROM agenda.attendances a JOIN agenda.sessions s ON s.house_id = a.house_id AND s.id = a.session_id
               WHERE a.house_id = ${tx.scope.house} AND a.person_id = ${path.person} AND a.state = 'present' AND s.status = 'held' AND s.programme_id = ${path.programme} AND s.starts_on ${within}) s`.execute(
      tx.on(),
    );
    const told = rows[0];
    if (!told) return [];
    return [
      ...(told.interviews > 0
        ? [`${plural(told.interviews, "entretien", "entretiens")}${lasting(told.interviewMinutes)}`]
        : []),
      ...(told.sessions > 0
        ? [`${plural(told.sessions, "séance suivie", "séances suivies")}${lasting(told.sessionMinutes)}`]
        : []),
      ...(told.missed > 0 ? [plural(told.missed, "rendez-vous manqué", "rendez-vous manqués")] : []),
    ];
  },
  async ahead(tx, persons) {
    if (persons.length === 0) return [];
    const { rows } = await sql<{ person: string; id: string; day: string; at: string | null; late: boolean }>`
      SELECT DISTINCT ON (x.person, x.late) x.person, x.id, x.day, x.at, x.late
        FROM (SELECT i.person_id AS person, i.id, i.starts_on AS day, i.starts_at::text AS at, i.starts_on < ${tx.today} AS late
                FROM agenda.interviews i
               WHERE i.house_id = ${tx.scope.house} AND i.status = 'planned' AND i.person_id = ANY(${[...persons]}::uuid[])) x
       ORDER BY x.person, x.late DESC, x.day, x.at, x.id`.execute(tx.often());
    return rows.map(({ person, id, day, at, late }): PathAhead => {
      const when = `${shortDay(day)}${at ? ` à ${hour(at)}` : ""}`;
      return { person, href: `/entretiens/${id}`, late, text: late ? `à noter : ${when}` : `le ${when}` };
    });
  },
};
