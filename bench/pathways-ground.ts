// The ground of the pathways: every programme of the demonstration, enrolments, interviews and sessions over sixteen years until today,
// made by PostgreSQL itself and seeded by arithmetic, as the people are.
import type pg from "pg";
import { rowId, type Size } from "./ground.ts";

/** People on a session's list. */
export const seats = 15;
/** Share of the sessions that took place yesterday and wait for their attendances. */
const waiting = 10;

/** How many sessions wait to be closed, the last ones. */
export const toClose = (size: Size): number => Math.floor(size.sessions / waiting);

/** The person of the seat `seat` of session `i`, from 1 on. */
export const seated = (i: number, seat: number, people: number): number => 1 + ((i * 7919 + seat * 104_729) % people);

/** Fills the pathways of a house that has people, sites and programmes. `advisers`: accounts of those who accompany. */
export async function layPathways(
  client: pg.Client,
  house: string,
  size: Size,
  advisers: readonly string[],
): Promise<void> {
  await client.query("SET synchronous_commit TO off");
  await client.query("SET work_mem TO '128MB'");
  await client.query("SET session_replication_role TO replica");
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  const places = "(SELECT array_agg(id ORDER BY code) ids FROM house.sites WHERE house_id = $1) s";
  const programmes = "(SELECT array_agg(id ORDER BY code) ids FROM programmes.programmes WHERE house_id = $1) g";
  // Entries end yesterday; four paths in five last from two to ten months, and those that would end later are still open.
  await run(
    `INSERT INTO programmes.enrolments (house_id, id, programme_id, person_id, site_id, entry_on, exit_on, exit_word_id, followed, entry, recorded_at)
     SELECT $1, ${rowId("e", "i")}, e.programme, ${rowId("p", "person")}, site, entry_on, exit_on, CASE WHEN exit_on IS NOT NULL THEN w.id END, i % 7 <> 0,
            jsonb_build_object('age', 18 + i % 45, 'status', (ARRAY['job_seeker','job_seeker','employee','inactive'])[1 + (i % 4)::int], 'neighbourhood', (ARRAY['qpv','none','none'])[1 + (i % 3)::int], 'rsa', (ARRAY['yes','no','no'])[1 + (i % 3)::int]), now()
       FROM (SELECT i, g.ids[1 + (i % cardinality(g.ids))::int] AS programme, 1 + i * 7919 % $2::bigint AS person, s.ids[1 + (i % cardinality(s.ids))::int] AS site, day AS entry_on,
                    CASE WHEN i % 5 > 0 AND day + (60 + i * 31 % 240)::int < current_date THEN day + (60 + i * 31 % 240)::int WHEN day < current_date - 365 THEN day + 365 END AS exit_on
               FROM generate_series(1, $3::bigint) i, LATERAL (SELECT date '2011-01-01' + (i * (current_date - date '2011-01-01' - 1) / $3::bigint)::int AS day) d, ${places}, ${programmes}) e
       LEFT JOIN LATERAL (SELECT id FROM programmes.outcome_words w WHERE w.house_id = $1 AND w.programme_id = e.programme AND w.place <> 'path' ORDER BY md5(w.label || (e.i % 17)) LIMIT 1) w ON true`,
    [house, size.people, size.enrolments],
  );
  await run(
    `INSERT INTO programmes.referents (house_id, enrolment_id, from_day, account_id)
     SELECT $1, e.id, e.entry_on, ($2::uuid[])[1 + (row_number() OVER (ORDER BY e.id) % cardinality($2::uuid[]))::int] FROM programmes.enrolments e WHERE e.house_id = $1`,
    [house, advisers],
  );
  await run(
    `INSERT INTO programmes.outcomes (house_id, id, enrolment_id, word_id, on_day, at_exit, recorded_at)
     SELECT $1, md5('o' || e.id)::uuid, e.id, w.id, least(e.entry_on + 45, current_date - 1), false, now()
       FROM (SELECT *, row_number() OVER (ORDER BY id) AS i FROM programmes.enrolments WHERE house_id = $1) e
       JOIN LATERAL (SELECT id FROM programmes.outcome_words w WHERE w.house_id = $1 AND w.programme_id = e.programme_id AND w.place <> 'exit' ORDER BY md5(w.label || (e.i % 13)) LIMIT 1) w ON true
      WHERE e.i % 2 = 0`,
    [house],
  );
  await run(
    `INSERT INTO programmes.stages_reached (house_id, enrolment_id, stage_id, on_day, recorded_at)
     SELECT $1, e.id, t.id, e.entry_on, now() FROM programmes.enrolments e
       JOIN LATERAL (SELECT id FROM programmes.stages t WHERE t.house_id = $1 AND t.programme_id = e.programme_id ORDER BY position LIMIT 2) t ON true WHERE e.house_id = $1`,
    [house],
  );
  // Interviews end a month ago: the weeks since are those in which the measure records.
  await run(
    `INSERT INTO agenda.interviews (house_id, id, programme_id, person_id, site_id, account_id, starts_on, starts_at, minutes, mode, status, recorded_at)
     SELECT $1, ${rowId("i", "i")}, g.ids[1 + (i % cardinality(g.ids))::int], ${rowId("p", "(1 + i * 104729 % $2::bigint)")}, s.ids[1 + (i % cardinality(s.ids))::int], ($4::uuid[])[1 + (i % cardinality($4::uuid[]))::int],
            date '2011-01-01' + (i * (current_date - date '2011-01-01' - 30) / $3::bigint)::int, time '09:00' + (i % 16) * interval '30 minutes', 45, 'in_person', (ARRAY['held','held','held','held','no_show'])[1 + (i % 5)::int], now()
       FROM generate_series(1, $3::bigint) i, ${places}, ${programmes}`,
    [house, size.people, size.interviews, advisers],
  );
  await run(
    `INSERT INTO agenda.sessions (house_id, id, programme_id, kind, title, starts_on, starts_at, minutes, site_id, mode, capacity, status, recorded_at)
     SELECT $1, ${rowId("s", "i")}, g.ids[1 + (i % cardinality(g.ids))::int], 'atelier', 'Atelier ' || i, CASE WHEN i > $3::bigint THEN current_date - 1 ELSE date '2011-01-01' + (i * (current_date - date '2011-01-01' - 30) / $2::bigint)::int END,
            time '09:30', 180, s.ids[1 + (i % cardinality(s.ids))::int], 'in_person', ${seats}, CASE WHEN i > $3::bigint THEN 'planned' ELSE 'held' END, now()
       FROM generate_series(1, $2::bigint) i, ${places}, ${programmes}`,
    [house, size.sessions, size.sessions - toClose(size)],
  );
  const person = `(1 + (i * 7919 + seat * 104729) % $3::bigint)`;
  await run(
    `INSERT INTO agenda.registrations (house_id, session_id, person_id, group_id, turn, state, asked_at)
     SELECT $1, ${rowId("s", "i")}, ${rowId("p", person)}, md5(i || 'g' || seat)::uuid, seat, 'registered', now()
       FROM generate_series(1, $2::bigint) i, generate_series(1, ${seats}) seat`,
    [house, size.sessions, size.people],
  );
  await run(
    `INSERT INTO agenda.attendances (house_id, id, session_id, person_id, state, recorded_at)
     SELECT $1, md5(i || 'a' || seat)::uuid, ${rowId("s", "i")}, ${rowId("p", person)}, (ARRAY['present','present','present','absent','justified'])[1 + ((i + seat) % 5)::int], now()
       FROM generate_series(1, $2::bigint) i, generate_series(1, ${seats}) seat`,
    [house, size.sessions - toClose(size), size.people],
  );
  await run("VACUUM ANALYZE");
  await run("CHECKPOINT");
  await run("RESET ALL");
}
