// How many places a structure may book in a season: one number for all, and others for some.
import { sql } from "kysely";
import { z } from "zod";
import { page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { seasonOf, seasonWords } from "../../../foundations/partners/door.ts";
import { namedStructure } from "../naming.ts";
import { rights } from "../rights.ts";

const right = rights["limit.set"];
const path = "/culture/limites";
type Limit = { id: string; season: number; structure: string | null; seats: number };

const LimitForm = z.object({
  saison: z.coerce.number().int().min(2000).max(2099),
  structure: z.string().max(200).default("").transform(oneLine),
  places: z.string().max(6).default(""),
});

export function declareLimits(routes: Routes): void {
  const shown = async (
    at: At<unknown>,
    values: Readonly<Record<string, string>>,
    mistakes: Readonly<Record<string, string>> = {},
    near: readonly string[] = [],
  ) => {
    const { rows } = await sql<Limit>`
      SELECT l.id, l.season, s.name AS structure, l.seats FROM culture.limits l LEFT JOIN partners.structures s ON s.house_id = l.house_id AND s.id = l.structure_id
       WHERE l.house_id = ${at.scope.house} ORDER BY l.season DESC, s.name NULLS FIRST, l.id`.execute(at.tx.on());
    const season = seasonOf(at.tx.today);
    return page({
      title: "Places par structure et par saison",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      crumbs: [{ href: "/culture/sorties", label: "Sorties proposées" }],
      body: (
        <>
          <Heading title="Places par structure et par saison">
            De septembre à août. Une réservation au-delà est refusée, avec ce qui reste. Sans nombre, pas de limite.
          </Heading>
          <ErrorSummary fields={mistakes} />
          <DataTable
            caption="Limites"
            hideCaption
            rows={rows}
            rowKey={(limit) => limit.id}
            empty={<p>Aucune limite.</p>}
            columns={[
              {
                key: "saison",
                label: "Saison",
                header: true,
                render: (limit) => `saison ${seasonWords(limit.season)}`,
              },
              { key: "qui", label: "Qui", render: (limit) => limit.structure ?? "chaque structure" },
              { key: "places", label: "Places", number: true, render: (limit) => limit.seats },
            ]}
          />
          <form method="post" action={path} class="no-print">
            <div class="fields">
              <TextField
                name="saison"
                label="Saison, année de septembre"
                inputmode="numeric"
                width="short"
                value={values.saison ?? String(season)}
                error={mistakes.saison}
              />
              <TextField
                name="structure"
                label="Structure"
                hint="rien : chacune"
                suggestions={near}
                required={false}
                value={values.structure}
                error={mistakes.structure}
              />
              <TextField
                name="places"
                label="Places"
                hint="rien : plus de limite"
                inputmode="numeric"
                width="short"
                required={false}
                value={values.places}
                error={mistakes.places}
              />
            </div>
            <button type="submit">Fixer</button>
          </form>
        </>
      ),
    });
  };
  const again = (at: At<unknown>, { fields }: Pick<Mistakes, "fields">, near: readonly string[] = []) =>
    shown(at, firstValues(at.typed), fields, near);
  routes.get(path, { right, trace: "offer.listed" }, (at) => shown(at, {}));
  routes.post(
    path,
    { right, trace: "limit.set", form: LimitForm, onMistakes: (at, mistakes) => again(at, mistakes) },
    async (at) => {
      const { form, tx } = at;
      const named = await namedStructure(tx, form.structure);
      if (!named.ok) return again(at, { fields: { structure: named.sentence } }, named.near);
      const typed = form.places.trim();
      if (typed !== "" && !/^\d{1,5}$/.test(typed))
        return again(at, { fields: { places: "Un nombre de places, ou rien." } });
      const who = named.id;
      if (typed === "")
        await sql`DELETE FROM culture.limits WHERE house_id = ${tx.scope.house} AND season = ${form.saison} AND structure_id IS NOT DISTINCT FROM ${who}::uuid`.execute(
          tx.on(),
        );
      else
        await sql`INSERT INTO culture.limits (house_id, id, season, structure_id, seats) VALUES (${tx.scope.house}, ${tx.ids.uuid()}, ${form.saison}, ${who}, ${Number(typed)})
        ON CONFLICT (house_id, season, structure_id) DO UPDATE SET seats = excluded.seats`.execute(tx.on());
      at.about(who ? "structure" : "house", who ?? tx.scope.house, { season: form.saison, seats: typed || "none" });
      return redirect(path, typed === "" ? "Plus de limite." : "Limite fixée.");
    },
  );
}
