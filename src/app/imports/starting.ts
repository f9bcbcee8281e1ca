// Starts work from a request: once its transaction is committed, so that the work finds what the request wrote.
import type { At } from "../../core/http/route.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { type DraftState, takeUp } from "./drafts.ts";
import { takeUpUndo } from "./undoing.ts";
import { workOnDraft, workOnUndo } from "./work.ts";
import type { Works } from "./works.ts";

/** False: the draft is not in a state for it. */
export async function startWork(
  at: At<unknown>,
  works: Works,
  kinds: readonly ImportKind[],
  what: "reading" | "importing",
  id: string,
  from: readonly DraftState[],
): Promise<boolean> {
  const attempt = await takeUp(at.tx, id, from, what);
  if (!attempt) return false;
  const asked = { services: at.services, scope: at.scope, kinds };
  at.tx.afterCommit(() => works.start((signal) => workOnDraft(asked, what, id, attempt, signal)));
  return true;
}

/** False: it is undone, or being undone. */
export async function startUndo(
  at: At<unknown>,
  works: Works,
  kinds: readonly ImportKind[],
  id: string,
): Promise<boolean> {
  const attempt = await takeUpUndo(at.tx, id);
  if (!attempt) return false;
  const asked = { services: at.services, scope: at.scope, kinds };
  at.tx.afterCommit(() => works.start((signal) => workOnUndo(asked, id, attempt, signal)));
  return true;
}
