// The team, for the direction: who is there, since when; a departure noted.
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { DateField, ErrorSummary, SelectField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { number, plural, shortDay } from "../../../../ui/words.ts";
import { Counted, Hidden, PostForm, Submit } from "../parts.tsx";
import { rights } from "../rights.ts";
import { optionalDay, versionField } from "../shapes.ts";
import type { HouseTables } from "../tables.ts";

type Member = {
  id: string;
  sex: string | null;
  familyName: string;
  givenName: string;
  function: string | null;
  pole: string | null;
  site: string | null;
  fromDay: string;
  toDay: string | null;
  percent: number;
  version: number;
};

/** Those who are there today, or everybody. */
async function members(tx: Tx, all: boolean): Promise<Member[]> {
  const { rows } = await sql<Member>`
    SELECT s.id, s.sex, s.family_name AS "familyName", s.given_name AS "givenName", s.function, s.pole, site.name AS site, s.from_day AS "fromDay", s.to_day AS "toDay",
           s.full_time_percent AS percent, s.version
      FROM house.staff s LEFT JOIN house.sites site ON site.house_id = s.house_id AND site.id = s.site_id
     WHERE s.house_id = ${tx.scope.house} ${all ? sql`` : sql`AND s.from_day <= ${tx.today} AND (s.to_day IS NULL OR s.to_day >= ${tx.today})`}
     ORDER BY core.normalise(s.family_name), core.normalise(s.given_name), s.id`.execute(tx.on());
  return rows;
}

const memberOf = async (at: At<unknown>): Promise<Member | undefined> =>
  isUuid(at.params.member ?? "") ? (await members(at.tx, true)).find((one) => one.id === at.params.member) : undefined;

const nameOf = (member: Member): string => `${member.familyName.toLocaleUpperCase("fr")} ${member.givenName}`.trim();
const fullTime = ({ percent }: Member): string => number(percent / 100, percent % 100 === 0 ? 0 : 2);

const exported: readonly ListColumn<Member>[] = [
  { label: "Nom", cell: (member) => member.familyName },
  { label: "Prénom", cell: (member) => member.givenName },
  { label: "Sexe", cell: (member) => member.sex },
  { label: "Fonction", cell: (member) => member.function },
  { label: "Pôle", cell: (member) => member.pole },
  { label: "Lieu", cell: (member) => member.site },
  { label: "Entrée", cell: (member) => ({ day: member.fromDay }) },
  { label: "Sortie", cell: (member) => (member.toDay ? { day: member.toDay } : null) },
  { label: "Part d’un temps plein", cell: (member) => member.percent / 100 },
];

const allIn = (at: At<unknown>): boolean => at.query.qui === "tous";

function memberPage(
  member: Member,
  told: { day?: string; mistakes?: Record<string, string>; status?: number; stale?: boolean } = {},
): Answer {
  const { mistakes = {} } = told;
  return page({
    title: nameOf(member),
    status: told.status ?? 200,
    crumbs: [{ href: "/equipe", label: "Équipe" }],
    body: (
      <>
        <Heading title={nameOf(member)} />
        <ErrorSummary fields={mistakes} />
        {told.stale ? (
          <p class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cela entre-temps.</strong> Dernier jour noté aujourd’hui{"\u00a0"}:{" "}
            {member.toDay ? shortDay(member.toDay) : "aucun"}. Votre saisie est ci-dessous.
          </p>
        ) : null}
        <Facts
          facts={[
            { label: "Fonction", value: member.function },
            { label: "Pôle", value: member.pole },
            { label: "Lieu", value: member.site },
            { label: "Entrée", value: shortDay(member.fromDay) },
            { label: "Part d’un temps plein", value: fullTime(member) },
          ]}
        />
        <PostForm action={`/equipe/${member.id}`}>
          <Hidden name="version" value={String(member.version)} />
          <DateField
            name="sortie"
            label="Dernier jour dans la maison"
            hint="jj/mm/aaaa ; vide : toujours là"
            value={told.day ?? (member.toDay ? shortDay(member.toDay) : "")}
            error={mistakes.sortie}
            required={false}
          />
          <Submit>Enregistrer</Submit>
        </PostForm>
      </>
    ),
  });
}

export function staffRoutes(routes: Routes): void {
  const right = rights["staff.see"];
  routes.get("/equipe", { right, trace: "staff.listed" }, async (at) => {
    const all = allIn(at);
    const rows = await members(at.tx, all);
    const counted = plural(rows.length, "personne", "personnes");
    return page({
      title: "Équipe",
      body: (
        <>
          <Heading title="Équipe">
            {counted} {all ? "en tout" : "aujourd’hui"},{" "}
            {number(rows.reduce((sum, member) => sum + member.percent, 0) / 100, 2)} équivalents temps plein.
          </Heading>
          <form method="get" action="/equipe" class="filters">
            <SelectField
              name="qui"
              label="Qui"
              empty="présents aujourd’hui"
              value={at.query.qui}
              options={[{ value: "tous", label: "tous, partis aussi" }]}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          <Counted rows={rows.length} count={counted} href={`/equipe/export.csv${all ? "?qui=tous" : ""}`} />
          <DataTable
            caption="Équipe"
            hideCaption
            rows={rows}
            rowKey={(member) => member.id}
            empty={<p>Personne{"\u00a0"}: importez la liste de la maison (equipe.csv).</p>}
            columns={[
              {
                key: "name",
                label: "Nom",
                header: true,
                render: (member) => <a href={`/equipe/${member.id}`}>{nameOf(member)}</a>,
              },
              { key: "function", label: "Fonction", render: (member) => member.function },
              { key: "pole", label: "Pôle", render: (member) => member.pole },
              { key: "site", label: "Lieu", render: (member) => member.site },
              { key: "from", label: "Entrée", render: (member) => shortDay(member.fromDay) },
              { key: "to", label: "Sortie", render: (member) => (member.toDay ? shortDay(member.toDay) : "") },
              { key: "time", label: "Part d’un temps plein", render: fullTime },
            ]}
          />
        </>
      ),
    });
  });
  routes.get("/equipe/export.csv", { right, trace: "staff.exported" }, async (at) =>
    csvFile("equipe", exported, [await members(at.tx, allIn(at))]),
  );

  routes.get("/equipe/:member", { right, trace: "staff.opened" }, async (at) => {
    const member = await memberOf(at);
    if (!member) return notFound("Cette personne");
    at.about("staff", member.id);
    return memberPage(member);
  });
  routes.post(
    "/equipe/:member",
    {
      right,
      trace: "staff.changed",
      form: z.object({ version: versionField, sortie: optionalDay("Écrivez le dernier jour jj/mm/aaaa.") }),
      async onMistakes(at, { fields, typed }) {
        const member = await memberOf(at);
        return member
          ? memberPage(member, { day: typed.sortie?.[0] ?? "", mistakes: fields, status: 422 })
          : notFound("Cette personne");
      },
    },
    async (at) => {
      const member = await memberOf(at);
      if (!member) return notFound("Cette personne");
      const day = at.typed.sortie?.[0] ?? "";
      const { sortie, version } = at.form;
      if (sortie && sortie < member.fromDay)
        return memberPage(member, {
          day,
          mistakes: { sortie: `Le dernier jour vient avant l’entrée, le ${shortDay(member.fromDay)}.` },
          status: 422,
        });
      const changed = await at.tx
        .on<HouseTables>()
        .updateTable("house.staff")
        .set({ to_day: sortie, version: version + 1 })
        .where("house_id", "=", at.scope.house)
        .where("id", "=", member.id)
        .where("version", "=", version)
        .returning("id")
        .execute();
      if (changed.length === 0) return memberPage((await memberOf(at)) ?? member, { day, status: 409, stale: true });
      at.about("staff", member.id);
      return redirect("/equipe", sortie ? "Le départ est noté." : "Aucun départ n’est noté.");
    },
  );
}
