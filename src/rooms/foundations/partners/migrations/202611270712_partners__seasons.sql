-- A season of the box office runs from September to August. What the house asks of partners in a season (a convention, dues, and until when
-- either may be missing) is dated data; so is what each structure signed, owes, paid or was spared. Who may book follows from them.
CREATE TABLE partners.season_rules (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  -- The year in which the season begins.
  season integer NOT NULL CHECK (season BETWEEN 1990 AND 2200),
  side text NOT NULL CHECK (side IN ('social', 'cultural')),
  dues_cents bigint NOT NULL CHECK (dues_cents >= 0),
  -- Until these days, included, a structure may book without having paid, or without its convention of the season.
  pay_by date NOT NULL,
  convention_by date NOT NULL,
  source text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, season, side)
);
SELECT core.protect('partners.season_rules', 'SELECT, INSERT, UPDATE');

-- A structure takes part in a season, on one side: with which convention, and what became of its dues.
CREATE TABLE partners.memberships (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('social', 'cultural')),
  season integer NOT NULL CHECK (season BETWEEN 1990 AND 2200),
  from_day date NOT NULL,
  convention_id uuid,
  dues_cents bigint NOT NULL CHECK (dues_cents >= 0),
  dues text NOT NULL CHECK (dues IN ('due', 'paid', 'waived')),
  settled_on date,
  waived_why text,
  ended_on date,
  ended_why text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, structure_id, side, season),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, convention_id) REFERENCES partners.conventions (house_id, id),
  CHECK ((dues = 'due') = (settled_on IS NULL)),
  CHECK ((dues = 'waived') = (waived_why IS NOT NULL)),
  CHECK ((ended_on IS NULL) = (ended_why IS NULL))
);
CREATE INDEX memberships_by_season ON partners.memberships (house_id, season, side);
SELECT core.protect('partners.memberships', 'SELECT, INSERT, UPDATE');

-- A campaign asks the structures of one side, once each, whether they take part in the season that comes.
CREATE TABLE partners.campaigns (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  season integer NOT NULL CHECK (season BETWEEN 1990 AND 2200),
  side text NOT NULL CHECK (side IN ('social', 'cultural')),
  answer_by date NOT NULL,
  word text,
  started_at timestamptz NOT NULL,
  started_by uuid,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, season, side)
);
SELECT core.protect('partners.campaigns', 'SELECT, INSERT');

-- Whom it asked, and what they answered. Without an address, somebody calls them.
CREATE TABLE partners.campaign_letters (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  recipient text,
  answer text CHECK (answer IN ('yes', 'no')),
  answered_at timestamptz,
  answered_by text,
  note text,
  by_link boolean,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, campaign_id, structure_id),
  FOREIGN KEY (house_id, campaign_id) REFERENCES partners.campaigns (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
);
SELECT core.protect('partners.campaign_letters', 'SELECT, INSERT, UPDATE');
