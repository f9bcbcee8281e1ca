// Blocks: added, written, arranged, brought back; figures sought for them; their photos.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Registry } from "../../../../core/figures/registry.ts";
import { scalePicture } from "../../../../core/files/scaled-pictures.ts";
import { type Answer, fragment, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes, Services } from "../../../../core/http/route.ts";
import { takeIn } from "../../../../core/http/uploads.ts";
import { isUuid } from "../../../../core/ids.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { blockPage, figureField } from "./block-page.tsx";
import type { Written } from "./content.ts";
import { closed, type Figures, unreadable } from "./edition-routes.tsx";
import { FoundFigures, searchFigures } from "./figure-search.tsx";
import { blockHref, chapterAt, chapterHref, editionAt, editionHref, editionsCrumb, isOpen } from "./page-parts.tsx";
import { addPhoto, type SentPhoto } from "./photos.ts";
import {
  type Block,
  blockById,
  type Chapter,
  chapterById,
  type Edition,
  photoSizes,
  photosOf,
  versionsOf,
} from "./reads.ts";
import { editionRights as rights } from "./rights.ts";
import { ArrangeForm, BlockForm, type blockGestures, NewBlockForm, RestoreForm, writtenFrom } from "./shapes.ts";
import { emptyContents } from "./starting-blocks.ts";
import { versionsPage } from "./versions-page.tsx";
import { addBlock, markBlock, moveBlock, writeBlock } from "./writes.ts";

type Found = { edition: Edition; chapter: Chapter; block: Block };
const gone = "Ce bloc";

async function blockAt(at: At<unknown>, lock = false): Promise<Found | null> {
  const edition = await editionAt(at, lock ? "write" : "");
  const id = at.params.block ?? "";
  const block = edition && isUuid(id) ? await blockById(at.tx, id, lock) : null;
  const chapter = block ? await chapterById(at.tx, block.chapter) : null;
  return edition && block && chapter?.edition === edition.id ? { edition, chapter, block } : null;
}

export function declareBlockRoutes(routes: Routes, figures: Figures): void {
  const write = rights["edition.write"];
  const { readable } = figures;
  routes.post(
    "/editions/:edition/chapitres/:chapter/blocs",
    { right: write, trace: "block.added", form: NewBlockForm, onMistakes: unreadable },
    async (at) => {
      const found = await chapterAt(at, "write");
      if (!found) return notFound("Ce chapitre");
      if (!isOpen(found.edition)) return closed();
      const { key, sorte } = at.form;
      const written = { kind: sorte, content: emptyContents[sorte] } as Written;
      if (await addBlock(at.tx, found.chapter.id, key, written)) at.about("edition-block", key, { kind: sorte });
      else at.nothingHappened();
      return redirect(`/editions/${found.edition.id}/blocs/${key}`);
    },
  );
  routes.get("/editions/:edition/blocs/:block", { right: write, trace: "block.opened" }, async (at) => {
    const found = await blockAt(at);
    if (!found) return notFound(gone);
    at.about("edition-block", found.block.id);
    return isOpen(found.edition) ? blockPage(at, readable(at), found) : closed();
  });
  routes.post(
    "/editions/:edition/blocs/:block",
    {
      right: write,
      trace: "block.written",
      form: BlockForm,
      async onMistakes(at, { fields }) {
        const found = await blockAt(at);
        return found
          ? blockPage(at, readable(at), found, { values: firstValues(at.typed), mistakes: fields })
          : notFound(gone);
      },
    },
    async (at) => {
      const found = await blockAt(at, true);
      if (!found) return notFound(gone);
      if (!isOpen(found.edition) || found.block.removed) return closed();
      return written(at, readable(at), found);
    },
  );
  routes.post(
    "/editions/:edition/blocs/:block/rangement",
    { right: write, trace: "block.arranged", form: ArrangeForm, onMistakes: unreadable },
    async (at) => {
      const found = await blockAt(at, true);
      if (!found) return notFound(gone);
      if (!isOpen(found.edition)) return closed();
      const { geste, key } = at.form;
      if (await arrange(at, found.block, geste, key)) at.about("edition-block", found.block.id, { gesture: geste });
      else at.nothingHappened();
      return redirect(`${chapterHref(found.chapter)}#b-${found.block.id}`);
    },
  );
  routes.get("/editions/:edition/blocs/:block/versions", { right: write, trace: "block.versions-read" }, async (at) => {
    const found = await blockAt(at);
    if (!found) return notFound(gone);
    at.about("edition-block", found.block.id);
    return versionsPage(at, found);
  });
  routes.post(
    "/editions/:edition/blocs/:block/versions",
    { right: write, trace: "block.restored", form: RestoreForm, onMistakes: unreadable },
    async (at) => {
      const found = await blockAt(at, true);
      if (!found) return notFound(gone);
      if (!isOpen(found.edition)) return closed();
      const { version, reprise } = at.form;
      const old = (await versionsOf(at.tx, found.block)).find((one) => one.version === reprise);
      if (!old) return notFound("Cette version");
      if (!(await writeBlock(at.tx, found.block, version, old.written, reprise))) {
        at.nothingHappened();
        return versionsPage(at, found, true);
      }
      at.about("edition-block", found.block.id, { from: reprise });
      return redirect(`${chapterHref(found.chapter)}#b-${found.block.id}`, `La version ${reprise} est reprise.`);
    },
  );
  routes.get("/editions/:edition/chiffres", { right: write, trace: "edition.figure-sought" }, async (at) => {
    const edition = await editionAt(at);
    if (!edition) return notFound("Cette édition");
    const found = await searchFigures(at, readable(at), edition, (at.query.q ?? "").slice(0, 100));
    const body = (
      <div id="chiffres-trouves">
        <FoundFigures found={found} />
      </div>
    );
    if (at.fragment !== null) return fragment(body);
    return page({
      title: "Chercher un chiffre",
      crumbs: [editionsCrumb, { href: editionHref(edition), label: edition.title }],
      body: (
        <>
          <Heading title="Chercher un chiffre" />
          {body}
        </>
      ),
    });
  });
  declarePhotos(routes);
}

/** What the block's form asks: a search, a figure to put in, or the block to be kept. */
async function written(at: At<typeof BlockForm._output>, registry: Registry, found: Found): Promise<Answer> {
  const { edition, chapter, block } = found;
  const { action, version, cherche } = at.form;
  const { kind } = block.written;
  const values = firstValues(at.typed);
  const field = figureField[kind];
  if (action.startsWith("inserer:") && field) {
    at.nothingHappened();
    const had = values[field] ?? "";
    const code = action.slice("inserer:".length);
    const put =
      field === "texte"
        ? `${had}${had === "" || /\s$/.test(had) ? "" : " "}{{${code}}}`
        : field === "lignes"
          ? `${had.trimEnd()}\n${code}`.trim()
          : code;
    return blockPage(at, registry, found, { values: { ...values, [field]: put } });
  }
  if (action === "chercher") {
    at.nothingHappened();
    return blockPage(at, registry, found, { values, sought: cherche });
  }
  const read = writtenFrom(kind, at.form, at.tx.today);
  if (!read.ok) return blockPage(at, registry, found, { values, mistakes: read.fields });
  if (read.written.kind === "photo" && read.written.content.photo !== "") {
    const known = await photoSizes(at.tx, edition.id);
    if (!known.has(read.written.content.photo)) return notFound("Cette photo");
  }
  if (!(await writeBlock(at.tx, block, version, read.written))) {
    at.nothingHappened();
    return blockPage(at, registry, found, { values, stale: true });
  }
  at.about("edition-block", block.id, { kind });
  return redirect(`${chapterHref(chapter)}#b-${block.id}`, "Le bloc est enregistré.");
}

async function arrange(
  at: At<unknown>,
  block: Block,
  gesture: (typeof blockGestures)[number],
  key: string,
): Promise<boolean> {
  switch (gesture) {
    case "monter":
    case "descendre":
      return moveBlock(at.tx, block, gesture === "monter");
    case "dupliquer":
      return addBlock(at.tx, block.chapter, key, block.written, block);
    case "masquer":
    case "montrer":
      await markBlock(at.tx, block.id, { hidden: gesture === "masquer" });
      return true;
    case "garder":
    case "lacher":
      await markBlock(at.tx, block.id, { kept: gesture === "garder" });
      return true;
    case "retirer":
    case "remettre":
      await markBlock(at.tx, block.id, { removed: gesture === "retirer" });
      return true;
  }
}

const mostMegabytes = 10;
const refused = {
  "too-large": refusal(
    413,
    `Cette photo dépasse ${mostMegabytes}\u00a0Mo\u00a0: rien n’a été gardé. Envoyez-en une plus petite.`,
  ),
  "no-file": refusal(422, "Choisissez une photo\u00a0: ce fichier est vide, ou aucun n’a été choisi."),
};

/** Takes a photo in and makes it anew; a sentence when it is none. */
const receive = (request: Request, services: Services): Promise<SentPhoto | Answer> =>
  takeIn<SentPhoto>(request, services, mostMegabytes * 1_000_000, refused, async (file, id) => {
    const made = await scalePicture(await readFile(file.path));
    if (!made.ok) return refusal(422, made.sentence);
    return { id, ...made.picture, sha256: createHash("sha256").update(made.picture.jpeg).digest("hex") };
  });

function declarePhotos(routes: Routes): void {
  routes.upload(
    "/editions/:edition/blocs/:block/photo",
    { right: rights["edition.write"], trace: "edition.photo-added", receive },
    async (at) => {
      const found = await blockAt(at, true);
      if (found?.block.written.kind !== "photo") return notFound(gone);
      if (!isOpen(found.edition)) return closed();
      const sent = at.form;
      if (!("jpeg" in sent)) return sent;
      await addPhoto(at.tx, found.edition.id, sent);
      const { content } = found.block.written;
      await writeBlock(at.tx, found.block, found.block.version, {
        kind: "photo",
        content: { ...content, photo: sent.id },
      });
      at.about("edition-block", found.block.id, { sha256: sent.sha256 });
      return redirect(blockHref(found.edition, found.block), "La photo est là\u00a0: décrivez ce qu’elle montre.");
    },
  );
  routes.get(
    "/editions/:edition/photos/:photo",
    { right: rights["edition.see"], trace: "edition.photo-seen" },
    async (at) => {
      const edition = await editionAt(at);
      const id = at.params.photo ?? "";
      const jpeg = edition && isUuid(id) ? (await photosOf(at.tx, edition.id, [id])).get(id) : undefined;
      if (!edition || !jpeg) return notFound("Cette photo");
      at.about("edition", edition.id);
      return { kind: "file", stream: new Uint8Array(jpeg), name: "photo.jpg", type: "image/jpeg", inline: true };
    },
  );
}
