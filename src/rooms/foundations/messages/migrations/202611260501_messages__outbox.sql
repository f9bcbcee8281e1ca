-- Letters and short messages that leave the house: written here first, sent by a job, and never twice. What is sent cannot be taken back,
-- so a message is marked "sending" and that mark committed before anything leaves; a program that dies in between leaves a message of
-- which nobody knows whether it left ("doubtful"), and which a human settles.
CREATE SCHEMA messages;
GRANT USAGE ON SCHEMA messages TO traboule_web;

-- `key`: what the message is about, once ("survey:<invitation>"): asked for twice, it is written once. `personal`: it goes to the person
-- themselves, so quiet hours hold. `link_*`: what the link in the text opens; its token is made when the message leaves, and never kept.
-- `next_at`: not before; moves on when a server does not answer. `useless_at`: after that it is not sent any more.
CREATE TABLE messages.messages (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  key text COLLATE "C" NOT NULL,
  purpose text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('mail', 'sms')),
  person_id uuid,
  personal boolean NOT NULL,
  recipient text,
  subject text,
  body text NOT NULL,
  link_kind text,
  link_record uuid,
  link_days integer CHECK (link_days > 0),
  planned_at timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  useless_at timestamptz,
  state text NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'doubtful', 'failed', 'cancelled', 'expired')),
  tries integer NOT NULL DEFAULT 0,
  lease_until timestamptz,
  sent_at timestamptz,
  via text CHECK (via IN ('sent', 'outbox')),
  parts integer,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, key),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  CHECK ((link_kind IS NULL) = (link_record IS NULL) AND (link_kind IS NULL) = (link_days IS NULL)),
  CHECK ((state = 'sending') = (lease_until IS NOT NULL))
);
CREATE INDEX messages_due ON messages.messages (house_id, next_at) WHERE state IN ('waiting', 'sending');
CREATE INDEX messages_by_day ON messages.messages (house_id, planned_at);
CREATE INDEX messages_by_person ON messages.messages (house_id, person_id) WHERE person_id IS NOT NULL;
SELECT core.protect('messages.messages', 'SELECT, INSERT, UPDATE');

-- Each try: when it began, when it ended and how. One that has no end was cut.
CREATE TABLE messages.attempts (
  house_id uuid NOT NULL,
  message_id uuid NOT NULL,
  number integer NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('sent', 'outbox', 'delayed', 'refused', 'unknown')),
  detail text,
  PRIMARY KEY (house_id, message_id, number),
  FOREIGN KEY (house_id, message_id) REFERENCES messages.messages (house_id, id)
);
SELECT core.protect('messages.attempts', 'SELECT, INSERT, UPDATE');

-- Sending is paused, for all purposes (null) or one, from when to when, by whom and why.
CREATE TABLE messages.pauses (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  purpose text,
  reason text NOT NULL,
  from_at timestamptz NOT NULL,
  from_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  PRIMARY KEY (house_id, id)
);
CREATE UNIQUE INDEX pauses_once ON messages.pauses (house_id, coalesce(purpose, '')) WHERE ended_at IS NULL;
SELECT core.protect('messages.pauses', 'SELECT, INSERT, UPDATE');

-- Quiet hours of what is sent to people, and how long texts and addresses are kept, from a day on.
CREATE TABLE messages.rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  from_day date NOT NULL,
  quiet_from time NOT NULL,
  quiet_to time NOT NULL,
  quiet_sunday boolean NOT NULL,
  keep_months integer NOT NULL CHECK (keep_months > 0),
  source text NOT NULL,
  PRIMARY KEY (house_id, from_day)
);
SELECT core.protect('messages.rules', 'SELECT, INSERT, UPDATE');

-- What one part of a short message costs, in euros, from a day on.
CREATE TABLE messages.sms_prices (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  from_day date NOT NULL,
  price numeric(8, 4) NOT NULL CHECK (price >= 0),
  source text NOT NULL,
  PRIMARY KEY (house_id, from_day)
);
SELECT core.protect('messages.sms_prices', 'SELECT, INSERT, UPDATE');

-- Links that somebody without an account holds: what each opens, and until when. Only the token's hash is kept.
CREATE TABLE messages.links (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  token_hash bytea NOT NULL UNIQUE,
  kind text NOT NULL,
  record_id uuid NOT NULL,
  message_id uuid,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (house_id, token_hash),
  FOREIGN KEY (house_id, message_id) REFERENCES messages.messages (house_id, id)
);
CREATE INDEX links_by_record ON messages.links (house_id, record_id);
SELECT core.protect('messages.links', 'SELECT, INSERT, DELETE');

-- The house of a link, asked before any house is known.
CREATE FUNCTION messages.open_link(hash bytea, wanted text, moment timestamptz)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, record_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT l.house_id, h.code, h.name, h.zone, l.record_id
    FROM messages.links l JOIN house.houses h ON h.house_id = l.house_id
   WHERE l.token_hash = hash AND l.kind = wanted AND l.expires_at > moment
$$;
