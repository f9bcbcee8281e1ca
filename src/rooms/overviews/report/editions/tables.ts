// Row types of editions.
import type { Generated } from "kysely";
import type { Content } from "./content.ts";
import type { Document } from "./document.ts";
import type { BlockKind, ChapterKind, ChapterState, EditionState } from "./words.ts";

export type EditionsTable = {
  house_id: string;
  id: string;
  title: string;
  slug: string;
  from_day: string;
  to_day: string;
  state: EditionState;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type EditionEventsTable = {
  house_id: string;
  id: string;
  edition_id: string;
  state: EditionState;
  why: string | null;
  at: Date;
  by_account: string | null;
};

export type EditionChaptersTable = {
  house_id: string;
  id: string;
  edition_id: string;
  kind: ChapterKind;
  programme: string | null;
  title: string;
  position: number;
  owner_id: string | null;
  state: ChapterState;
  created_at: Date;
  created_by: string | null;
  version: Generated<number>;
};

export type EditionBlocksTable = {
  house_id: string;
  id: string;
  chapter_id: string;
  kind: BlockKind;
  position: number;
  hidden: Generated<boolean>;
  kept: Generated<boolean>;
  content: Content;
  removed_at: Date | null;
  changed_at: Date;
  changed_by: string | null;
  version: Generated<number>;
};

export type EditionBlockVersionsTable = {
  house_id: string;
  block_id: string;
  version: number;
  content: Content;
  from_version: number | null;
  at: Date;
  by_account: string | null;
};

export type EditionCommentsTable = {
  house_id: string;
  id: string;
  chapter_id: string;
  text: string;
  at: Date;
  by_account: string | null;
  settled_at: Date | null;
  settled_by: string | null;
};

export type EditionPhotosTable = {
  house_id: string;
  id: string;
  edition_id: string;
  width: number;
  height: number;
  sha256: string;
  jpeg: Buffer;
  added_at: Date;
  added_by: string | null;
};

export type EditionFreezesTable = {
  house_id: string;
  edition_id: string;
  number: number;
  at: Date;
  by_account: string | null;
  within: Document;
  outside: Document;
};

export type FrozenFiguresTable = {
  house_id: string;
  edition_id: string;
  number: number;
  key: string;
  code: string;
  filters: Record<string, string>;
  from_day: string;
  to_day: string;
  value: number;
  label: string;
  unit: string;
  definition: string;
  fingerprint: string | null;
};

export type EditionTables = {
  "report.editions": EditionsTable;
  "report.edition_events": EditionEventsTable;
  "report.edition_chapters": EditionChaptersTable;
  "report.edition_blocks": EditionBlocksTable;
  "report.edition_block_versions": EditionBlockVersionsTable;
  "report.edition_comments": EditionCommentsTable;
  "report.edition_photos": EditionPhotosTable;
  "report.edition_freezes": EditionFreezesTable;
  "report.frozen_figures": FrozenFiguresTable;
};
