// An act on several lines of a list at once. A room declares it; choosing, counting, telling and taking back are the same for all.
import type { ComponentChildren } from "preact";
import type { Tx } from "../db/transaction.ts";
import type { Right } from "../rights.ts";

/** What was chosen on a list, in its order, each once. `enrolments`: null where the list's lines are not enrolments. */
export type Chosen = { persons: readonly string[]; enrolments: readonly string[] | null };

export type GroupWish = {
  /** The act's identifier: what the act writes bears it, so that it is found again when the act is taken back. */
  id: string;
  chosen: Chosen;
  /** A field of the act's form, as it was typed; "" when there is none. */
  typed: (name: string) => string;
};

export type GroupDone =
  | { ok: true /** Changes made. */; done: number /** What its author is told: no name of a person. */; said: string }
  /** Nothing was done: one sentence a field. */
  | { ok: false; mistakes: Readonly<Record<string, string>> };

export type GroupAct = {
  /** The word of addresses and of the journal, ASCII. */
  key: string;
  /** "Mettre une étiquette". */
  label: string;
  right: Right;
  fields: (
    tx: Tx,
    typed: GroupWish["typed"],
    mistakes: Readonly<Record<string, string>>,
  ) => Promise<ComponentChildren> | ComponentChildren;
  run: (tx: Tx, wish: GroupWish) => Promise<GroupDone>;
  /** Puts back what the act changed and nobody has changed since; `left`: what stays as it is now. Null: it was taken back on another page. */
  undo: (tx: Tx, id: string) => Promise<{ back: number; left: number } | null>;
};
