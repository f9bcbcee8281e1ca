// The pages of what hangs on a structure: a row added, changed, taken away, put back.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { columnsOf, FieldInputs, firstTyped, shapeOf, typedOf, uuidShape } from "../fields.tsx";
import { listTerms, offered, type Structure } from "../reads.ts";
import { rights } from "../rights.ts";
import { liveStructureOf, structuresCrumb } from "../sheet/found.tsx";
import { partWords } from "../words.ts";
import { type Part, parts } from "./kinds.ts";
import { addPart, changePart, eraseContact, partById, type Row, restorePart, withdrawPart } from "./writes.ts";

type Values = Readonly<Record<string, string>>;
type Shown = { values: Values; mistakes?: Values; status?: number; stale?: boolean };

const optionsOf = async (at: At<unknown>, had: string | null) => ({
  role: offered(await listTerms(at.tx), "role", at.tx.today, had),
});
const crumbsOf = (structure: Structure) => [
  structuresCrumb,
  { href: `/structures/${structure.id}`, label: structure.name },
];

async function addForm(
  at: At<unknown>,
  part: Part,
  structure: Structure,
  { values, mistakes = {}, status = 200 }: Shown,
) {
  const { add, path } = partWords[part.kind];
  return page({
    title: add,
    status,
    crumbs: crumbsOf(structure),
    body: (
      <>
        <Heading title={add}>{structure.name}</Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/structures/${structure.id}/${path}`}>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <FieldInputs fields={part.fields} values={values} mistakes={mistakes} options={await optionsOf(at, null)} />
          <div class="submit">
            <button type="submit">Ajouter</button>
            <a href={`/structures/${structure.id}`}>Ne rien ajouter</a>
          </div>
        </form>
      </>
    ),
  });
}

type RemovalFacts = { part: Part; row: Row; action: string; erases: boolean; mistake: string | undefined };

function Removal({ part, row, action, erases, mistake }: RemovalFacts) {
  const { feminine } = partWords[part.kind];
  return (
    <>
      <h2>Retrait</h2>
      {row.withdrawn === null ? (
        <form method="post" action={`${action}/retrait`}>
          <p>
            Pour ce qui a été noté par erreur{"\u00a0"}; ce qui a pris fin reçoit un dernier jour. Cela reste lisible,
            avec la raison, et peut être remis.
          </p>
          <TextField name="raison" label="Pourquoi" error={mistake} required />
          <button type="submit" class="second">
            Retirer
          </button>
        </form>
      ) : (
        <form method="post" action={`${action}/retour`}>
          <p>
            {feminine ? "Retirée" : "Retiré"}
            {"\u00a0"}: {row.withdrawn}
          </p>
          <button type="submit" class="second">
            Remettre
          </button>
        </form>
      )}
      {erases ? (
        <form method="post" action={`${action}/effacement`}>
          <h2>Effacement</h2>
          <p>
            Si cette personne demande que ses coordonnées soient effacées{"\u00a0"}: rien ne pourra les faire revenir.
            Pour une erreur de saisie, retirez plutôt le contact.
          </p>
          <button type="submit" class="danger">
            Effacer pour toujours
          </button>
        </form>
      ) : null}
    </>
  );
}

type Found = { structure: Structure; row: Row };

async function changeForm(at: At<unknown>, part: Part, { structure, row }: Found, shown: Shown): Promise<Answer> {
  const { values, mistakes = {}, status = 200, stale = false } = shown;
  const { path } = partWords[part.kind];
  const action = `/structures/${structure.id}/${path}/${row.id}`;
  const had = typeof row.term_id === "string" ? row.term_id : null;
  const options = await optionsOf(at, had);
  const now: Values = typedOf(part.fields, row);
  const said = (name: string, value = "") =>
    (name === "role" ? options.role.find((one) => one.value === value)?.label : value) || "–";
  const writes = may(at.scope, part.write);
  return page({
    title: row.name,
    status,
    crumbs: crumbsOf(structure),
    body: (
      <>
        <Heading title={row.name}>{structure.name}</Heading>
        <ErrorSummary fields={mistakes} />
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cela pendant que vous écriviez.</strong> Rien de ce que vous avez saisi n’est
            perdu.
            <DataTable
              caption="Ce qui diffère"
              rows={part.fields.filter((field) => (now[field.name] ?? "") !== (values[field.name] ?? ""))}
              rowKey={(field) => field.name}
              empty={<p>Votre saisie dit la même chose.</p>}
              columns={[
                { key: "field", label: "Champ", header: true, render: (field) => field.label },
                { key: "now", label: "Maintenant", render: ({ name }) => said(name, now[name]) },
                { key: "mine", label: "Votre saisie", render: ({ name }) => said(name, values[name]) },
              ]}
            />
          </div>
        ) : null}
        {row.withdrawn === null ? (
          <form method="post" action={action}>
            <input type="hidden" name="version" value={String(row.version)} />
            <FieldInputs fields={part.fields} values={values} mistakes={mistakes} options={options} />
            <div class="submit">
              {writes ? <button type="submit">Enregistrer</button> : null}
              <a href={`/structures/${structure.id}`}>Ne rien changer</a>
            </div>
          </form>
        ) : null}
        {writes ? (
          <Removal
            part={part}
            row={row}
            action={action}
            mistake={mistakes.raison}
            erases={part.kind === "contact" && may(at.scope, rights["structure-contact.erase"])}
          />
        ) : null}
      </>
    ),
  });
}

function declarePart(routes: Routes, part: Part): void {
  const { path, one, feminine } = partWords[part.kind];
  const base = `/structures/:structure/${path}`;
  const what = `Cet${feminine ? "te convention" : " élément"}`;
  const fields = shapeOf(part.fields);
  const found = async (at: At<unknown>): Promise<Found | null> => {
    const structure = await liveStructureOf(at);
    const row = structure && isUuid(at.params.part ?? "") ? await partById(at.tx, part, at.params.part ?? "") : null;
    return structure && row?.structure_id === structure.id ? { structure, row } : null;
  };

  routes.get(`${base}/nouveau`, { right: part.write, trace: { none: "an empty form" } }, async (at) => {
    const structure = await liveStructureOf(at);
    return structure ? addForm(at, part, structure, { values: {} }) : notFound("Cette structure");
  });
  routes.post(
    base,
    {
      right: part.write,
      trace: `structure-${part.kind}.added`,
      form: z.object({ ...fields, key: uuidShape }),
      async onMistakes(at, { fields, typed }) {
        const structure = await liveStructureOf(at);
        return structure
          ? addForm(at, part, structure, { values: firstTyped(typed), mistakes: fields, status: 422 })
          : notFound("Cette structure");
      },
    },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      const added = await addPart(at.tx, part, structure.id, at.form.key, columnsOf(part.fields, at.form));
      if (added === null) return notFound("Cette structure");
      if ("field" in added)
        return addForm(at, part, structure, {
          values: firstTyped(at.typed),
          mistakes: { [added.field]: added.sentence },
          status: 422,
        });
      if (added.made) at.about("structure", structure.id, { row: at.form.key });
      else at.nothingHappened();
      return redirect(`/structures/${structure.id}`, `La structure a ${one} de plus.`);
    },
  );

  routes.get(`${base}/:part`, { right: part.see, trace: `structure-${part.kind}.opened` }, async (at) => {
    const there = await found(at);
    if (!there) return notFound(what);
    at.about("structure", there.structure.id, { row: there.row.id });
    return changeForm(at, part, there, { values: typedOf(part.fields, there.row) });
  });
  routes.post(
    `${base}/:part`,
    {
      right: part.write,
      trace: `structure-${part.kind}.changed`,
      form: z.object({ ...fields, version: z.coerce.number().int() }),
      async onMistakes(at, { fields, typed }) {
        const there = await found(at);
        return there
          ? changeForm(at, part, there, { values: firstTyped(typed), mistakes: fields, status: 422 })
          : notFound(what);
      },
    },
    async (at) => {
      const there = await found(at);
      if (!there) return notFound(what);
      if (there.row.withdrawn !== null) return refusal(409, "Cela a été retiré entre-temps : remettez-le d’abord.");
      const values = firstTyped(at.typed);
      const changed = await changePart(at.tx, part, there.row, at.form.version, columnsOf(part.fields, at.form));
      if (changed === null)
        return changeForm(at, part, (await found(at)) ?? there, { values, stale: true, status: 409 });
      if ("field" in changed)
        return changeForm(at, part, there, { values, mistakes: { [changed.field]: changed.sentence }, status: 422 });
      if (changed.columns.length === 0) at.nothingHappened();
      at.about("structure", there.structure.id, { row: there.row.id, fields: changed.columns });
      return redirect(`/structures/${there.structure.id}`, "C’est enregistré.");
    },
  );

  routes.post(
    `${base}/:part/retrait`,
    {
      right: part.write,
      trace: `structure-${part.kind}.withdrawn`,
      form: z.object({ raison: z.string().trim().min(1, "Écrivez pourquoi.").max(200, "Au plus 200 signes.") }),
      async onMistakes(at, { fields }) {
        const there = await found(at);
        if (!there) return notFound(what);
        return changeForm(at, part, there, {
          values: typedOf(part.fields, there.row),
          mistakes: fields,
          status: 422,
        });
      },
    },
    async (at) => {
      const there = await found(at);
      if (!there) return notFound(what);
      if (await withdrawPart(at.tx, part, there.row, at.form.raison))
        at.about("structure", there.structure.id, { row: there.row.id });
      else at.nothingHappened();
      return redirect(`/structures/${there.structure.id}`, "C’est retiré, et peut être remis.");
    },
  );
  routes.post(
    `${base}/:part/retour`,
    {
      right: part.write,
      trace: `structure-${part.kind}.restored`,
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const there = await found(at);
      if (!there) return notFound(what);
      if (there.row.withdrawn === null) at.nothingHappened();
      else {
        const mistake = await restorePart(at.tx, part, there.row);
        if (mistake) return refusal(409, mistake.sentence);
        at.about("structure", there.structure.id, { row: there.row.id });
      }
      return redirect(`/structures/${there.structure.id}`, "C’est remis.");
    },
  );
  if (part.kind !== "contact") return;
  routes.post(
    `${base}/:part/effacement`,
    {
      right: rights["structure-contact.erase"],
      trace: "structure-contact.erased",
      form: z.object({}),
      onMistakes: () => refusal(422, "Demande illisible."),
    },
    async (at) => {
      const there = await found(at);
      if (!there) return notFound(what);
      await eraseContact(at.tx, there.row.id);
      at.about("structure", there.structure.id);
      return redirect(`/structures/${there.structure.id}`, "Ce contact est effacé.");
    },
  );
}

export function declareParts(routes: Routes): void {
  for (const part of parts) declarePart(routes, part);
}
