// The list of visits. Those that were withdrawn are in it, with their reason, and are counted apart.
import { sql } from "kysely";
import { between, holds, oneOf } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  listTerms,
  modeWords,
  termsOf,
  type VisitLine,
  visitColumns,
  visitTables,
} from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { momentOf, subjectOf, visitorOf } from "../words.ts";

export const visitsList: List<VisitLine> = {
  name: "visites",
  path: "/visites",
  title: "Visites",
  words: ["ligne", "lignes"],
  right: agendaRights["visit.see"],
  exportRight: agendaRights["visit.export"],
  trace: { listed: "visit.listed", exported: "visit.exported" },
  query: (tx, right) => ({
    select: visitColumns,
    from: visitTables,
    where: [sql`v.house_id = ${tx.scope.house}`, ...oneOf(sql`v.site_id`, sitesFor(tx.scope, right))],
    tallies: { withdrawn: sql`count(w.visit_id)::int` },
  }),
  usual: [
    { by: sql`v.occurred_on`, down: true },
    { by: sql`coalesce(v.occurred_at, '00:00')`, down: true },
  ],
  tie: { by: sql`v.id`, down: true },
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours",
      usual: (today, to) => ({ from: addDays(to ?? today, -30), to: today }),
      where: between(sql`v.occurred_on`),
    },
    {
      kind: "text",
      personal: true,
      key: "qui",
      label: "Nom de la personne",
      where: (value) => holds(sql`coalesce(p.given_name || ' ' || p.family_name, n.name, '')`, value),
    },
    {
      kind: "choice",
      key: "lieu",
      label: "Lieu",
      all: "tous",
      hiddenBelow: 2,
      async options(tx, right) {
        const held = sitesFor(tx.scope, right);
        return (await listSites(tx))
          .filter((site) => held === "all" || held.includes(site.id))
          .map((site) => ({ value: site.id, label: site.name }));
      },
      where: (value) => sql`v.site_id = ${value}::uuid`,
    },
    {
      kind: "choice",
      key: "motif",
      label: "Motif",
      all: "tous",
      options: async (tx) =>
        termsOf(await listTerms(tx), "reason").map((term) => ({ value: term.id, label: term.label })),
      where: (value) => sql`v.reason_id = ${value}::uuid`,
    },
    {
      kind: "yes-no",
      key: "nom",
      label: "Nom",
      all: "avec ou sans",
      yes: "avec nom",
      no: "sans nom",
      where: (yes) => (yes ? sql`v.person_id IS NOT NULL` : sql`v.person_id IS NULL`),
    },
  ],
  columns: [
    {
      key: "quand",
      label: "Quand",
      header: true,
      render: (visit) => <a href={`/visites/${visit.id}`}>{momentOf(visit)}</a>,
      sort: [sql`v.occurred_on`, sql`coalesce(v.occurred_at, '00:00')`],
    },
    { key: "jour", label: "Jour", cell: (visit) => ({ day: visit.occurredOn }) },
    { key: "heure", label: "Heure", cell: (visit) => visit.occurredAt },
    {
      key: "qui",
      label: "Qui",
      render: (visit) =>
        visit.personId ? <a href={`/personnes/${visit.personId}`}>{visitorOf(visit)}</a> : visitorOf(visit),
      sort: sql`p.family_name`,
      nulls: "last",
    },
    { key: "lieu", label: "Lieu", render: (visit) => visit.site, cell: (visit) => visit.site, sort: sql`s.name` },
    { key: "fiche", label: "Fiche", cell: (visit) => visit.personCode },
    { key: "nom", label: "Nom", cell: (visit) => visit.familyName ?? visit.nameToAttach },
    { key: "prenom", label: "Prénom", cell: (visit) => visit.givenName },
    {
      key: "motif",
      label: "Motif",
      render: (visit) => <span class={visit.withdrawn ? "withdrawn" : undefined}>{subjectOf(visit)}</span>,
      cell: (visit) => visit.reason,
      sort: sql`r.label`,
      nulls: "last",
    },
    { key: "orientation", label: "Orientation", cell: (visit) => visit.orientation },
    { key: "mode", label: "Mode", cell: (visit) => modeWords[visit.mode] },
    {
      key: "etat",
      label: "État",
      render: (visit) => (visit.withdrawn ? `retirée\u00a0: ${visit.withdrawn}` : ""),
    },
    { key: "retiree", label: "Retirée parce que", cell: (visit) => visit.withdrawn },
    { key: "identifiant", label: "Identifiant", cell: (visit) => visit.id },
  ],
  tell({ count, tallies: { withdrawn = 0 } }, { values }) {
    const days = `Du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}`;
    const more = withdrawn > 0 ? `, et ${plural(withdrawn, "retirée", "retirées")} qui ne comptent plus` : "";
    return `${days}\u00a0: ${plural(count - withdrawn, "visite", "visites")}${more}.`;
  },
  empty: () => <p>Aucune visite de cette sorte entre ces deux jours.</p>,
};
