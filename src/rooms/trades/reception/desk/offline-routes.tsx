// The desk without a line: a page that holds no name of anyone, and the service worker that shows it.
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { agendaRights } from "../../../foundations/agenda/door.ts";
import { deskOf, noSite } from "./facts.ts";
import { FreeName, VisitFields } from "./form.tsx";

/** `workerText` gives the built service worker. */
export function declareOffline(routes: Routes, workerText: () => string): void {
  routes.get(
    "/accueil/hors-ligne",
    { right: agendaRights["visit.record"], trace: { none: "lists and site only, no record of anybody" } },
    async (at) => {
      const desk = await deskOf(at, at.query.lieu);
      if (!desk) return noSite();
      return page({
        title: "Accueil sans réseau",
        scripts: ["offline-form"],
        bare: true,
        body: (
          <>
            <Heading title="Pas de réseau">
              Notez les visites ici : elles restent sur ce poste et partiront quand le réseau reviendra.
            </Heading>
            <p id="hors-ligne-dit" role="status" />
            <form data-offline={at.scope.account ?? ""} method="post" action="/accueil/visites">
              <FreeName />
              <VisitFields desk={desk} timed={false} />
              <div class="submit">
                <button type="submit">Garder la visite</button>
                <a href="/accueil">Réessayer</a>
              </div>
            </form>
          </>
        ),
      });
    },
  );
  // At the root: a service worker answers for the addresses below its own, and the desk is one of them.
  routes.openGet("/hors-ligne.js", { right: "anyone", trace: { none: "a program, no record" } }, () => ({
    kind: "file",
    stream: workerText(),
    name: "hors-ligne.js",
    type: "text/javascript; charset=utf-8",
    inline: true,
  }));
}
