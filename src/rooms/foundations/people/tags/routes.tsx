// Tags on one person's sheet.
import { z } from "zod";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonLink, PersonPanel } from "../../../../core/room.ts";
import { dayIn } from "../../../../core/time.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { rights } from "../rights.ts";
import { personOf } from "../sheet/found.ts";
import { cleanTag, longestTag, tagHint } from "./act.tsx";
import { tagsOf } from "./reads.ts";
import { forgetTags, putTag, tagNamed, takeTag } from "./writes.ts";

const right = rights["person.tag"];

export const tagsPanel: PersonPanel = {
  order: 4,
  right,
  async show(tx, person) {
    const tags = await tagsOf(tx, person);
    const panel = (
      <section>
        <h2>Étiquettes</h2>
        {tags.length > 0 ? (
          <ul class="chips" aria-label="Étiquettes">
            {tags.map((tag) => (
              <li key={tag.id}>
                {tag.label}{" "}
                <form
                  method="post"
                  action={`/personnes/${person}/etiquettes/${tag.id}/retrait`}
                  class="inline no-print"
                >
                  <button type="submit" class="plain">
                    <span aria-hidden="true">✕</span>
                    <span class="visually-hidden">Retirer l’étiquette {tag.label}</span>
                  </button>
                </form>
              </li>
            ))}
          </ul>
        ) : (
          <p>Aucune étiquette.</p>
        )}
        <form method="post" action={`/personnes/${person}/etiquettes`} class="filters no-print">
          <TextField name="mot" id="etiquette-mot" label="Étiquette" hint={tagHint} maxlength={longestTag} />
          <button type="submit" class="second">
            Mettre
          </button>
        </form>
      </section>
    );
    return { panel };
  },
};

export const tagsLink: PersonLink = {
  table: "people.person_tags",
  column: "person_id",
  key: ["person_id", "tag_id"],
  label: "étiquettes",
  describe: async (tx, person) =>
    (await tagsOf(tx, person)).map((tag) => ({ Étiquette: tag.label, "Mise le": dayIn(tx.scope.zone, tag.putAt) })),
  beforeAnonymising: forgetTags,
};

const TagForm = z.object({
  mot: z.string().transform(cleanTag).pipe(z.string().min(1, "Donnez un mot à l’étiquette.").max(longestTag)),
});

export function declareTags(routes: Routes): void {
  routes.post(
    "/personnes/:person/etiquettes",
    {
      right,
      trace: "person.tagged",
      form: TagForm,
      onMistakes: (_, { fields }) => refusal(422, `${Object.values(fields).join(" ")} Revenez à la fiche.`),
    },
    async (at): Promise<Answer> => {
      const person = await personOf(at);
      if (!person || person.merged_into || person.anonymised_at) return notFound("Cette fiche");
      const put = await putTag(at.tx, await tagNamed(at.tx, at.form.mot), [person.id], null);
      if (put === 0) at.nothingHappened();
      else at.about("person", person.id);
      return redirect(`/personnes/${person.id}`, put === 0 ? "Cette étiquette y était déjà." : "Étiquette mise.");
    },
  );
  routes.post(
    "/personnes/:person/etiquettes/:tag/retrait",
    {
      right,
      trace: "person.untagged",
      form: z.object({}),
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at): Promise<Answer> => {
      const person = await personOf(at);
      const tag = at.params.tag ?? "";
      if (!person || !isUuid(tag) || !(await takeTag(at.tx, person.id, tag))) return notFound("Cette étiquette");
      at.about("person", person.id);
      return redirect(`/personnes/${person.id}`, "Étiquette retirée. Elle se remet de la même façon.");
    },
  );
}
