-- What a programme for companies asks of them: how large, in money too, and since when. In whole euros, of the last year closed.
ALTER TABLE partners.structures
  ADD COLUMN founded_on date,
  ADD COLUMN turnover bigint CHECK (turnover >= 0),
  ADD COLUMN balance_total bigint CHECK (balance_total >= 0);
