// The last visits of the site, always in sight, each with the way to mend it.
import { DataTable } from "../../../../ui/table.tsx";
import { hour, plural } from "../../../../ui/words.ts";
import type { VisitLine } from "../../../foundations/agenda/door.ts";
import type { DeskSite } from "../site.ts";
import { subjectOf, visitorOf } from "../words.ts";

export function LastVisits({
  site,
  visits,
  count,
  toAttach,
}: {
  site: DeskSite;
  visits: readonly VisitLine[];
  count: number;
  toAttach: readonly VisitLine[];
}) {
  return (
    <section id="accueil-dernieres" aria-labelledby="dernieres">
      {toAttach.length > 0 ? (
        <div class="notice notice-warn">
          <strong>À rattacher</strong>
          {plural(toAttach.length, "visite notée", "visites notées")} pendant une coupure attendent leur fiche.
          <ul>
            {toAttach.map((visit) => (
              <li key={visit.id}>
                <a href={`/visites/${visit.id}/rattacher`}>{visit.nameToAttach}</a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <h2 id="dernieres">
        Aujourd’hui à {site.name} : {plural(count, "visite", "visites")}
      </h2>
      <DataTable
        caption="Dernières visites"
        hideCaption
        rows={visits}
        rowKey={(visit) => visit.id}
        empty={<p>Aucune visite aujourd’hui. La première se note ci-dessus : un nom, un motif, Entrée.</p>}
        columns={[
          { key: "hour", label: "Heure", render: (visit) => (visit.occurredAt ? hour(visit.occurredAt) : "–") },
          {
            key: "who",
            label: "Qui",
            header: true,
            render: (visit) => <span class={visit.withdrawn ? "withdrawn" : undefined}>{visitorOf(visit)}</span>,
          },
          { key: "why", label: "Motif", render: subjectOf },
          { key: "by", label: "Notée par", render: (visit) => visit.recordedBy ?? "–" },
          {
            key: "mend",
            label: "Corriger",
            render: (visit) =>
              visit.withdrawn ? (
                <>retirée : {visit.withdrawn}</>
              ) : (
                <>
                  <a href={`/visites/${visit.id}/corriger`}>Corriger</a>
                  <form class="inline" method="post" action={`/visites/${visit.id}/retrait`}>
                    <input type="hidden" name="raison" value="saisie par erreur" />
                    <input type="hidden" name="retour" value={`/accueil?lieu=${site.id}`} />
                    <button type="submit" class="plain">
                      Annuler<span class="visually-hidden"> la visite de {visitorOf(visit)}</span>
                    </button>
                  </form>
                </>
              ),
          },
        ]}
      />
    </section>
  );
}
