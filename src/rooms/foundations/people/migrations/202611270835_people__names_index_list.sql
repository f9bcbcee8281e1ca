-- The list in which new names wait for the index (202611270610) was too short: a large import emptied it at every few dozen people, and took
-- 56 s for 100 000 of them instead of 35 with a list of 4 MB. A search reads the list whole, so it stays short enough for that.
ALTER INDEX people.persons_names SET (gin_pending_list_limit = 1024);
