import { readInBatches } from "../../../../core/db/transaction.ts";
import type { Cell } from "../../../../core/exporting/cell.ts";
import { csvStream } from "../../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../../core/exporting/xlsx.ts";
import { page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may, sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  countVisits,
  listTerms,
  modeWords,
  termsOf,
  type VisitFilter,
  type VisitLine,
  visitList,
} from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { momentOf, subjectOf, visitorOf } from "../words.ts";

function filterOf(at: At<unknown>): VisitFilter {
  const held = sitesFor(at.scope, agendaRights["visit.see"]);
  const asked = at.query.lieu ?? "";
  const from = readDay(at.query.de ?? "");
  const to = readDay(at.query.a ?? "");
  const reason = at.query.motif ?? "";
  const named = at.query.nom;
  return {
    sites: isUuid(asked) && (held === "all" || held.includes(asked)) ? [asked] : held,
    from: from.ok ? from.value : addDays(at.tx.today, -30),
    to: to.ok ? to.value : at.tx.today,
    reason: isUuid(reason) ? reason : undefined,
    named: named === "oui" ? true : named === "non" ? false : undefined,
  };
}
export function declareVisitList(routes: Routes): void {
  routes.get("/visites", { right: agendaRights["visit.see"], trace: "visit.listed" }, async (at) => {
    const filter = filterOf(at);
    const before = isUuid(at.query.avant ?? "") ? (at.query.avant ?? null) : null;
    const { rows: visits } = await visitList(at.tx, filter, { before, most: 51 }).execute(at.tx.on());
    const { count, withdrawn } = await countVisits(at.tx, filter);
    const sites = await listSites(at.tx);
    const reasons = termsOf(await listTerms(at.tx), "reason");
    const query = new URLSearchParams({ ...at.query });
    query.delete("avant");
    query.delete("dit");
    query.delete("sceau");
    const shown = visits.slice(0, 50);
    return page({
      title: "Visites",
      body: (
        <>
          <Heading title="Visites">
            Du {shortDay(filter.from)} au {shortDay(filter.to)} : {plural(count, "visite", "visites")}
            {withdrawn > 0 ? `, dont ${plural(withdrawn, "retirée", "retirées")}` : ""}.
          </Heading>
          <form method="get" action="/visites" class="filters">
            <DateField name="de" label="Du" value={shortDay(filter.from)} />
            <DateField name="a" label="au" value={shortDay(filter.to)} />
            <SelectField
              name="lieu"
              label="Lieu"
              empty="tous"
              value={at.query.lieu}
              options={sites.map((site) => ({ value: site.id, label: site.name }))}
            />
            <SelectField
              name="motif"
              label="Motif"
              empty="tous"
              value={filter.reason}
              options={reasons.map((term) => ({ value: term.id, label: term.label }))}
            />
            <SelectField
              name="nom"
              label="Nom"
              empty="avec ou sans"
              value={at.query.nom}
              options={[
                { value: "oui", label: "avec nom" },
                { value: "non", label: "sans nom" },
              ]}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {may(at.scope, agendaRights["visit.export"]) ? (
            <p class="no-print">
              Exporter ces {plural(count, "ligne", "lignes")} : <a href={`/visites/export.csv?${query}`}>CSV</a> ·{" "}
              <a href={`/visites/export.xlsx?${query}`}>XLSX</a>
            </p>
          ) : null}
          <DataTable
            caption="Visites"
            hideCaption
            rows={shown}
            rowKey={(visit) => visit.id}
            empty={<p>Aucune visite dans ces dates.</p>}
            columns={[
              {
                key: "when",
                label: "Quand",
                header: true,
                render: (visit) => <a href={`/visites/${visit.id}`}>{momentOf(visit)}</a>,
              },
              {
                key: "who",
                label: "Qui",
                render: (visit) =>
                  visit.personId ? <a href={`/personnes/${visit.personId}`}>{visitorOf(visit)}</a> : visitorOf(visit),
              },
              { key: "where", label: "Lieu", render: (visit) => visit.site },
              {
                key: "why",
                label: "Motif",
                render: (visit) => <span class={visit.withdrawn ? "withdrawn" : undefined}>{subjectOf(visit)}</span>,
              },
              {
                key: "state",
                label: "État",
                render: (visit) => (visit.withdrawn ? `retirée : ${visit.withdrawn}` : ""),
              },
            ]}
          />
          <Pager
            count={plural(count, "visite", "visites")}
            first={before ? `/visites?${query}` : undefined}
            next={
              visits.length > 50
                ? `/visites?${new URLSearchParams([...query, ["avant", shown.at(-1)?.id ?? ""]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });

  const exported = [
    { key: "day", label: "Jour" },
    { key: "hour", label: "Heure" },
    { key: "site", label: "Lieu" },
    { key: "family", label: "Nom" },
    { key: "given", label: "Prénom" },
    { key: "reason", label: "Motif" },
    { key: "orientation", label: "Orientation" },
    { key: "mode", label: "Mode" },
    { key: "withdrawn", label: "Retirée parce que" },
    { key: "id", label: "Identifiant" },
  ];
  async function* cells(at: At<unknown>): AsyncGenerator<Record<string, Cell>[]> {
    for await (const rows of readInBatches<VisitLine>(at.tx, {
      compile: () => visitList(at.tx, filterOf(at)).compile(at.tx.on()),
    }))
      yield rows.map((visit) => ({
        day: { day: visit.occurredOn },
        hour: visit.occurredAt,
        site: visit.site,
        family: visit.familyName ?? visit.nameToAttach,
        given: visit.givenName,
        reason: visit.reason,
        orientation: visit.orientation,
        mode: modeWords[visit.mode],
        withdrawn: visit.withdrawn,
        id: visit.id,
      }));
  }
  routes.get("/visites/export.csv", { right: agendaRights["visit.export"], trace: "visit.exported" }, (at) => ({
    kind: "file",
    stream: csvStream(exported, cells(at)),
    name: "visites.csv",
    type: "text/csv; charset=utf-8",
  }));
  routes.get("/visites/export.xlsx", { right: agendaRights["visit.export"], trace: "visit.exported" }, async (at) => {
    const filter = filterOf(at);
    const { count } = await countVisits(at.tx, filter);
    const readMe = [
      "Visites",
      `Du ${shortDay(filter.from)} au ${shortDay(filter.to)}`,
      `${count} lignes ; les visites retirées y sont, avec leur raison, et ne sont pas comptées dans les chiffres.`,
    ];
    return {
      kind: "file",
      stream: xlsxStream("Visites", exported, cells(at), readMe),
      name: "visites.xlsx",
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
  });
}
