-- What an outing is about and how to get there, in the words of whoever publishes it: many people come only when both are said.
ALTER TABLE culture.offers
  ADD COLUMN about text NOT NULL DEFAULT '' CHECK (length(about) <= 1000),
  ADD COLUMN way_there text NOT NULL DEFAULT '' CHECK (length(way_there) <= 500);
