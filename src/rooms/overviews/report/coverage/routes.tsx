// A printed report against the house: its lines taken in, looked at, taken away as a file, and each linked to what gives it.
import { readFile } from "node:fs/promises";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes, Services } from "../../../../core/http/route.ts";
import { takeIn } from "../../../../core/http/uploads.ts";
import { may, type Scope } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { mostBytes, type ReadTable, readTable } from "../audit/reading.ts";
import { type Covered, coverageOf } from "./coverage.ts";
import { TakeForm } from "./form.tsx";
import { lineHref } from "./href.ts";
import { linePage } from "./line-page.tsx";
import { type Asked, coverageCrumbs, coverageFile, coverageHref, coveragePage } from "./list.tsx";
import { printedYears } from "./reads.ts";
import { coverageRights } from "./rights.ts";
import { LineLink } from "./shapes.ts";
import { states } from "./words.ts";
import { linkLine, takeLines } from "./writes.ts";

const path = "/rapport/couverture";
const gone = "Cette ligne du rapport";
const yearOf = (text: string | undefined): number | null => (/^(19|20)\d\d$/.test(text ?? "") ? Number(text) : null);

const refused = {
  "too-large": refusal(413, "Ce fichier dépasse 5\u00a0Mo\u00a0: un tableau de chiffres est plus petit."),
  "no-file": refusal(422, "Choisissez un fichier CSV\u00a0: celui-ci est vide, ou aucun n’a été choisi."),
};
type Taken = { table: ReadTable } | { refusal: string };
const receive = (request: Request, services: Services): Promise<Taken | Answer> =>
  takeIn<Taken>(request, services, mostBytes, refused, async (file) => {
    const table = await readTable(await readFile(file.path));
    return "refusal" in table ? table : { table };
  });

/** What the address asks; the last year that has a printed report, where it says none. */
async function readAsked(at: At): Promise<{ asked: Asked; years: number[] }> {
  const years = (await printedYears(at.tx)).map(({ year }) => year);
  const wanted = yearOf(at.query.annee);
  const year = wanted ?? years[0] ?? Number(at.tx.today.slice(0, 4)) - 1;
  const { etat = "", chapitre = "" } = at.query;
  return {
    asked: { year, etat: states.some((state) => state === etat) ? etat : "", page: chapitre.slice(0, 200) },
    years: [...new Set([...(wanted ? [wanted] : []), ...years])].sort((one, other) => other - one),
  };
}

const emptyPage = (at: At<unknown>, year: number, notice?: string): Answer =>
  page({
    title: `Couverture du rapport ${year}`,
    crumbs: coverageCrumbs,
    status: notice === undefined ? 200 : 422,
    ...(notice === undefined ? {} : { notice: { kind: "error" as const, text: notice } }),
    body: (
      <>
        <Heading title={`Couverture du rapport ${year}`}>
          Aucun rapport imprimé de {year} n’est connu. Donnez ses chiffres{"\u00a0"}: la maison dira de chacun si ses
          fiches le donnent.
        </Heading>
        {may(at.scope, coverageRights["coverage.write"]) ? <TakeForm year={year} /> : null}
      </>
    ),
  });

export function declareCoverage(routes: Routes, readable: (at: { scope: Scope }) => Registry): void {
  const see = coverageRights["coverage.see"];
  const write = coverageRights["coverage.write"];
  routes.get(path, { right: see, trace: "report.coverage-opened" }, async (at) => {
    const { asked, years } = await readAsked(at);
    const coverage = await coverageOf(at.tx, readable(at), asked.year);
    at.about("report", at.scope.house, { year: asked.year });
    if (coverage.lines.length === 0) return emptyPage(at, asked.year);
    const skip = Math.min(Math.max(0, Number.parseInt(at.query.apres ?? "0", 10) || 0), 100_000);
    return coveragePage(at, coverage, asked, years, skip);
  });
  for (const format of ["csv", "xlsx"] as const)
    routes.get(`${path}/export.${format}`, { right: see, trace: "report.coverage-exported" }, async (at) => {
      const { asked } = await readAsked(at);
      const coverage = await coverageOf(at.tx, readable(at), asked.year);
      at.about("report", at.scope.house, { year: asked.year, lines: coverage.lines.length });
      return coverageFile(at, coverage, asked, format);
    });

  routes.upload(`${path}/:year/lignes`, { right: write, trace: "report.lines-read", receive }, async (at) => {
    const year = yearOf(at.params.year);
    if (year === null) return notFound("Ce rapport");
    const taken = at.form;
    if ("kind" in taken) return taken;
    if ("refusal" in taken) {
      at.nothingHappened();
      return emptyPage(at, year, taken.refusal);
    }
    const { table } = taken;
    await takeLines(at.tx, year, table.rows);
    at.about("report", at.scope.house, { year, lines: table.rows.length });
    const unread =
      table.unread.length > 0
        ? ` ${plural(table.unread.length, "ligne n’est pas lue", "lignes ne sont pas lues")}\u00a0: ${table.unread[0]}`
        : "";
    return redirect(
      coverageHref({ year }),
      `${plural(table.rows.length, "ligne est lue", "lignes sont lues")}.${unread}`,
    );
  });

  const found = async (at: At<unknown>): Promise<{ year: number; line: Covered } | null> => {
    const year = yearOf(at.params.year);
    const code = at.params.line ?? "";
    if (year === null || code === "") return null;
    const [line] = (await coverageOf(at.tx, readable(at), year, code)).lines;
    return line ? { year, line } : null;
  };
  routes.get(`${path}/:year/:line`, { right: see, trace: "report.line-opened" }, async (at) => {
    const here = await found(at);
    if (!here) return notFound(gone);
    at.about("report", at.scope.house, { year: here.year, line: here.line.code });
    return linePage(at, here.year, here.line);
  });
  routes.post(
    `${path}/:year/:line`,
    {
      right: write,
      trace: "report.line-linked",
      form: LineLink,
      async onMistakes(at, { fields }) {
        const here = await found(at);
        return here ? linePage(at, here.year, here.line, { mistakes: fields }) : notFound(gone);
      },
    },
    async (at) => {
      const here = await found(at);
      if (!here) return notFound(gone);
      const { year, line } = here;
      const { chiffre: expression, raison: reason, version } = at.form;
      if (!(await linkLine(at.tx, { year, code: line.code, version }, { expression, reason })))
        return linePage(at, year, line, { stale: true });
      at.about("report", at.scope.house, { year, line: line.code, from: line.expression, to: expression });
      return redirect(lineHref(year, line.code), "Ce qui donne cette ligne est dit.");
    },
  );
}
