// The page where a house brings the outlines of its communes.
import { readFile } from "node:fs/promises";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes, Services } from "../../../../core/http/route.ts";
import { cleanFileName, takeIn } from "../../../../core/http/uploads.ts";
import { declareRights } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { mostBytes, type Outline, readOutlines } from "./reading.ts";
import { outlineSources, takeOutlines } from "./records.ts";

export const outlineRights = declareRights({
  "outline.take": { sentence: "donner les contours des communes", roles: ["direction"], held: "house" },
});

export const outlinesPath = "/explorateur/contours";
const title = "Contours des communes";
const refused = {
  "too-large": refusal(413, "Ce fichier dépasse 20\u00a0Mo\u00a0: gardez les communes d’un département ou deux."),
  "no-file": refusal(422, "Choisissez un fichier GeoJSON\u00a0: celui-ci est vide, ou aucun n’a été choisi."),
};
type Taken = { outlines: Outline[]; name: string } | { refusal: string };
const receive = (request: Request, services: Services): Promise<Taken | Answer> =>
  takeIn<Taken>(request, services, mostBytes, refused, async (file) => {
    const outlines = readOutlines(await readFile(file.path));
    return typeof outlines === "string" ? { refusal: outlines } : { outlines, name: cleanFileName(file.name, 120) };
  });

async function outlinesPage(at: At<unknown>, mistake?: string): Promise<Answer> {
  const sources = await outlineSources(at.tx);
  return page({
    title,
    status: mistake === undefined ? 200 : 422,
    crumbs: [{ href: "/explorateur", label: "Explorateur" }],
    ...(mistake === undefined ? {} : { notice: { kind: "error" as const, text: mistake } }),
    body: (
      <>
        <Heading title={title}>
          Une carte par commune se dessine sur les contours officiels, que la maison donne une fois.
        </Heading>
        {sources.length === 0 ? (
          <p class="empty">Aucun contour n’est connu encore.</p>
        ) : (
          <ul>
            {sources.map((one) => (
              <li key={one.source}>
                {one.source}
                {"\u00a0"}: {plural(one.count, "commune", "communes")}, le {shortDay(one.day)}
              </li>
            ))}
          </ul>
        )}
        <form method="post" action={outlinesPath} enctype="multipart/form-data">
          <div class="field">
            <label for="fichier">Fichier GeoJSON</label>
            <p class="hint" id="fichier-aide">
              Par exemple ADMIN EXPRESS de l’IGN (Licence ouverte), réduit à vos communes{"\u00a0"}: chaque contour dit
              son code et son nom. Un contour donné deux fois est remplacé.
            </p>
            <input
              id="fichier"
              name="fichier"
              type="file"
              required
              accept=".json,.geojson,application/geo+json"
              aria-describedby="fichier-aide"
            />
          </div>
          <button type="submit">Donner ces contours</button>
        </form>
      </>
    ),
  });
}

export function declareOutlines(routes: Routes): void {
  const right = outlineRights["outline.take"];
  routes.get(outlinesPath, { right, trace: { none: "outlines of communes hold no record" } }, (at) => outlinesPage(at));
  routes.upload(outlinesPath, { right, trace: "outline.taken", receive }, async (at) => {
    const taken = at.form;
    if ("kind" in taken) return taken;
    if ("refusal" in taken) {
      at.nothingHappened();
      return outlinesPage(at, taken.refusal);
    }
    await takeOutlines(at.tx, taken.outlines, taken.name);
    at.about("report", at.scope.house, { outlines: taken.outlines.length });
    return redirect(outlinesPath, `${plural(taken.outlines.length, "contour est connu", "contours sont connus")}.`);
  });
}
