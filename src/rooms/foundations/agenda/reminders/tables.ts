// Row type of the rules of reminders, in the schema `agenda`.
import type { ReminderWay } from "./words.ts";

export type ReminderRulesTable = { house_id: string; from_day: string; way: ReminderWay; source: string };
export type ReminderTables = { "agenda.reminder_rules": ReminderRulesTable };
