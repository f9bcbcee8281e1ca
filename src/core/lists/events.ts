// What a room tells of people day by day: one row per person and event, for those who count in a spreadsheet. Never a note.
import type { Tx } from "../db/transaction.ts";
import type { Right } from "../rights.ts";
import type { Sql } from "./list.ts";

/** The days asked for, both included. */
export type EventDays = { from: string; to: string };

export type PersonEvents = {
  /** The word of addresses, ASCII. */
  key: string;
  /** "Visite", "Entretien": what happened. */
  label: string;
  /** Who may know that such an event happened to a person. */
  right: Right;
  /**
   * One SELECT with these columns in this order: id (uuid or text, unique for its person), person_id uuid, on_day date, site_id uuid, programme_id uuid, what text, hours numeric,
   * age int (the age that was kept with the event, else null). Only of the house, within what `right` opens to the reader.
   */
  rows: (tx: Tx, days: EventDays) => Sql;
};
