// The desk without a line: a page that holds no name of anyone, and the service worker that shows it.
import { page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { minuteIn } from "../../../../core/time.ts";
import { DateField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { agendaRights, listTerms } from "../../../foundations/agenda/door.ts";
import { deskSites } from "../site.ts";
import { VisitFields } from "./form.tsx";

/** `workerText` gives the built service worker. */
export function declareOffline(routes: Routes, workerText: () => string): void {
  routes.get(
    "/accueil/hors-ligne",
    { right: agendaRights["visit.record"], trace: { none: "lists and site only, no record of anybody" } },
    async (at) => {
      const sites = await deskSites(at.tx, at.query.lieu);
      const terms = sites ? await listTerms(at.tx, { day: at.tx.today, site: sites.site.id }) : [];
      return page({
        title: "Accueil sans réseau",
        scripts: ["offline-form"],
        bare: true,
        body: sites ? (
          <>
            <Heading title="Pas de réseau">
              Notez les visites ici : elles restent sur ce poste et partiront quand le réseau reviendra.
            </Heading>
            <p id="hors-ligne-dit" role="status" />
            <form data-offline="1" method="post" action="/accueil/visites">
              <TextField
                name="nom"
                label="Nom et prénom"
                hint="vide : quelqu’un qui ne donne pas de nom"
                maxlength={160}
                autofocus
              />
              <DateField name="naissance" label="Date de naissance" required={false} />
              <VisitFields
                desk={{ ...sites, terms, today: at.tx.today, now: minuteIn(at.scope.zone, at.services.clock.now()) }}
              />
              <button type="submit">Garder la visite</button>
            </form>
            <p>
              <a href="/accueil">Réessayer</a>
            </p>
          </>
        ) : (
          <p>Aucun lieu.</p>
        ),
      });
    },
  );
  routes.openGet("/accueil-hors-ligne.js", { right: "anyone", trace: { none: "a program, no record" } }, () => ({
    kind: "file",
    stream: workerText(),
    name: "hors-ligne.js",
    type: "text/javascript; charset=utf-8",
    inline: true,
  }));
}
