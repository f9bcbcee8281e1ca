// Row type of the calendars that other programs read.
type FeedsTable = {
  house_id: string;
  account_id: string;
  token_hash: Buffer;
  names: boolean;
  made_at: Date;
};

export type FeedTables = { "agenda.feeds": FeedsTable };
