-- A letter to many may be left by its reader: its link says so to mail programs too (RFC 2369, RFC 8058).
ALTER TABLE messages.messages ADD COLUMN link_leaves boolean NOT NULL DEFAULT false CHECK (NOT link_leaves OR link_kind IS NOT NULL);
