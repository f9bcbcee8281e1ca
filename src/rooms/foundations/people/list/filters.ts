// Filters of lists whose rows are about a person.
import { sql } from "kysely";
import { holds } from "../../../../core/lists/conditions.ts";
import type { ChoiceFilter, Sql, TextFilter } from "../../../../core/lists/list.ts";
import { bears, tagChoices } from "../tags/reads.ts";

/** By the name of the person `p` of a row. */
export const nameFilter: TextFilter = {
  kind: "text",
  personal: true,
  key: "nom",
  label: "Nom",
  where: (value) => holds(sql`p.given_name || ' ' || p.family_name`, value),
};

/** By a tag that the person bears. `person`: SQL that gives the person of a row. */
export const tagFilter = (person: Sql): ChoiceFilter => ({
  kind: "choice",
  key: "etiquette",
  label: "Étiquette",
  all: "peu importe",
  hiddenBelow: 1,
  options: tagChoices,
  where: (value, tx) => bears(tx, person, value),
});
