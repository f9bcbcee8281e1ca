// Two files side by side, field by field, and their merge.
import { z } from "zod";
import { countHanging } from "../../../../core/hanging.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { type Person, personById } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { uuidField } from "../shapes.ts";
import { siteOptions } from "../site-options.ts";
import { sexWords } from "../words.ts";
import { type ChosenField, chosenFields } from "./rules.ts";
import { mergePersons } from "./writes.ts";

const fieldWords: Record<ChosenField, string> = {
  sex: "Sexe",
  family_name: "Nom",
  birth_name: "Nom de naissance",
  given_name: "Prénom",
  birth_date: "Date de naissance",
  phone: "Téléphone",
  email: "Courriel",
  address: "Adresse",
  postal_code: "Code postal",
  commune_name: "Commune",
  site_id: "Antenne",
};

type Pair = { kept: Person; absorbed: Person };
type Side = "kept" | "absorbed";

const isLive = (person: Person | null): person is Person =>
  person !== null && !person.merged_into && !person.anonymised_at;

const pairOf = async (at: At<unknown>): Promise<Pair | null> => {
  const { first = "", second = "" } = at.params;
  if (!isUuid(first) || !isUuid(second) || first === second) return null;
  const kept = await personById(at.tx, first);
  const absorbed = await personById(at.tx, second);
  return isLive(kept) && isLive(absorbed) ? { kept, absorbed } : null;
};

/** Where nobody has chosen: what the kept file says, or the other where the kept one is empty. */
const usual = ({ kept, absorbed }: Pair, field: ChosenField): Side =>
  (kept[field] ?? "") === "" && (absorbed[field] ?? "") !== "" ? "absorbed" : "kept";

type Told = { sentence?: string; status?: number };

async function compare(at: At<unknown>, pair: Pair, links: readonly PersonLink[], told: Told = {}): Promise<Answer> {
  const { kept, absorbed } = pair;
  const sites = await siteOptions(at.tx);
  const onKept = await countHanging(at.tx, links, kept.id);
  const onAbsorbed = await countHanging(at.tx, links, absorbed.id);
  const shown = (person: Person, field: ChosenField) => {
    const value = person[field];
    if (value === null || value === "") return <span class="none">vide</span>;
    if (field === "birth_date") return shortDay(String(value));
    if (field === "sex") return sexWords[String(value)];
    return field === "site_id" ? sites.find((site) => site.value === value)?.label : String(value);
  };
  const chosen = (field: ChosenField): Side => {
    const typed = at.typed[field]?.[0];
    return typed === "kept" || typed === "absorbed" ? typed : usual(pair, field);
  };
  const choice = (side: Side) => (field: ChosenField) => {
    const person = pair[side];
    if ((kept[field] ?? "") === (absorbed[field] ?? "")) return shown(person, field);
    return (
      <label class="choice">
        <input type="radio" name={field} value={side} checked={chosen(field) === side} />
        <span>
          <span class="visually-hidden">{fieldWords[field]} : </span>
          {shown(person, field)}
        </span>
      </label>
    );
  };
  return page({
    title: "Comparer deux fiches",
    status: told.status ?? 200,
    crumbs: [{ href: "/doublons", label: "Doublons" }],
    body: (
      <>
        <Heading title="Comparer deux fiches">
          Choisissez, champ par champ, la valeur à garder. La fiche {kept.code} reste ; tout ce qui tient à{" "}
          {absorbed.code} la rejoint. La fusion pourra être annulée.
        </Heading>
        {told.sentence ? (
          <div class="notice notice-warn" role="alert">
            <strong>Rien n’est encore fait.</strong> {told.sentence}
          </div>
        ) : null}
        <form method="post" action={`/doublons/${kept.id}/${absorbed.id}`}>
          <input type="hidden" name="key" value={at.tx.ids.uuid()} />
          <input type="hidden" name="version" value={String(kept.version)} />
          <input type="hidden" name="other_version" value={String(absorbed.version)} />
          <DataTable
            caption={`${nameOf(kept)} et ${nameOf(absorbed)}`}
            rows={chosenFields}
            rowKey={(field) => field}
            columns={[
              { key: "field", label: "Champ", header: true, render: (field) => fieldWords[field] },
              { key: "kept", label: `${kept.code}, la fiche qui reste`, render: choice("kept") },
              { key: "absorbed", label: `${absorbed.code}, qui la rejoint`, render: choice("absorbed") },
            ]}
          />
          <DataTable
            caption="Ce qui tient à chaque fiche ; tout sera sur celle qui reste"
            rows={links.flatMap((link, at) => {
              const [here, there] = [onKept[at]?.count ?? 0, onAbsorbed[at]?.count ?? 0];
              return here + there > 0 ? [{ label: link.label, here, there }] : [];
            })}
            rowKey={(row) => row.label}
            empty={<p>Rien d’autre ne tient à ces deux fiches.</p>}
            columns={[
              { key: "what", label: "Quoi", header: true, render: (row) => row.label },
              { key: "kept", label: kept.code, number: true, render: (row) => row.here },
              { key: "absorbed", label: absorbed.code, number: true, render: (row) => row.there },
            ]}
          />
          <div class="submit">
            <button type="submit">Fusionner les deux fiches</button>
            <a href={`/doublons/${absorbed.id}/${kept.id}`}>Garder plutôt l’autre fiche</a>
            <a href="/doublons">Ne rien faire</a>
          </div>
        </form>
      </>
    ),
  });
}

export function declareCompare(routes: Routes, links: () => readonly PersonLink[]): void {
  routes.get("/doublons/:first/:second", { right: rights["person.merge"], trace: "twins.compared" }, async (at) => {
    const pair = await pairOf(at);
    if (!pair) return notFound("Cette paire");
    at.about("person", pair.kept.id, { other: pair.absorbed.id });
    return compare(at, pair, links());
  });

  const MergeForm = z.object({
    key: uuidField,
    version: z.coerce.number().int(),
    other_version: z.coerce.number().int(),
    ...Object.fromEntries(chosenFields.map((field) => [field, z.enum(["kept", "absorbed"]).default("kept")])),
  });
  routes.post(
    "/doublons/:first/:second",
    {
      right: rights["person.merge"],
      trace: "person.merged",
      form: MergeForm,
      async onMistakes(at) {
        const pair = await pairOf(at);
        return pair
          ? compare(at, pair, links(), { sentence: "Un choix est illisible : choisissez de nouveau.", status: 422 })
          : notFound("Cette paire");
      },
    },
    async (at) => {
      const { first = "", second = "" } = at.params;
      if (!isUuid(first) || !isUuid(second)) return notFound("Cette paire");
      const form = at.form as Record<string, unknown> & { key: string; version: number; other_version: number };
      const fromAbsorbed = chosenFields.filter((field) => form[field] === "absorbed");
      const merged = await mergePersons(at.tx, links(), {
        kept: first,
        absorbed: second,
        key: form.key,
        fromAbsorbed,
        versions: { kept: form.version, absorbed: form.other_version },
      });
      if (!merged) return notFound("Cette paire");
      if (!merged.ok) {
        const pair = await pairOf(at);
        return pair
          ? compare(at, pair, links(), { sentence: merged.sentence, status: 409 })
          : refusal(409, merged.sentence);
      }
      if (merged.made) at.about("person", first, { merge: merged.merge, absorbed: second, fields: fromAbsorbed });
      else at.nothingHappened();
      return redirect(`/fusions/${merged.merge}`, "Les deux fiches n’en font plus qu’une.");
    },
  );
}
