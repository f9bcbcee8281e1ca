import type { PartKind, TermKind } from "./tables.ts";

/** The lists of a new house: the roles that the field speaks of, the types that its files bring. */
export const firstTerms: Readonly<Record<TermKind, readonly string[]>> = {
  role: [
    "prescripteur",
    "employeur",
    "coopérateur culturel",
    "coopérateur social",
    "formateur",
    "financeur",
    "donateur",
  ],
  type: [
    "association",
    "collectivité ou organisme public",
    "culture ou sport",
    "entreprise",
    "établissement scolaire ou de formation",
    "insertion, social, médico-social",
  ],
};

export const termKindWords: Readonly<Record<TermKind, string>> = { role: "Rôles", type: "Types" };

type PartWords = {
  /** In an address: /structures/…/lieux. */
  path: string;
  title: string;
  one: string;
  add: string;
  empty: string;
  feminine: boolean;
};
export const partWords: Readonly<Record<PartKind, PartWords>> = {
  role: {
    path: "roles",
    title: "Rôles",
    one: "un rôle",
    add: "Ajouter un rôle",
    empty: "Aucun rôle : dites ce que cette structure est pour la maison.",
    feminine: false,
  },
  contact: {
    path: "contacts",
    title: "Contacts",
    one: "un contact",
    add: "Ajouter un contact",
    empty: "Aucun contact : notez qui appeler, à son travail.",
    feminine: false,
  },
  site: {
    path: "lieux",
    title: "Lieux",
    one: "un lieu",
    add: "Ajouter un lieu",
    empty: "Aucun autre lieu que son adresse.",
    feminine: false,
  },
  convention: {
    path: "conventions",
    title: "Conventions",
    one: "une convention",
    add: "Ajouter une convention",
    empty: "Aucune convention notée.",
    feminine: true,
  },
};

const partKinds = Object.keys(partWords) as PartKind[];

export const journalWords: Readonly<Record<string, string>> = {
  "structure.listed": "a ouvert la liste des structures",
  "structure.exported": "a exporté la liste des structures",
  "structure.shared": "a exporté les structures pour data·inclusion",
  "structure.opened": "a ouvert une structure",
  "structure.created": "a créé une structure",
  "structure.changed": "a modifié une structure",
  "structure.closed": "a fermé une structure",
  "structure.reopened": "a rouvert une structure",
  "structure.merged": "a fusionné deux structures",
  "structure-merge.undone": "a annulé une fusion de structures",
  "structure-merge.listed": "a ouvert les fusions de structures",
  "structure-merge.exported": "a exporté les fusions de structures",
  "structure-merge.opened": "a ouvert une fusion de structures",
  "structure-twins.listed": "a ouvert les structures en double",
  "structure-twins.exported": "a exporté les structures en double",
  "structure-twins.compared": "a comparé deux structures",
  "structure-twins.dismissed": "a écarté une paire de structures",
  "structure-twins.reopened": "a remis une paire de structures à regarder",
  "structure-word.added": "a ajouté un mot aux listes des structures",
  "structure-word.changed": "a modifié un mot des listes des structures",
  "structure-contact.erased": "a effacé un contact d’une structure",
  "convention.listed": "a ouvert la liste des conventions",
  "convention.exported": "a exporté la liste des conventions",
  ...Object.fromEntries(
    partKinds.flatMap((kind) => {
      const { one } = partWords[kind];
      return [
        [`structure-${kind}.opened`, `a ouvert ${one} d’une structure`],
        [`structure-${kind}.added`, `a ajouté ${one} à une structure`],
        [`structure-${kind}.changed`, `a modifié ${one} d’une structure`],
        [`structure-${kind}.withdrawn`, `a retiré ${one} d’une structure`],
        [`structure-${kind}.restored`, `a remis ${one} d’une structure`],
      ];
    }),
  ),
};
