-- What a plan and a balance sheet said before, and the paper that was signed. A version is the whole of it as it was left by one act.
CREATE TABLE programmes.paper_versions (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  enrolment_id uuid NOT NULL,
  paper text NOT NULL CHECK (paper IN ('plan', 'balance')),
  said jsonb NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id)
);
CREATE INDEX paper_versions_by_enrolment ON programmes.paper_versions (house_id, enrolment_id, paper, at DESC);
SELECT core.protect('programmes.paper_versions', 'SELECT, INSERT, DELETE');

-- What stands today is the first version that is known.
INSERT INTO programmes.paper_versions (house_id, id, enrolment_id, paper, said, at, account_id)
SELECT p.house_id, gen_random_uuid(), p.enrolment_id, 'plan',
       jsonb_build_object('goal', p.goal, 'strengths', p.strengths, 'obstacles', p.obstacles, 'reviewOn', p.review_on,
         'actions', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'what', a.what, 'who', a.who, 'other', a.other, 'byDay', a.by_day, 'state', a.state, 'closedOn', a.closed_on)
            ORDER BY a.added_at, a.id), '[]') FROM programmes.plan_actions a WHERE a.house_id = p.house_id AND a.enrolment_id = p.enrolment_id)),
       p.changed_at, p.changed_by
  FROM programmes.plans p;
INSERT INTO programmes.paper_versions (house_id, id, enrolment_id, paper, said, at, account_id)
SELECT b.house_id, gen_random_uuid(), b.enrolment_id, 'balance',
       jsonb_build_object('onDay', b.on_day, 'personSays', b.person_says, 'adviserSays', b.adviser_says, 'next', b.next), b.changed_at, b.changed_by
  FROM programmes.balances b;

-- A signed paper is kept as a proof is; it belongs to the enrolment, not to a step.
ALTER TABLE programmes.proofs
  ALTER COLUMN step_id DROP NOT NULL,
  ADD COLUMN enrolment_id uuid,
  ADD COLUMN paper text CHECK (paper IN ('plan', 'balance')),
  ADD CHECK ((step_id IS NULL) = (enrolment_id IS NOT NULL)),
  ADD CHECK ((enrolment_id IS NULL) = (paper IS NULL)),
  ADD FOREIGN KEY (house_id, enrolment_id) REFERENCES programmes.enrolments (house_id, id),
  ADD UNIQUE (house_id, enrolment_id, paper, sha256);
