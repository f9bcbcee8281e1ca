// Reminders of appointments, the day before: written by a job, sent by the room of messages, never twice for one moment, and taken back when
// the appointment moves or falls while they wait. They tell neither why nor with whom: a telephone lies on a table.
import { sql } from "kysely";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Job } from "../../../../core/jobs/job.ts";
import { addDays } from "../../../../core/time.ts";
import { day, hour } from "../../../../ui/words.ts";
import { cancelKeyed, queueMessage } from "../../messages/door.ts";
import { isMobile } from "../surveys/rules.ts";
import type { VisitMode } from "../tables.ts";
import type { ReminderRulesTable, ReminderTables } from "./tables.ts";
import { channelsOf } from "./words.ts";

/** Rules of reminders, the last said first. */
export const reminderRules = (tx: Tx): Promise<ReminderRulesTable[]> =>
  tx
    .on<ReminderTables>()
    .selectFrom("agenda.reminder_rules")
    .selectAll()
    .where("house_id", "=", tx.scope.house)
    .orderBy("from_day", "desc")
    .execute();

/** Says how people are reminded, from a day on; a rule of the same day is replaced. */
export async function ruleReminders(tx: Tx, wish: Omit<ReminderRulesTable, "house_id">): Promise<void> {
  await sql`INSERT INTO agenda.reminder_rules (house_id, from_day, way, source) VALUES (${tx.scope.house}, ${wish.from_day}, ${wish.way}, ${wish.source})
    ON CONFLICT (house_id, from_day) DO UPDATE SET way = excluded.way, source = excluded.source`.execute(tx.on());
}

/** The days of which a day reminds: the next one, and Monday already on Saturday, since nothing is sent on Sunday. */
export function daysAhead(today: string): string[] {
  const tomorrow = addDays(today, 1);
  const sunday = new Date(`${tomorrow}T00:00:00Z`).getUTCDay() === 0;
  return sunday ? [tomorrow, addDays(today, 2)] : [tomorrow];
}

type Due = {
  id: string;
  person: string;
  startsOn: string;
  startsAt: string | null;
  begins: Date;
  mode: VisitMode;
  site: string;
  title: string | null;
  email: string | null;
  phone: string | null;
};

async function dueReminders(tx: Tx): Promise<Due[]> {
  const { house, zone } = tx.scope;
  const days = daysAhead(tx.today);
  const { rows } = await sql<Due>`
    WITH met AS (
      SELECT i.id, i.person_id, i.starts_on, i.starts_at, i.mode, i.site_id, NULL::text AS title FROM agenda.interviews i
       WHERE i.house_id = ${house} AND i.status = 'planned' AND i.starts_on = ANY(${days}::date[])
      UNION ALL
      SELECT s.id, r.person_id, s.starts_on, s.starts_at, s.mode, s.site_id, s.title FROM agenda.sessions s
        JOIN agenda.registrations r ON r.house_id = s.house_id AND r.session_id = s.id AND r.state = 'registered'
       WHERE s.house_id = ${house} AND s.status = 'planned' AND s.starts_on = ANY(${days}::date[]))
    SELECT met.id, met.person_id AS person, met.starts_on AS "startsOn", met.starts_at AS "startsAt", (met.starts_on + coalesce(met.starts_at, '00:00')) AT TIME ZONE ${zone} AS begins,
           met.mode, site.name AS site, met.title, p.email, p.phone
      FROM met JOIN people.persons p ON p.house_id = ${house} AND p.id = met.person_id AND p.merged_into IS NULL AND p.anonymised_at IS NULL
      JOIN house.sites site ON site.house_id = ${house} AND site.id = met.site_id
     ORDER BY met.starts_on, met.starts_at, met.id, p.id`.execute(tx.on());
  return rows;
}

const whereOf = (due: Due): string =>
  due.mode === "phone" ? "par téléphone" : due.mode === "video" ? "en visio" : due.site;

/** Writes the reminders of the day. `unreachable`: people without an address for the house's way. */
export async function remindDue(tx: Tx): Promise<Record<string, number>> {
  const counts = { reminded: 0, already: 0, unreachable: 0 };
  const rule = (await reminderRules(tx)).find((one) => one.from_day <= tx.today);
  const channels = rule ? channelsOf(rule.way) : [];
  if (channels.length === 0) return counts;
  for (const due of await dueReminders(tx)) {
    const addresses = { mail: due.email, sms: isMobile(due.phone) ? due.phone : null };
    const channel = channels.find((one) => addresses[one] !== null);
    const recipient = channel ? addresses[channel] : null;
    if (!channel || !recipient) {
      counts.unreachable += 1;
      continue;
    }
    const when = `${day(due.startsOn)}${due.startsAt ? `, ${hour(due.startsAt)}` : ""}`;
    const house = tx.scope.houseName;
    const made = await queueMessage(tx, {
      key: `${keyOf(due.id, due.person)}${due.startsOn} ${due.startsAt ?? ""}`,
      purpose: "reminder",
      channel,
      person: due.person,
      personal: true,
      recipient,
      subject: "Votre rendez-vous",
      body:
        channel === "sms"
          ? `${house} : rendez-vous ${when}, ${whereOf(due)}. Un empêchement ? Appelez-nous.`
          : [
              "Bonjour,",
              "",
              `Vous avez rendez-vous ${when}, ${whereOf(due)}.`,
              ...(due.title ? [`C’est pour : ${due.title}.`] : []),
              "Si vous ne pouvez pas venir, appelez-nous.",
              "",
              house,
              "",
            ].join("\n"),
      uselessAt: due.begins,
    });
    if (made) counts.reminded += 1;
    else counts.already += 1;
  }
  return counts;
}

const keyOf = (meeting: string, person: string | null): string => `reminder:${meeting}:${person ? `${person}:` : ""}`;

/** The meeting moved, fell, or somebody gave up: reminders that still wait are not sent. */
export const retractReminders = (tx: Tx, meeting: string, person: string | null = null): Promise<unknown> =>
  cancelKeyed(tx, keyOf(meeting, person));

export const remindOfMeetings: Job = {
  name: "agenda.reminders",
  cron: "5 8,14 * * *",
  sentence: "Écrit les rappels des rendez-vous du lendemain.",
  run: remindDue,
};
