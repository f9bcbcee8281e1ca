-- Sessions: several people at once, with who registered, who waits and who came. Registering, cancelling and closing hold the session's
-- row: whatever comes at once, the capacity is counted by one of them after the other.
CREATE TABLE agenda.sessions (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  programme_id uuid NOT NULL,
  -- Workshop, training, visit …: the house's own word.
  kind text NOT NULL,
  title text NOT NULL,
  starts_on date NOT NULL,
  starts_at time,
  minutes smallint CHECK (minutes BETWEEN 1 AND 1440),
  site_id uuid NOT NULL,
  place_id uuid,
  -- Where, when it is no room of the house.
  place_text text,
  mode text NOT NULL CHECK (mode IN ('in_person', 'phone', 'video')),
  capacity smallint CHECK (capacity > 0),
  status text NOT NULL CHECK (status IN ('planned', 'held', 'cancelled', 'postponed')),
  -- Why it is cancelled or postponed.
  status_reason text,
  series_id uuid,
  -- The session that this one was postponed from.
  postponed_from uuid,
  -- Partner organisations, by the identifier that the old tool gave them.
  partners text[] NOT NULL DEFAULT '{}',
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  UNIQUE (house_id, postponed_from),
  FOREIGN KEY (house_id, programme_id) REFERENCES programmes.programmes (house_id, id),
  FOREIGN KEY (house_id, site_id) REFERENCES house.sites (house_id, id),
  FOREIGN KEY (house_id, place_id) REFERENCES agenda.places (house_id, id),
  FOREIGN KEY (house_id, postponed_from) REFERENCES agenda.sessions (house_id, id)
);
CREATE INDEX sessions_by_day ON agenda.sessions (house_id, starts_on, site_id);
CREATE INDEX sessions_by_place ON agenda.sessions (house_id, place_id, starts_on) WHERE place_id IS NOT NULL;
CREATE INDEX sessions_by_series ON agenda.sessions (house_id, series_id) WHERE series_id IS NOT NULL;
SELECT core.protect('agenda.sessions', 'SELECT, INSERT, UPDATE, DELETE');

-- What a session said before it was changed, cancelled or closed again, who did it and why.
CREATE TABLE agenda.session_changes (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reason text,
  before jsonb NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id)
);
CREATE INDEX session_changes_by_session ON agenda.session_changes (house_id, session_id);
SELECT core.protect('agenda.session_changes', 'SELECT, INSERT');

-- Who leads a session: an account of the house, or somebody from outside by name.
CREATE TABLE agenda.session_speakers (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  account_id uuid,
  name text,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, session_id, account_id),
  CHECK ((account_id IS NULL) <> (name IS NULL)),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, account_id) REFERENCES house.accounts (house_id, id)
);
CREATE INDEX session_speakers_by_account ON agenda.session_speakers (house_id, account_id) WHERE account_id IS NOT NULL;
SELECT core.protect('agenda.session_speakers', 'SELECT, INSERT, DELETE');

-- Who is registered, waits, or gave up. People who registered together share a group, which waits and enters as one; `turn` is the
-- group's place in the order in which groups came.
CREATE TABLE agenda.registrations (
  house_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  group_id uuid NOT NULL,
  turn integer NOT NULL,
  state text NOT NULL CHECK (state IN ('registered', 'waiting', 'cancelled')),
  -- By the link that an adviser gave, and not by an adviser.
  by_link boolean NOT NULL DEFAULT false,
  asked_at timestamptz NOT NULL,
  asked_by uuid,
  -- When it entered from the waiting list.
  entered_at timestamptz,
  cancelled_at timestamptz,
  cancelled_by uuid,
  reason text,
  PRIMARY KEY (house_id, session_id, person_id),
  CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL)),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX registrations_by_person ON agenda.registrations (house_id, person_id);
SELECT core.protect('agenda.registrations', 'SELECT, INSERT, UPDATE, DELETE');

-- Who came: a person, or heads counted without names, by sex where it was noted.
CREATE TABLE agenda.attendances (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid,
  sex text CHECK (sex IN ('F', 'M', 'X')),
  heads smallint CHECK (heads >= 0),
  state text NOT NULL CHECK (state IN ('present', 'absent', 'justified')),
  external_id text,
  recorded_at timestamptz NOT NULL,
  recorded_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, external_id),
  UNIQUE (house_id, session_id, person_id),
  CHECK ((person_id IS NULL) = (heads IS NOT NULL)),
  CHECK (person_id IS NULL OR sex IS NULL),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
CREATE INDEX attendances_by_person ON agenda.attendances (house_id, person_id) WHERE person_id IS NOT NULL;
SELECT core.protect('agenda.attendances', 'SELECT, INSERT, UPDATE, DELETE');

-- A link by which one known person registers for one session. Only the hash of its token is stored.
CREATE TABLE agenda.registration_links (
  house_id uuid NOT NULL,
  session_id uuid NOT NULL,
  person_id uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  made_by uuid,
  PRIMARY KEY (house_id, session_id, person_id),
  FOREIGN KEY (house_id, session_id) REFERENCES agenda.sessions (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id)
);
SELECT core.protect('agenda.registration_links', 'SELECT, INSERT, UPDATE, DELETE');

-- The link that a token opens, until its session is over: asked before the house is known.
CREATE FUNCTION agenda.open_registration_link(hash bytea, moment timestamptz)
RETURNS TABLE (house_id uuid, house_code text, house_name text, zone text, session_id uuid, person_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
  SELECT l.house_id, h.code, h.name, h.zone, l.session_id, l.person_id
    FROM agenda.registration_links l
    JOIN house.houses h ON h.house_id = l.house_id
    JOIN agenda.sessions s ON s.house_id = l.house_id AND s.id = l.session_id
    JOIN people.persons p ON p.house_id = l.house_id AND p.id = l.person_id AND p.merged_into IS NULL AND p.anonymised_at IS NULL
   WHERE l.token_hash = hash AND s.starts_on >= (moment AT TIME ZONE h.zone)::date
$$;
