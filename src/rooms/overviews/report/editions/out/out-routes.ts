// The files that an edition gives: for the house, or as they leave it; whole, one chapter, or one chapter for one funder.
import { type Answer, notFound, refusal } from "../../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../../core/http/route.ts";
import { isUuid } from "../../../../../core/ids.ts";
import type { Figures } from "../edition-routes.tsx";
import { chapterAt, editionAt } from "../page-parts.tsx";
import { editionRights as rights } from "../rights.ts";
import { allFileKinds, fileKinds, fileOf } from "./files.ts";
import { funderDocument } from "./funder.ts";
import { takenDocument } from "./taken.ts";

export function declareOutRoutes(routes: Routes, { readable, all }: Figures): void {
  const registries = (at: At) => ({ readable: readable(at), all: all() });
  for (const kind of allFileKinds)
    routes.get(
      `/editions/:edition/${fileKinds[kind].path}`,
      { right: rights["edition.see"], trace: "edition.exported" },
      async (at): Promise<Answer> => {
        const edition = await editionAt(at);
        const chapter = at.query.chapitre ?? null;
        if (!edition || (chapter !== null && !isUuid(chapter))) return notFound("Cette édition");
        const within = at.query.pour === "maison";
        const taken = await takenDocument(at, registries(at), edition, { within, chapter });
        if (!taken) return notFound("Ce chapitre");
        at.about("edition", edition.id, {
          file: kind,
          outside: taken.document.outside,
          ...(chapter ? { chapter } : {}),
        });
        return fileOf(at.tx, kind, edition, taken);
      },
    );
  for (const kind of ["pdf", "docx"] as const)
    routes.get(
      `/editions/:edition/chapitres/:chapter/financeur.${kind}`,
      { right: rights["edition.write"], trace: "chapter.exported" },
      async (at): Promise<Answer> => {
        const found = await chapterAt(at);
        const agreement = at.query.convention ?? "";
        if (!found || !isUuid(agreement)) return notFound("Ce chapitre");
        const { edition, chapter } = found;
        const made = await funderDocument(at, registries(at), edition, chapter, agreement);
        if (made === "other") return refusal(404, "Cette convention n’est pas celle de ce chapitre.");
        if (!made) return notFound("Cette convention");
        at.about("edition-chapter", chapter.id, { agreement, file: kind });
        const slug = `${edition.slug}-${chapter.programme ?? "chapitre"}`;
        return fileOf(
          at.tx,
          kind,
          { id: edition.id, slug },
          { document: made.document, alone: true },
          { note: made.note },
        );
      },
    );
}
