export const weekJournalWords = {
  "week.opened": "a ouvert une semaine",
  "week.exported": "a exporté une semaine",
  "feed.made": "a fait l’adresse de son calendrier",
  "feed.revoked": "a supprimé l’adresse de son calendrier",
};
