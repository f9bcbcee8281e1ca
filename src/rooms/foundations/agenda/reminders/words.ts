export const wayWords = {
  none: "pas de rappel",
  mail: "par courriel seulement",
  sms: "par SMS seulement",
  "mail-then-sms": "par courriel, ou par SMS sans adresse électronique",
  "sms-then-mail": "par SMS, ou par courriel sans mobile",
} as const;
export type ReminderWay = keyof typeof wayWords;
export const ways = Object.keys(wayWords) as ReminderWay[];

/** In the order in which they are tried. */
export const channelsOf = (way: ReminderWay): readonly ("mail" | "sms")[] =>
  way === "none" ? [] : (way.split("-then-") as ("mail" | "sms")[]);

export const reminderJournalWords = {
  "reminders.opened": "a ouvert les rappels de rendez-vous",
  "reminders.ruled": "a changé les rappels de rendez-vous",
};
