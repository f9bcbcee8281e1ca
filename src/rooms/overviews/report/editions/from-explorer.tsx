// What was looked up in the explorer, put into a chapter of an edition that is being written: a reference, a table or a chart, which will say
// the numbers of the day on which the edition is read.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { addressOf, type Exploration, intoReport, readExploration } from "../explorer/asking.ts";
import type { Written } from "./content.ts";
import { closed, type Figures } from "./edition-routes.tsx";
import { isOpen } from "./page-parts.tsx";
import { chapterById, chaptersOf, type Edition, editionById, editionsOf } from "./reads.ts";
import { referenceText } from "./references.ts";
import { editionRights as rights } from "./rights.ts";
import { addBlock } from "./writes.ts";

const PutForm = z.object({
  key: uuidField,
  chapitre: z.union([z.literal(""), uuidField]).default(""),
  titre: z.string().max(200, "Au plus 200 signes.").default(""),
});

/** The block that says the same in an edition: without days of its own where it asks the edition's. */
export function blockOf(
  asked: Omit<Exploration, "mistakes" | "typed" | "dimensions">,
  edition: Pick<Edition, "from" | "to">,
  title: string,
): Written {
  const { figure, filters, period, rows, columns, drawing } = asked;
  const own = period.from !== edition.from || period.to !== edition.to;
  const reference = referenceText({
    code: figure.code,
    words: null,
    filters,
    when: own ? { is: "own", period } : { is: "edition" },
    unit: rows === null,
  });
  if (!rows) return { kind: "text", content: { text: `${title ? `${title}\u00a0: ` : ""}{{${reference}}}` } };
  if (drawing === "aucun" || columns)
    return { kind: "table", content: { title, figures: reference, by: rows.key, across: columns?.key ?? "" } };
  return {
    kind: "chart",
    content: { title, figure: reference, by: rows.key, drawing: drawing === "ligne" ? "line" : "bars", text: "" },
  };
}

/** The chapters that are being written, by edition. */
async function openChapters(at: At<unknown>): Promise<{ value: string; label: string }[]> {
  const editions = (await editionsOf(at.tx)).filter(isOpen).slice(0, 10);
  const lists = [];
  for (const edition of editions)
    for (const chapter of await chaptersOf(at.tx, edition.id))
      lists.push({ value: chapter.id, label: `${edition.title}, ${chapter.title}` });
  return lists;
}

async function putPage(at: At<unknown>, asked: Exploration, mistakes: Record<string, string> = {}): Promise<Answer> {
  const chapters = await openChapters(at);
  const typed = firstValues(at.typed);
  const title = "Mettre dans le rapport";
  return page({
    title,
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: addressOf(asked), label: "Explorateur" }],
    body: (
      <>
        <Heading title={title}>
          {asked.figure.label}
          {asked.rows ? `, ${asked.rows.label.toLowerCase()}` : ""}
          {asked.columns ? ` et ${asked.columns.label.toLowerCase()}` : ""}. Le chapitre dira les nombres du jour,
          jusqu’au gel.
        </Heading>
        <ErrorSummary fields={mistakes} />
        {chapters.length === 0 ? (
          <p>
            Aucune édition ne s’écrit en ce moment. <a href="/editions">Éditions du rapport</a>
          </p>
        ) : (
          <form method="post" action={addressOf(asked).replace(/^[^?]*/, intoReport)}>
            <input type="hidden" name="key" value={typed.key || at.tx.ids.uuid()} />
            <div class="fields">
              <SelectField
                name="chapitre"
                label="Chapitre"
                empty="choisir"
                value={typed.chapitre}
                options={chapters}
                error={mistakes.chapitre}
              />
              <TextField name="titre" label="Titre" required={false} value={typed.titre} error={mistakes.titre} />
            </div>
            <button type="submit">Mettre dans ce chapitre</button>
          </form>
        )}
      </>
    ),
  });
}

export function declareFromExplorer(routes: Routes, { readable }: Figures): void {
  const write = rights["edition.write"];
  const read = (at: At<unknown>): Exploration | null => {
    const asked = readExploration(at.query, readable(at), at.scope, at.tx.today);
    return asked && Object.keys(asked.mistakes).length === 0 ? asked : null;
  };
  routes.get(intoReport, { right: write, trace: { none: "a form, and no number" } }, async (at) => {
    const asked = read(at);
    return asked ? putPage(at, asked) : notFound("Ce chiffre");
  });
  routes.post(
    intoReport,
    {
      right: write,
      trace: "block.added",
      form: PutForm,
      async onMistakes(at, { fields }) {
        const asked = read(at);
        return asked ? putPage(at, asked, fields) : notFound("Ce chiffre");
      },
    },
    async (at) => {
      const asked = read(at);
      if (!asked) return notFound("Ce chiffre");
      const { key, chapitre, titre } = at.form;
      const chapter = chapitre === "" ? null : await chapterById(at.tx, chapitre);
      const edition = chapter ? await editionById(at.tx, chapter.edition, "write") : null;
      if (!chapter || !edition) {
        at.nothingHappened();
        return putPage(at, asked, { chapitre: "Choisissez un chapitre." });
      }
      if (!isOpen(edition)) return closed();
      if (await addBlock(at.tx, chapter.id, key, blockOf(asked, edition, titre.trim()))) at.about("edition-block", key);
      else at.nothingHappened();
      return redirect(`/editions/${edition.id}/chapitres/${chapter.id}#b-${key}`, "C’est dans le chapitre.");
    },
  );
}
