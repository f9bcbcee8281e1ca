// A file is sent: taken in as it comes, looked at, and tried at once when its columns are known.
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Answer, redirect, refusal } from "../../core/http/answer.ts";
import type { Routes, Services } from "../../core/http/route.ts";
import { cleanFileName, takeIn, uploadsOf } from "../../core/http/uploads.ts";
import { recognise } from "../../core/importing/columns.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { openTable } from "../../core/importing/read.ts";
import { ImportRefusal } from "../../core/importing/refusal.ts";
import { addDraft, mostWaiting, waitingDrafts } from "./drafts.ts";
import { keptMapping } from "./mapping.ts";
import { spec } from "./rights.ts";
import { startWork } from "./starting.ts";
import { kindOf } from "./table.ts";
import { tidyUploads } from "./uploads.ts";
import type { Works } from "./works.ts";

const megabytes = 100;

export function SendForm({ kinds }: { kinds: readonly ImportKind[] }) {
  return (
    <form method="post" action="/imports" enctype="multipart/form-data">
      <div class="field">
        <label for="fichier">Fichier CSV ou XLSX</label>
        <p class="hint" id="fichier-aide">
          {kinds.map((kind) => kind.label).join(", ")}. Jusqu’à {megabytes} Mo ; au-delà, par la ligne de commande.
        </p>
        <input
          id="fichier"
          name="fichier"
          type="file"
          required
          accept=".csv,.txt,.tsv,.xlsx,text/csv"
          aria-describedby="fichier-aide"
        />
      </div>
      <button type="submit">Essayer ce fichier</button>
    </form>
  );
}

const refused = {
  "too-large": refusal(
    413,
    `Ce fichier dépasse ${megabytes} Mo : importez-le par la ligne de commande, « npx traboule import FICHIER ».`,
  ),
  "no-file": refusal(422, "Choisissez un fichier CSV ou XLSX : celui-ci est vide, ou aucun n’a été choisi."),
};

type Sent = { id: string; name: string; bytes: number; sha256: string; headers: string[] };

/** Takes the file in and reads its headers. */
const receive = (request: Request, services: Services): Promise<Sent | Answer> =>
  takeIn<Sent>(
    request,
    services,
    megabytes * 1_000_000,
    refused,
    async (file, id) => {
      try {
        const table = await openTable(file.path, { seconds: 60 });
        await table.close();
        await rename(file.path, join(uploadsOf(services), id));
        const name = cleanFileName(file.name, 120);
        return { id, name, bytes: file.bytes, sha256: file.sha256, headers: table.head.headers };
      } catch (error) {
        if (error instanceof ImportRefusal) return refusal(422, error.message);
        throw error;
      }
    },
    (folder) => tidyUploads(folder, services.clock.now()),
  );

export function declareUpload(routes: Routes, kinds: () => readonly ImportKind[], works: Works): void {
  routes.upload("/imports", { ...spec("import.sent"), receive }, async (at) => {
    const sent = at.form;
    if ("kind" in sent) return sent;
    const waiting = await waitingDrafts(at.tx);
    if (waiting.length >= mostWaiting) {
      await rm(join(uploadsOf(at.services), sent.id), { force: true });
      return refusal(
        409,
        `${waiting.length} fichiers attendent déjà : importez-les ou abandonnez-les avant d’en envoyer un autre.`,
      );
    }
    const kind = await kindOf(at.tx, kinds(), sent.name, sent.headers);
    await addDraft(at.tx, { ...sent, fileName: sent.name, kind: kind?.kind ?? null });
    at.about("import", sent.id, { kind: kind?.kind ?? null, bytes: sent.bytes });
    const known = kind && recognise(sent.headers, kind.columns, await keptMapping(at.tx, kind, sent.headers));
    if (!known || known.missing.length > 0) return redirect(`/imports/essais/${sent.id}/colonnes`);
    await startWork(at, works, kinds(), "reading", sent.id, ["columns"]);
    return redirect(`/imports/essais/${sent.id}`);
  });
}
