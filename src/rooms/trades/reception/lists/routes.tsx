// The desk's lists, kept by those who answer for a site: reasons and orientations, with the days on which they are offered.
import type { Cell } from "../../../../core/exporting/cell.ts";
import { csvStream } from "../../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../../core/exporting/xlsx.ts";
import { page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { agendaRights, listTerms, type Term, type TermKind, termsOf } from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { declareTerm } from "./term-routes.tsx";

const titles: Record<TermKind, string> = { reason: "Motifs", orientation: "Orientations" };
const kinds = ["reason", "orientation"] as const;

/** The words that this scope sees: those of the whole house and those of its sites. */
async function termsSeen(at: At<unknown>): Promise<{ terms: Term[]; siteOf: (term: Term) => string }> {
  const sites = new Map((await listSites(at.tx)).map((site) => [site.id, site.name]));
  const terms = (await listTerms(at.tx)).filter(
    (term) => term.site_id === null || may(at.scope, agendaRights["terms.edit"], { site: term.site_id }),
  );
  return { terms, siteOf: (term) => (term.site_id === null ? "toute la maison" : (sites.get(term.site_id) ?? "")) };
}

const daysOf = (term: Term, today: string): string =>
  term.to_day === null
    ? term.from_day > today
      ? `à partir du ${shortDay(term.from_day)}`
      : "proposé"
    : `${term.to_day < today ? "n’est plus proposé depuis le" : "jusqu’au"} ${shortDay(term.to_day)}`;

export function declareLists(routes: Routes): void {
  routes.get("/accueil/listes", { right: agendaRights["terms.edit"], trace: "terms.listed" }, async (at) => {
    const { terms, siteOf } = await termsSeen(at);
    const edits = (term: Term): boolean => may(at.scope, agendaRights["terms.edit"], { site: term.site_id });
    return page({
      title: "Listes de l’accueil",
      body: (
        <>
          <Heading title="Listes de l’accueil" action={{ href: "/accueil/listes/nouveau", label: "Ajouter un mot" }}>
            Un mot ne s’efface pas : on lui donne un dernier jour, et il reste lisible sur les visites qui le portent.
          </Heading>
          <p class="no-print">
            {plural(terms.length, "mot", "mots")} · Exporter : <a href="/accueil/listes/export.csv">CSV</a> ·{" "}
            <a href="/accueil/listes/export.xlsx">XLSX</a>
          </p>
          {kinds.map((kind) => (
            <section key={kind}>
              <h2>{titles[kind]}</h2>
              <DataTable
                caption={titles[kind]}
                hideCaption
                rows={termsOf(terms, kind)}
                rowKey={(term) => term.id}
                empty={<p>La liste est vide : ajoutez son premier mot.</p>}
                columns={[
                  {
                    key: "label",
                    label: "Mot",
                    header: true,
                    render: (term) =>
                      edits(term) ? <a href={`/accueil/listes/${term.id}`}>{term.label}</a> : term.label,
                  },
                  { key: "place", label: "Place", render: (term) => term.position },
                  { key: "site", label: "Pour", render: siteOf },
                  { key: "days", label: "État", render: (term) => daysOf(term, at.tx.today) },
                ]}
              />
            </section>
          ))}
        </>
      ),
    });
  });

  const columns = [
    { key: "kind", label: "Liste" },
    { key: "label", label: "Mot" },
    { key: "place", label: "Place" },
    { key: "site", label: "Pour" },
    { key: "from", label: "Premier jour" },
    { key: "to", label: "Dernier jour" },
  ];
  async function* cells(at: At<unknown>): AsyncGenerator<Record<string, Cell>[]> {
    const { terms, siteOf } = await termsSeen(at);
    yield terms.map((term) => ({
      kind: titles[term.kind],
      label: term.label,
      place: term.position,
      site: siteOf(term),
      from: { day: term.from_day },
      to: term.to_day ? { day: term.to_day } : null,
    }));
  }
  routes.get("/accueil/listes/export.csv", { right: agendaRights["terms.edit"], trace: "terms.exported" }, (at) => ({
    kind: "file",
    stream: csvStream(columns, cells(at)),
    name: "listes-accueil.csv",
    type: "text/csv; charset=utf-8",
  }));
  routes.get("/accueil/listes/export.xlsx", { right: agendaRights["terms.edit"], trace: "terms.exported" }, (at) => ({
    kind: "file",
    stream: xlsxStream("Listes", columns, cells(at), ["Listes de l’accueil", `Tirées le ${shortDay(at.tx.today)}`]),
    name: "listes-accueil.xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  }));
  declareTerm(routes);
}
