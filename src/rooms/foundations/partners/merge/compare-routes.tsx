// Two structures side by side, field by field, and their merge.
import { z } from "zod";
import { countHanging } from "../../../../core/hanging.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { StructureLink } from "../../../../core/room.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { uuidShape } from "../fields.tsx";
import { listTerms, type Structure, structureById } from "../reads.ts";
import { rights } from "../rights.ts";
import { legalNumberWords } from "../rules.ts";
import { structuresCrumb } from "../sheet/found.tsx";
import { type ChosenField, chosenFields, mergeStructures } from "./writes.ts";

const fieldWords: Record<ChosenField, string> = {
  name: "Nom",
  type_id: "Type",
  siret: "SIRET",
  address: "Adresse",
  postal_code: "Code postal",
  commune_name: "Commune",
  phone: "Téléphone",
  email: "Courriel",
  website: "Site web",
  workforce: "Effectif",
  founded_on: "Créée le",
  turnover: "Chiffre d’affaires annuel",
  balance_total: "Total du bilan",
  sector: "Secteur d’activité",
  parent_id: "Structure mère",
  note: "Note",
};

type Pair = { kept: Structure; absorbed: Structure };
type Side = keyof Pair;

async function pairOf(at: At<unknown>): Promise<Pair | null> {
  const { first = "", second = "" } = at.params;
  if (!isUuid(first) || !isUuid(second) || first === second) return null;
  const [kept, absorbed] = [await structureById(at.tx, first), await structureById(at.tx, second)];
  return kept && absorbed && !kept.merged_into && !absorbed.merged_into ? { kept, absorbed } : null;
}

const isEmpty = (structure: Structure, field: ChosenField): boolean => (structure[field] ?? "") === "";

async function compare(
  at: At<unknown>,
  pair: Pair,
  links: readonly StructureLink[],
  told: { sentence?: string; status?: number } = {},
): Promise<Answer> {
  const { kept, absorbed } = pair;
  const words = new Map((await listTerms(at.tx)).map((term) => [term.id, term.label]));
  for (const id of [kept.parent_id, absorbed.parent_id])
    if (id) words.set(id, (await structureById(at.tx, id))?.name ?? "");
  const [onKept, onAbsorbed] = [
    await countHanging(at.tx, links, kept.id),
    await countHanging(at.tx, links, absorbed.id),
  ];
  const shown = (structure: Structure, field: ChosenField) => {
    if (isEmpty(structure, field)) return <span class="none">vide</span>;
    const value = String(structure[field]);
    return field === "siret" ? legalNumberWords(value) : (words.get(value) ?? value);
  };
  const chosen = (field: ChosenField): Side => {
    const typed = at.typed[field]?.[0];
    if (typed === "kept" || typed === "absorbed") return typed;
    return isEmpty(kept, field) && !isEmpty(absorbed, field) ? "absorbed" : "kept";
  };
  const choice = (side: Side) => (field: ChosenField) => {
    const value = shown(pair[side], field);
    if ((kept[field] ?? "") === (absorbed[field] ?? "")) return value;
    return (
      <label class="choice">
        <input type="radio" name={field} value={side} checked={chosen(field) === side} />
        <span>
          <span class="visually-hidden">
            {fieldWords[field]}
            {"\u00a0"}:{" "}
          </span>
          {value}
        </span>
      </label>
    );
  };
  return page({
    title: "Comparer deux structures",
    status: told.status ?? 200,
    crumbs: [structuresCrumb, { href: "/structures/doublons", label: "Doublons" }],
    body: (
      <>
        <Heading title="Comparer deux structures">
          Choisissez, champ par champ, la valeur à garder. La première reste{"\u00a0"}; tout ce qui tient à la seconde
          la rejoint, et l’autre nom reste connu. La fusion pourra être annulée.
        </Heading>
        {told.sentence ? (
          <div class="notice notice-warn" role="alert">
            <strong>Rien n’est encore fait.</strong> {told.sentence}
          </div>
        ) : null}
        <form method="post" action={`/structures/doublons/${kept.id}/${absorbed.id}`}>
          <input type="hidden" name="key" value={at.tx.ids.uuid()} />
          <input type="hidden" name="version" value={String(kept.version)} />
          <input type="hidden" name="other_version" value={String(absorbed.version)} />
          <DataTable
            caption={`${kept.name} et ${absorbed.name}`}
            rows={chosenFields}
            rowKey={(field) => field}
            columns={[
              { key: "field", label: "Champ", header: true, render: (field) => fieldWords[field] },
              { key: "kept", label: "Celle qui reste", render: choice("kept") },
              { key: "absorbed", label: "Celle qui la rejoint", render: choice("absorbed") },
            ]}
          />
          <DataTable
            caption="Ce qui tient à chacune ; tout sera sur celle qui reste"
            rows={links.flatMap((link, nth) => {
              const [here, there] = [onKept[nth]?.count ?? 0, onAbsorbed[nth]?.count ?? 0];
              return here + there > 0 ? [{ label: link.label, here, there }] : [];
            })}
            rowKey={(row) => row.label}
            empty={<p>Rien d’autre ne tient à ces deux structures.</p>}
            columns={[
              { key: "what", label: "Quoi", header: true, render: (row) => row.label },
              { key: "kept", label: "Celle qui reste", number: true, render: (row) => row.here },
              { key: "absorbed", label: "Celle qui la rejoint", number: true, render: (row) => row.there },
            ]}
          />
          <div class="submit">
            <button type="submit">Fusionner les deux structures</button>
            <a href={`/structures/doublons/${absorbed.id}/${kept.id}`}>Garder plutôt l’autre</a>
            <a href="/structures/doublons">Ne rien faire</a>
          </div>
        </form>
      </>
    ),
  });
}

export function declareCompare(routes: Routes, links: () => readonly StructureLink[]): void {
  const right = rights["structure.merge"];
  const path = "/structures/doublons/:first/:second";
  const what = "Cette paire";
  routes.get(path, { right, trace: "structure-twins.compared" }, async (at) => {
    const pair = await pairOf(at);
    if (!pair) return notFound(what);
    at.about("structure", pair.kept.id, { other: pair.absorbed.id });
    return compare(at, pair, links());
  });
  const side = z.enum(["kept", "absorbed"]).default("kept");
  const MergeForm = z.object({
    key: uuidShape,
    version: z.coerce.number().int(),
    other_version: z.coerce.number().int(),
    ...(Object.fromEntries(chosenFields.map((field) => [field, side])) as Record<ChosenField, typeof side>),
  });
  routes.post(
    path,
    {
      right,
      trace: "structure.merged",
      form: MergeForm,
      async onMistakes(at) {
        const pair = await pairOf(at);
        return pair
          ? compare(at, pair, links(), { sentence: "Un choix est illisible : choisissez de nouveau.", status: 422 })
          : notFound(what);
      },
    },
    async (at) => {
      const { first = "", second = "" } = at.params;
      if (!isUuid(first) || !isUuid(second)) return notFound(what);
      const { form } = at;
      const fromAbsorbed = chosenFields.filter((field) => form[field] === "absorbed");
      const outcome = await mergeStructures(at.tx, links(), {
        kept: first,
        absorbed: second,
        key: form.key,
        fromAbsorbed,
        versions: { kept: form.version, absorbed: form.other_version },
      });
      if (!outcome) return notFound(what);
      if (!outcome.ok) {
        const pair = await pairOf(at);
        return pair
          ? compare(at, pair, links(), { sentence: outcome.sentence, status: 409 })
          : refusal(409, outcome.sentence);
      }
      if (outcome.made) at.about("structure", first, { merge: outcome.merge, absorbed: second, fields: fromAbsorbed });
      else at.nothingHappened();
      return redirect(`/structures/fusions/${outcome.merge}`, "Les deux structures n’en font plus qu’une.");
    },
  );
}
