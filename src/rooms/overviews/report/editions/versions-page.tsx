// Every content that a block had: who wrote it, when, and a way back to it.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import { Stored } from "./block-page.tsx";
import { blockHref, chapterHref, editionHref, editionsCrumb, isOpen } from "./page-parts.tsx";
import { type Block, type Chapter, type Edition, versionsOf } from "./reads.ts";
import { blockKindWords } from "./words.ts";

const moment = (at: Date, zone: string): string => {
  const time = at.toLocaleTimeString("fr-FR", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  const day = at.toLocaleDateString("sv-SE", { timeZone: zone });
  return `${shortDay(day)} à ${hour(time)}`;
};

export async function versionsPage(
  at: At<unknown>,
  { edition, chapter, block }: { edition: Edition; chapter: Chapter; block: Block },
  stale = false,
): Promise<Answer> {
  const versions = await versionsOf(at.tx, block);
  return page({
    title: `Versions › ${chapter.title}`,
    status: stale ? 409 : 200,
    crumbs: [
      editionsCrumb,
      { href: editionHref(edition), label: edition.title },
      { href: chapterHref(chapter), label: chapter.title },
    ],
    ...(stale
      ? {
          notice: {
            kind: "warn" as const,
            text: "Ce bloc a été écrit entre-temps : sa dernière version est en tête de la liste.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={`${blockKindWords[block.written.kind]} : ses versions`}>{chapter.title}</Heading>
        <ol class="results" reversed>
          {versions.map((version) => (
            <li key={version.version}>
              <h2>
                Version {version.version}
                {version.version === block.version ? ", celle d’aujourd’hui" : ""}
              </h2>
              <p>
                {version.by ?? "La maison, à l’ouverture"}, {moment(version.at, at.scope.zone)}
                {version.from ? `, reprise de la version ${version.from}` : ""}
              </p>
              <Stored block={version} />
              {version.version !== block.version && isOpen(edition) ? (
                <form method="post" action={blockHref(edition, block, "/versions")}>
                  <input type="hidden" name="version" value={String(block.version)} />
                  <button type="submit" name="reprise" value={String(version.version)} class="second">
                    Reprendre la version {version.version}
                  </button>
                </form>
              ) : null}
            </li>
          ))}
        </ol>
      </>
    ),
  });
}
