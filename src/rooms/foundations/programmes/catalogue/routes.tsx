// One programme: made, changed, ended, given as a file. Removed only while nobody was ever in it.
import { sql } from "kysely";
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { listSites } from "../../house/door.ts";
import { definitionFile, definitionYaml } from "../definition/definition.ts";
import { agreementsOf } from "../funding/agreements.ts";
import { fundingRights } from "../funding/rights.ts";
import { rights } from "../rights.ts";
import { ProgrammeFields, ProgrammeSheet } from "./pages.tsx";
import { definitionOf, type Programme, programmeBy } from "./reads.ts";
import { definitionFrom, formValues, ProgrammeForm } from "./shapes.ts";
import { deleteProgramme, endProgramme, saveProgramme } from "./writes.ts";

const crumbs = [{ href: "/dispositifs", label: "Dispositifs" }];

type Shown = {
  values: Readonly<Record<string, string>>;
  chosen?: readonly string[];
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  programme?: Programme;
  /** What is said above the form. */
  said?: string;
};

async function form(at: At<unknown>, shown: Shown): Promise<Answer> {
  const { programme, values, chosen = [], mistakes = {}, status = 200, said } = shown;
  const title = programme ? `Modifier « ${programme.title} »` : "Nouveau dispositif";
  return page({
    title,
    status,
    crumbs: programme ? [...crumbs, { href: `/dispositifs/${programme.code}`, label: programme.title }] : crumbs,
    ...(said ? { notice: { kind: "warn", text: said } } : {}),
    body: (
      <>
        <Heading title={title} />
        <ProgrammeFields
          action={programme ? `/dispositifs/${programme.code}/modifier` : "/dispositifs/nouveau"}
          values={values}
          mistakes={mistakes}
          sites={await listSites(at.tx)}
          chosen={chosen}
          submit={programme ? "Enregistrer le dispositif" : "Créer le dispositif"}
        />
      </>
    ),
  });
}

const typed = (at: At<unknown>) => ({
  values: Object.fromEntries(Object.entries(at.typed).map(([name, values]) => [name, values[0] ?? ""])),
  chosen: at.typed.lieux ?? [],
});

const named = async (at: At<unknown>): Promise<Programme | null> => programmeBy(at.tx, { code: at.params.code ?? "" });

async function asItIs(at: At<unknown>, programme: Programme): Promise<Pick<Shown, "values" | "chosen">> {
  const { values, sites } = formValues(await definitionOf(at.tx, programme));
  return { values: { ...values, version: String(programme.version), key: programme.id }, chosen: sites };
}

export function declareProgramme(routes: Routes): void {
  const write = rights["programme.write"];
  routes.get("/dispositifs/nouveau", { right: write, trace: { none: "an empty form" } }, (at) =>
    form(at, { values: { key: at.tx.ids.uuid() } }),
  );
  routes.post(
    "/dispositifs/nouveau",
    {
      right: write,
      trace: "programme.created",
      form: ProgrammeForm,
      onMistakes: (at, { fields }) => form(at, { ...typed(at), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const definition = definitionFrom(at.form);
      if (!definition.ok) return form(at, { ...typed(at), mistakes: definition.mistakes, status: 422 });
      const saved = await saveProgramme(at.tx, definition.value, { key: at.form.key });
      if (!saved.ok) return form(at, { ...typed(at), mistakes: { [saved.field]: saved.sentence }, status: 422 });
      at.about("programme", saved.id, { code: definition.value.code });
      return redirect(`/dispositifs/${definition.value.code}`, "Le dispositif est créé.");
    },
  );

  routes.get(
    "/dispositifs/:code/modifier",
    { right: write, trace: { none: "the form shows what the page shows" } },
    async (at) => {
      const programme = await named(at);
      return programme ? form(at, { ...(await asItIs(at, programme)), programme }) : notFound("Ce dispositif");
    },
  );
  routes.post(
    "/dispositifs/:code/modifier",
    {
      right: write,
      trace: "programme.changed",
      form: ProgrammeForm,
      async onMistakes(at, { fields }) {
        const programme = await named(at);
        return programme
          ? form(at, { ...typed(at), programme, mistakes: fields, status: 422 })
          : notFound("Ce dispositif");
      },
    },
    async (at) => {
      const programme = await named(at);
      if (!programme) return notFound("Ce dispositif");
      const definition = definitionFrom(at.form);
      if (!definition.ok) return form(at, { ...typed(at), programme, mistakes: definition.mistakes, status: 422 });
      const before = definitionFile(await definitionOf(at.tx, programme));
      const saved = await saveProgramme(at.tx, definition.value, { programme, version: at.form.version });
      if (!saved.ok && saved.stale)
        return form(at, { ...(await asItIs(at, programme)), programme, said: saved.sentence, status: 409 });
      if (!saved.ok)
        return form(at, { ...typed(at), programme, mistakes: { [saved.field]: saved.sentence }, status: 422 });
      const after = definitionFile(definition.value);
      // What a part said before stays readable in the journal: it holds nothing of anybody.
      const changed = (Object.keys(after) as (keyof typeof after)[]).filter(
        (part) => JSON.stringify(after[part]) !== JSON.stringify(before[part]),
      );
      at.about("programme", programme.id, {
        code: definition.value.code,
        before: Object.fromEntries(changed.map((part) => [part, before[part]])),
      });
      return redirect(`/dispositifs/${definition.value.code}`, "Le dispositif est enregistré.");
    },
  );

  routes.get(
    "/dispositifs/:code/definition.yaml",
    { right: rights["programme.list"], trace: { none: "the catalogue holds no record of anybody" } },
    async (at) => {
      const programme = await named(at);
      if (!programme) return notFound("Ce dispositif");
      return {
        kind: "file",
        stream: definitionYaml(await definitionOf(at.tx, programme)),
        name: `${programme.code}.yaml`,
        type: "text/yaml; charset=utf-8",
      };
    },
  );

  routes.get("/dispositifs/:code", { right: rights["programme.list"], trace: "programme.opened" }, async (at) => {
    const programme = await named(at);
    return programme ? sheet(at, programme) : notFound("Ce dispositif");
  });

  routes.post(
    "/dispositifs/:code/fin",
    {
      right: write,
      trace: "programme.ended",
      form: z.object({
        version: z.coerce.number().int(),
        jour: z.string().trim().default(""),
        motif: z.string().trim().max(200).default(""),
      }),
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const programme = await named(at);
      if (!programme) return notFound("Ce dispositif");
      // An ended programme sent back without a day is opened again.
      const day = at.form.jour === "" ? null : readDay(at.form.jour);
      if (day && !day.ok) return refusal(422, `Dernier jour : ${day.reason}.`);
      if (day === null && programme.ended_on === null) return refusal(422, "Donnez le dernier jour du dispositif.");
      const end = day?.ok ? day.value : null;
      if (end !== null && programme.opened_on !== null && end < programme.opened_on)
        return refusal(422, "Le dernier jour est avant le premier.");
      if (!(await endProgramme(at.tx, programme, at.form.version, end, end ? at.form.motif || null : null)))
        return refusal(409, "Ce dispositif a été modifié entre-temps : relisez sa page.");
      at.about("programme", programme.id, { ended: end });
      return redirect(
        `/dispositifs/${programme.code}`,
        end
          ? `Le dispositif se termine le ${shortDay(end)} : plus personne n’y entre après.`
          : "Le dispositif est rouvert.",
      );
    },
  );
  routes.post(
    "/dispositifs/:code/suppression",
    {
      right: write,
      trace: "programme.deleted",
      form: z.object({}),
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const programme = await named(at);
      if (!programme) return notFound("Ce dispositif");
      at.about("programme", programme.id, { definition: definitionFile(await definitionOf(at.tx, programme)) });
      return (await deleteProgramme(at.tx, programme.id))
        ? redirect("/dispositifs", "Le dispositif, jamais utilisé, est supprimé.")
        : refusal(409, "Ce dispositif a déjà servi : il ne se supprime pas, il se termine.");
    },
  );
}

async function sheet(at: At<unknown>, programme: Programme): Promise<Answer> {
  const definition = await definitionOf(at.tx, programme);
  const writes = may(at.scope, rights["programme.write"]);
  const names = new Map((await listSites(at.tx)).map((site) => [site.code, site.name]));
  const { rows } = await sql<{ present: number; ever: number }>`
    SELECT count(*) FILTER (WHERE exit_on IS NULL OR exit_on >= ${at.tx.today})::int AS present, count(*)::int AS ever FROM programmes.enrolments e
     WHERE house_id = ${at.scope.house} AND programme_id = ${programme.id} AND entry_on <= ${at.tx.today}
       AND NOT EXISTS (SELECT 1 FROM programmes.enrolment_withdrawals w WHERE w.house_id = e.house_id AND w.enrolment_id = e.id)`.execute(
    at.tx.on(),
  );
  const { present = 0, ever = 0 } = rows[0] ?? {};
  return page({
    title: programme.title,
    crumbs,
    body: (
      <>
        <Heading
          title={programme.title}
          {...(writes ? { action: { href: `/dispositifs/${programme.code}/modifier`, label: "Modifier" } } : {})}
        >
          {programme.about}
        </Heading>
        <ProgrammeSheet
          programme={programme}
          definition={definition}
          agreements={
            may(at.scope, fundingRights["agreement.see"]) ? await agreementsOf(at.tx, { programme: programme.id }) : []
          }
          siteNames={definition.sites.map((code) => names.get(code) ?? code)}
        >
          <p class="no-print">
            {may(at.scope, rights["enrolment.see"]) ? (
              <>
                <a href={`/parcours?dispositif=${programme.code}`}>
                  {present} en cours{programme.capacity ? ` sur ${programme.capacity} places` : ""}
                </a>
                , {ever} depuis le début ·{" "}
              </>
            ) : null}
            <a href={`/rapport/${at.tx.today.slice(0, 4)}/${programme.code}`}>Son chapitre du rapport</a> ·{" "}
            <a href={`/dispositifs/${programme.code}/definition.yaml`}>Sa définition en un fichier</a>
          </p>
        </ProgrammeSheet>
        {writes ? (
          <section class="no-print">
            <h2>{programme.ended_on ? "Rouvrir, ou changer le dernier jour" : "Terminer ce dispositif"}</h2>
            <p>Les parcours et les chiffres du passé restent.</p>
            <form method="post" action={`/dispositifs/${programme.code}/fin`} class="filters">
              <input type="hidden" name="version" value={String(programme.version)} />
              <TextField
                name="jour"
                label="Dernier jour"
                hint={programme.ended_on ? "vide : le dispositif est rouvert" : "jj/mm/aaaa"}
                width="short"
                maxlength={10}
              />
              <TextField name="motif" label="Motif" required={false} />
              <button type="submit" class="second">
                {programme.ended_on ? "Enregistrer" : "Terminer"}
              </button>
            </form>
            {ever === 0 ? (
              <form method="post" action={`/dispositifs/${programme.code}/suppression`}>
                <p>
                  Personne n’y est jamais entré : il peut être supprimé, et cela ne s’annule pas (sa définition reste au
                  journal).
                </p>
                <button type="submit" class="danger">
                  Supprimer ce dispositif
                </button>
              </form>
            ) : null}
          </section>
        ) : null}
      </>
    ),
  });
}
