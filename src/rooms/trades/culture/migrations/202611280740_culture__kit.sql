-- The kit: issues made of articles, read by anybody once published, and told by letter to contacts of structures. An address is written to once
-- an issue, and never again once somebody asked for that; what is kept of it here is a fingerprint, which nobody reads an address from by eye.
CREATE TABLE culture.kit_issues (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  introduction text NOT NULL DEFAULT '',
  published_on date,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id)
);
SELECT core.protect('culture.kit_issues', 'SELECT, INSERT, UPDATE');

-- An article is written by the team, or is a contribution of the forum: then it is read there, as long as it is published.
CREATE TABLE culture.kit_articles (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  issue_id uuid NOT NULL,
  position integer NOT NULL,
  title text NOT NULL DEFAULT '',
  body text NOT NULL DEFAULT '',
  contribution_id uuid,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, issue_id, contribution_id),
  FOREIGN KEY (house_id, issue_id) REFERENCES culture.kit_issues (house_id, id) ON DELETE CASCADE,
  FOREIGN KEY (house_id, contribution_id) REFERENCES culture.contributions (house_id, id),
  CHECK (contribution_id IS NOT NULL OR (title <> '' AND body <> ''))
);
CREATE INDEX kit_articles_by_issue ON culture.kit_articles (house_id, issue_id, position);
SELECT core.protect('culture.kit_articles', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE culture.kit_mailings (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  issue_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  -- To whom, in words: the choice as it was made.
  chosen text NOT NULL,
  letters integer NOT NULL,
  -- Addresses of the choice that were not written to: served by an earlier mailing of the issue, or taken out of all.
  served integer NOT NULL,
  refused integer NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, issue_id) REFERENCES culture.kit_issues (house_id, id)
);
CREATE INDEX kit_mailings_by_issue ON culture.kit_mailings (house_id, issue_id);
SELECT core.protect('culture.kit_mailings', 'SELECT, INSERT');

CREATE TABLE culture.kit_letters (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  mailing_id uuid NOT NULL,
  issue_id uuid NOT NULL,
  print bytea NOT NULL,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, issue_id, print),
  FOREIGN KEY (house_id, mailing_id) REFERENCES culture.kit_mailings (house_id, id),
  FOREIGN KEY (house_id, issue_id) REFERENCES culture.kit_issues (house_id, id)
);
CREATE INDEX kit_letters_by_mailing ON culture.kit_letters (house_id, mailing_id);
SELECT core.protect('culture.kit_letters', 'SELECT, INSERT');

-- Who is not to be written to any more, since when, and by the letter of which issue (null: said to the team).
CREATE TABLE culture.kit_refusals (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  print bytea NOT NULL,
  at timestamptz NOT NULL,
  issue_id uuid,
  PRIMARY KEY (house_id, print),
  FOREIGN KEY (house_id, issue_id) REFERENCES culture.kit_issues (house_id, id)
);
CREATE INDEX kit_refusals_by_issue ON culture.kit_refusals (house_id, issue_id) WHERE issue_id IS NOT NULL;
SELECT core.protect('culture.kit_refusals', 'SELECT, INSERT');
