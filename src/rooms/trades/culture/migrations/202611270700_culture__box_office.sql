-- The solidarity box office: places that a venue gives, on a date, and who booked them for whom (report 2020, "Billetterie solidaire").
-- A place is given once. The program keeps the counter `taken` of each date, under the lock of its row; the database refuses by itself, by
-- counting the rows again under the same lock, whatever would give one place too many.
CREATE SCHEMA culture;
GRANT USAGE ON SCHEMA culture TO traboule_web;

CREATE TABLE culture.offers (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  title text NOT NULL CHECK (title <> ''),
  genre text NOT NULL DEFAULT '',
  place text NOT NULL DEFAULT '',
  most_each smallint NOT NULL DEFAULT 6 CHECK (most_each BETWEEN 1 AND 200),
  from_age smallint CHECK (from_age BETWEEN 0 AND 120),
  to_age smallint CHECK (to_age BETWEEN 0 AND 120),
  language text NOT NULL DEFAULT '',
  access text[] NOT NULL DEFAULT '{}',
  minutes smallint CHECK (minutes BETWEEN 1 AND 1440),
  meeting text NOT NULL DEFAULT '',
  companions boolean NOT NULL DEFAULT true,
  -- Empty: everybody. Several kinds of rule narrow together.
  for_communes text[] NOT NULL DEFAULT '{}',
  for_types uuid[] NOT NULL DEFAULT '{}',
  for_structures uuid[] NOT NULL DEFAULT '{}',
  external_id text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  UNIQUE (house_id, external_id),
  CHECK (from_age IS NULL OR to_age IS NULL OR from_age <= to_age)
);
CREATE INDEX offers_by_structure ON culture.offers (house_id, structure_id);
SELECT core.protect('culture.offers', 'SELECT, INSERT, UPDATE, DELETE');

-- Dates called off together: one venue or everywhere, between two days, for one reason.
CREATE TABLE culture.cancellations (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  structure_id uuid,
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day >= from_day),
  reason text NOT NULL CHECK (reason <> ''),
  at timestamptz NOT NULL,
  account_id uuid,
  dates integer NOT NULL DEFAULT 0,
  bookings integer NOT NULL DEFAULT 0,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
SELECT core.protect('culture.cancellations', 'SELECT, INSERT, UPDATE');

CREATE TABLE culture.dates (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  on_day date NOT NULL,
  at time,
  places integer NOT NULL CHECK (places BETWEEN 0 AND 100000),
  taken integer NOT NULL DEFAULT 0 CHECK (taken >= 0),
  closes_at timestamptz,
  way text NOT NULL DEFAULT 'first' CHECK (way IN ('first', 'draw')),
  cancelled_at timestamptz,
  cancelled_reason text,
  cancellation_id uuid,
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, offer_id) REFERENCES culture.offers (house_id, id),
  FOREIGN KEY (house_id, cancellation_id) REFERENCES culture.cancellations (house_id, id),
  UNIQUE (house_id, external_id),
  CONSTRAINT never_one_too_many CHECK (taken <= places),
  CHECK ((cancelled_at IS NULL) = (cancelled_reason IS NULL))
);
CREATE INDEX dates_by_day ON culture.dates (house_id, on_day);
CREATE INDEX dates_by_offer ON culture.dates (house_id, offer_id);
SELECT core.protect('culture.dates', 'SELECT, INSERT, UPDATE, DELETE');

-- Places of a date kept for the structures of some communes until a moment, then for all.
CREATE TABLE culture.allotments (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  date_id uuid NOT NULL,
  places integer NOT NULL CHECK (places BETWEEN 1 AND 100000),
  communes text[] NOT NULL CHECK (cardinality(communes) > 0),
  until timestamptz NOT NULL,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, date_id) REFERENCES culture.dates (house_id, id)
);
CREATE INDEX allotments_by_date ON culture.allotments (house_id, date_id);
SELECT core.protect('culture.allotments', 'SELECT, INSERT, UPDATE, DELETE');

-- What a structure asks for and gets, for somebody named or not. "confirmed" and "offered" (a place held for who waits, until a moment)
-- hold places; the others hold none. `attended`: NULL, not reported; 0, nobody came.
CREATE TABLE culture.bookings (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  date_id uuid NOT NULL,
  structure_id uuid NOT NULL,
  person_id uuid,
  first_name text CHECK (first_name <> ''),
  people smallint NOT NULL CHECK (people BETWEEN 1 AND 200),
  companions smallint NOT NULL DEFAULT 0 CHECK (companions BETWEEN 0 AND 200),
  seats smallint NOT NULL GENERATED ALWAYS AS (people + companions) STORED,
  state text NOT NULL CHECK (state IN ('requested', 'waiting', 'offered', 'confirmed', 'cancelled', 'expired', 'lost')),
  code text NOT NULL,
  asked_at timestamptz NOT NULL,
  asked_by uuid,
  confirmed_at timestamptz,
  offered_until timestamptz,
  ended_at timestamptz,
  ended_by text CHECK (ended_by IN ('structure', 'venue', 'house', 'time', 'draw')),
  ended_reason text,
  attended smallint,
  attended_at timestamptz,
  attended_source text CHECK (attended_source IN ('import', 'team', 'venue', 'door', 'link', 'structure')),
  external_id text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, date_id) REFERENCES culture.dates (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, person_id) REFERENCES people.persons (house_id, id),
  UNIQUE (house_id, code),
  UNIQUE (house_id, external_id),
  CHECK (attended IS NULL OR attended BETWEEN 0 AND 400),
  CHECK (state NOT IN ('confirmed', 'cancelled') OR confirmed_at IS NOT NULL),
  CHECK (state <> 'offered' OR offered_until IS NOT NULL)
);
CREATE INDEX bookings_by_date ON culture.bookings (house_id, date_id, state) INCLUDE (seats);
CREATE INDEX bookings_by_structure ON culture.bookings (house_id, structure_id, asked_at DESC);
CREATE INDEX bookings_by_person ON culture.bookings (house_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX bookings_offered ON culture.bookings (house_id, offered_until) WHERE state = 'offered';
SELECT core.protect('culture.bookings', 'SELECT, INSERT, UPDATE, DELETE');

-- The second guard: it knows nothing of the counter, and counts the rows under the lock of their date.
CREATE FUNCTION culture.refuse_too_many() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE most integer; held bigint;
BEGIN
  IF NEW.state NOT IN ('confirmed', 'offered') THEN RETURN NULL; END IF;
  SELECT d.places INTO most FROM culture.dates d WHERE d.house_id = NEW.house_id AND d.id = NEW.date_id FOR NO KEY UPDATE;
  SELECT coalesce(sum(b.seats), 0) INTO held FROM culture.bookings b
   WHERE b.house_id = NEW.house_id AND b.date_id = NEW.date_id AND b.state IN ('confirmed', 'offered');
  IF held > most THEN RAISE EXCEPTION '% places held of % on this date', held, most USING ERRCODE = '23514', CONSTRAINT = 'never_one_too_many'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_too_many AFTER INSERT OR UPDATE OF state, people, companions, date_id ON culture.bookings FOR EACH ROW EXECUTE FUNCTION culture.refuse_too_many();

CREATE FUNCTION culture.refuse_too_few() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE held bigint;
BEGIN
  SELECT coalesce(sum(b.seats), 0) INTO held FROM culture.bookings b
   WHERE b.house_id = NEW.house_id AND b.date_id = NEW.id AND b.state IN ('confirmed', 'offered');
  IF held > NEW.places THEN RAISE EXCEPTION '% places held of % on this date', held, NEW.places USING ERRCODE = '23514', CONSTRAINT = 'never_one_too_many'; END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER refuse_too_few AFTER UPDATE OF places ON culture.dates FOR EACH ROW EXECUTE FUNCTION culture.refuse_too_few();

-- How many places a structure may book in a season (September to August); without structure: each of them.
CREATE TABLE culture.limits (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  season smallint NOT NULL CHECK (season BETWEEN 2000 AND 2100),
  structure_id uuid,
  seats integer NOT NULL CHECK (seats BETWEEN 0 AND 100000),
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  UNIQUE NULLS NOT DISTINCT (house_id, season, structure_id)
);
SELECT core.protect('culture.limits', 'SELECT, INSERT, UPDATE, DELETE');

-- A draw of a date's places. The seed is fixed when the draw is announced, and shown by its print alone until the draw.
CREATE TABLE culture.draws (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  date_id uuid NOT NULL,
  opens_at timestamptz NOT NULL,
  closes_at timestamptz NOT NULL CHECK (closes_at > opens_at),
  seed text NOT NULL,
  seed_print text NOT NULL,
  rule smallint NOT NULL DEFAULT 1,
  drawn_at timestamptz,
  places integer,
  PRIMARY KEY (house_id, date_id),
  FOREIGN KEY (house_id, date_id) REFERENCES culture.dates (house_id, id)
);
SELECT core.protect('culture.draws', 'SELECT, INSERT, UPDATE');

-- What the draw saw of each request, and what came of it: enough to replay it.
CREATE TABLE culture.draw_lines (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  date_id uuid NOT NULL,
  booking_id uuid NOT NULL,
  seats smallint NOT NULL,
  served integer NOT NULL,
  score text NOT NULL,
  rank integer NOT NULL,
  given boolean NOT NULL,
  PRIMARY KEY (house_id, date_id, booking_id),
  FOREIGN KEY (house_id, date_id) REFERENCES culture.draws (house_id, date_id),
  FOREIGN KEY (house_id, booking_id) REFERENCES culture.bookings (house_id, id)
);
SELECT core.protect('culture.draw_lines', 'SELECT, INSERT');
