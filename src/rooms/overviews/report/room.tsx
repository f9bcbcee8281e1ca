// The annual report: for now its first chapter, and the page of any figure. It owns no row: it looks down at everything.

import { sql } from "kysely";
import { z } from "zod";
import { askFigures } from "../../../core/figures/ask.ts";
import { findFigure } from "../../../core/figures/families.ts";
import { labelsOf } from "../../../core/figures/labels.ts";
import { printFigures, yearPeriod } from "../../../core/figures/print.ts";
import { type Registry, readableBy } from "../../../core/figures/registry.ts";
import { notFound, page, refusal } from "../../../core/http/answer.ts";
import { type At, declareRoutes } from "../../../core/http/route.ts";
import { may, type Scope } from "../../../core/rights.ts";
import type { Room } from "../../../core/room.ts";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { fundingRights, programmeTitles } from "../../foundations/programmes/door.ts";
import { declareAgreements } from "./agreements/routes.tsx";
import { antennesChapter } from "./antennes.tsx";
import { declareAudit } from "./audit/routes.tsx";
import { importLinks } from "./coverage/imports.ts";
import { coverageRights } from "./coverage/rights.ts";
import { declareCoverage } from "./coverage/routes.tsx";
import { coverageJournalWords } from "./coverage/words.ts";
import { importDeclared } from "./declared/imports.ts";
import { declaredList } from "./declared/list.tsx";
import { declaredRights } from "./declared/rights.ts";
import { declareDeclared } from "./declared/routes.tsx";
import { declaredJournalWords } from "./declared/words.ts";
import { declareBlockRoutes } from "./editions/block-routes.tsx";
import { declareChapterRoutes } from "./editions/chapter-routes.tsx";
import { declareEditionRoutes } from "./editions/edition-routes.tsx";
import { declareFromExplorer } from "./editions/from-explorer.tsx";
import { declareOutRoutes } from "./editions/out/out-routes.ts";
import { declarePublications } from "./editions/public-routes.tsx";
import { editionRights } from "./editions/rights.ts";
import { editionJournalWords } from "./editions/words.ts";
import { explorerPage } from "./explorer/asking.ts";
import { declareExplorer } from "./explorer/routes.tsx";
import { figureExport, figurePage } from "./figure-page.tsx";
import { figureHref } from "./href.ts";
import { type Shown, shownYear } from "./masking.ts";
import { declareOutlines, outlineRights } from "./outlines/routes.tsx";
import { ownFigures } from "./own-figures.tsx";
import { programmeChapter } from "./programme-chapter.tsx";
import { head } from "./programme-year.ts";
import { rights } from "./rights.ts";
import { valueWord } from "./value-word.ts";
import { YearExports, yearExport } from "./year-export.tsx";

const isYear = (text: string | undefined): text is string => /^(19|20)\d\d$/.test(text ?? "");

/** Years that hold a visit or an enrolment, latest first: the two ends of each index, whatever lies between. */
async function yearsOf(at: At): Promise<number[]> {
  const end = (column: string, table: string, order: "ASC" | "DESC") =>
    sql`(SELECT ${sql.ref(column)} FROM ${sql.table(table)} WHERE house_id = ${at.scope.house} AND ${sql.ref(column)} IS NOT NULL ORDER BY ${sql.ref(column)} ${sql.raw(order)} LIMIT 1)`;
  const [visits, enrolments] = ["agenda.visits", "programmes.enrolments"];
  const { rows } = await sql<{
    first: string | null;
    last: string | null;
  }>`SELECT least(${end("occurred_on", visits, "ASC")}, ${end("entry_on", enrolments, "ASC")}) AS first,
    greatest(${end("occurred_on", visits, "DESC")}, ${end("entry_on", enrolments, "DESC")}, ${end("exit_on", enrolments, "DESC")}) AS last`.execute(
    at.tx.on(),
  );
  const [first, last] = [Number(rows[0]?.first?.slice(0, 4)), Number(rows[0]?.last?.slice(0, 4))];
  const now = Number(at.tx.today.slice(0, 4));
  return first ? Array.from({ length: Math.max(last, now) - first + 1 }, (_, at) => Math.max(last, now) - at) : [now];
}

/** `all` holds the figures of all rooms. */
export function makeReportRoom(all: () => Registry): Room {
  const readable = (at: { scope: Scope }): Registry => readableBy(all(), at.scope);
  const routes = declareRoutes();
  routes.get("/rapport", { right: rights["figure.read"], trace: "report.opened" }, async (at) => {
    const years = await yearsOf(at);
    return page({
      title: "Rapports annuels",
      body: (
        <>
          <Heading title="Rapports annuels" action={{ href: "/rapport/controle", label: "Contrôler un tableau" }}>
            Chaque chiffre s’ouvre sur ce qu’il compte.
          </Heading>
          <ul class="results">
            {years.map((year) => (
              <li key={year}>
                <a class="row" href={`/rapport/${year}`}>
                  <strong>Rapport {year}</strong>
                </a>
              </li>
            ))}
          </ul>
        </>
      ),
    });
  });

  declareAudit(routes, readable);
  declareDeclared(routes, all);
  declareCoverage(routes, readable);
  routes.get("/rapport/:year", { right: rights["figure.read"], trace: "report.opened" }, async (at) => {
    const text = at.params.year;
    if (!isYear(text)) return notFound("Ce rapport");
    const year = Number(text);
    const period = yearPeriod(year);
    const registry = readable(at);
    const { figures } = registry;
    const years = new Map<string, Shown>();
    for (const source of new Set(figures.map((figure) => registry.source(figure))))
      years.set(source.name, await shownYear(at, registry, source, year));
    const present = new Set([...years.values()].flatMap((shown) => shown.valuesOf(head)));
    const counted = (code: string): boolean =>
      ownFigures(registry, code).some((figure) => years.get(figure.source)?.any(figure.code, [], []));
    const chapters = (await programmeTitles(at.tx)).filter(
      ({ code }) => code !== "antennes" && (present.has(code) || counted(code)),
    );
    return page({
      title: `Rapport ${year}`,
      crumbs: [{ href: "/rapport", label: "Rapports annuels" }],
      body: (
        <>
          <Heading title={`Rapport ${year}`} />
          <h2>Chapitres</h2>
          <ul class="results">
            <li>
              <a class="row" href={`/rapport/${year}/antennes`}>
                <strong>Antennes de proximité</strong>
              </a>
            </li>
            {chapters.map(({ code, title }) => (
              <li key={code}>
                <a class="row" href={`/rapport/${year}/${code}`}>
                  <strong>{title}</strong>
                </a>
              </li>
            ))}
          </ul>
          <h2>Tous les chiffres</h2>
          {may(at.scope, coverageRights["coverage.see"]) ? (
            <p class="no-print">
              <a href={`/rapport/couverture?annee=${year}`}>Couverture du rapport imprimé</a> ·{" "}
              <a href={`/rapport/${year}/controle`}>Ce qui se contredit</a>
            </p>
          ) : null}
          <YearExports year={year} count={[...years.values()].reduce((sum, one) => sum + one.cells.length, 0)} />
          <DataTable
            caption={`Chiffres de ${year}`}
            hideCaption
            rows={figures}
            rowKey={(figure) => figure.code}
            columns={[
              { key: "label", label: "Chiffre", header: true, render: (figure) => figure.label },
              {
                key: "value",
                label: "Valeur",
                number: true,
                render: (figure) => (
                  <a href={figureHref(figure.code, period)}>{years.get(figure.source)?.cell(figure.code)}</a>
                ),
              },
              { key: "unit", label: "Unité", render: (figure) => figure.unit },
            ]}
          />
        </>
      ),
    });
  });

  routes.get("/rapport/:year/antennes", { right: rights["figure.read"], trace: "report.opened" }, async (at) => {
    const text = at.params.year;
    if (!isYear(text)) return notFound("Ce rapport");
    const compare = at.query.compare;
    return antennesChapter(
      at,
      readable(at),
      Number(text),
      isYear(compare) && compare !== text ? Number(compare) : null,
      await yearsOf(at),
    );
  });

  for (const format of ["csv", "xlsx"] as const)
    routes.get(`/rapport/:year/chiffres.${format}`, { right: rights["figure.read"], trace: "report.exported" }, (at) =>
      isYear(at.params.year)
        ? yearExport(at, readable(at), Number(at.params.year), format, at.query.chapitre ?? null)
        : Promise.resolve(notFound("Ce rapport")),
    );

  routes.get("/rapport/:year/:programme", { right: rights["figure.read"], trace: "report.opened" }, async (at) => {
    const { year, programme = "" } = at.params;
    if (!isYear(year)) return notFound("Ce rapport");
    const { compare } = at.query;
    const compared = isYear(compare) && compare !== year ? Number(compare) : null;
    return programmeChapter(at, readable(at), programme, Number(year), compared, await yearsOf(at));
  });

  routes.get("/chiffres/:code", { right: rights["figure.read"], trace: "figure.opened" }, (at) =>
    figurePage(at, readable(at)),
  );
  routes.get("/chiffres/:code/export.csv", { right: rights["figure.rows"], trace: "figure.exported" }, (at) =>
    figureExport(at, readable(at), "csv"),
  );
  routes.get("/chiffres/:code/export.xlsx", { right: rights["figure.rows"], trace: "figure.exported" }, (at) =>
    figureExport(at, readable(at), "xlsx"),
  );

  routes.api(
    "GET",
    "/api/v1/figures",
    {
      right: rights["figure.exact"],
      trace: "figure.read",
      summary: "Tous les chiffres d’une année, code vers nombre.",
      query: z.object({ year: z.string().regex(/^(19|20)\d\d$/, "une année, par exemple 2020") }),
      answer: z.record(z.string(), z.number()),
    },
    (at) => printFigures(at.tx, readable(at), Number(at.form.year)),
  );
  routes.api(
    "GET",
    "/api/v1/figures/:code",
    {
      right: rights["figure.exact"],
      trace: "figure.read",
      summary: "Un chiffre sur une période, avec sa définition, et réparti si on le demande.",
      query: z.object({
        from: z.iso.date(),
        to: z.iso.date(),
        by: z.string().max(40).optional().describe("une répartition du chiffre : antenne, mois, sexe, age…"),
      }),
      answer: z.object({
        code: z.string(),
        label: z.string(),
        unit: z.string(),
        definition: z.string(),
        value: z.number(),
        parts: z.array(z.object({ value: z.string(), label: z.string(), number: z.number() })).optional(),
      }),
    },
    async (at) => {
      const { from, to, by } = at.form;
      const period = { from, to };
      const code = at.params.code ?? "";
      const found = await findFigure(at.tx, readable(at), code, period);
      if (!found) return notFound("Ce chiffre");
      const { figure, filters } = found;
      const dimension = by === undefined ? null : readable(at).dimension(figure, by);
      if (by !== undefined && (!dimension || (dimension.right && !may(at.scope, dimension.right))))
        return refusal(422, `Ce chiffre ne se répartit pas par « ${by} ».`);
      const table = await askFigures(at.tx, readable(at), {
        codes: [figure.code],
        period,
        by: dimension ? [[], [dimension.key]] : [[]],
        filters,
      });
      const labels = dimension ? await labelsOf(at.tx, dimension, period) : null;
      return {
        code,
        label: found.of === null ? figure.label : `${figure.label} (${found.of})`,
        unit: figure.unit,
        definition: figure.definition,
        value: table.at(figure.code),
        ...(dimension && labels
          ? {
              parts: table.valuesOf(dimension.key).map((value) => ({
                value,
                label: valueWord(dimension, labels, value),
                number: table.at(figure.code, [dimension.key], [value]),
              })),
            }
          : {}),
      };
    },
  );

  declareOutlines(routes);
  declareExplorer(routes, readable);
  declareAgreements(routes, readable);
  declareFromExplorer(routes, { readable, all });
  declareEditionRoutes(routes, { readable, all });
  declareChapterRoutes(routes, { readable, all });
  declareBlockRoutes(routes, { readable, all });
  declareOutRoutes(routes, { readable, all });
  declarePublications(routes);

  return {
    name: "report",
    uses: ["agenda", "house", "partners", "people", "programmes"],
    rights: { ...rights, ...declaredRights, ...coverageRights, ...outlineRights, ...editionRights },
    routes,
    lists: [declaredList],
    imports: [importDeclared((code) => all().figure(code) !== null), importLinks],
    keptPages: [explorerPage],
    menu: [
      { href: "/rapport", label: "Rapport", right: rights["figure.read"], order: 28, key: "r" },
      { href: "/editions", label: "Éditions", right: editionRights["edition.see"], order: 29 },
      { href: "/explorateur", label: "Explorateur", right: rights["figure.read"], order: 29 },
      { href: "/conventions-de-financement", label: "Financements", right: fundingRights["agreement.see"], order: 52 },
    ],
    journalWords: {
      ...declaredJournalWords,
      ...editionJournalWords,
      ...coverageJournalWords,
      "report.opened": "a ouvert le rapport",
      "report.exported": "a exporté les chiffres d’une année",
      "agreement.opened": "a ouvert une convention de financement",
      "agreement.exported": "a exporté les indicateurs d’une convention de financement",
      "agreement.participants-listed": "a ouvert la liste des participants d’une convention de financement",
      "agreement.participants-exported": "a exporté les participants d’une convention de financement",
      "report.audited": "a contrôlé un tableau de chiffres",
      "outline.taken": "a donné les contours des communes",
      "figure.explored": "a exploré un chiffre",
      "figure.opened": "a ouvert un chiffre",
      "figure.exported": "a exporté la liste d’un chiffre",
      "figure.read": "a lu les chiffres par l’interface",
    },
  };
}
