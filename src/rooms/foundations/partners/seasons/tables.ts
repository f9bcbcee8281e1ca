// Row types of seasons, in the schema `partners`.
import type { Generated } from "kysely";
import type { PartnerSide } from "../accounts/reads.ts";

export type Dues = "due" | "paid" | "waived";

export type SeasonRulesTable = {
  house_id: string;
  season: number;
  side: PartnerSide;
  dues_cents: number;
  pay_by: string;
  convention_by: string;
  source: string;
  version: Generated<number>;
};

export type MembershipsTable = {
  house_id: string;
  id: string;
  structure_id: string;
  side: PartnerSide;
  season: number;
  from_day: string;
  convention_id: string | null;
  dues_cents: number;
  dues: Dues;
  settled_on: string | null;
  waived_why: string | null;
  ended_on: string | null;
  ended_why: string | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type CampaignsTable = {
  house_id: string;
  id: string;
  season: number;
  side: PartnerSide;
  answer_by: string;
  word: string | null;
  started_at: Date;
  started_by: string | null;
};

export type CampaignLettersTable = {
  house_id: string;
  id: string;
  campaign_id: string;
  structure_id: string;
  recipient: string | null;
  answer: "yes" | "no" | null;
  answered_at: Date | null;
  answered_by: string | null;
  note: string | null;
  by_link: boolean | null;
  version: Generated<number>;
};

export type SeasonTables = {
  "partners.season_rules": SeasonRulesTable;
  "partners.memberships": MembershipsTable;
  "partners.campaigns": CampaignsTable;
  "partners.campaign_letters": CampaignLettersTable;
};
