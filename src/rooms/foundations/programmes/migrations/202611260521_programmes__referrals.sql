-- A person is referred to one of the house's programmes or to somebody outside; who sent them always knows what became of it. What a
-- referral is stands in one row; what happens to it is added, never altered, and its state is the last thing that happened.

-- How long an answer may take before it is late, and before the referral expires, from a day on.
CREATE TABLE programmes.referral_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  from_day date NOT NULL,
  late_days integer NOT NULL CHECK (late_days > 0),
  expire_days integer NOT NULL CHECK (expire_days >= late_days),
  source text NOT NULL,
  PRIMARY KEY (house_id, from_day)
);
SELECT core.protect('programmes.referral_rules', 'SELECT, INSERT, UPDATE');

-- From an account of the house, or from an organisation outside (`from_name`). To a programme, or to an organisation outside (`to_name`,
-- `to_email`; `structure_id` names its record where the house has one). `shared`: what the person agreed to tell the outside.
-- `late_on` and `expires_on` keep the rule of the day on which it was sent.
CREATE TABLE programmes.referrals (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  person_id uuid NOT NULL,
  from_account uuid,
  from_name text,
  to_programme_id uuid,
  to_name text,
  to_email text,
  structure_id uuid,
  purpose text NOT NULL,
  shared text,
  sent_on date NOT NULL,
  late_on date NOT NULL,
  expires_on date NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  FOREIGN KEY (house_id, from_account) REFERENCES house.accounts (house_id, id),
  FOREIGN KEY (house_id, to_programme_id) REFERENCES programmes.programmes (house_id, id),
  CHECK ((from_account IS NULL) <> (from_name IS NULL)),
  CHECK ((to_programme_id IS NULL) <> (to_name IS NULL)),
  CHECK (to_programme_id IS NULL OR (to_email IS NULL AND shared IS NULL AND structure_id IS NULL))
);
CREATE INDEX referrals_by_day ON programmes.referrals (house_id, sent_on);
CREATE INDEX referrals_by_person ON programmes.referrals (house_id, person_id);
SELECT core.protect('programmes.referrals', 'SELECT, INSERT');
-- A merge moves them; an erasure empties what tells of the person.
GRANT UPDATE (person_id, purpose, shared) ON programmes.referrals TO traboule_web;

-- `reason`: why it was refused or withdrawn, one word of a list; `note`: in somebody's own words.
CREATE TABLE programmes.referral_events (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  referral_id uuid NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sent', 'received', 'accepted', 'attended', 'refused', 'expired', 'withdrawn', 'reopened')),
  on_day date NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_link boolean NOT NULL,
  reason text,
  note text,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, referral_id, number),
  FOREIGN KEY (house_id, referral_id) REFERENCES programmes.referrals (house_id, id),
  CHECK ((reason IS NOT NULL) = (kind = 'refused'))
);
SELECT core.protect('programmes.referral_events', 'SELECT, INSERT');
GRANT UPDATE (note) ON programmes.referral_events TO traboule_web;
