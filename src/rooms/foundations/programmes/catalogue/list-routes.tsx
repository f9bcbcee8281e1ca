// The catalogue as a list, and its export, which the import of programmes reads back.
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { catalogue, type ProgrammeLine } from "./reads.ts";

const exported: readonly ListColumn<ProgrammeLine>[] = [
  { label: "Code", cell: (programme) => programme.code },
  { label: "Intitulé", cell: (programme) => programme.title },
  { label: "Pôle", cell: (programme) => programme.pole },
  // As the import reads them: the exported file may come back.
  { label: "Financeurs", cell: (programme) => programme.funders.join(";") },
];

const spec = {
  right: rights["programme.list"],
  trace: { none: "the catalogue holds no record of anybody" },
};

export function declareCatalogue(routes: Routes): void {
  routes.get("/dispositifs/export.csv", spec, async (at) => csvFile("dispositifs", exported, [await catalogue(at.tx)]));
  routes.get("/dispositifs", spec, async (at) => {
    const programmes = await catalogue(at.tx);
    const writes = may(at.scope, rights["programme.write"]);
    return page({
      title: "Dispositifs",
      body: (
        <>
          <Heading
            title="Dispositifs"
            {...(writes ? { action: { href: "/dispositifs/nouveau", label: "Ajouter un dispositif" } } : {})}
          >
            {plural(programmes.length, "dispositif", "dispositifs")}, par pôle.
          </Heading>
          {programmes.length > 0 ? (
            <p class="no-print">
              <ExportLink
                href="/dispositifs/export.csv"
                count={programmes.length}
                words={["ce dispositif", "dispositif", "dispositifs"]}
              />
            </p>
          ) : null}
          <DataTable
            caption="Dispositifs"
            hideCaption
            rows={programmes}
            rowKey={(programme) => programme.id}
            empty={<p>Aucun dispositif : ajoutez-en un, ou importez la liste de la maison (dispositifs.csv).</p>}
            columns={[
              {
                key: "title",
                label: "Intitulé",
                header: true,
                render: (programme) => (
                  <>
                    <a href={`/dispositifs/${programme.code}`}>{programme.title}</a>
                    {programme.ended_on ? <small> terminé le {shortDay(programme.ended_on)}</small> : null}
                  </>
                ),
              },
              { key: "code", label: "Code", render: (programme) => programme.code },
              { key: "pole", label: "Pôle", render: (programme) => programme.pole },
              { key: "funders", label: "Financeurs", render: (programme) => list(programme.funders) },
            ]}
          />
        </>
      ),
    });
  });
}
