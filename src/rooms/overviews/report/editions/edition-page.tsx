// The page of an edition: its chapters, how far each is, what is decided of it, and what comes out of it.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { stayText } from "../period.ts";
import type { Warning } from "./document.ts";
import { tellEdition } from "./edition.ts";
import { partsOf } from "./freezing.ts";
import { allFileKinds, fileKinds } from "./out/files.ts";
import { chapterHref, decides, editionHref, editionsCrumb, isOpen, readsWithin, writes } from "./page-parts.tsx";
import { type Chapter, chaptersOf, type Edition, eventsOf } from "./reads.ts";
import { chapterStateWords, editionStateWords } from "./words.ts";

export type Refused = { form: "chapter" | "reopening"; fields: Record<string, string>; typed: Record<string, string> };

export async function editionPage(
  at: At<unknown>,
  registry: Registry,
  all: Registry,
  edition: Edition,
  refused: Refused | null = null,
  stale = false,
): Promise<Answer> {
  const chapters = await chaptersOf(at.tx, edition.id);
  const open = isOpen(edition);
  const parts = open ? await partsOf(at.tx, edition.id) : [];
  const warnings = open ? (await tellEdition(at.tx, registry, edition, parts, false)).warnings : [];
  const chapterOf = new Map(parts.flatMap(({ chapter, blocks }) => blocks.map((block) => [block.id, chapter.id])));
  const warned = Map.groupBy(warnings, (warning) => chapterOf.get(warning.block) ?? "");
  const events = await eventsOf(at.tx, edition.id);
  const mayWrite = writes(at.scope);
  return page({
    title: edition.title,
    status: stale ? 409 : refused ? 422 : 200,
    crumbs: [editionsCrumb],
    ...(stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Quelqu’un en a décidé entre-temps : voici où en est cette édition maintenant.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={edition.title}>
          {stayText(edition)}, {editionStateWords[edition.state]}.
        </Heading>
        <Chapters edition={edition} chapters={chapters} warned={warned} writing={mayWrite && open} />
        {mayWrite && open ? <AddChapter at={at} edition={edition} refused={refused} /> : null}
        <Outputs at={at} edition={edition} all={all} />
        {decides(at.scope) ? <Decisions edition={edition} warnings={warnings.length} refused={refused} /> : null}
        <h2>Ce qui est arrivé à cette édition</h2>
        <Timeline
          lines={events.map((event) => ({
            when: shortDay(event.at.toISOString()),
            kind: editionStateWords[event.state],
            text: [event.by, event.why].filter(Boolean).join(" : "),
          }))}
        />
      </>
    ),
  });
}

function Chapters({
  edition,
  chapters,
  warned,
  writing,
}: {
  edition: Edition;
  chapters: readonly Chapter[];
  warned: ReadonlyMap<string, readonly Warning[]>;
  writing: boolean;
}) {
  return (
    <DataTable
      caption="Chapitres"
      rows={chapters}
      rowKey={(chapter) => chapter.id}
      columns={[
        {
          key: "title",
          label: "Chapitre",
          header: true,
          render: (chapter) => <a href={chapterHref(chapter)}>{chapter.title}</a>,
        },
        { key: "state", label: "État", render: (chapter) => chapterStateWords[chapter.state] },
        { key: "owner", label: "Responsable", render: (chapter) => chapter.ownerName ?? "à confier" },
        {
          key: "open",
          label: "À voir",
          render: (chapter) =>
            [
              chapter.openComments > 0 ? plural(chapter.openComments, "commentaire", "commentaires") : "",
              warned.has(chapter.id) ? plural(warned.get(chapter.id)?.length ?? 0, "alerte", "alertes") : "",
            ]
              .filter(Boolean)
              .join(", "),
        },
        ...(writing
          ? [
              {
                key: "place",
                label: "Place",
                render: (chapter: Chapter) => (
                  <form method="post" action={chapterHref(chapter, "/place")} class="filters">
                    <button type="submit" name="sens" value="haut" class="plain" aria-label={`Monter ${chapter.title}`}>
                      Monter
                    </button>
                    <button
                      type="submit"
                      name="sens"
                      value="bas"
                      class="plain"
                      aria-label={`Descendre ${chapter.title}`}
                    >
                      Descendre
                    </button>
                  </form>
                ),
              },
            ]
          : []),
      ]}
      empty={<p>{edition.title} n’a pas de chapitre.</p>}
    />
  );
}

function AddChapter({ at, edition, refused }: { at: At<unknown>; edition: Edition; refused: Refused | null }) {
  const mistakes = refused?.form === "chapter" ? refused.fields : {};
  return (
    <details open={refused?.form === "chapter"}>
      <summary>Ajouter un chapitre</summary>
      <ErrorSummary fields={mistakes} />
      <form method="post" action={editionHref(edition, "/chapitres")}>
        <input type="hidden" name="key" value={at.tx.ids.uuid()} />
        <TextField
          name="titre"
          label="Titre du chapitre"
          value={refused?.typed.titre ?? ""}
          error={mistakes.titre}
          maxlength={120}
        />
        <button type="submit" class="second">
          Ajouter
        </button>
      </form>
    </details>
  );
}

function Outputs({ at, edition, all }: { at: At<unknown>; edition: Edition; all: Registry }) {
  const within = readsWithin(at.scope, all, edition);
  const files = (pour: string) =>
    allFileKinds
      .filter((kind) => kind !== "dictionary")
      .map((kind, place) => (
        <span key={kind}>
          {place > 0 ? " · " : ""}
          <a href={editionHref(edition, `/${fileKinds[kind].path}${pour}`)}>{fileKinds[kind].label}</a>
        </span>
      ));
  const address = `/publications/${at.scope.houseCode}/${edition.slug}`;
  return (
    <>
      <h2>Ce qui en sort</h2>
      <ul>
        <li>Pour dehors, petits nombres masqués, avec ceux qui permettraient de les retrouver : {files("")}</li>
        {within ? <li>Pour la maison, tous les nombres : {files("?pour=maison")}</li> : null}
        {edition.state === "published" ? (
          <li>
            Page publique : <a href={address}>{address}</a>
          </li>
        ) : null}
        {writes(at.scope) ? (
          <li>
            <a href={editionHref(edition, "/controle")}>Contrôle de l’édition</a> : ce qui ne peut pas être vrai
          </li>
        ) : null}
        {writes(at.scope) && !isOpen(edition) ? (
          <li>
            <a href={editionHref(edition, "/depuis-le-gel")}>Depuis le gel</a> : ce que les fiches disent autrement
          </li>
        ) : null}
      </ul>
    </>
  );
}

function Decisions({ edition, warnings, refused }: { edition: Edition; warnings: number; refused: Refused | null }) {
  const version = <input type="hidden" name="version" value={String(edition.version)} />;
  const mistakes = refused?.form === "reopening" ? refused.fields : {};
  if (isOpen(edition))
    return (
      <section>
        <h2>Décider</h2>
        <p>
          {warnings === 0
            ? "Aucune alerte dans les chapitres."
            : `${plural(warnings, "alerte", "alertes")} à regarder avant de geler.`}
        </p>
        <div class="filters">
          <form method="post" action={editionHref(edition, "/relecture")}>
            {version}
            <button type="submit" name="vers" value={edition.state === "draft" ? "review" : "draft"} class="second">
              {edition.state === "draft" ? "Mettre en relecture" : "Revenir au brouillon"}
            </button>
          </form>
          <form method="post" action={editionHref(edition, "/gel")}>
            {version}
            <button type="submit">Geler cette édition</button>
          </form>
        </div>
      </section>
    );
  return (
    <section>
      <h2>Décider</h2>
      <form method="post" action={editionHref(edition, "/publication")}>
        {version}
        {edition.state === "frozen" ? (
          <button type="submit" name="vers" value="published">
            Publier
          </button>
        ) : (
          <button type="submit" name="vers" value="frozen" class="second">
            Retirer du public
          </button>
        )}
      </form>
      <details open={refused?.form === "reopening"}>
        <summary>Rouvrir l’édition</summary>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={editionHref(edition, "/reouverture")}>
          {version}
          <TextField
            name="raison"
            label="Pourquoi elle est rouverte"
            hint="Ce qui a été gelé reste, avec cette raison."
            value={refused?.typed.raison ?? ""}
            error={mistakes.raison}
            maxlength={300}
          />
          <button type="submit" class="second">
            Rouvrir en brouillon
          </button>
        </form>
      </details>
    </section>
  );
}
