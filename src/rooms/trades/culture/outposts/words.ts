// Words of permanences: who is counted on the spot, what the journal says.
export type Met = "F" | "M" | "";
export const metWords: Record<Met, { one: string; many: string }> = {
  F: { one: "femme", many: "femmes" },
  M: { one: "homme", many: "hommes" },
  "": { one: "sans précision", many: "sans précision" },
};

export const outpostJournalWords: Record<string, string> = {
  "outpost.planned": "a programmé une permanence",
  "outpost.changed": "a changé l’hôte ou les volontaires d’une permanence",
  "outpost.opened": "a ouvert une permanence ou une action culturelle",
  "outpost.met": "a compté une rencontre à une permanence",
  "outpost.booked": "a réservé des places depuis une permanence",
  "outpost.noted": "a noté un besoin à une permanence",
  "outpost.note-settled": "a traité une note de permanence",
  "outpost.closed": "a clos le comptage d’une permanence",
};
