// Collective projects: noted, opened, changed; partners proposed and what they answered.
import { type Answer, type Crumb, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { namedStructure } from "../naming.ts";
import { barriers } from "./barriers.ts";
import { ProjectFields } from "./form.tsx";
import { projectList } from "./list.tsx";
import { projectPage, type Told } from "./page.tsx";
import { type ProjectLine, partnersOf, projectById } from "./reads.ts";
import { projectRights as rights } from "./rights.ts";
import { AnswerOf, ChangedProject, NewProject, type ProjectForm, Proposal } from "./shapes.ts";
import { answerProposal, changeProject, type ProjectWish, planProject, proposePartner } from "./writes.ts";

export const projectsCrumb: Crumb = { href: "/culture/projets", label: "Projets culturels collectifs" };
const gone = "Ce projet";

/** What a form asks, its structures found; or one sentence a field that names none. */
async function wishOf(at: At<ProjectForm>): Promise<{ wish: ProjectWish } | { fields: Record<string, string> }> {
  const { form, tx } = at;
  const [asker, host] = [await namedStructure(tx, form.demandeur), await namedStructure(tx, form.accueil)];
  const held = form.etat === "held";
  const fields = {
    ...(asker.ok ? {} : { demandeur: asker.sentence }),
    ...(host.ok ? {} : { accueil: host.sentence }),
    ...(held && (form.jour ?? "") > tx.today
      ? { jour: "Ce jour est à venir : le projet n’est pas encore réalisé." }
      : {}),
    ...(held && (form.fin ?? "") > tx.today
      ? { fin: "Ce jour est à venir : le projet n’est pas encore réalisé." }
      : {}),
    ...(held && form.participants === null
      ? { participants: "Écrivez combien de personnes ont participé, ou laissez le projet prévu." }
      : {}),
  };
  if (!asker.ok || !host.ok || Object.keys(fields).length > 0) return { fields };
  const known = new Set(barriers.map(({ key }) => key));
  return {
    wish: {
      title: form.titre,
      kind: form.genre,
      askedBy: asker.id,
      hostedBy: host.id,
      need: form.besoin,
      barriers: [...new Set(at.typed.freins ?? [])].filter((key) => known.has(key)),
      mediations: form.mediations ?? 0,
      agreedOn: form.accord,
      day: form.jour ?? tx.today,
      toDay: form.fin,
      state: form.etat,
      reason: form.etat === "cancelled" ? form.raison : null,
      participants: form.participants,
      balance: form.bilan,
    },
  };
}

function newPage(at: At<unknown>, mistakes: Record<string, string> = {}): Answer {
  const { besoin = "", demandeur = "" } = at.query;
  const values: Record<string, string> = { etat: "planned", besoin, demandeur, ...firstValues(at.typed) };
  return page({
    title: "Noter un projet",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [projectsCrumb],
    body: (
      <>
        <Heading title="Noter un projet">
          Un parcours, une médiation, un atelier, une visite ou un chantier pour un groupe d’une structure.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/projets/nouveau">
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <ProjectFields values={values} chosen={at.typed.freins ?? []} mistakes={mistakes} today={at.tx.today} />
          <button type="submit">Noter le projet</button>
        </form>
      </>
    ),
  });
}

export function declareProjects(routes: Routes): void {
  const write = rights["project.write"];
  const path = "/culture/projets/nouveau";
  declareList(routes, projectList);

  routes.get(path, { right: write, trace: { none: "an empty form" } }, (at) => newPage(at));
  routes.post(
    path,
    { right: write, trace: "project.planned", form: NewProject, onMistakes: (at, { fields }) => newPage(at, fields) },
    async (at) => {
      const asked = await wishOf(at);
      if ("fields" in asked) return newPage(at, asked.fields);
      const { key } = at.form;
      if (await planProject(at.tx, key, asked.wish)) at.about("project", key, { kind: asked.wish.kind });
      else at.nothingHappened();
      return redirect(`/culture/projets/${key}`, "Le projet est noté.");
    },
  );

  const found = async (at: At<unknown>): Promise<ProjectLine | null> => {
    const id = at.params.project ?? "";
    return isUuid(id) ? projectById(at.tx, id) : null;
  };
  const show = async (at: At<unknown>, line: ProjectLine, told: Told = {}): Promise<Answer> =>
    projectPage(at, line, await partnersOf(at.tx, line.id), told);
  const mistaken =
    (form: (at: At<unknown>) => string) =>
    async (at: At<unknown>, { fields }: Mistakes): Promise<Answer> => {
      const line = await found(at);
      return line ? show(at, line, { form: form(at), mistakes: fields }) : notFound(gone);
    };

  routes.get("/culture/projets/:project", { right: rights["project.see"], trace: "project.opened" }, async (at) => {
    const line = await found(at);
    if (!line) return notFound(gone);
    at.about("project", line.id);
    return show(at, line);
  });
  routes.post(
    "/culture/projets/:project",
    { right: write, trace: "project.changed", form: ChangedProject, onMistakes: mistaken(() => "project") },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const asked = await wishOf(at);
      if ("fields" in asked) return show(at, line, { form: "project", mistakes: asked.fields });
      if (!(await changeProject(at.tx, line.id, at.form.version, asked.wish)))
        return show(at, line, { form: "project", stale: true });
      at.about("project", line.id, { state: asked.wish.state });
      return redirect(`/culture/projets/${line.id}`, "Le projet est enregistré.");
    },
  );
  routes.post(
    "/culture/projets/:project/partenaires",
    { right: write, trace: "project.proposed", form: Proposal, onMistakes: mistaken(() => "new") },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const named = await namedStructure(at.tx, at.form.partenaire);
      if (!named.ok) return show(at, line, { form: "new", mistakes: { partenaire: named.sentence } });
      const structure = named.id ?? "";
      const wish = { id: at.form.key, project: line.id, structure, on: at.tx.today };
      if (await proposePartner(at.tx, wish)) at.about("project", line.id, { structure });
      else at.nothingHappened();
      return redirect(`/culture/projets/${line.id}`, "Le partenaire est proposé.");
    },
  );
  routes.post(
    "/culture/projets/:project/partenaires/:partner",
    {
      right: write,
      trace: "project.answered",
      form: AnswerOf,
      onMistakes: mistaken((at) => at.params.partner ?? ""),
    },
    async (at) => {
      const line = await found(at);
      const partner = line && (await partnersOf(at.tx, line.id)).find(({ id }) => id === at.params.partner);
      if (!line || !partner) return notFound("Cette proposition");
      const accepted = at.form.reponse === "yes";
      const wish = {
        id: partner.id,
        project: line.id,
        version: at.form.version,
        accepted,
        why: at.form.pourquoi || null,
      };
      if (!(await answerProposal(at.tx, wish))) return show(at, line, { form: partner.id, stale: true });
      at.about("project", line.id, { structure: partner.structureId, accepted });
      return redirect(`/culture/projets/${line.id}`, "La réponse est notée.");
    },
  );
}
