// The catalogue of programmes, as the house's list gives it: code, title, pole, funders.
import { csvFile, type ListColumn } from "../../../core/exporting/list.ts";
import { page } from "../../../core/http/answer.ts";
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { ExportLink } from "../../../ui/export-link.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { list, plural } from "../../../ui/words.ts";
import { dispositifs } from "./imports.ts";
import { catalogue, type ProgrammeLine } from "./reads.ts";
import { rights } from "./rights.ts";

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

const routes = declareRoutes();
routes.get("/dispositifs/export.csv", spec, async (at) => csvFile("dispositifs", exported, [await catalogue(at.tx)]));
routes.get("/dispositifs", spec, async (at) => {
  const programmes = await catalogue(at.tx);
  return page({
    title: "Dispositifs",
    body: (
      <>
        <Heading title="Dispositifs">{plural(programmes.length, "dispositif", "dispositifs")}, par pôle.</Heading>
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
          empty={<p>Aucun dispositif : importez la liste de la maison (dispositifs.csv).</p>}
          columns={[
            { key: "title", label: "Intitulé", header: true, render: (programme) => programme.title },
            { key: "code", label: "Code", render: (programme) => programme.code },
            { key: "pole", label: "Pôle", render: (programme) => programme.pole },
            { key: "funders", label: "Financeurs", render: (programme) => list(programme.funders) },
          ]}
        />
      </>
    ),
  });
});

export const programmesRoom: Room = {
  name: "programmes",
  uses: ["house"],
  rights,
  routes,
  menu: [{ href: "/dispositifs", label: "Dispositifs", right: rights["programme.list"], order: 50 }],
  imports: [dispositifs],
};
