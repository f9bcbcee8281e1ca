// Row types of referrals, in the schema `programmes`.
import type { EventKind } from "./words.ts";

export type ReferralRulesTable = {
  house_id: string;
  from_day: string;
  late_days: number;
  expire_days: number;
  source: string;
};

export type ReferralsTable = {
  house_id: string;
  id: string;
  person_id: string;
  from_account: string | null;
  from_name: string | null;
  to_programme_id: string | null;
  to_name: string | null;
  to_email: string | null;
  structure_id: string | null;
  purpose: string;
  shared: string | null;
  sent_on: string;
  late_on: string;
  expires_on: string;
  created_at: Date;
  created_by: string | null;
  /** The age of that day, once the person is anonymous. */
  frozen_age: number | null;
};

export type ReferralEventsTable = {
  house_id: string;
  id: string;
  referral_id: string;
  number: number;
  kind: EventKind;
  on_day: string;
  at: Date;
  account_id: string | null;
  by_link: boolean;
  reason: string | null;
  note: string | null;
};

export type ReferralTables = {
  "programmes.referral_rules": ReferralRulesTable;
  "programmes.referrals": ReferralsTable;
  "programmes.referral_events": ReferralEventsTable;
};
