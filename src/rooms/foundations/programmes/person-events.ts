// What programmes tell of people day by day: entries, stages, steps, results, exits, referrals.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { oneOf } from "../../../core/lists/conditions.ts";
import type { EventDays, PersonEvents } from "../../../core/lists/events.ts";
import type { Sql } from "../../../core/lists/list.ts";
import { withinSight } from "./enrolments/filters.ts";
import { programmesSeen, referralRights } from "./referrals/rights.ts";
import { rights } from "./rights.ts";
import { stepKindWords } from "./steps/words.ts";

const right = rights["enrolment.see"];

/** Rows that hang on enrolments `e` of the reader's sight. `x`: the event, by its columns. */
const onEnrolments = (
  tx: Tx,
  { from, to }: EventDays,
  event: { id: Sql; day: Sql; what: Sql; hours?: Sql; age?: Sql; tables?: Sql; where?: Sql },
): Sql => sql`
  SELECT ${event.id}, e.person_id, ${event.day}, e.site_id, e.programme_id, ${event.what}, ${event.hours ?? sql`NULL::numeric`}, ${event.age ?? sql`NULL::int`}
    FROM programmes.enrolments e ${event.tables ?? sql``}
   WHERE ${sql.join(
     [
       sql`e.house_id = ${tx.scope.house} AND ${event.day} BETWEEN ${from}::date AND ${to}::date`,
       sql`NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)`,
       ...withinSight(tx.scope, right),
       event.where ?? sql`true`,
     ],
     sql` AND `,
   )}`;

const stepWord = sql`CASE x.kind ${sql.join(
  Object.entries(stepKindWords).map(([kind, { label }]) => sql`WHEN ${kind} THEN ${label}::text`),
  sql` `,
)} END`;

export const programmeEvents: readonly PersonEvents[] = [
  {
    key: "entree",
    label: "Entrée dans un dispositif",
    right,
    rows: (tx, days) =>
      onEnrolments(tx, days, {
        id: sql`e.id`,
        day: sql`e.entry_on`,
        what: sql`NULL`,
        age: sql`(e.entry ->> 'age')::int`,
      }),
  },
  {
    key: "etape",
    label: "Étape",
    right,
    rows: (tx, days) =>
      onEnrolments(tx, days, {
        id: sql`e.id::text || x.stage_id`,
        day: sql`x.on_day`,
        what: sql`t.label`,
        age: sql`x.frozen_age`,
        tables: sql`JOIN programmes.stages_reached x ON x.house_id = e.house_id AND x.enrolment_id = e.id
          JOIN programmes.stages t ON t.house_id = x.house_id AND t.id = x.stage_id`,
      }),
  },
  {
    key: "action",
    label: "Action",
    right,
    rows: (tx, days) =>
      onEnrolments(tx, days, {
        id: sql`x.id`,
        day: sql`x.starts_on`,
        what: stepWord,
        age: sql`x.frozen_age`,
        hours: sql`x.hours::numeric`,
        tables: sql`JOIN programmes.steps x ON x.house_id = e.house_id AND x.enrolment_id = e.id`,
        where: sql`NOT EXISTS (SELECT 1 FROM programmes.step_withdrawals g WHERE g.house_id = x.house_id AND g.step_id = x.id)`,
      }),
  },
  {
    key: "resultat",
    label: "Résultat",
    right,
    rows: (tx, days) =>
      onEnrolments(tx, days, {
        id: sql`x.id`,
        day: sql`x.on_day`,
        what: sql`t.label`,
        age: sql`x.frozen_age`,
        tables: sql`JOIN programmes.outcomes x ON x.house_id = e.house_id AND x.enrolment_id = e.id
          JOIN programmes.outcome_words t ON t.house_id = x.house_id AND t.id = x.word_id`,
        where: sql`NOT EXISTS (SELECT 1 FROM programmes.outcome_withdrawals g WHERE g.house_id = x.house_id AND g.outcome_id = x.id)`,
      }),
  },
  {
    key: "sortie",
    label: "Sortie d’un dispositif",
    right,
    rows: (tx, days) =>
      onEnrolments(tx, days, {
        id: sql`e.id`,
        day: sql`e.exit_on`,
        what: sql`t.label`,
        age: sql`(e.leaving ->> 'age')::int`,
        tables: sql`LEFT JOIN programmes.outcome_words t ON t.house_id = e.house_id AND t.id = e.exit_word_id`,
      }),
  },
  {
    key: "orientation",
    label: "Orientation",
    right: referralRights["referral.see"],
    rows: (tx, { from, to }) => sql`
      SELECT r.id, r.person_id, r.sent_on, NULL::uuid, r.to_programme_id, CASE WHEN r.to_programme_id IS NULL THEN r.to_name END, NULL::numeric, r.frozen_age FROM programmes.referrals r
       WHERE ${sql.join(
         [
           sql`r.house_id = ${tx.scope.house} AND r.sent_on BETWEEN ${from}::date AND ${to}::date`,
           ...oneOf(sql`r.to_programme_id`, programmesSeen(tx.scope, referralRights["referral.see"])),
         ],
         sql` AND `,
       )}`,
  },
];
