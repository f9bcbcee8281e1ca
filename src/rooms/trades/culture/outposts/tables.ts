// Row types of what the pole adds to sessions of its programmes.
export type OutpostsTable = { house_id: string; session_id: string; host_id: string };
export type OutpostVolunteersTable = { house_id: string; session_id: string; volunteer_id: string };
export type PeopleMetTable = {
  house_id: string;
  id: string;
  session_id: string;
  sex: "F" | "M" | null;
  heads: number;
  at: Date;
  account_id: string | null;
  settled_at: Date | null;
  settled_as: "added" | "left-out" | null;
};
export type OutpostNotesTable = {
  house_id: string;
  id: string;
  session_id: string;
  body: string;
  at: Date;
  account_id: string | null;
  settled_at: Date | null;
  settled_by: string | null;
};

export type OutpostTables = {
  "culture.outposts": OutpostsTable;
  "culture.outpost_volunteers": OutpostVolunteersTable;
  "culture.people_met": PeopleMetTable;
  "culture.outpost_notes": OutpostNotesTable;
};
