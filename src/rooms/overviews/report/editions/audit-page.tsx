// The audit of an edition: what its texts say wrongly, chapter by chapter, and what its figures, side by side, cannot all be.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural } from "../../../../ui/words.ts";
import { auditTold } from "../audit/audit.ts";
import { Findings } from "../audit/findings.tsx";
import type { Finding, Told } from "../audit/stated.ts";
import { kindOf } from "../audit/year.ts";
import { stayText } from "../period.ts";
import { head } from "../programme-year.ts";
import type { FigureLine } from "./document.ts";
import { tellEdition } from "./edition.ts";
import { partsOf } from "./freezing.ts";
import { blockHref, chapterHref, editionHref, editionsCrumb, isOpen, readsWithin } from "./page-parts.tsx";
import type { Edition } from "./reads.ts";

/** A figure of an edition in the words of the audit. */
function toldOf(registry: Registry, line: FigureLine): Told[] {
  if (line.value === null) return [];
  const [code] = JSON.parse(line.key) as [string];
  const figure = registry.figure(code);
  const { [head]: programme = "", ...by } = line.filters;
  return [
    {
      code: [line.code, line.restricted, stayText(line)].filter(Boolean).join(", "),
      label: line.label,
      value: line.value,
      unit: line.unit,
      page: line.chapters[0] ?? "",
      programme,
      period: stayText(line),
      by: programme === "" ? by : { ...by, dispositif: programme },
      kind: figure ? kindOf(figure) : "",
      base: line.base,
    },
  ];
}

/** Of what records count, these rules still ask for a look: a rate beside another of another base, a year that leaps. */
const ofRecords = new Set(["bases-differ", "year-jump"]);

/**
 * What does not hold among the figures of an edition. Two numbers that the same records give cannot contradict each other; a number that
 * somebody declares can.
 */
export function findingsOf(registry: Registry, lines: readonly FigureLine[]): Finding[] {
  const counted = new Set<string>();
  const told = lines.flatMap((line) => {
    const stated = toldOf(registry, line);
    if (line.mark === "computed") for (const one of stated) counted.add(one.code);
    return stated;
  });
  return auditTold(told).filter(
    ({ rule, accused, witnesses }) =>
      ofRecords.has(rule) || ![...accused, ...witnesses].every((code) => counted.has(code)),
  );
}

export async function editionAudit(at: At, registry: Registry, all: Registry, edition: Edition): Promise<Answer> {
  const parts = await partsOf(at.tx, edition.id);
  const { document, warnings } = await tellEdition(
    at.tx,
    registry,
    edition,
    parts,
    !readsWithin(at.scope, all, { state: "draft" }),
  );
  const findings = findingsOf(registry, document.figures);
  const blocks = new Map(
    parts.flatMap(({ chapter, blocks: list }) => list.map((block) => [block.id, { chapter, block }])),
  );
  return page({
    title: `Contrôle › ${edition.title}`,
    crumbs: [editionsCrumb, { href: editionHref(edition), label: edition.title }],
    body: (
      <>
        <Heading title="Contrôle de l’édition">
          {plural(document.figures.length, "chiffre", "chiffres")} mis côte à côte, et les textes relus mot à nombre.
        </Heading>
        <DataTable
          caption="Dans les textes"
          rows={warnings}
          rowKey={(_, place) => String(place)}
          empty={<p>Aucune alerte dans les textes.</p>}
          columns={[
            {
              key: "where",
              label: "Chapitre",
              header: true,
              render: (warning) => {
                const found = blocks.get(warning.block);
                if (!found) return "";
                const href = isOpen(edition) ? blockHref(edition, found.block) : chapterHref(found.chapter);
                return <a href={href}>{found.chapter.title}</a>;
              },
            },
            { key: "sentence", label: "Ce qui ne va pas", render: (warning) => warning.sentence },
          ]}
        />
        <Findings findings={findings} caption="Entre les chiffres" />
      </>
    ),
  });
}
