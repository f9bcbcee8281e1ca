// What the lists of enrolments share: what a reader sees of them, and filters. `e` is the enrolment.
import { sql } from "kysely";
import type { ChoiceFilter, Sql } from "../../../../core/lists/list.ts";
import type { Right, Scope } from "../../../../core/rights.ts";
import { listSites } from "../../house/door.ts";
import { seenBy } from "../rights.ts";

/** Only programmes and sites that the reader's role is held for. */
export const withinSight = (scope: Scope, right: Right): Sql[] => {
  const within = seenBy(scope, right);
  return within === null
    ? []
    : [sql`(e.site_id = ANY(${within.sites}::uuid[]) OR e.programme_id = ANY(${within.programmes}::uuid[]))`];
};

export const siteFilter: ChoiceFilter = {
  kind: "choice",
  key: "antenne",
  label: "Antenne",
  all: "toutes",
  options: async (tx) => (await listSites(tx)).map((one) => ({ value: one.id, label: one.name })),
  where: (value) => sql`e.site_id = ${value}::uuid`,
};
