import { readInBatches } from "../../../../core/db/transaction.ts";
import type { Cell } from "../../../../core/exporting/cell.ts";
import { csvStream } from "../../../../core/exporting/csv.ts";
import { xlsxStream } from "../../../../core/exporting/xlsx.ts";
import { page, refusal } from "../../../../core/http/answer.ts";
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

/** The filter that the address asks for; a date that cannot be read is said, and the usual one stands in its place. */
function filterOf(at: At<unknown>): { filter: VisitFilter; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, usual: string): string => {
    const typed = at.query[name]?.trim() ?? "";
    if (typed === "") return usual;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return usual;
  };
  const to = dayOf("a", at.tx.today);
  const from = dayOf("de", addDays(to, -30));
  if (from > to) mistakes.de ??= "Le premier jour vient après le dernier.";
  const held = sitesFor(at.scope, agendaRights["visit.see"]);
  const asked = at.query.lieu ?? "";
  const reason = at.query.motif ?? "";
  const named = at.query.nom;
  const filter = {
    sites: isUuid(asked) && (held === "all" || held.includes(asked)) ? [asked] : held,
    from,
    to,
    reason: isUuid(reason) ? reason : undefined,
    named: named === "oui" ? true : named === "non" ? false : undefined,
  };
  return { filter, mistakes };
}

export function declareVisitList(routes: Routes): void {
  routes.get("/visites", { right: agendaRights["visit.see"], trace: "visit.listed" }, async (at) => {
    const { filter, mistakes } = filterOf(at);
    const before = isUuid(at.query.avant ?? "") ? (at.query.avant ?? null) : null;
    const { rows: visits } = await visitList(at.tx, filter, { before, most: 51 }).execute(at.tx.on());
    const { count, withdrawn } = await countVisits(at.tx, filter);
    const counted = count - withdrawn;
    const held = sitesFor(at.scope, agendaRights["visit.see"]);
    const sites = (await listSites(at.tx)).filter((site) => held === "all" || held.includes(site.id));
    const reasons = termsOf(await listTerms(at.tx), "reason");
    const query = new URLSearchParams({ ...at.query });
    query.delete("avant");
    query.delete("dit");
    query.delete("sceau");
    const shown = visits.slice(0, 50);
    return page({
      title: "Visites",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading title="Visites">
            Du {shortDay(filter.from)} au {shortDay(filter.to)} : {plural(counted, "visite", "visites")}
            {withdrawn > 0 ? `, et ${plural(withdrawn, "retirée", "retirées")} qui ne comptent plus` : ""}.
          </Heading>
          <form method="get" action="/visites" class="filters">
            <DateField
              name="de"
              label="Du"
              value={mistakes.de ? at.query.de : shortDay(filter.from)}
              error={mistakes.de}
            />
            <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(filter.to)} error={mistakes.a} />
            {sites.length > 1 ? (
              <SelectField
                name="lieu"
                label="Lieu"
                empty="tous"
                value={at.query.lieu}
                options={sites.map((site) => ({ value: site.id, label: site.name }))}
              />
            ) : null}
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
            empty={<p>Aucune visite de cette sorte entre ces deux jours.</p>}
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
            count={plural(count, "ligne", "lignes")}
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
    { key: "code", label: "Fiche" },
    { key: "family", label: "Nom" },
    { key: "given", label: "Prénom" },
    { key: "reason", label: "Motif" },
    { key: "orientation", label: "Orientation" },
    { key: "mode", label: "Mode" },
    { key: "withdrawn", label: "Retirée parce que" },
    { key: "id", label: "Identifiant" },
  ];
  async function* cells(at: At<unknown>, filter: VisitFilter): AsyncGenerator<Record<string, Cell>[]> {
    for await (const rows of readInBatches<VisitLine>(at.tx, {
      compile: () => visitList(at.tx, filter).compile(at.tx.on()),
    }))
      yield rows.map((visit) => ({
        day: { day: visit.occurredOn },
        hour: visit.occurredAt,
        site: visit.site,
        code: visit.personCode,
        family: visit.familyName ?? visit.nameToAttach,
        given: visit.givenName,
        reason: visit.reason,
        orientation: visit.orientation,
        mode: modeWords[visit.mode],
        withdrawn: visit.withdrawn,
        id: visit.id,
      }));
  }
  const unreadable = (mistakes: Record<string, string>) => refusal(422, Object.values(mistakes).join(" "));
  routes.get("/visites/export.csv", { right: agendaRights["visit.export"], trace: "visit.exported" }, (at) => {
    const { filter, mistakes } = filterOf(at);
    if (Object.keys(mistakes).length > 0) return unreadable(mistakes);
    return {
      kind: "file",
      stream: csvStream(exported, cells(at, filter)),
      name: `visites-${filter.from}-${filter.to}.csv`,
      type: "text/csv; charset=utf-8",
    };
  });
  routes.get("/visites/export.xlsx", { right: agendaRights["visit.export"], trace: "visit.exported" }, async (at) => {
    const { filter, mistakes } = filterOf(at);
    if (Object.keys(mistakes).length > 0) return unreadable(mistakes);
    const { count, withdrawn } = await countVisits(at.tx, filter);
    const readMe = [
      "Visites",
      `Du ${shortDay(filter.from)} au ${shortDay(filter.to)}`,
      `${count} lignes, dont ${withdrawn} de visites retirées : elles disent pourquoi, et ne sont pas comptées dans les chiffres.`,
      `Tiré le ${shortDay(at.tx.today)}`,
    ];
    return {
      kind: "file",
      stream: xlsxStream("Visites", exported, cells(at, filter), readMe),
      name: `visites-${filter.from}-${filter.to}.xlsx`,
      type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
  });
}
