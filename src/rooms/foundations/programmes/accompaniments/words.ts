import { number, shortDay } from "../../../../ui/words.ts";
import type { StructureSituation } from "../../partners/door.ts";

/** A situation kept with an entry or an exit, in words. */
export const situationFacts = (one: StructureSituation): { label: string; value: string | null }[] => {
  const euros = (value: number | undefined): string | null => (value === undefined ? null : `${number(value)} €`);
  return [
    { label: "Type", value: one.type ?? null },
    { label: "Rôles", value: one.roles?.join(", ") ?? null },
    { label: "Effectif", value: one.workforce === undefined ? null : number(one.workforce) },
    { label: "Chiffre d’affaires annuel", value: euros(one.turnover) },
    { label: "Total du bilan", value: euros(one.balance) },
    { label: "Créée le", value: one.founded ? shortDay(one.founded) : null },
    { label: "Commune", value: [one.postal_code, one.commune].filter(Boolean).join(", ") || null },
  ];
};

export const accompanimentJournalWords: Record<string, string> = {
  "accompaniment.started": "a ouvert le formulaire d’entrée d’une structure dans un dispositif",
  "accompaniment.created": "a fait entrer une structure dans un dispositif",
  "accompaniment.opened": "a ouvert l’accompagnement d’une structure",
  "accompaniment.stage": "a noté une étape de l’accompagnement d’une structure, ou l’a retirée",
  "accompaniment.exited": "a noté la sortie d’une structure",
  "accompaniment.resumed": "a annulé la sortie d’une structure",
  "accompaniment.withdrawn": "a retiré l’accompagnement d’une structure, noté par erreur",
  "accompaniment.restored": "a remis l’accompagnement d’une structure",
  "accompaniment.listed": "a ouvert la liste des structures accompagnées",
  "accompaniment.exported": "a exporté la liste des structures accompagnées",
};
