// What the agenda tells of people day by day: visits, interviews, sessions that they came to.
import { sql } from "kysely";
import { oneOf } from "../../../core/lists/conditions.ts";
import type { PersonEvents } from "../../../core/lists/events.ts";
import type { Sql } from "../../../core/lists/list.ts";
import { sitesFor } from "../../../core/rights.ts";
import { rights } from "./rights.ts";

const all = (conditions: readonly Sql[]): Sql => sql.join(conditions, sql` AND `);

export const agendaEvents: readonly PersonEvents[] = [
  {
    key: "visite",
    label: "Visite",
    right: rights["visit.see"],
    rows: (tx, { from, to }) => sql`
      SELECT v.id, v.person_id, v.occurred_on, v.site_id, NULL::uuid, t.label, NULL::numeric, v.frozen_age
        FROM agenda.visits v LEFT JOIN agenda.visit_terms t ON t.house_id = v.house_id AND t.id = v.reason_id
       WHERE ${all([
         sql`v.house_id = ${tx.scope.house} AND v.occurred_on BETWEEN ${from}::date AND ${to}::date AND v.person_id IS NOT NULL`,
         sql`NOT EXISTS (SELECT 1 FROM agenda.visit_withdrawals w WHERE w.house_id = v.house_id AND w.visit_id = v.id)`,
         ...oneOf(sql`v.site_id`, sitesFor(tx.scope, rights["visit.see"])),
       ])}`,
  },
  {
    key: "entretien",
    label: "Entretien",
    right: rights["interview.see"],
    rows: (tx, { from, to }) => sql`
      SELECT i.id, i.person_id, i.starts_on, i.site_id, i.programme_id, NULL, round(i.minutes / 60.0, 2), i.frozen_age FROM agenda.interviews i
       WHERE ${all([
         sql`i.house_id = ${tx.scope.house} AND i.starts_on BETWEEN ${from}::date AND ${to}::date AND i.status = 'held'`,
         ...oneOf(sql`i.site_id`, sitesFor(tx.scope, rights["interview.see"])),
       ])}`,
  },
  {
    key: "seance",
    label: "Séance suivie",
    right: rights["session.register"],
    rows: (tx, { from, to }) => sql`
      SELECT a.id, a.person_id, s.starts_on, s.site_id, s.programme_id, s.title, round(s.minutes / 60.0, 2), a.frozen_age
        FROM agenda.attendances a JOIN agenda.sessions s ON s.house_id = a.house_id AND s.id = a.session_id
       WHERE ${all([
         sql`a.house_id = ${tx.scope.house} AND s.starts_on BETWEEN ${from}::date AND ${to}::date AND a.person_id IS NOT NULL AND a.state = 'present'`,
         ...oneOf(sql`s.site_id`, sitesFor(tx.scope, rights["session.register"])),
       ])}`,
  },
];
