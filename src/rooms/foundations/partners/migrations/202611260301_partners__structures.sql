-- Organisations that the house works with: who they are, their roles from a day to a day, their places, the people at work there, and
-- what was agreed with them. A structure is no person: what is kept of a contact is what their work needs.
CREATE SCHEMA partners;
GRANT USAGE ON SCHEMA partners TO traboule_web;

-- The house's own words: roles (prescripteur, financeur …) and types (association, entreprise …).
CREATE TABLE partners.terms (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('role', 'type')),
  label text NOT NULL,
  comparable text NOT NULL GENERATED ALWAYS AS (core.normalise(label)) STORED,
  to_day date,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  UNIQUE (house_id, kind, comparable)
);
SELECT core.protect('partners.terms', 'SELECT, INSERT, UPDATE, DELETE');

-- Other names are compared as the name is: a generated column may only ask functions that never change their mind.
CREATE FUNCTION partners.joined(text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT array_to_string($1, ' ') $$;

CREATE TABLE partners.structures (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  id uuid NOT NULL,
  name text NOT NULL,
  aliases text[] NOT NULL DEFAULT '{}',
  type_id uuid,
  parent_id uuid,
  siret text CHECK (siret ~ '^\d{14}$'),
  siren text CHECK (siren ~ '^\d{9}$' AND (siret IS NULL OR siren = left(siret, 9))),
  -- What a file gave as a SIRET and cannot be one: kept to be looked at, never used.
  siret_to_check text,
  address text,
  postal_code text,
  commune_name text,
  commune_code text,
  phone text,
  email text,
  website text,
  workforce integer CHECK (workforce >= 0),
  sector text,
  note text,
  created_at timestamptz NOT NULL,
  created_by uuid,
  changed_at timestamptz NOT NULL,
  merged_into uuid,
  version integer NOT NULL DEFAULT 1,
  search_text text NOT NULL GENERATED ALWAYS AS
    (core.normalise(name || ' ' || partners.joined(aliases) || ' ' || coalesce(commune_name, '') || ' ' || coalesce(postal_code, '') || ' ' || coalesce(siret, siren, ''))) STORED,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, type_id) REFERENCES partners.terms (house_id, id),
  FOREIGN KEY (house_id, parent_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, merged_into) REFERENCES partners.structures (house_id, id),
  CHECK (parent_id <> id)
);
CREATE INDEX structures_search ON partners.structures USING gin (search_text gin_trgm_ops) WHERE merged_into IS NULL;
CREATE INDEX structures_by_name ON partners.structures (house_id, core.normalise(name), id) WHERE merged_into IS NULL;
CREATE INDEX structures_by_siret ON partners.structures (house_id, siret) WHERE siret IS NOT NULL;
CREATE INDEX structures_by_parent ON partners.structures (house_id, parent_id) WHERE parent_id IS NOT NULL;
SELECT core.protect('partners.structures', 'SELECT, INSERT, UPDATE, DELETE');

-- Identifiers that other tools gave; a merged structure keeps them all.
CREATE TABLE partners.external_ids (
  house_id uuid NOT NULL,
  system text NOT NULL,
  external_id text NOT NULL,
  structure_id uuid NOT NULL,
  PRIMARY KEY (house_id, external_id, system),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX external_ids_by_structure ON partners.external_ids (house_id, structure_id);
SELECT core.protect('partners.external_ids', 'SELECT, INSERT, UPDATE, DELETE');

-- The structure works with us no more, or did not for a while: a closure stands until it is reopened.
CREATE TABLE partners.closures (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  closed_on date NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  reopened_at timestamptz,
  reopened_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE UNIQUE INDEX closures_standing ON partners.closures (house_id, structure_id) WHERE reopened_at IS NULL;
SELECT core.protect('partners.closures', 'SELECT, INSERT, UPDATE, DELETE');

-- What a structure is for the house, from a day to a day; without a first day: since ever, as far as is known.
CREATE TABLE partners.roles (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  term_id uuid NOT NULL,
  from_day date,
  to_day date CHECK (to_day >= from_day),
  imported boolean NOT NULL DEFAULT false,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, term_id) REFERENCES partners.terms (house_id, id)
);
CREATE INDEX roles_by_structure ON partners.roles (house_id, structure_id);
CREATE INDEX roles_by_term ON partners.roles (house_id, term_id);
SELECT core.protect('partners.roles', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE partners.sites (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  name text NOT NULL,
  address text,
  postal_code text,
  commune_name text,
  phone text,
  from_day date,
  to_day date CHECK (to_day >= from_day),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX sites_by_structure ON partners.sites (house_id, structure_id);
SELECT core.protect('partners.sites', 'SELECT, INSERT, UPDATE, DELETE');

-- People at work: no file of the house, no birth date, no address of their own.
CREATE TABLE partners.contacts (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  name text NOT NULL,
  function text,
  email text,
  phone text,
  from_day date,
  to_day date CHECK (to_day >= from_day),
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX contacts_by_structure ON partners.contacts (house_id, structure_id);
SELECT core.protect('partners.contacts', 'SELECT, INSERT, UPDATE, DELETE');

-- What was agreed with a structure. The amount, if any, in euro cents.
CREATE TABLE partners.conventions (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  structure_id uuid NOT NULL,
  title text NOT NULL,
  signed_on date,
  from_day date,
  to_day date CHECK (to_day >= from_day),
  renew_by date,
  amount_cents bigint CHECK (amount_cents >= 0),
  note text,
  version integer NOT NULL DEFAULT 1,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, structure_id) REFERENCES partners.structures (house_id, id)
);
CREATE INDEX conventions_by_structure ON partners.conventions (house_id, structure_id);
CREATE INDEX conventions_by_end ON partners.conventions (house_id, to_day);
SELECT core.protect('partners.conventions', 'SELECT, INSERT, UPDATE, DELETE');

-- A role, a place, a contact or a convention noted by mistake stays, with who took it away and why, and counts nowhere.
CREATE TABLE partners.withdrawals (
  house_id uuid NOT NULL REFERENCES house.houses (house_id),
  row_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('role', 'site', 'contact', 'convention')),
  at timestamptz NOT NULL,
  account_id uuid,
  reason text NOT NULL,
  PRIMARY KEY (house_id, row_id)
);
SELECT core.protect('partners.withdrawals', 'SELECT, INSERT, DELETE');

-- Pairs that may be one structure, with why; and what somebody said of a pair.
CREATE TABLE partners.twins (
  house_id uuid NOT NULL,
  first_id uuid NOT NULL,
  second_id uuid NOT NULL,
  score real NOT NULL,
  reasons text[] NOT NULL,
  found_at timestamptz NOT NULL,
  dismissed_at timestamptz,
  dismissed_by uuid,
  PRIMARY KEY (house_id, first_id, second_id),
  FOREIGN KEY (house_id, first_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, second_id) REFERENCES partners.structures (house_id, id),
  CHECK (first_id < second_id)
);
CREATE INDEX twins_by_second ON partners.twins (house_id, second_id);
SELECT core.protect('partners.twins', 'SELECT, INSERT, UPDATE, DELETE');

-- A merge: everything needed to undo it.
CREATE TABLE partners.merges (
  house_id uuid NOT NULL,
  id uuid NOT NULL,
  kept_id uuid NOT NULL,
  absorbed_id uuid NOT NULL,
  merged_at timestamptz NOT NULL,
  merged_by uuid,
  kept_before jsonb NOT NULL,
  moved jsonb NOT NULL,
  kept_version integer NOT NULL,
  undone_at timestamptz,
  undone_by uuid,
  PRIMARY KEY (house_id, id),
  FOREIGN KEY (house_id, kept_id) REFERENCES partners.structures (house_id, id),
  FOREIGN KEY (house_id, absorbed_id) REFERENCES partners.structures (house_id, id)
);
SELECT core.protect('partners.merges', 'SELECT, INSERT, UPDATE');
