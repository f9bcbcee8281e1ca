// A chapter as it will be read, with what its authors do beside each block, its comments, and who answers for it.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { SelectField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith } from "../../../foundations/house/door.ts";
import { type Agreement, agreementsOf } from "../../../foundations/programmes/door.ts";
import { type ChapterRefused, Comments, Settle } from "./chapter-authors.tsx";
import type { Document, Warning } from "./document.ts";
import { drawCharts } from "./drawing.ts";
import { tellEdition } from "./edition.ts";
import { latestFreeze, sinceFreeze } from "./freezing.ts";
import {
  blockHref,
  chapterHref,
  editionHref,
  editionsCrumb,
  frozenFor,
  hrefsOf,
  isOpen,
  readsWithin,
  writes,
} from "./page-parts.tsx";
import { Pieces, type Reading } from "./reading.tsx";
import { type Block, blocksOf, type Chapter, commentsOf, type Edition } from "./reads.ts";
import { editionRights } from "./rights.ts";
import { blockKinds, blockKindWords, chapterStateWords, editionStateWords } from "./words.ts";

type Shown = { document: Document; warnings: readonly Warning[]; since: ReadonlyMap<string, string> };

/** The chapter as this reader has it: told now, or as it was frozen with what changed since. */
async function shownChapter(
  at: At<unknown>,
  registry: Registry,
  all: Registry,
  { edition, chapter }: { edition: Edition; chapter: Chapter },
  blocks: readonly Block[],
): Promise<Shown> {
  const within = readsWithin(at.scope, all, edition);
  if (isOpen(edition)) {
    const told = await tellEdition(at.tx, registry, edition, [{ chapter, blocks }], !within);
    return { document: told.document, warnings: told.warnings, since: new Map() };
  }
  const freeze = await latestFreeze(at.tx, edition.id);
  if (!freeze) throw new Error(`${edition.id} is frozen and has no freeze`);
  const whole = frozenFor(freeze, within);
  const document = { ...whole, chapters: whole.chapters.filter((one) => one.id === chapter.id) };
  if (!within) return { document, warnings: [], since: new Map() };
  const keys = whole.figures
    .filter((line) => line.chapters.includes(document.chapters[0]?.title ?? ""))
    .map(({ key }) => key);
  const changed = await sinceFreeze(at.tx, registry, edition.id, freeze.number, keys);
  const since = new Map(
    changed.map((one) => [
      one.key,
      one.rows ? "le même nombre, d’autres fiches" : `${one.frozen} → ${one.now ?? "retiré"}`,
    ]),
  );
  return { document, warnings: [], since };
}

export async function chapterPage(
  at: At<unknown>,
  registry: Registry,
  all: Registry,
  found: { edition: Edition; chapter: Chapter },
  refused: ChapterRefused | null = null,
  stale = false,
): Promise<Answer> {
  const { edition, chapter } = found;
  const blocks = await blocksOf(at.tx, [chapter.id]);
  const shown = await shownChapter(at, registry, all, found, blocks);
  const { document, warnings, since } = shown;
  const drawings = await drawCharts(document.chapters);
  const reading: Reading = {
    drawings,
    figureHref: hrefsOf(document.figures),
    since: (key) => since.get(key) ?? null,
    photoHref: (photo) => editionHref(edition, `/photos/${photo}`),
  };
  const told = new Map(document.chapters[0]?.blocks.map((block) => [block.id, block.pieces]) ?? []);
  const writing = writes(at.scope) && isOpen(edition);
  const removed = writing ? await blocksOf(at.tx, [chapter.id], true) : [];
  const agreements = chapter.programme && writes(at.scope) ? await agreementsWith(at, edition, chapter.programme) : [];
  const comments = writes(at.scope) ? await commentsOf(at.tx, chapter.id) : [];
  return page({
    title: `${chapter.title} › ${edition.title}`,
    status: stale ? 409 : refused ? 422 : 200,
    crumbs: [editionsCrumb, { href: editionHref(edition), label: edition.title }],
    ...(stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Ce chapitre a changé entre-temps : voici ce qu’il est maintenant ; ce que vous aviez choisi est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <article>
        <Heading title={chapter.title}>
          {chapterStateWords[chapter.state]}
          {chapter.ownerName ? `, ${chapter.ownerName} en répond` : ""} ; édition {editionStateWords[edition.state]}.
        </Heading>
        {document.outside && document.figures.some((line) => line.value === null) ? (
          <p>Les nombres de 1 à 4, et ceux qui permettraient de les retrouver, sont masqués.</p>
        ) : null}
        {since.size > 0 ? (
          <p>
            {plural(since.size, "chiffre de ce chapitre a changé", "chiffres de ce chapitre ont changé")} dans les
            fiches <a href={editionHref(edition, "/depuis-le-gel")}>depuis le gel</a> ; le document, lui, ne change pas.
          </p>
        ) : null}
        {writing
          ? blocks.map((block, at0) => (
              <section key={block.id} class="edition-block" id={`b-${block.id}`} aria-label={blockName(block, at0)}>
                <BlockBody block={block} pieces={told.get(block.id) ?? []} reading={reading} />
                {warnings
                  .filter((warning) => warning.block === block.id)
                  .map(({ sentence }) => (
                    <p key={sentence} class="mistake">
                      {sentence}
                    </p>
                  ))}
                <BlockTools
                  at={at}
                  edition={edition}
                  block={block}
                  name={blockName(block, at0)}
                  ends={[at0 === 0, at0 === blocks.length - 1]}
                />
              </section>
            ))
          : document.chapters[0]?.blocks.map((block) => (
              <Pieces key={block.id} pieces={block.pieces} reading={reading} />
            ))}
        {writing ? <AddBlock at={at} chapter={chapter} /> : null}
        <ChapterFiles edition={edition} chapter={chapter} agreements={agreements} />
        {removed.length > 0 ? <Removed at={at} edition={edition} blocks={removed} /> : null}
        {writes(at.scope) ? (
          <>
            <Comments at={at} chapter={chapter} comments={comments} refused={refused} />
            <Settle
              chapter={chapter}
              writers={await accountsWith(at.tx, editionRights["edition.write"].roles)}
              refused={refused}
            />
          </>
        ) : null}
      </article>
    ),
  });
}

const blockName = (block: Block, at: number): string => `${blockKindWords[block.written.kind]}, bloc ${at + 1}`;

function BlockBody({
  block,
  pieces,
  reading,
}: {
  block: Block;
  pieces: Parameters<typeof Pieces>[0]["pieces"];
  reading: Reading;
}) {
  if (block.hidden) return <p class="hint">{blockKindWords[block.written.kind]} masqué : il ne paraît pas.</p>;
  if (pieces.length === 0)
    return <p class="hint">{blockKindWords[block.written.kind]} sans contenu pour l’instant : il ne paraît pas.</p>;
  return <Pieces pieces={pieces} reading={reading} />;
}

function BlockTools({
  at,
  edition,
  block,
  name,
  ends: [first, last],
}: {
  at: At<unknown>;
  edition: Edition;
  block: Block;
  name: string;
  ends: [boolean, boolean];
}) {
  const gesture = (value: string, label: string) => (
    <button type="submit" name="geste" value={value} class="plain" aria-label={`${label} (${name})`}>
      {label}
    </button>
  );
  return (
    <form method="post" action={blockHref(edition, block, "/rangement")} class="filters block-tools no-print">
      <input type="hidden" name="key" value={at.tx.ids.uuid()} />
      <a href={blockHref(edition, block)} aria-label={`Modifier (${name})`}>
        Modifier
      </a>
      <a href={blockHref(edition, block, "/versions")} aria-label={`Versions (${name})`}>
        Versions
      </a>
      {first ? null : gesture("monter", "Monter")}
      {last ? null : gesture("descendre", "Descendre")}
      {block.hidden ? gesture("montrer", "Montrer") : gesture("masquer", "Masquer")}
      {gesture("dupliquer", "Dupliquer")}
      {block.kept ? gesture("lacher", "Ne plus garder") : gesture("garder", "Garder pour l’an prochain")}
      {gesture("retirer", "Retirer")}
    </form>
  );
}

function AddBlock({ at, chapter }: { at: At<unknown>; chapter: Chapter }) {
  return (
    <form method="post" action={chapterHref(chapter, "/blocs")} class="filters no-print">
      <input type="hidden" name="key" value={at.tx.ids.uuid()} />
      <SelectField
        name="sorte"
        label="Ajouter un bloc"
        options={blockKinds.map((value) => ({ value, label: blockKindWords[value] }))}
      />
      <button type="submit" class="second">
        Ajouter
      </button>
    </form>
  );
}

function Removed({ at, edition, blocks }: { at: At<unknown>; edition: Edition; blocks: readonly Block[] }) {
  return (
    <details class="no-print">
      <summary>Blocs retirés ({blocks.length})</summary>
      <ul>
        {blocks.map((block) => (
          <li key={block.id}>
            <form method="post" action={blockHref(edition, block, "/rangement")}>
              <input type="hidden" name="key" value={at.tx.ids.uuid()} />
              {blockKindWords[block.written.kind]}, de {block.changedBy ?? "la maison"},{" "}
              {shortDay(block.changedAt.toISOString())}{" "}
              <button type="submit" name="geste" value="remettre" class="plain">
                Remettre
              </button>
            </form>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The agreements of the chapter's programme that touch the days of the edition. */
const agreementsWith = async (at: At<unknown>, edition: Edition, programme: string): Promise<Agreement[]> =>
  (await agreementsOf(at.tx)).filter(
    (one) => one.programmeCode === programme && one.from <= edition.to && one.to >= edition.from,
  );

function ChapterFiles({
  edition,
  chapter,
  agreements,
}: {
  edition: Edition;
  chapter: Chapter;
  agreements: readonly Agreement[];
}) {
  const alone = `?chapitre=${chapter.id}`;
  return (
    <section class="no-print">
      <h2>Ce chapitre seul</h2>
      <ul>
        <li>
          <a href={editionHref(edition, `/rapport.pdf${alone}`)}>PDF</a> ·{" "}
          <a href={editionHref(edition, `/rapport.docx${alone}`)}>Traitement de texte (DOCX)</a> ·{" "}
          <a href={editionHref(edition, `/annexe.xlsx${alone}`)}>Chiffres (XLSX)</a>
        </li>
        {agreements.map((one) => (
          <li key={one.id}>
            Pour {one.funder}, dans ses mots :{" "}
            <a href={chapterHref(chapter, `/financeur.pdf?convention=${one.id}`)}>PDF pour {one.funder}</a> ·{" "}
            <a href={chapterHref(chapter, `/financeur.docx?convention=${one.id}`)}>DOCX pour {one.funder}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
