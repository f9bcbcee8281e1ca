// The catalogue of programmes, as the house's list gives it: code, title, pole, funders.
import { page } from "../../../core/http/answer.ts";
import { declareRoutes } from "../../../core/http/route.ts";
import type { Room } from "../../../core/room.ts";
import { Heading } from "../../../ui/heading.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { list, plural } from "../../../ui/words.ts";
import { dispositifs } from "./imports.ts";
import { rights } from "./rights.ts";
import type { ProgrammesTables } from "./tables.ts";

const routes = declareRoutes();
routes.get(
  "/dispositifs",
  { right: rights["programme.list"], trace: { none: "the catalogue holds no record of anybody" } },
  async (at) => {
    const programmes = await at.tx
      .on<ProgrammesTables>()
      .selectFrom("programmes.programmes")
      .select(["id", "code", "title", "pole", "funders"])
      .where("house_id", "=", at.scope.house)
      .orderBy("pole")
      .orderBy("title")
      .execute();
    return page({
      title: "Dispositifs",
      body: (
        <>
          <Heading title="Dispositifs">{plural(programmes.length, "dispositif", "dispositifs")}, par pôle.</Heading>
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
  },
);

export const programmesRoom: Room = {
  name: "programmes",
  uses: ["house"],
  rights,
  routes,
  menu: [{ href: "/dispositifs", label: "Dispositifs", right: rights["programme.list"], order: 50 }],
  imports: [dispositifs],
};
