// The imports' pages: a file is sent, its columns recognised or named by hand, tried without writing, imported, and can be taken back.
import { createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { sql } from "kysely";
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../core/http/answer.ts";
import { type At, declareRoutes } from "../../core/http/route.ts";
import { isUuid } from "../../core/ids.ts";
import { recognise } from "../../core/importing/columns.ts";
import { dryRun, runImport, type Tally, tellCounts } from "../../core/importing/engine.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { openTable } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import { forecastUndo, undoImport } from "../../core/importing/undo.ts";
import { declareRights } from "../../core/rights.ts";
import type { Room } from "../../core/room.ts";
import { dayIn } from "../../core/time.ts";
import { Heading } from "../../ui/heading.tsx";
import { DataTable } from "../../ui/table.tsx";
import { shortDay } from "../../ui/words.ts";
import { draftOf, folderOf, overDraft, sweep } from "./drafts.ts";
import { columnsPage, Report, undoPage } from "./pages.tsx";
import { fingerprint, kindOf } from "./table.ts";

const rights = declareRights({
  "import.run": { sentence: "importer des fichiers", roles: ["direction", "site-manager"] },
});
const largest = 60_000_000;
const tableWords = {
  "agenda.visits": "visites",
  "people.merges": "fusions",
  "people.consents": "consentements",
  "people.requests": "demandes",
  "people.persons": "fiches",
};

/** `kinds`: the files that the rooms can read. */
export function makeImportsRoom(kinds: () => readonly ImportKind[]): Room {
  const routes = declareRoutes();
  const spec = (trace: string) => ({ right: rights["import.run"], trace });
  const plain = { form: z.object({}), onMistakes: () => refusal(422, "Demande illisible.") };

  routes.get("/imports", spec("import.listed"), async (at) => {
    const { rows } = await sql<{
      id: string;
      kind: string;
      file_name: string;
      at: Date;
      counts: Tally["counts"];
      undone_at: Date | null;
    }>`
      SELECT id, kind, file_name, at, counts, undone_at FROM core.imports WHERE house_id = ${at.scope.house} ORDER BY at DESC, id DESC LIMIT 100`.execute(
      at.tx.on(),
    );
    return page({
      title: "Imports",
      body: (
        <>
          <Heading title="Imports">
            Un fichier est d’abord essayé sans rien écrire ; un import peut être annulé.
          </Heading>
          <form method="post" action="/imports" enctype="multipart/form-data">
            <div class="field">
              <label for="fichier">Fichier CSV ou XLSX</label>
              <p class="hint" id="fichier-aide">
                {kinds()
                  .map((kind) => kind.label)
                  .join(", ")}
                . Jusqu’à 60 Mo ici ; au-delà, par la ligne de commande.
              </p>
              <input
                id="fichier"
                name="fichier"
                type="file"
                accept=".csv,.xlsx,text/csv"
                aria-describedby="fichier-aide"
              />
            </div>
            <button type="submit">Essayer ce fichier</button>
          </form>
          <h2>Imports faits</h2>
          <DataTable
            caption="Imports faits"
            hideCaption
            rows={rows}
            rowKey={(row) => row.id}
            empty={<p>Aucun import.</p>}
            columns={[
              { key: "file", label: "Fichier", header: true, render: (row) => row.file_name },
              { key: "when", label: "Le", render: (row) => shortDay(dayIn(at.scope.zone, row.at)) },
              { key: "counts", label: "Lignes", render: (row) => tellCounts(row.counts) },
              {
                key: "undo",
                label: "Annuler",
                render: (row) =>
                  row.undone_at ? "annulé" : <a href={`/imports/${row.id}/annulation`}>Annuler cet import</a>,
              },
            ]}
          />
        </>
      ),
    });
  });

  routes.upload("/imports", spec("import.sent"), async (at) => {
    const length = Number(at.request.headers.get("content-length") ?? Number.NaN);
    if (!(length <= largest))
      return refusal(
        413,
        "Ce fichier dépasse 60 Mo : importez-le par la ligne de commande, « npx traboule import FICHIER ».",
      );
    const form = await at.request.formData().catch(() => null);
    const file = form?.get("fichier");
    if (!file || typeof file === "string" || file.size === 0) return refusal(422, "Choisissez un fichier CSV ou XLSX.");
    const folder = folderOf(at);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    sweep(folder, at.services.clock.now());
    const id = at.tx.ids.uuid();
    const path = join(folder, id);
    await pipeline(Readable.fromWeb(file.stream() as never), createWriteStream(path, { mode: 0o600 }));
    const name = file.name.replace(/[^\p{L}\p{N}._ -]/gu, "_").slice(0, 120) || "fichier";
    try {
      const table = await openTable({ path, name });
      const { headers } = table.head;
      await table.close();
      const kind = kindOf(kinds(), name, headers);
      const saved = kind
        ? (
            await sql<{
              mapping: Record<string, string>;
            }>`SELECT mapping FROM core.import_mappings WHERE house_id = ${at.scope.house} AND kind = ${kind.kind} AND headers_key = ${headers.join("|")}`.execute(
              at.tx.on(),
            )
          ).rows[0]?.mapping
        : undefined;
      const now = at.services.clock.now();
      await sql`INSERT INTO core.import_drafts (house_id, id, account_id, kind, file_name, stored_name, sha256, bytes, headers, mapping, state, beat_at, created_at)
        VALUES (${at.scope.house}, ${id}, ${at.scope.account}, ${kind?.kind ?? null}, ${name}, ${id}, ${await fingerprint(path)}, ${file.size}, ${headers}::text[], ${saved ? JSON.stringify(saved) : null}::jsonb, 'columns', ${now}, ${now})`.execute(
        at.tx.on(),
      );
      at.about("import", id);
      const complete = kind && recognise(headers, kind.columns, saved ?? {}).missing.length === 0;
      return redirect(`/imports/essais/${id}${complete ? "" : "/colonnes"}`);
    } catch (error) {
      rmSync(path, { force: true });
      if (error instanceof ImportRefusal) return refusal(422, error.message);
      throw error;
    }
  });

  routes.get("/imports/essais/:draft/colonnes", spec("import.opened"), async (at) => {
    const draft = await draftOf(at);
    return draft ? columnsPage(kinds(), draft, at.query.kind ?? draft.kind) : notFound("Ce fichier");
  });
  routes.post(
    "/imports/essais/:draft/colonnes",
    {
      ...spec("import.mapped"),
      form: z.looseObject({ kind: z.string() }),
      onMistakes: () => refusal(422, "Choisissez ce que contient le fichier."),
    },
    async (at) => {
      const draft = await draftOf(at as unknown as At);
      const kind = kinds().find((one) => one.kind === at.form.kind);
      if (!draft || !kind) return notFound("Ce fichier");
      const mapping = Object.fromEntries(
        draft.headers.map((header, place) => [header, at.typed[`c${place}`]?.[0] ?? ""]),
      );
      await sql`UPDATE core.import_drafts SET kind = ${kind.kind}, mapping = ${JSON.stringify(mapping)}::jsonb WHERE house_id = ${at.scope.house} AND id = ${draft.id}`.execute(
        at.tx.on(),
      );
      await sql`INSERT INTO core.import_mappings (house_id, kind, headers_key, mapping, saved_at) VALUES (${at.scope.house}, ${kind.kind}, ${draft.headers.join("|")}, ${JSON.stringify(mapping)}::jsonb, ${at.services.clock.now()})
      ON CONFLICT (house_id, kind, headers_key) DO UPDATE SET mapping = excluded.mapping, saved_at = excluded.saved_at`.execute(
        at.tx.on(),
      );
      const { missing } = recognise(draft.headers, kind.columns, mapping);
      return redirect(
        missing.length > 0 ? `/imports/essais/${draft.id}/colonnes?kind=${kind.kind}` : `/imports/essais/${draft.id}`,
      );
    },
  );

  routes.get("/imports/essais/:draft", spec("import.tried"), async (at) => {
    const draft = await draftOf(at);
    const kind = kinds().find((one) => one.kind === draft?.kind);
    if (!draft) return notFound("Ce fichier");
    if (!kind) return redirect(`/imports/essais/${draft.id}/colonnes`);
    at.about("import", draft.id);
    try {
      const tally = await overDraft(at, draft, kind, (rows) => dryRun(at.tx, kind, rows));
      return page({
        title: "Essai d’import",
        crumbs: [{ href: "/imports", label: "Imports" }],
        body: (
          <>
            <Heading title={`Essai de ${draft.file_name}`}>{kind.label} : rien n’est encore écrit.</Heading>
            <Report tally={tally} />
            <form method="post" action={`/imports/essais/${draft.id}`}>
              <div class="submit">
                <button type="submit">Importer</button>
                <a href={`/imports/essais/${draft.id}/colonnes`}>Revoir les colonnes</a>
                <a href="/imports">Ne rien importer</a>
              </div>
            </form>
          </>
        ),
      });
    } catch (error) {
      if (error instanceof ImportRefusal) return refusal(422, error.message);
      throw error;
    }
  });

  routes.post("/imports/essais/:draft", { ...spec("import.applied"), ...plain }, async (at) => {
    const here = at as unknown as At;
    const draft = await draftOf(here);
    const kind = kinds().find((one) => one.kind === draft?.kind);
    if (!draft || !kind) return notFound("Ce fichier");
    try {
      const tally = await overDraft(here, draft, kind, (rows) =>
        runImport(at.tx, kind, rows, { id: draft.id, fileName: draft.file_name, sha256: draft.sha256 }),
      );
      await sql`DELETE FROM core.import_drafts WHERE house_id = ${at.scope.house} AND id = ${draft.id}`.execute(
        at.tx.on(),
      );
      rmSync(join(folderOf(here), draft.stored_name), { force: true });
      at.nothingHappened();
      return redirect("/imports", `Importé : ${tellCounts(tally.counts)}.`);
    } catch (error) {
      if (error instanceof ImportRefusal) return refusal(422, error.message);
      throw error;
    }
  });

  routes.get("/imports/:import/annulation", spec("import.undo-looked"), async (at) => {
    const id = at.params.import ?? "";
    const forecast = isUuid(id) ? await forecastUndo(at.tx, kinds(), id, tableWords) : null;
    if (!forecast) return notFound("Cet import");
    at.about("import", id);
    return undoPage(id, forecast);
  });

  routes.post("/imports/:import/annulation", { ...spec("import.undone"), ...plain }, async (at) => {
    const id = at.params.import ?? "";
    const { rows } = isUuid(id)
      ? await sql<{
          id: string;
        }>`SELECT id FROM core.imports WHERE house_id = ${at.scope.house} AND id = ${id}`.execute(at.tx.on())
      : { rows: [] };
    if (rows.length === 0) return notFound("Cet import");
    const outcome = await undoImport(at.tx, kinds(), id, tableWords);
    if (!outcome.undone) return refusal(409, outcome.sentences.join(" "));
    at.about("import", id);
    return redirect("/imports", "L’import est annulé : tout est comme avant.");
  });

  return {
    name: "imports",
    uses: [],
    rights,
    routes,
    menu: [{ href: "/imports", label: "Imports", right: rights["import.run"], order: 75 }],
    journalWords: {
      "import.listed": "a ouvert les imports",
      "import.sent": "a envoyé un fichier à importer",
      "import.opened": "a ouvert un fichier à importer",
      "import.mapped": "a nommé les colonnes d’un fichier",
      "import.tried": "a essayé un import",
      "import.applied": "a importé un fichier",
      "import.undo-looked": "a regardé ce que ferait l’annulation d’un import",
      "import.undone": "a annulé un import",
    },
  };
}
