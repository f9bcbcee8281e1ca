// Filters that the lists of meetings share. `column`: the SQL of a row's site, of its programme.
import { sql } from "kysely";
import type { ChoiceFilter, Sql } from "../../../core/lists/list.ts";
import { programmeChoices, sitesHeld } from "./choices.ts";

export const siteFilter = (column: Sql): ChoiceFilter => ({
  kind: "choice",
  key: "lieu",
  label: "Lieu",
  all: "tous",
  hiddenBelow: 2,
  options: (tx, right) => sitesHeld(tx, right, true),
  where: (value) => sql`${column} = ${value}::uuid`,
});

export const programmeFilter = (column: Sql): ChoiceFilter => ({
  kind: "choice",
  key: "dispositif",
  label: "Dispositif",
  all: "tous",
  options: programmeChoices,
  where: (value) => sql`${column} = ${value}::uuid`,
});
