// A tag on several people at once.
import { isUuid } from "../../../../core/ids.ts";
import type { GroupAct } from "../../../../core/lists/acts.ts";
import { SelectField, TextField } from "../../../../ui/fields.tsx";
import { plural } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { tagChoices } from "./reads.ts";
import { putTag, tagById, tagNamed, takeBackTags } from "./writes.ts";

/** What a tag may not say: it is read by many, and asked of nobody. */
export const tagHint = "Jamais la santé, l’origine, les opinions ni un jugement sur la personne.";
export const longestTag = 40;

/** A word as it is kept: one line, without blanks around. */
export const cleanTag = (text: string): string => text.replace(/\s+/g, " ").trim();

export const tagAct: GroupAct = {
  key: "etiquette",
  label: "Mettre une étiquette",
  right: rights["person.tag"],
  fields: async (tx, typed, mistakes) => (
    <div class="fields">
      <SelectField
        name="etiquette"
        id="acte-etiquette"
        label="Étiquette"
        empty="une nouvelle, ci-contre"
        value={typed("etiquette")}
        error={mistakes.etiquette}
        options={await tagChoices(tx)}
      />
      <TextField
        name="nouvelle"
        id="acte-nouvelle"
        label="Nouvelle étiquette"
        hint={tagHint}
        required={false}
        value={typed("nouvelle")}
        error={mistakes.nouvelle}
        maxlength={longestTag}
      />
    </div>
  ),
  async run(tx, { id, chosen, typed }) {
    const word = cleanTag(typed("nouvelle"));
    const picked = typed("etiquette");
    if (picked !== "" && word !== "")
      return {
        ok: false,
        mistakes: { nouvelle: "Choisissez une étiquette, ou donnez-en une nouvelle, pas les deux." },
      };
    if (picked === "" && word === "")
      return { ok: false, mistakes: { etiquette: "Choisissez une étiquette, ou donnez-en une nouvelle." } };
    if (word.length > longestTag) return { ok: false, mistakes: { nouvelle: `Au plus ${longestTag} signes.` } };
    const tag = await tagById(tx, word === "" ? (isUuid(picked) ? picked : id) : await tagNamed(tx, word));
    if (!tag) return { ok: false, mistakes: { etiquette: "Cette étiquette n’existe pas." } };
    const done = await putTag(tx, tag.id, chosen.persons, id);
    const had = chosen.persons.length - done;
    const more = had > 0 ? ` ${plural(had, "personne la portait déjà", "personnes la portaient déjà")}.` : "";
    return {
      ok: true,
      done,
      said: `Étiquette «\u00a0${tag.label}\u00a0» mise sur ${plural(done, "personne", "personnes")}.${more}`,
    };
  },
  undo: async (tx, id) => ({ back: await takeBackTags(tx, id), left: 0 }),
};
