// Where the outings to come are, for the team: each commune leads to the list of its dates.
import { sql } from "kysely";
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { addDays } from "../../../../core/time.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import type { CommuneCount } from "../portal/catalogue.ts";
import { Where } from "../portal/where.tsx";
import { rights } from "../rights.ts";

/** As many days as the list of outings shows by itself. */
const daysAhead = 120;

export function declareWhere(routes: Routes): void {
  routes.get("/culture/sorties/ou", { right: rights["offer.see"], trace: "offer.listed" }, async ({ tx }) => {
    const [from, to] = [tx.today, addDays(tx.today, daysAhead)];
    const { rows } = await sql<CommuneCount>`
      SELECT v.commune_name AS commune, count(*)::int AS dates, count(DISTINCT v.id)::int AS venues
        FROM culture.dates d JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
       WHERE d.house_id = ${tx.scope.house} AND d.cancelled_at IS NULL AND d.on_day BETWEEN ${from}::date AND ${to}::date
       GROUP BY v.commune_name ORDER BY 2 DESC, 1 NULLS LAST LIMIT 400`.execute(tx.on());
    const dates = rows.reduce((sum, row) => sum + row.dates, 0);
    const asked = (commune: string): string => `/culture/sorties?${new URLSearchParams({ commune })}`;
    return page({
      title: "Où sont les sorties",
      crumbs: [{ href: "/culture/sorties", label: "Sorties proposées" }],
      body: (
        <>
          <Heading title="Où sont les sorties">
            {plural(dates, "sortie maintenue", "sorties maintenues")}, {plural(rows.length, "commune", "communes")}, du{" "}
            {shortDay(from)} au {shortDay(to)}.
          </Heading>
          {rows.length === 0 ? <p class="empty">Aucune sortie dans ces jours.</p> : null}
          <Where communes={rows} chosen="" hrefOf={asked} />
        </>
      ),
    });
  });
}
