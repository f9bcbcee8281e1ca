// The manifest of a room: what it brings to the house. `app/` reads these and nothing else of a room.
import type { ComponentChildren } from "preact";
import type { Tx } from "./db/transaction.ts";
import type { Figure, FigureSource } from "./figures/figure.ts";
import type { Link } from "./hanging.ts";
import type { Routes } from "./http/route.ts";
import type { ImportKind } from "./importing/kind.ts";
import type { Errand, Job } from "./jobs/job.ts";
import type { GroupAct } from "./lists/acts.ts";
import type { PersonEvents } from "./lists/events.ts";
import type { AnyList } from "./lists/list.ts";
import type { Right } from "./rights.ts";

export type MenuEntry = {
  href: string;
  label: string;
  right: Right;
  order: number;
  key?: string;
  /** Other addresses whose pages belong to this entry: it stays marked there. */
  also?: readonly string[];
};

/** One line of a person's timeline. `at` is a day or an instant, newest first on the sheet. */
export type TimelineEntry = { day: string; hour?: string | null; kind: string; text: ComponentChildren };

/**
 * What a room shows on a person's sheet, of one reading: a panel (left out: nothing to show to this scope) and lines of the timeline, the
 * latest `most` of them.
 */
export type PersonPanel = {
  order: number;
  right: Right;
  show: (tx: Tx, person: string, most: number) => Promise<{ panel?: ComponentChildren; timeline?: TimelineEntry[] }>;
};

/**
 * A table that hangs on a person: a merge moves its rows, an access request gives them, an erasure cuts them.
 * `describe` gives the rows in words that the person understands.
 */
export type PersonLink = Link & {
  describe: (tx: Tx, person: string) => Promise<Record<string, unknown>[]>;
  /** What must be kept on the rows, without the person, before the person is made anonymous. */
  beforeAnonymising?: (tx: Tx, persons: readonly string[]) => Promise<void>;
};

/** What a room shows on a structure's sheet; null: nothing to show to this scope. */
export type StructurePanel = {
  order: number;
  right: Right;
  panel: (tx: Tx, structure: string) => Promise<ComponentChildren>;
};

/** A table that hangs on a structure: a merge of two structures moves its rows. */
export type StructureLink = Link;

/** Somebody's way through a programme, from their entry to a day. */
export type Path = { person: string; programme: string; from: string; to: string };

/** What a room knows of paths, where the room of programmes shows them. */
export type PathFacts = {
  right: Right;
  /** What happened on a path, in lines that its person understands: "6 entretiens, 5 h". */
  told: (tx: Tx, path: Path) => Promise<string[]>;
  /** What is next for these people, or stayed without an answer: one line a person at most. */
  ahead: (tx: Tx, persons: readonly string[]) => Promise<PathAhead[]>;
};
export type PathAhead = { person: string; text: string; href: string; late: boolean };

export type KeptPage = { name: string; path: string; title: string };

export type Room = {
  name: string;
  /** Rooms that this one enters by their door. */
  uses: readonly string[];
  rights: Record<string, Right>;
  routes?: Routes;
  menu?: readonly MenuEntry[];
  /** The lists of the room; their routes are declared with the others. */
  lists?: readonly AnyList[];
  /** Pages whose addresses are kept under a name as the filters of lists are. */
  keptPages?: readonly KeptPage[];
  /** What can be done with several lines of a list at once. */
  groupActs?: readonly GroupAct[];
  /** What the room tells of people day by day. */
  personEvents?: readonly PersonEvents[];
  personPanels?: readonly PersonPanel[];
  personLinks?: readonly PersonLink[];
  structurePanels?: readonly StructurePanel[];
  structureLinks?: readonly StructureLink[];
  pathFacts?: readonly PathFacts[];
  figureSources?: readonly FigureSource[];
  figures?: readonly Figure[];
  imports?: readonly ImportKind[];
  jobs?: readonly Job[];
  errands?: readonly Errand[];
  /** The journal's words with their French sentence: "a ouvert la fiche". */
  journalWords?: Record<string, string>;
  /** What a house gets on its first day (lists, rules): idempotent. */
  furnish?: (tx: Tx) => Promise<void>;
};
