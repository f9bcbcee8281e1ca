// What was promised of each year, against what was reached.
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { targetOf, yearsOfProjects } from "./reads.ts";
import { projectRights as rights } from "./rights.ts";
import { projectsCrumb } from "./routes.tsx";
import { YearPromise } from "./shapes.ts";
import { setTarget } from "./writes.ts";

const path = "/culture/projets/objectifs";
const over = (reached: number, promised: number | null): string =>
  promised === null ? `${reached}, sans objectif` : `${reached} pour ${promised} prévus`;

async function show(
  at: At<unknown>,
  { mistakes = {}, stale = false }: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const years = await yearsOfProjects(at.tx);
  const typed = firstValues(at.typed);
  const year = Number(typed.annee || at.query.annee || at.tx.today.slice(0, 4));
  const known = Number.isInteger(year) && year >= 2000 && year <= 2100 ? await targetOf(at.tx, year) : null;
  const text = (number: number | null | undefined): string =>
    number === null || number === undefined ? "" : String(number);
  const values = {
    annee: String(year || ""),
    projets: text(known?.projects),
    participants: text(known?.participants),
    source: known?.source ?? "",
    ...typed,
  };
  return page({
    title: "Objectifs de l’année",
    status: stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [projectsCrumb],
    ...(stale
      ? {
          notice: {
            kind: "warn",
            text: "Cet objectif a changé entre-temps : il est dans le tableau ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title="Objectifs de l’année">
          Ce qui a été promis pour l’année civile, et ce qui a été atteint par les projets réalisés.
        </Heading>
        <DataTable
          caption="Objectifs et résultats, par année"
          hideCaption
          rows={years}
          rowKey={(one) => String(one.year)}
          empty={<p>Aucun projet, et aucun objectif.</p>}
          columns={[
            {
              key: "year",
              label: "Année",
              header: true,
              render: (one) => <a href={`/culture/projets?de=01/01/${one.year}&a=31/12/${one.year}`}>{one.year}</a>,
            },
            { key: "held", label: "Projets réalisés", render: (one) => over(one.held, one.promisedProjects) },
            { key: "cancelled", label: "Annulés", number: true, render: (one) => one.cancelled },
            {
              key: "people",
              label: "Participants",
              render: (one) => over(one.participants, one.promisedParticipants),
            },
            { key: "source", label: "Objectif écrit dans", render: (one) => one.source },
          ]}
        />
        {may(at.scope, rights["project.promise"]) ? (
          <>
            <h2>Fixer l’objectif d’une année</h2>
            <ErrorSummary fields={mistakes} />
            <form method="post" action={path}>
              <input type="hidden" name="version" value={String(known?.version ?? 0)} />
              <div class="fields">
                <TextField
                  name="annee"
                  label="Année"
                  inputmode="numeric"
                  width="short"
                  value={values.annee}
                  error={mistakes.annee}
                />
                <TextField
                  name="projets"
                  label="Projets"
                  inputmode="numeric"
                  width="short"
                  value={values.projets}
                  error={mistakes.projets}
                  required={false}
                />
                <TextField
                  name="participants"
                  label="Participants"
                  inputmode="numeric"
                  width="short"
                  value={values.participants}
                  error={mistakes.participants}
                  required={false}
                />
                <TextField
                  name="source"
                  label="Où il est écrit"
                  hint="Convention, dossier de subvention…"
                  value={values.source}
                  error={mistakes.source}
                />
              </div>
              <button type="submit">Fixer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}

export function declareTargets(routes: Routes): void {
  routes.get(path, { right: rights["project.see"], trace: { none: "counts, and no record" } }, (at) => show(at));
  routes.post(
    path,
    {
      right: rights["project.promise"],
      trace: "project.promised",
      form: YearPromise,
      onMistakes: (at, { fields }) => show(at, { mistakes: fields }),
    },
    async (at) => {
      const { annee, projets, participants, source, version } = at.form;
      const now = await targetOf(at.tx, annee);
      if (now && now.projects === projets && now.participants === participants && now.source === source)
        at.nothingHappened();
      else if (await setTarget(at.tx, { year: annee, projects: projets, participants, source }, version))
        at.about("house", at.scope.house, { year: annee });
      else return show(at, { stale: true });
      return redirect(path, "L’objectif est fixé.");
    },
  );
}
