// The list of interviews, filtered, counted, exported. Notes are in none of these.

import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may, type Right, sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { choicesFor, sitesHeld } from "../choices.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { momentOf, statusOf, whoOf } from "./one.ts";
import { countInterviews, type InterviewFilter, type InterviewLine, interviewList } from "./reads.ts";
import type { InterviewStatus } from "./tables.ts";
import { interviewStatusWords, optionsOf } from "./words.ts";

/** The filter that an address says; without days, a month back and a month ahead. */
function filterOf(at: At<unknown>, right: Right): { filter: InterviewFilter; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, fallback: string): string => {
    const typed = at.query[name] ?? "";
    if (typed.trim() === "") return fallback;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return fallback;
  };
  const chosen = (name: string): string | undefined => (isUuid(at.query[name] ?? "") ? at.query[name] : undefined);
  const held = sitesFor(at.scope, right);
  const site = chosen("lieu");
  return {
    mistakes,
    filter: {
      sites: site && (held === "all" || held.includes(site)) ? [site] : held,
      from: dayOf("de", addDays(at.tx.today, -30)),
      to: dayOf("a", addDays(at.tx.today, 30)),
      programme: chosen("dispositif"),
      adviser: chosen("conseiller"),
      status: Object.hasOwn(interviewStatusWords, at.query.etat ?? "") ? (at.query.etat as InterviewStatus) : undefined,
    },
  };
}

const exported: readonly ListColumn<InterviewLine>[] = [
  { label: "Jour", cell: (line) => ({ day: line.startsOn }) },
  { label: "Heure", cell: (line) => line.startsAt },
  { label: "Durée en minutes", cell: (line) => line.minutes },
  { label: "Lieu", cell: (line) => line.site },
  { label: "Dispositif", cell: (line) => line.programme },
  { label: "Fiche", cell: (line) => line.personCode },
  { label: "Nom", cell: (line) => line.familyName },
  { label: "Prénom", cell: (line) => line.givenName },
  { label: "Avec", cell: (line) => line.adviser },
  { label: "Mode", cell: (line) => modeWords[line.mode] },
  { label: "Salle", cell: (line) => line.place },
  { label: "État", cell: (line) => interviewStatusWords[line.status] },
  { label: "Annulé parce que", cell: (line) => line.reason },
  { label: "Identifiant", cell: (line) => line.id },
];

export function declareInterviewList(routes: Routes): void {
  routes.get("/entretiens", { right: rights["interview.see"], trace: "interview.listed" }, async (at) => {
    const { filter, mistakes } = filterOf(at, rights["interview.see"]);
    const before = isUuid(at.query.avant ?? "") ? (at.query.avant ?? null) : null;
    const [count, { rows }, choices, sites] = await Promise.all([
      countInterviews(at.tx, filter),
      interviewList(at.tx, filter, { before, most: 51 }).execute(at.tx.on()),
      choicesFor(at.tx, rights["interview.record"]),
      sitesHeld(at.tx, rights["interview.see"], true),
    ]);
    const shown = rows.slice(0, 50);
    const query = new URLSearchParams({ ...at.query });
    for (const name of ["avant", "dit", "sceau"]) query.delete(name);
    return page({
      title: "Entretiens",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading
            title="Entretiens"
            {...(may(at.scope, rights["interview.record"])
              ? { action: { href: "/entretiens/nouveau", label: "Noter un entretien" } }
              : {})}
          >
            Du {shortDay(filter.from)} au {shortDay(filter.to)} : {plural(count, "entretien", "entretiens")}.
          </Heading>
          <form method="get" action="/entretiens" class="filters">
            <DateField
              name="de"
              label="Du"
              value={mistakes.de ? at.query.de : shortDay(filter.from)}
              error={mistakes.de}
            />
            <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(filter.to)} error={mistakes.a} />
            {sites.length > 1 ? (
              <SelectField name="lieu" label="Lieu" empty="tous" value={at.query.lieu} options={sites} />
            ) : null}
            <SelectField
              name="dispositif"
              label="Dispositif"
              empty="tous"
              value={filter.programme}
              options={choices.programmes}
            />
            <SelectField
              name="conseiller"
              label="Avec"
              empty="tous"
              value={filter.adviser}
              options={choices.accounts}
            />
            <SelectField
              name="etat"
              label="État"
              empty="tous"
              value={filter.status}
              options={optionsOf(interviewStatusWords)}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {may(at.scope, rights["interview.export"]) ? (
            <p class="no-print">
              <ExportLink
                href={`/entretiens/export.csv?${query}`}
                count={count}
                words={["cet entretien", "entretien", "entretiens"]}
              />
              {may(at.scope, rights["template.edit"]) ? (
                <>
                  {" · "}
                  <Link href="/entretiens/modeles">Modèles de note</Link>
                </>
              ) : null}
            </p>
          ) : null}
          <DataTable
            caption="Entretiens"
            hideCaption
            rows={shown}
            rowKey={(line) => line.id}
            empty={
              <p>
                Aucun entretien de cette sorte entre ces deux jours. Un entretien se note depuis la fiche d’une
                personne, ou ici par son code.
              </p>
            }
            columns={[
              {
                key: "when",
                label: "Quand",
                header: true,
                render: (line) => <Link href={`/entretiens/${line.id}`}>{momentOf(line)}</Link>,
              },
              {
                key: "who",
                label: "Personne",
                render: (line) => <Link href={`/personnes/${line.personId}`}>{whoOf(line)}</Link>,
              },
              { key: "with", label: "Avec", render: (line) => line.adviser },
              { key: "where", label: "Lieu", render: (line) => line.site },
              { key: "programme", label: "Dispositif", render: (line) => line.programme },
              { key: "state", label: "État", render: statusOf },
            ]}
          />
          <Pager
            count={plural(count, "entretien", "entretiens")}
            first={before ? `/entretiens?${query}` : undefined}
            next={
              rows.length > 50
                ? `/entretiens?${new URLSearchParams([...query, ["avant", shown.at(-1)?.id ?? ""]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });

  routes.get("/entretiens/export.csv", { right: rights["interview.export"], trace: "interview.exported" }, (at) => {
    const { filter, mistakes } = filterOf(at, rights["interview.export"]);
    if (Object.keys(mistakes).length > 0) return refusal(422, Object.values(mistakes).join(" "));
    const rows = readInBatches<InterviewLine>(at.tx, {
      compile: () => interviewList(at.tx, filter).compile(at.tx.on()),
    });
    return csvFile(`entretiens-${filter.from}-${filter.to}`, exported, rows);
  });
}
