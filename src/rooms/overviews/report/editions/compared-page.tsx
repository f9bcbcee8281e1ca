// What records say otherwise since an edition was frozen: the frozen number, and the one of now.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page, refusal } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { latestFreeze, sinceFreeze } from "./freezing.ts";
import { editionHref, editionsCrumb, hrefsOf, isOpen } from "./page-parts.tsx";
import type { Edition } from "./reads.ts";

export async function comparedPage(at: At, registry: Registry, edition: Edition): Promise<Answer> {
  const freeze = isOpen(edition) ? null : await latestFreeze(at.tx, edition.id);
  if (!freeze) return refusal(409, "Cette édition n’est pas gelée\u00a0: ses chiffres sont ceux de l’instant.");
  const changed = await sinceFreeze(at.tx, registry, edition.id, freeze.number);
  const hrefOf = hrefsOf(freeze.within.figures);
  return page({
    title: `Depuis le gel › ${edition.title}`,
    crumbs: [editionsCrumb, { href: editionHref(edition), label: edition.title }],
    body: (
      <>
        <Heading title="Depuis le gel">
          Gelée le {shortDay(freeze.at.toISOString())}
          {freeze.by ? ` par ${freeze.by}` : ""} avec {plural(freeze.within.figures.length, "chiffre", "chiffres")}. Le
          document ne change pas ; voici ce que les fiches disent autrement aujourd’hui.
        </Heading>
        <DataTable
          caption="Chiffres qui ont changé depuis le gel"
          rows={changed}
          rowKey={(one) => one.key}
          empty={<p>Aucun chiffre n’a changé depuis le gel.</p>}
          columns={[
            {
              key: "label",
              label: "Chiffre",
              header: true,
              render: (one) => <a href={hrefOf(one.key)}>{one.label}</a>,
            },
            { key: "frozen", label: "Gelé", number: true, render: (one) => one.frozen },
            {
              key: "now",
              label: "Aujourd’hui",
              number: true,
              render: (one) => one.now ?? "retiré",
            },
            {
              key: "what",
              label: "Ce qui a changé",
              render: (one) =>
                one.rows
                  ? "le même nombre, sur d’autres fiches"
                  : `depuis le gel : ${one.frozen} → ${one.now ?? "retiré"}`,
            },
            { key: "code", label: "Code", render: (one) => one.code },
          ]}
        />
      </>
    ),
  });
}
