// The columns of a file, named by hand: what is said is kept for the next file with the same headers.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../core/http/answer.ts";
import type { At, Routes } from "../../core/http/route.ts";
import { recognise } from "../../core/importing/columns.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { SelectField } from "../../ui/fields.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { list } from "../../ui/words.ts";
import { findDraft } from "./draft-routes.tsx";
import { type Draft, nameKind } from "./drafts.ts";
import { keepMapping, keptMapping } from "./mapping.ts";
import { spec } from "./rights.ts";
import { startWork } from "./starting.ts";
import type { Works } from "./works.ts";

const mistake = "Choisissez ce que contient le fichier.";

export function declareColumns(routes: Routes, kinds: () => readonly ImportKind[], works: Works): void {
  const kindCalled = (kind: string | null | undefined) => kinds().find((one) => one.kind === kind) ?? null;

  routes.get("/imports/essais/:draft/colonnes", spec("import.opened"), async (at) => {
    const draft = await findDraft(at);
    if (!draft || draft.state === "imported") return notFound("Ce fichier");
    at.about("import", draft.id);
    const kind = kindCalled(at.query.kind ?? draft.kind);
    const byHand = kind && (await keptMapping(at.tx, kind, draft.headers));
    const { mapping } = recognise(draft.headers, kind?.columns ?? [], byHand);
    return columnsPage(draft, kinds(), kind, mapping);
  });

  routes.post(
    "/imports/essais/:draft/colonnes",
    {
      ...spec("import.mapped"),
      form: z.looseObject({ kind: z.string(mistake).min(1, mistake) }),
      onMistakes: () => refusal(422, mistake),
    },
    async (at) => {
      const draft = await findDraft(at);
      const kind = kindCalled(at.form.kind);
      if (!draft) return notFound("Ce fichier");
      if (!kind) return refusal(422, mistake);
      at.about("import", draft.id, { kind: kind.kind });
      const said = draft.headers.map((_, place) => at.typed[`c${place}`]?.[0] ?? "");
      const { missing, twice } = recognise(draft.headers, kind.columns, said);
      if (missing.length > 0 || twice.length > 0)
        return columnsPage(draft, kinds(), kind, said, [
          ...(missing.length > 0 ? [`Il manque : ${list(missing.map((column) => column.label))}.`] : []),
          ...(twice.length > 0 ? [`Une même information est donnée par deux colonnes : ${list(twice)}.`] : []),
        ]);
      await nameKind(at.tx, draft.id, kind.kind);
      await keepMapping(at.tx, kind.kind, draft.headers, said);
      await startWork(at as At<unknown>, works, kinds(), "reading", draft.id, ["columns", "ready", "failed"]);
      return redirect(`/imports/essais/${draft.id}`);
    },
  );
}

function columnsPage(
  draft: Draft,
  kinds: readonly ImportKind[],
  kind: ImportKind | null,
  mapping: readonly (string | null)[],
  mistakes: readonly string[] = [],
): Answer {
  return page({
    title: "Colonnes du fichier",
    status: mistakes.length > 0 ? 422 : 200,
    crumbs: [{ href: "/imports", label: "Imports" }],
    body: (
      <>
        <Heading title={`Colonnes de ${draft.fileName}`}>
          Dites ce que contient chaque colonne ; la réponse est gardée pour les prochains fichiers semblables.
        </Heading>
        {mistakes.length > 0 ? <Notice kind="error" text={mistakes.join(" ")} /> : null}
        <form method="get" class="filters">
          <SelectField
            name="kind"
            label="Ce fichier contient"
            value={kind?.kind ?? ""}
            empty="choisir"
            options={kinds.map((one) => ({ value: one.kind, label: one.label }))}
          />
          <button type="submit" class="second">
            Choisir
          </button>
        </form>
        {kind ? (
          <form method="post">
            <input type="hidden" name="kind" value={kind.kind} />
            <p>
              Indispensables : {list(kind.columns.filter((column) => column.required).map((column) => column.label))}.
            </p>
            {draft.headers.map((header, place) => (
              <SelectField
                key={place}
                name={`c${place}`}
                label={header || `Colonne ${place + 1}, sans titre`}
                value={mapping[place] ?? ""}
                empty="laisser de côté"
                options={kind.columns.map((column) => ({ value: column.key, label: column.label }))}
              />
            ))}
            <div class="submit">
              <button type="submit">Essayer avec ces colonnes</button>
              <a href="/imports">Plus tard</a>
            </div>
          </form>
        ) : null}
      </>
    ),
  });
}
