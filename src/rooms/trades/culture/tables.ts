// Row types of the schema `culture`: days are texts, instants are Date.
import type { ColumnType, Generated } from "kysely";
import type { CheckInKind } from "./door/rule.ts";
import type { TerritoryTables } from "./territories/tables.ts";
import type { BookingState, EndedBy, ReportSource, Way } from "./words.ts";

export type OffersTable = {
  house_id: string;
  id: string;
  structure_id: string;
  title: string;
  genre: Generated<string>;
  place: Generated<string>;
  most_each: Generated<number>;
  from_age: number | null;
  to_age: number | null;
  language: Generated<string>;
  access: Generated<string[]>;
  minutes: number | null;
  meeting: Generated<string>;
  companions: Generated<boolean>;
  about: Generated<string>;
  way_there: Generated<string>;
  for_communes: Generated<string[]>;
  for_types: Generated<string[]>;
  for_structures: Generated<string[]>;
  external_id: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type CancellationsTable = {
  house_id: string;
  id: string;
  structure_id: string | null;
  from_day: string;
  to_day: string;
  reason: string;
  at: Date;
  account_id: string | null;
  dates: Generated<number>;
  bookings: Generated<number>;
};

export type DatesTable = {
  house_id: string;
  id: string;
  offer_id: string;
  on_day: string;
  at: string | null;
  places: number;
  taken: Generated<number>;
  closes_at: Date | null;
  way: Generated<Way>;
  cancelled_at: Date | null;
  cancelled_reason: string | null;
  cancellation_id: string | null;
  external_id: string | null;
  version: Generated<number>;
};

export type AllotmentsTable = {
  house_id: string;
  id: string;
  date_id: string;
  places: number;
  communes: string[];
  until: Date;
};

export type BookingsTable = {
  house_id: string;
  id: string;
  date_id: string;
  structure_id: string;
  person_id: string | null;
  first_name: string | null;
  people: number;
  companions: Generated<number>;
  seats: ColumnType<number, never, never>;
  state: BookingState;
  code: string;
  asked_at: Date;
  asked_by: string | null;
  confirmed_at: Date | null;
  offered_until: Date | null;
  ended_at: Date | null;
  ended_by: EndedBy | null;
  ended_reason: string | null;
  attended: number | null;
  /** False: some came in, and of the others nothing is known yet. */
  attended_whole: Generated<boolean>;
  attended_at: Date | null;
  attended_source: ReportSource | null;
  external_id: string | null;
  version: Generated<number>;
};

export type CheckInsTable = {
  house_id: string;
  id: string;
  booking_id: string;
  kind: CheckInKind;
  came: number | null;
  undoes: string | null;
  at: Date;
  received_at: Date;
  device: string | null;
  source: ReportSource;
  account_id: string | null;
};

export type VouchersTable = {
  house_id: string;
  id: string;
  booking_id: string;
  channel: "mail" | "sms";
  recipient: string | null;
  sent_at: Date;
  sent_by: string | null;
};

export type AskedTable = { house_id: string; date_id: string; turn: number; at: Date; missing: number };

export type BookingExceptionsTable = {
  house_id: string;
  booking_id: string;
  reason: string;
  rule: string;
  at: Date;
  account_id: string | null;
};

export type LimitsTable = {
  house_id: string;
  id: string;
  season: number;
  structure_id: string | null;
  seats: number;
};

export type DrawsTable = {
  house_id: string;
  date_id: string;
  opens_at: Date;
  closes_at: Date;
  seed: string;
  seed_print: string;
  rule: Generated<number>;
  drawn_at: Date | null;
  places: number | null;
};

export type DrawLinesTable = {
  house_id: string;
  date_id: string;
  booking_id: string;
  seats: number;
  served: number;
  score: string;
  rank: number;
  given: boolean;
};

export type CultureTables = TerritoryTables & {
  "culture.offers": OffersTable;
  "culture.cancellations": CancellationsTable;
  "culture.dates": DatesTable;
  "culture.allotments": AllotmentsTable;
  "culture.bookings": BookingsTable;
  "culture.check_ins": CheckInsTable;
  "culture.vouchers": VouchersTable;
  "culture.asked": AskedTable;
  "culture.booking_exceptions": BookingExceptionsTable;
  "culture.limits": LimitsTable;
  "culture.draws": DrawsTable;
  "culture.draw_lines": DrawLinesTable;
};
