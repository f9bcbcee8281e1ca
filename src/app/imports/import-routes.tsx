// An import that was done: what it wrote, and how it is taken back.
import { fragment, notFound, page, redirect } from "../../core/http/answer.ts";
import type { At, Routes } from "../../core/http/route.ts";
import type { ImportKind } from "../../core/importing/kind.ts";
import { forecastUndo, type UndoForecast } from "../../core/importing/undo.ts";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { plural } from "../../ui/words.ts";
import { plain } from "./draft-routes.tsx";
import { type Draft, draftBehind } from "./drafts.ts";
import { CountFigures, moment, Report, Underway } from "./parts.tsx";
import { spec } from "./rights.ts";
import { startUndo } from "./starting.ts";
import { type Import, importOf } from "./undoing.ts";
import { tableWords } from "./words.ts";
import type { Works } from "./works.ts";

export function declareImport(routes: Routes, kinds: () => readonly ImportKind[], works: Works): void {
  const find = (at: At<unknown>): Promise<Import | null> => importOf(at.tx, at.params.import ?? "");
  const gone = () => notFound("Cet import");

  routes.get("/imports/:import", spec("import.seen"), async (at) => {
    const one = await find(at);
    if (!one) return gone();
    at.about("import", one.id);
    if (at.fragment) at.nothingHappened();
    const state = <State one={one} draft={await draftBehind(at.tx, one.id)} zone={at.scope.zone} />;
    if (at.fragment) return fragment(state);
    return page({
      title: `Import de ${one.fileName}`,
      crumbs: [{ href: "/imports", label: "Imports" }],
      ...(one.undoing ? { refresh: 2 } : {}),
      body: (
        <>
          <Heading title={one.fileName}>
            {kinds().find((kind) => kind.kind === one.kind)?.label ?? one.kind}, importé le{" "}
            {moment(one.at, at.scope.zone)} par {one.by ?? "la ligne de commande"}.
          </Heading>
          <p id="etat-dit" role="status" class="visually-hidden" />
          {state}
        </>
      ),
    });
  });

  routes.get("/imports/:import/annulation", spec("import.undo-seen"), async (at) => {
    const one = await find(at);
    if (!one) return gone();
    at.about("import", one.id);
    const forecast = one.undoing ? null : await forecastUndo(at.tx, kinds(), one.id, tableWords);
    if (!forecast) return redirect(`/imports/${one.id}`);
    return page({
      title: "Annuler un import",
      crumbs: [
        { href: "/imports", label: "Imports" },
        { href: `/imports/${one.id}`, label: one.fileName },
      ],
      body: <Forecast one={one} forecast={forecast} />,
    });
  });

  routes.post("/imports/:import/annulation", { ...spec("import.undo-asked"), ...plain }, async (at) => {
    const one = await find(at);
    if (!one) return gone();
    at.about("import", one.id);
    if (!(await startUndo(at, works, kinds(), one.id))) at.nothingHappened();
    return redirect(`/imports/${one.id}`);
  });
}

function State({ one, draft, zone }: { one: Import; draft: Draft | null; zone: string }) {
  return (
    <fresh-part id="etat" every={one.undoing ? "1500" : undefined} said={saidOf(one)}>
      {one.undoSentence ? <Notice kind="error" text={`L’import n’est pas annulé. ${one.undoSentence}`} /> : null}
      {one.undoneAt ? (
        <Notice
          kind="info"
          text={`Cet import est annulé depuis le ${moment(one.undoneAt, zone)}, par ${one.undoneBy ?? "la machine"} : tout est comme avant lui.`}
        />
      ) : null}
      {one.undoing ? <Underway what="Annulation en cours" read={0} total={null} /> : null}
      {draft?.report ? (
        <Report tally={draft.report} listsAt={`/imports/essais/${draft.id}`} />
      ) : (
        <CountFigures counts={one.counts} />
      )}
      {one.undoneAt || one.undoing ? null : (
        <p>
          <a href={`/imports/${one.id}/annulation`}>Annuler cet import</a>
        </p>
      )}
    </fresh-part>
  );
}

function Forecast({ one, forecast }: { one: Import; forecast: UndoForecast }) {
  const { removed, restored, sentences } = forecast;
  if (sentences.length > 0)
    return (
      <>
        <Heading title={`Annuler l’import de ${one.fileName}`}>Cet import ne peut pas être annulé.</Heading>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p>
          <a href={`/imports/${one.id}`}>Revenir à l’import</a>
        </p>
      </>
    );
  return (
    <>
      <Heading title={`Annuler l’import de ${one.fileName}`}>Tout redevient comme avant cet import.</Heading>
      <ul>
        <li>
          {removed === 0
            ? "Rien n’a été créé : rien n’est retiré."
            : `${plural(removed, "fiche créée par cet import est retirée", "fiches créées par cet import sont retirées")}.`}
        </li>
        <li>
          {restored === 0
            ? "Rien n’a été changé : rien n’est remis."
            : `${plural(restored, "fiche changée reprend ses valeurs d’avant", "fiches changées reprennent leurs valeurs d’avant")}.`}
        </li>
      </ul>
      <p>Une annulation ne s’annule pas ; le même fichier peut être importé de nouveau.</p>
      <form method="post">
        <div class="submit">
          <button type="submit" class="danger">
            Annuler l’import
          </button>
          <a href={`/imports/${one.id}`}>Le garder</a>
        </div>
      </form>
    </>
  );
}

const saidOf = (one: Import): string => (one.undoneAt ? "L’import est annulé." : (one.undoSentence ?? ""));
