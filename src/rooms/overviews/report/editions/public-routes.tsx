// A published edition, for anybody: its chapters as they leave the house, each number one click away from its definition, and its files.
import type { Deps, Tx } from "../../../../core/db/transaction.ts";
import { type Answer, page, refusal } from "../../../../core/http/answer.ts";
import { type FoundHouse, inHouseOf } from "../../../../core/http/by-address.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { stayText } from "../period.ts";
import { daysInWords } from "./days.ts";
import type { Document, DocumentChapter, FigureLine } from "./document.ts";
import { drawCharts } from "./drawing.ts";
import { latestFreeze } from "./freezing.ts";
import { allFileKinds, fileKinds, fileOf } from "./out/files.ts";
import { maskedNote, photosIn } from "./out/pdf.ts";
import { Pieces } from "./reading.tsx";
import { type Edition, editionBySlug, photosOf } from "./reads.ts";

const silent = { none: "a published report, no record of a person" };
const gone = (): Answer => refusal(404, "Ce rapport n’existe pas, ou n’est pas publié.");
const base = "/publications";
const home = (house: string, edition: { slug: string }): string => `${base}/${house}/${edition.slug}`;

type Published = { tx: Tx; edition: Edition; freeze: number; document: Document; home: string };

/** Work in the house whose published edition has the address, with no role there. Null: there is none. */
async function published(
  deps: Deps,
  house: string,
  slug: string,
  work: (found: Published) => Promise<Answer>,
): Promise<Answer> {
  const found = await deps.database.withClient(async (client) => {
    const { rows } = await client.query<FoundHouse>({
      name: "open-edition",
      text: "SELECT * FROM report.open_edition($1, $2)",
      values: [house, slug],
    });
    return rows[0];
  });
  if (!found) return gone();
  return inHouseOf(deps, found, { account: null, name: "un passant", ip: null }, async (tx) => {
    const edition = await editionBySlug(tx, slug);
    const freeze = edition?.state === "published" ? await latestFreeze(tx, edition.id) : null;
    return edition && freeze
      ? work({ tx, edition, freeze: freeze.number, document: freeze.outside, home: home(found.house_code, edition) })
      : gone();
  });
}

const shownOf = (at: OpenAt, work: (found: Published) => Promise<Answer>): Promise<Answer> =>
  published(at.services, at.params.house ?? "", at.params.slug ?? "", work);

const strangers = (at: OpenAt, { document, home: address }: Published, path = "") => ({
  house: document.house,
  home: address,
  description: `${document.title}, ${document.house}\u00a0: l’activité en chiffres, chapitre par chapitre, chaque chiffre avec sa définition.`,
  canonical: `${at.services.config.publicUrl}${address}${path}`,
});

export function declarePublications(routes: Routes): void {
  routes.openGet(`${base}/:house/:slug`, { right: "anyone", trace: silent }, (at) =>
    shownOf(at, async (found) => {
      const { document } = found;
      return page({
        title: document.title,
        strangers: strangers(at, found),
        body: (
          <>
            <Heading title={document.title}>{daysInWords(document)}</Heading>
            <ul class="results">
              {document.chapters.filter(tells).map((chapter) => (
                <li key={chapter.id}>
                  <a class="row" href={`${found.home}/chapitres/${chapter.id}`}>
                    <strong>{chapter.title}</strong>
                  </a>
                </li>
              ))}
            </ul>
            <h2>À emporter</h2>
            <ul>
              {allFileKinds.map((kind) => (
                <li key={kind}>
                  <a href={`${found.home}/${fileKinds[kind].path}`}>{fileKinds[kind].label}</a>
                </li>
              ))}
            </ul>
            <p class="hint">{maskedNote}</p>
          </>
        ),
      });
    }),
  );
  routes.openGet(`${base}/:house/:slug/chapitres/:chapter`, { right: "anyone", trace: silent }, (at) =>
    shownOf(at, async (found) => {
      const told = found.document.chapters.filter(tells);
      const place = told.findIndex((chapter) => chapter.id === at.params.chapter);
      const chapter = told[place];
      return chapter ? chapterOf(at, found, chapter, told[place - 1] ?? null, told[place + 1] ?? null) : gone();
    }),
  );
  for (const kind of allFileKinds)
    routes.openGet(`${base}/:house/:slug/${fileKinds[kind].path}`, { right: "anyone", trace: silent }, (at) =>
      shownOf(at, ({ tx, edition, freeze, document }) =>
        fileOf(tx, kind, edition, { document, alone: false }, { freeze }),
      ),
    );
  routes.openGet(`${base}/:house/:slug/photos/:photo`, { right: "anyone", trace: silent }, (at) =>
    shownOf(at, async ({ tx, edition, document }) => {
      const id = at.params.photo ?? "";
      // Only what the document shows: a photo that was sent and taken back is nobody's affair.
      if (!isUuid(id) || !photosIn(document.chapters).includes(id)) return gone();
      const jpeg = (await photosOf(tx, edition.id, [id])).get(id);
      return jpeg
        ? { kind: "file", stream: new Uint8Array(jpeg), name: "photo.jpg", type: "image/jpeg", inline: true }
        : gone();
    }),
  );
}

const tells = (chapter: DocumentChapter): boolean => chapter.blocks.length > 0;

async function chapterOf(
  at: OpenAt,
  found: Published,
  chapter: DocumentChapter,
  before: DocumentChapter | null,
  after: DocumentChapter | null,
): Promise<Answer> {
  const { document, home: address } = found;
  const lines = document.figures.filter((line) => line.chapters.includes(chapter.title));
  const place = new Map(lines.map((line, at0) => [line.key, at0 + 1]));
  const drawings = await drawCharts([chapter]);
  const reading = {
    drawings,
    figureHref: (key: string) => `#chiffre-${place.get(key) ?? 0}`,
    since: () => null,
    photoHref: (photo: string) => `${address}/photos/${photo}`,
  };
  return page({
    title: `${chapter.title} › ${document.title}`,
    crumbs: [{ href: address, label: document.title }],
    strangers: strangers(at, found, `/chapitres/${chapter.id}`),
    body: (
      <article>
        <Heading title={chapter.title}>{daysInWords(document)}</Heading>
        {chapter.blocks.map((block) => (
          <Pieces key={block.id} pieces={block.pieces} reading={reading} />
        ))}
        {lines.length > 0 ? (
          <section>
            <h2>Les chiffres de ce chapitre</h2>
            <Definitions lines={lines} />
            <p class="hint">{maskedNote}</p>
          </section>
        ) : null}
        <nav class="pager" aria-label="Chapitres">
          {before ? <a href={`${address}/chapitres/${before.id}`}>Avant : {before.title}</a> : null}
          {after ? <a href={`${address}/chapitres/${after.id}`}>Ensuite : {after.title}</a> : null}
        </nav>
        <p class="hint">Établi le {shortDay(document.made)}.</p>
      </article>
    ),
  });
}

const markWords = { computed: "compté dans les fiches", declared: "déclaré", quoted: "cité" } as const;

/** What each figure counts, once; then its numbers, with what restricts them, their days and what a rate is taken on. */
function Definitions({ lines }: { lines: readonly FigureLine[] }) {
  const placed = lines.map((line, at) => ({ line, id: `chiffre-${at + 1}` }));
  const groups = Map.groupBy(placed, ({ line }) => JSON.stringify([line.label, line.definition, line.mark]));
  return (
    <dl class="report-definitions">
      {[...groups].map(([name, group]) => (
        <div key={name}>
          <dt>{group[0]?.line.label}</dt>
          <dd>
            {group[0]?.line.definition} {group[0] ? `(${markWords[group[0].line.mark]})` : ""}
            <ul>
              {group.map(({ line, id }) => (
                <li key={id} id={id}>
                  {line.restricted || "Ensemble"}, {stayText(line)} :{" "}
                  <strong>{line.value === null ? line.shown : `${line.shown} ${line.unit}`}</strong>
                  {line.base === null ? "" : `, sur ${line.base}`}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
