// The result of a draw for whoever books here: every line, its own marked, none with a name, and the file by which anybody holds the same
// draw again.
import { listFile } from "../../../../core/exporting/list.ts";
import { notFound, page } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { day, hour, plural } from "../../../../ui/words.ts";
import { ownStructure } from "../../../foundations/partners/door.ts";
import { lineWords, mayRead, type SeenDraw, type SeenLine, seenDraw, seenLines } from "../draws/seen.ts";
import { DrawFacts, drawRule } from "./draw-part.tsx";
import { portalRights } from "./rights.ts";

const right = portalRights["own-booking.make"];
const nbsp = "\u00a0";
const gone = () => notFound("Ce tirage");

async function drawnAt(at: At<unknown>): Promise<{ draw: SeenDraw; lines: SeenLine[] } | null> {
  const id = at.params.date ?? "";
  const structure = await ownStructure(at.tx, right);
  const draw = structure && isUuid(id) && (await mayRead(at.tx, id, structure.id)) ? await seenDraw(at.tx, id) : null;
  return structure && draw?.drawnAt ? { draw, lines: await seenLines(at.tx, id, structure.id) } : null;
}

export function declareOwnDraws(routes: Routes): void {
  routes.get(
    "/espace/sorties/:date/tirage",
    { right, trace: { none: "the result of a draw, published to all who could ask" } },
    async (at) => {
      const known = await drawnAt(at);
      if (!known) return gone();
      const { draw, lines } = known;
      const base = `/espace/sorties/${draw.date}`;
      return page({
        title: `Tirage : ${draw.title}`,
        crumbs: [{ href: "/espace/sorties", label: "Sorties" }],
        body: (
          <>
            <Heading title={`Tirage : ${draw.title}`}>
              {day(draw.day)}
              {draw.at ? ` à ${hour(draw.at)}` : ""}
            </Heading>
            <p>{drawRule}</p>
            <DrawFacts draw={draw} zone={at.scope.zone} />
            <DataTable
              caption="Toutes les demandes, sans aucun nom"
              rows={lines}
              rowKey={(line) => line.id}
              empty={<p>Personne n’avait demandé de place.</p>}
              columns={[
                { key: "rang", label: "Rang", number: true, header: true, render: (line) => line.rank },
                { key: "qui", label: "De qui", render: (line) => (line.own ? "votre structure" : "une autre") },
                { key: "places", label: "Places", number: true, render: (line) => line.seats },
                { key: "servies", label: "Déjà servies", number: true, render: (line) => line.served },
                { key: "resultat", label: "Résultat", render: lineWords },
              ]}
            />
            <h2>Refaire le tirage</h2>
            <p>
              <a href={`${base}/tirage/export.csv`}>{plural(lines.length, "demande", "demandes")} en CSV</a>
            </p>
            <p>
              Chaque demande reçoit un nombre{nbsp}: les douze premiers chiffres hexadécimaux de SHA-256 («{nbsp}
              graine:demande{nbsp}»). Il est multiplié par 1 plus les places déjà servies à sa structure cette saison.
              Le plus petit passe d’abord. L’empreinte publiée avant les demandes est SHA-256 de la graine{nbsp}:
              personne n’a pu la changer.
            </p>
          </>
        ),
      });
    },
  );

  routes.get("/espace/sorties/:date/tirage/export.csv", { right, trace: "own-draw.exported" }, async (at) => {
    const known = await drawnAt(at);
    if (!known) return gone();
    at.about("date", known.draw.date);
    return listFile(
      "csv",
      { name: `tirage-${known.draw.day}`, sheet: "Tirage", readMe: [] },
      [
        { label: "demande", cell: (line: SeenLine) => line.id },
        { label: "places", cell: (line: SeenLine) => line.seats },
        { label: "deja_servies", cell: (line: SeenLine) => line.served },
        { label: "rang", cell: (line: SeenLine) => line.rank },
        { label: "retenue", cell: (line: SeenLine) => (line.given ? "oui" : "non") },
      ],
      [known.lines],
    );
  });
}
