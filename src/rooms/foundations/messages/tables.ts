// Row types of the schema `messages`.
import type { Generated } from "kysely";

export type MessageChannel = "mail" | "sms";
export type MessageState = "waiting" | "sending" | "sent" | "doubtful" | "failed" | "cancelled" | "expired";

export type MessagesTable = {
  house_id: string;
  id: string;
  key: string;
  purpose: string;
  channel: MessageChannel;
  person_id: string | null;
  personal: boolean;
  recipient: string | null;
  subject: string | null;
  body: string;
  link_kind: string | null;
  link_record: string | null;
  link_days: number | null;
  link_leaves: Generated<boolean>;
  planned_at: Date;
  next_at: Date;
  useless_at: Date | null;
  state: MessageState;
  tries: Generated<number>;
  lease_until: Date | null;
  sent_at: Date | null;
  via: "sent" | "outbox" | null;
  parts: number | null;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type AttemptsTable = {
  house_id: string;
  message_id: string;
  number: number;
  started_at: Date;
  ended_at: Date | null;
  outcome: string | null;
  detail: string | null;
};

export type PausesTable = {
  house_id: string;
  id: string;
  purpose: string | null;
  reason: string;
  from_at: Date;
  from_by: string | null;
  ended_at: Date | null;
  ended_by: string | null;
};

export type RulesTable = {
  house_id: string;
  from_day: string;
  quiet_from: string;
  quiet_to: string;
  quiet_sunday: boolean;
  keep_months: number;
  source: string;
};

export type SmsPricesTable = { house_id: string; from_day: string; price: number; source: string };

export type LinksTable = {
  house_id: string;
  token_hash: Buffer;
  kind: string;
  record_id: string;
  message_id: string | null;
  expires_at: Date;
};

export type MessagesTables = {
  "messages.messages": MessagesTable;
  "messages.attempts": AttemptsTable;
  "messages.pauses": PausesTable;
  "messages.rules": RulesTable;
  "messages.sms_prices": SmsPricesTable;
  "messages.links": LinksTable;
};
