// Lists of enrolments: filters that combine and are seen, as many rows in the file as on the pages.
import { sql } from "kysely";
import { readInBatches } from "../../../../core/db/transaction.ts";
import { type ListColumn, type ListFormat, listFile } from "../../../../core/exporting/list.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { SelectField } from "../../../../ui/fields.tsx";
import { Chips, Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accountsWith, listSites } from "../../house/door.ts";
import { catalogue } from "../catalogue/reads.ts";
import { rights, seenBy } from "../rights.ts";
import { referentRoles } from "./new-routes.tsx";
import { countEnrolments, type Enrolment, type EnrolmentFilters, enrolmentLines } from "./reads.ts";

const pageSize = 50;
const states = { present: "en cours", left: "sortis", all: "tous" } as const;

const stateOf = (text: string | undefined): EnrolmentFilters["state"] =>
  text === "sortis" ? "left" : text === "tous" ? "all" : "present";

function filtersOf(at: At<unknown>): EnrolmentFilters {
  const id = (name: string): string | null => (isUuid(at.query[name] ?? "") ? (at.query[name] ?? null) : null);
  return {
    programme: at.query.dispositif || null,
    site: id("antenne"),
    referent: id("referent"),
    state: stateOf(at.query.etat),
    within: seenBy(at.scope, rights["enrolment.see"]),
  };
}

/** The address of the same list, with a filter changed or left out. */
function hrefWith(
  filters: EnrolmentFilters,
  changed: Partial<Record<keyof EnrolmentFilters, null>> = {},
  path = "/parcours",
): string {
  const now = { ...filters, ...changed };
  const query = new URLSearchParams();
  if (now.programme) query.set("dispositif", now.programme);
  if (now.site) query.set("antenne", now.site);
  if (now.referent) query.set("referent", now.referent);
  if (now.state && now.state !== "present") query.set("etat", states[now.state]);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const columns: readonly ListColumn<Enrolment>[] = [
  { label: "Fiche", cell: (line) => line.personCode },
  { label: "Personne", cell: (line) => line.personName },
  { label: "Dispositif", cell: (line) => line.programmeTitle },
  { label: "Antenne", cell: (line) => line.siteName },
  { label: "Entrée", cell: (line) => ({ day: line.entryOn }) },
  { label: "Sortie", cell: (line) => (line.exitOn ? { day: line.exitOn } : null) },
  { label: "Motif de sortie", cell: (line) => line.exitWord },
  { label: "Accompagnée", cell: (line) => (line.followed ? "oui" : "non") },
  { label: "Référent", cell: (line) => line.referentName },
];

function exported(at: At<unknown>, format: ListFormat): Answer {
  const filters = filtersOf(at);
  at.about("list", at.scope.house, { list: "enrolments", filters: { ...filters, within: undefined } });
  const lines = enrolmentLines(at.tx, filters);
  return listFile(
    format,
    {
      name: `parcours-${at.tx.today}`,
      sheet: "Parcours",
      readMe: [`Parcours ${states[filters.state]}`, `Tirés le ${shortDay(at.tx.today)}`],
    },
    columns,
    readInBatches<Enrolment>(at.tx, { compile: () => sql`${lines}`.compile(at.tx.on()) }),
  );
}

export function declareEnrolmentList(routes: Routes): void {
  routes.get("/parcours/export.csv", { right: rights["enrolment.export"], trace: "enrolment.exported" }, (at) =>
    exported(at, "csv"),
  );
  routes.get("/parcours/export.xlsx", { right: rights["enrolment.export"], trace: "enrolment.exported" }, (at) =>
    exported(at, "xlsx"),
  );
  routes.get("/parcours", { right: rights["enrolment.see"], trace: "enrolment.listed" }, async (at) => {
    const filters = filtersOf(at);
    const count = await countEnrolments(at.tx, filters);
    const skip = Math.min(Math.max(0, Number.parseInt(at.query.page ?? "0", 10) || 0), 100_000) * pageSize;
    const { rows } = await sql<Enrolment>`${enrolmentLines(at.tx, filters)} LIMIT ${pageSize} OFFSET ${skip}`.execute(
      at.tx.on(),
    );
    const programmes = await catalogue(at.tx);
    const sites = await listSites(at.tx);
    const referents = await accountsWith(at.tx, referentRoles);
    const chips = [
      ...(filters.programme
        ? [
            {
              label: `Dispositif : ${programmes.find((one) => one.code === filters.programme)?.title ?? filters.programme}`,
              without: hrefWith(filters, { programme: null }),
            },
          ]
        : []),
      ...(filters.site
        ? [
            {
              label: `Antenne : ${sites.find((one) => one.id === filters.site)?.name ?? ""}`,
              without: hrefWith(filters, { site: null }),
            },
          ]
        : []),
      ...(filters.referent
        ? [
            {
              label: `Référent : ${referents.find((one) => one.id === filters.referent)?.name ?? ""}`,
              without: hrefWith(filters, { referent: null }),
            },
          ]
        : []),
    ];
    const pageAt = (nth: number): string => {
      const href = hrefWith(filters);
      return `${href}${href.includes("?") ? "&" : "?"}page=${nth}`;
    };
    return page({
      title: "Parcours",
      body: (
        <>
          <Heading title="Parcours">
            {plural(count, "parcours", "parcours")} {filters.state === "all" ? "" : states[filters.state]}.
          </Heading>
          <Chips chips={chips} />
          <form method="get" class="filters no-print">
            <SelectField
              name="dispositif"
              label="Dispositif"
              value={filters.programme ?? ""}
              empty="tous"
              options={programmes.map((one) => ({ value: one.code, label: one.title }))}
            />
            <SelectField
              name="antenne"
              label="Antenne"
              value={filters.site ?? ""}
              empty="toutes"
              options={sites.map((one) => ({ value: one.id, label: one.name }))}
            />
            <SelectField
              name="referent"
              label="Référent"
              value={filters.referent ?? ""}
              empty="tous"
              options={referents.map((one) => ({ value: one.id, label: one.name }))}
            />
            <SelectField
              name="etat"
              label="État"
              value={states[filters.state]}
              options={Object.values(states).map((one) => ({ value: one, label: one }))}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {may(at.scope, rights["enrolment.export"]) && count > 0 ? (
            <p class="no-print">
              Exporter {plural(count, "ligne", "lignes")} :{" "}
              <a href={hrefWith(filters, {}, "/parcours/export.csv")}>CSV</a> ·{" "}
              <a href={hrefWith(filters, {}, "/parcours/export.xlsx")}>XLSX</a>
            </p>
          ) : null}
          <DataTable
            caption="Parcours"
            hideCaption
            rows={rows}
            rowKey={(line) => line.id}
            empty={<p>Aucun parcours ne correspond. Une personne entre dans un dispositif depuis sa fiche.</p>}
            columns={[
              {
                key: "name",
                label: "Personne",
                header: true,
                render: (line) => <a href={`/parcours/${line.id}`}>{line.personName}</a>,
              },
              { key: "programme", label: "Dispositif", render: (line) => line.programmeTitle },
              { key: "site", label: "Antenne", render: (line) => line.siteName },
              { key: "entry", label: "Entrée", render: (line) => shortDay(line.entryOn) },
              {
                key: "exit",
                label: "Sortie",
                render: (line) =>
                  line.exitOn ? `${shortDay(line.exitOn)}${line.exitWord ? `, ${line.exitWord}` : ""}` : null,
              },
              { key: "referent", label: "Référent", render: (line) => line.referentName },
            ]}
          />
          <Pager
            count={plural(count, "parcours", "parcours")}
            first={skip > 0 ? pageAt(0) : undefined}
            next={skip + pageSize < count ? pageAt(skip / pageSize + 1) : undefined}
          />
        </>
      ),
    });
  });
}
