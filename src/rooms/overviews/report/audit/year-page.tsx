// What in a year does not hold, while its report is being written: the figures of the records, and the lines of the report.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { auditTold } from "./audit.ts";
import { Findings } from "./findings.tsx";
import { yearFigures } from "./year.ts";

export async function yearAuditPage(at: At, registry: Registry, year: number): Promise<Answer> {
  const figures = await yearFigures(at.tx, registry, year);
  const findings = auditTold(figures.map(({ told }) => told));
  const wrong = findings.filter((one) => one.weight === "contradiction").length;
  at.about("report", at.scope.house, { year, figures: figures.length, contradictions: wrong });
  return page({
    title: `Contrôle du rapport ${year}`,
    crumbs: [
      { href: "/rapport", label: "Rapports annuels" },
      { href: `/rapport/${year}`, label: `Rapport ${year}` },
    ],
    body: (
      <>
        <Heading title={`Contrôle du rapport ${year}`}>
          {plural(figures.length, "chiffre", "chiffres")} tels que la maison les dit aujourd’hui{"\u00a0"}:{" "}
          {plural(wrong, "contradiction", "contradictions")},{" "}
          {plural(findings.length - wrong, "point à vérifier", "points à vérifier")}.
        </Heading>
        <Findings
          findings={findings}
          caption="Ce qui ne va pas"
          pages={new Map(figures.map(({ told, href }) => [told.code, href]))}
        />
      </>
    ),
  });
}
