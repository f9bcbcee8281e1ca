// A file that waits: how far its dry run is, what it would do, and the word that imports it.

import { createReadStream, existsSync } from "node:fs";
import { Readable } from "node:stream";
import { z } from "zod";
import { type Answer, fragment, notFound, page, redirect, refusal } from "../../core/http/answer.ts";
import type { At, Routes } from "../../core/http/route.ts";
import { uploadsOf } from "../../core/http/uploads.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { plural } from "../../ui/words.ts";
import { type Draft, draftOf, dropDraft, waitingDrafts } from "./drafts.ts";
import { countWords, Report, Underway } from "./parts.tsx";
import { spec } from "./rights.ts";
import { startWork } from "./starting.ts";
import { type ListName, listPath, lists, removeUpload } from "./uploads.ts";
import type { Works } from "./works.ts";

export const plain = { form: z.object({}), onMistakes: () => refusal(422, "Demande illisible : rechargez la page.") };
const gone = () => notFound("Ce fichier");
const underway = (draft: Draft): boolean => draft.state === "reading" || draft.state === "importing";

export const findDraft = (at: At<unknown>): Promise<Draft | null> => draftOf(at.tx, at.params.draft ?? "");

export function declareDrafts(routes: Routes, kinds: () => readonly ImportKind[], works: Works): void {
  routes.get("/imports/essais/:draft", spec("import.tried"), async (at) => {
    const draft = await findDraft(at);
    if (!draft) return gone();
    if (draft.state === "imported" && draft.importId) return redirect(`/imports/${draft.importId}`);
    if (draft.state === "columns") return redirect(`/imports/essais/${draft.id}/colonnes`);
    at.about("import", draft.id);
    // Asked again every other second: the first asking is in the journal.
    if (at.fragment) at.nothingHappened();
    const state = <State draft={draft} />;
    if (at.fragment) return fragment(state);
    const kind = kinds().find((one) => one.kind === draft.kind);
    return page({
      title: draft.state === "importing" ? "Import" : "Essai d’import",
      crumbs: [{ href: "/imports", label: "Imports" }],
      ...(underway(draft) ? { refresh: 2 } : {}),
      body: (
        <>
          <Heading title={draft.fileName}>
            {kind?.label ?? "Contenu inconnu"}
            {draft.state === "importing" ? "" : " : rien n’est encore écrit"}.
          </Heading>
          <p id="etat-dit" role="status" class="visually-hidden" />
          {state}
        </>
      ),
    });
  });

  for (const list of Object.keys(lists) as ListName[])
    routes.get(`/imports/essais/:draft/${lists[list]}.csv`, spec("import.listed-rows"), async (at) => {
      const draft = await findDraft(at);
      const path = draft && listPath(uploadsOf(at.services), draft.id, list);
      if (!draft || !path || !existsSync(path)) return notFound("Cette liste");
      at.about("import", draft.id, { list });
      return {
        kind: "file",
        stream: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>,
        name: `${draft.fileName.replace(/\.\w+$/, "")}-${lists[list]}.csv`,
        type: "text/csv; charset=utf-8",
      };
    });

  routes.post("/imports/essais/:draft/essai", { ...spec("import.retried"), ...plain }, async (at) => {
    const draft = await findDraft(at);
    if (!draft) return gone();
    at.about("import", draft.id);
    const started = await startWork(at, works, kinds(), "reading", draft.id, ["columns", "ready", "failed"]);
    if (!started) at.nothingHappened();
    return redirect(`/imports/essais/${draft.id}`);
  });

  routes.post("/imports/essais/:draft", { ...spec("import.asked"), ...plain }, async (at) => {
    const draft = await findDraft(at);
    if (!draft) return gone();
    at.about("import", draft.id);
    const other = (await waitingDrafts(at.tx)).find((one) => one.state === "importing" && one.id !== draft.id);
    if (other)
      return refusal(409, `L’import de ${other.fileName} est en cours : attendez qu’il finisse, puis recommencez.`);
    const started = await startWork(at, works, kinds(), "importing", draft.id, ["ready"]);
    // Sent twice, or asked by two: the import is under way or done, and its page says so.
    if (!started) at.nothingHappened();
    return redirect(`/imports/essais/${draft.id}`);
  });

  routes.post(
    "/imports/essais/:draft/abandon",
    { ...spec("import.dropped"), ...plain },
    async (at): Promise<Answer> => {
      const draft = await findDraft(at);
      if (!draft) return gone();
      if (draft.state === "importing")
        return refusal(409, "L’import est en cours : attendez qu’il finisse ; il pourra être annulé ensuite.");
      at.about("import", draft.id);
      await dropDraft(at.tx, draft.id);
      const folder = uploadsOf(at.services);
      at.tx.afterCommit(() => void removeUpload(folder, draft.id, "everything"));
      return redirect("/imports", `Le fichier ${draft.fileName} est abandonné : rien n’a été importé.`);
    },
  );
}

/** The part of the page that the work changes. */
function State({ draft }: { draft: Draft }) {
  return (
    <fresh-part id="etat" every={underway(draft) ? "1500" : undefined} said={saidOf(draft)}>
      {draft.sentence ? <Notice kind={draft.state === "failed" ? "error" : "warn"} text={draft.sentence} /> : null}
      {draft.state === "reading" ? (
        <Underway what="Essai en cours" read={draft.rowsRead} total={null}>
          <Act draft={draft} act="abandon" label="Abandonner ce fichier" />
        </Underway>
      ) : null}
      {draft.state === "importing" ? (
        <Underway what="Import en cours" read={draft.rowsRead} total={draft.rowsTotal} />
      ) : null}
      {draft.state === "ready" && draft.report ? (
        <>
          <Report tally={draft.report} listsAt={`/imports/essais/${draft.id}`} />
          <div class="submit">
            {draft.report.counts.refused < draft.report.counts.rows ? (
              <Act draft={draft} act={null} label="Importer" />
            ) : null}
            <a href={`/imports/essais/${draft.id}/colonnes`}>Revoir les colonnes</a>
            <Act draft={draft} act="abandon" label="Abandonner ce fichier" />
          </div>
        </>
      ) : null}
      {draft.state === "failed" ? (
        <div class="submit">
          <Act draft={draft} act="essai" label="Essayer de nouveau" />
          <a href={`/imports/essais/${draft.id}/colonnes`}>Revoir les colonnes</a>
          <Act draft={draft} act="abandon" label="Abandonner ce fichier" />
        </div>
      ) : null}
    </fresh-part>
  );
}

function Act({ draft, act, label }: { draft: Draft; act: "essai" | "abandon" | null; label: string }) {
  return (
    <form method="post" action={`/imports/essais/${draft.id}${act ? `/${act}` : ""}`}>
      <button type="submit" class={act === "abandon" ? "plain" : undefined}>
        {label}
      </button>
    </form>
  );
}

const saidOf = (draft: Draft): string =>
  draft.state === "ready" && draft.report
    ? `Essai terminé : ${plural(draft.report.counts.rows, "ligne", "lignes")}, ${countWords(draft.report.counts)}.`
    : draft.state === "failed"
      ? (draft.sentence ?? "")
      : "";
