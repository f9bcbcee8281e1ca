// What stands under a chapter for those who write it: its comments, who answers for it, and how far it is.
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { chapterHref } from "./page-parts.tsx";
import type { Chapter, Comment } from "./reads.ts";
import { chapterStateOptions } from "./words.ts";

export type ChapterRefused = {
  form: "settle" | "comment";
  fields: Record<string, string>;
  typed: Record<string, string>;
};

export function Comments({
  at,
  chapter,
  comments,
  refused,
}: {
  at: At<unknown>;
  chapter: Chapter;
  comments: readonly Comment[];
  refused: ChapterRefused | null;
}) {
  const mistakes = refused?.form === "comment" ? refused.fields : {};
  return (
    <section class="no-print">
      <h2>Commentaires</h2>
      <ul class="results">
        {comments.map((comment) => (
          <li key={comment.id}>
            <p>
              <strong>{comment.by ?? "Quelqu’un"}</strong>, {shortDay(comment.at.toISOString())} : {comment.text}
            </p>
            {comment.settledAt ? (
              <p class="hint">
                Réglé le {shortDay(comment.settledAt.toISOString())}
                {comment.settledBy ? ` par ${comment.settledBy}` : ""}.
              </p>
            ) : (
              <form method="post" action={chapterHref(chapter, `/commentaires/${comment.id}/reglement`)}>
                <button type="submit" class="plain">
                  Régler
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <ErrorSummary fields={mistakes} />
      <form method="post" action={chapterHref(chapter, "/commentaires")}>
        <input type="hidden" name="key" value={at.tx.ids.uuid()} />
        <TextAreaField
          name="texte"
          label="Votre commentaire"
          rows={2}
          value={refused?.form === "comment" ? refused.typed.texte : ""}
          error={mistakes.texte}
          maxlength={2000}
        />
        <button type="submit" class="second">
          Commenter
        </button>
      </form>
    </section>
  );
}

export function Settle({
  chapter,
  writers,
  refused,
}: {
  chapter: Chapter;
  writers: readonly { id: string; name: string }[];
  refused: ChapterRefused | null;
}) {
  const again = refused?.form === "settle" ? refused : null;
  const mistakes = again?.fields ?? {};
  return (
    <section class="no-print">
      <h2>Responsable et état</h2>
      <ErrorSummary fields={mistakes} />
      <form method="post" action={chapterHref(chapter)}>
        <input type="hidden" name="version" value={String(chapter.version)} />
        <div class="fields">
          <TextField
            name="titre"
            label="Titre"
            value={again?.typed.titre ?? chapter.title}
            error={mistakes.titre}
            maxlength={120}
          />
          <SelectField
            name="responsable"
            label="Responsable"
            empty="à confier"
            value={again?.typed.responsable ?? chapter.owner ?? ""}
            options={writers.map(({ id, name }) => ({ value: id, label: name }))}
            error={mistakes.responsable}
          />
          <SelectField
            name="etat"
            label="État"
            value={again?.typed.etat ?? chapter.state}
            options={chapterStateOptions}
            error={mistakes.etat}
          />
        </div>
        <button type="submit" class="second">
          Enregistrer
        </button>
      </form>
    </section>
  );
}
