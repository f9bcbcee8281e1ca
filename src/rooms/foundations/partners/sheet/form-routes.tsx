// A structure entered and corrected. Whichever may be the same is shown before a new one is saved; two people at once: the second is shown
// both versions and loses nothing.
import { z } from "zod";
import { notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { columnsOf, FieldInputs, firstTyped, shapeOf, typedOf, uuidShape } from "../fields.tsx";
import { listTerms, offered, type Structure, structureById, structuresNamed } from "../reads.ts";
import { rights } from "../rights.ts";
import { asForm, factsOf, structureFields } from "../structure.ts";
import { type Likely, likelyTwins } from "../twins/finding.ts";
import { changeStructure, createStructure } from "../writes.ts";
import { liveStructureOf, StructureSummary, structuresCrumb } from "./found.tsx";

type Values = Readonly<Record<string, string>>;
type Shown = { values: Values; mistakes?: Values; status?: number };

const typeOptions = async (at: At<unknown>, had: string | null) => ({
  type: offered(await listTerms(at.tx), "type", at.tx.today, had),
});

async function newForm(
  at: At<unknown>,
  { values, mistakes = {}, twins = [], status = 200 }: Shown & { twins?: readonly Likely[] },
) {
  return page({
    title: "Nouvelle structure",
    status,
    crumbs: [structuresCrumb],
    body: (
      <>
        <Heading title="Nouvelle structure" />
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/structures/nouvelle" data-draft="structure">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          {twins.length > 0 ? (
            <div class="notice notice-warn" role="alert">
              <strong>Cette structure est peut-être déjà dans la maison</strong>
              <ul class="results">
                {twins.map((twin) => (
                  <li key={twin.id}>
                    <a class="row" href={`/structures/${twin.id}`}>
                      <StructureSummary structure={twin} /> <span>{twin.reasons.join(", ")}</span>{" "}
                      <u>C’est cette structure</u>
                    </a>
                  </li>
                ))}
              </ul>
              <p>
                <button type="submit" name="confirmed" value="1">
                  C’est bien une autre structure{"\u00a0"}: enregistrer
                </button>
              </p>
            </div>
          ) : null}
          <FieldInputs
            fields={structureFields}
            values={values}
            mistakes={mistakes}
            options={await typeOptions(at, null)}
          />
          <div class="submit">
            <button type="submit">Enregistrer la structure</button>
            <a href="/structures">Ne rien ajouter</a>
          </div>
        </form>
      </>
    ),
  });
}

const nameOfParent = async (at: At<unknown>, structure: Structure): Promise<string | null> =>
  structure.parent_id ? ((await structureById(at.tx, structure.parent_id))?.name ?? null) : null;

async function changeForm(
  at: At<unknown>,
  structure: Structure,
  { values, mistakes = {}, status = 200, stale = false }: Shown & { stale?: boolean },
) {
  const options = await typeOptions(at, structure.type_id);
  const now: Values = typedOf(structureFields, asForm(structure, await nameOfParent(at, structure)));
  const shown = (name: string, value = "") =>
    (name === "type" ? options.type.find((one) => one.value === value)?.label : value) || "–";
  return page({
    title: `Modifier ${structure.name}`,
    status,
    crumbs: [structuresCrumb, { href: `/structures/${structure.id}`, label: structure.name }],
    body: (
      <>
        <Heading title={`Modifier ${structure.name}`} />
        <ErrorSummary fields={mistakes} />
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette structure pendant que vous écriviez.</strong> Rien de ce que vous avez
            saisi n’est perdu{"\u00a0"}: comparez, corrigez au besoin, puis enregistrez.
            <DataTable
              caption="Ce qui diffère"
              rows={structureFields.filter((field) => (now[field.name] ?? "") !== (values[field.name] ?? ""))}
              rowKey={(field) => field.name}
              empty={<p>Votre saisie dit la même chose que la fiche.</p>}
              columns={[
                { key: "field", label: "Champ", header: true, render: (field) => field.label },
                { key: "now", label: "Maintenant sur la fiche", render: ({ name }) => shown(name, now[name]) },
                { key: "mine", label: "Votre saisie", render: ({ name }) => shown(name, values[name]) },
              ]}
            />
          </div>
        ) : null}
        {structure.siret_to_check ? (
          <p class="notice notice-info">
            Un fichier donnait «{"\u00a0"}
            {structure.siret_to_check}
            {"\u00a0"}» comme SIRET, qui ne peut pas en être un{"\u00a0"}: vérifiez-le auprès de la structure.
          </p>
        ) : null}
        <form method="post" action={`/structures/${structure.id}/modifier`} data-draft={`structure-${structure.id}`}>
          <input type="hidden" name="version" value={String(structure.version)} />
          <FieldInputs fields={structureFields} values={values} mistakes={mistakes} options={options} />
          <div class="submit">
            <button type="submit">Enregistrer</button>
            <a href={`/structures/${structure.id}`}>Ne rien changer</a>
          </div>
        </form>
      </>
    ),
  });
}

/** The parent that was named, by its name or its number. */
async function parentNamed(at: At<unknown>, typed: unknown): Promise<{ id: string | null } | { sentence: string }> {
  if (typeof typed !== "string") return { id: null };
  const [found, another] = await structuresNamed(at.tx, typed);
  if (!found) return { sentence: "Aucune structure de la maison ne porte ce nom ou ce SIRET." };
  return another ? { sentence: "Plusieurs structures portent ce nom : écrivez son SIRET." } : { id: found.id };
}

const fields = shapeOf(structureFields);
const NewForm = z.object({ ...fields, key: uuidShape, confirmed: z.string().optional() });
const ChangeForm = z.object({ ...fields, version: z.coerce.number().int() });

export function declareForms(routes: Routes): void {
  const right = rights["structure.write"];
  routes.get("/structures/nouvelle", { right, trace: { none: "an empty form" } }, (at) =>
    newForm(at, { values: { nom: (at.query.nom ?? "").slice(0, 200) } }),
  );
  routes.post(
    "/structures/nouvelle",
    {
      right,
      trace: "structure.created",
      form: NewForm,
      onMistakes: (at, { fields, typed }) => newForm(at, { values: firstTyped(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const values = firstTyped(at.typed);
      const columns = columnsOf(structureFields, at.form);
      const parent = await parentNamed(at, columns.parent);
      if ("sentence" in parent) return newForm(at, { values, mistakes: { mere: parent.sentence }, status: 422 });
      const facts = factsOf(columns, parent.id);
      const { key } = at.form;
      if (!at.form.confirmed) {
        const wish = { ...facts, communeName: facts.commune_name };
        const twins = (await likelyTwins(at.tx, wish)).filter((twin) => twin.id !== key);
        if (twins.length > 0) {
          at.nothingHappened();
          return newForm(at, { values, twins });
        }
      }
      const created = await createStructure(at.tx, facts, key);
      if (!created.ok) return newForm(at, { values, mistakes: { [created.field]: created.sentence }, status: 422 });
      if (created.made) at.about("structure", key);
      else at.nothingHappened();
      return redirect(`/structures/${key}`, "La structure est enregistrée.");
    },
  );

  routes.get("/structures/:structure/modifier", { right, trace: "structure.opened" }, async (at) => {
    const structure = await liveStructureOf(at);
    if (!structure) return notFound("Cette structure");
    at.about("structure", structure.id);
    const values = typedOf(structureFields, asForm(structure, await nameOfParent(at, structure)));
    return changeForm(at, structure, { values });
  });
  routes.post(
    "/structures/:structure/modifier",
    {
      right,
      trace: "structure.changed",
      form: ChangeForm,
      async onMistakes(at, { fields, typed }) {
        const structure = await liveStructureOf(at);
        return structure
          ? changeForm(at, structure, { values: firstTyped(typed), mistakes: fields, status: 422 })
          : notFound("Cette structure");
      },
    },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      const values = firstTyped(at.typed);
      const columns = columnsOf(structureFields, at.form);
      const parent = await parentNamed(at, columns.parent);
      if ("sentence" in parent)
        return changeForm(at, structure, { values, mistakes: { mere: parent.sentence }, status: 422 });
      const changed = await changeStructure(at.tx, structure, at.form.version, factsOf(columns, parent.id));
      if (!changed.ok) {
        if ("field" in changed)
          return changeForm(at, structure, { values, mistakes: { [changed.field]: changed.sentence }, status: 422 });
        return changed.stale && !changed.stale.merged_into
          ? changeForm(at, changed.stale, { values, stale: true, status: 409 })
          : notFound("Cette structure");
      }
      if (changed.columns.length === 0) at.nothingHappened();
      at.about("structure", structure.id, { fields: changed.columns });
      return redirect(`/structures/${structure.id}`, "La structure est modifiée.");
    },
  );
}
