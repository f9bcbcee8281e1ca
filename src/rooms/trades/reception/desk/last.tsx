// The day at the site, always in sight: how many came, the last of them, each with the way to mend it.
import { hour, plural } from "../../../../ui/words.ts";
import type { LastVisit, VisitLine } from "../../../foundations/agenda/door.ts";
import type { DeskSite } from "../site.ts";
import { subjectOf, visitorOf } from "../words.ts";

function Line({ visit, site }: { visit: LastVisit; site: DeskSite }) {
  const who = visit.groupSize > 1 ? `Groupe de ${visit.groupSize} personnes` : visitorOf(visit);
  const back = <input type="hidden" name="retour" value={`/accueil?lieu=${site.id}`} />;
  return (
    <li data-visit-line={visit.id}>
      {visit.occurredAt ? <time>{hour(visit.occurredAt)}</time> : <span>–</span>}
      <div class={visit.withdrawn ? "withdrawn" : undefined}>
        <strong>{who}</strong>
        <br />
        {subjectOf(visit)}
        {visit.recordedBy ? <small> · par {visit.recordedBy}</small> : null}
      </div>
      <div class="mend">
        {visit.withdrawn ? <span>retirée : {visit.withdrawn}</span> : null}
        {visit.groupSize > 1 ? (
          <a href={`/visites/${visit.id}`}>
            Voir ou retirer<span class="visually-hidden"> le groupe</span>
          </a>
        ) : visit.withdrawn ? (
          <form class="inline" method="post" action={`/visites/${visit.id}/retour`}>
            {back}
            <button type="submit" class="plain">
              Remettre<span class="visually-hidden"> la visite de {who}</span>
            </button>
          </form>
        ) : (
          <>
            <a href={`/visites/${visit.id}/corriger`}>
              Corriger<span class="visually-hidden"> la visite de {who}</span>
            </a>
            <form class="inline" method="post" action={`/visites/${visit.id}/retrait`}>
              <input type="hidden" name="raison" value="saisie par erreur" />
              {back}
              <button type="submit" class="plain">
                Annuler<span class="visually-hidden"> la visite de {who}</span>
              </button>
            </form>
          </>
        )}
      </div>
    </li>
  );
}

export function LastVisits({
  site,
  visits,
  count,
  toAttach,
}: {
  site: DeskSite;
  visits: readonly LastVisit[];
  count: number;
  toAttach: readonly VisitLine[];
}) {
  return (
    <section id="accueil-dernieres" class="desk-day" aria-labelledby="dernieres">
      <h2 id="dernieres">
        <strong>{count}</strong> {count < 2 ? "visite" : "visites"} aujourd’hui, {site.name}
      </h2>
      {toAttach.length > 0 ? (
        <div class="notice notice-warn">
          <strong>À rattacher</strong>
          {plural(toAttach.length, "visite notée", "visites notées")} pendant une coupure :{" "}
          {toAttach.length < 2 ? "une fiche à trouver." : "leurs fiches à trouver."}
          <ul>
            {toAttach.map((visit) => (
              <li key={visit.id}>
                <a href={`/visites/${visit.id}/rattacher`}>{visit.nameToAttach}</a>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {visits.length === 0 ? (
        <p class="empty">Personne encore. La première visite se note ici : un nom, un motif, Entrée.</p>
      ) : (
        <ol class="last" aria-label="Dernières visites">
          {visits.map((visit) => (
            <Line key={visit.id} visit={visit} site={site} />
          ))}
        </ol>
      )}
      {visits.length > 0 ? (
        <p class="no-print">
          <a href={`/visites?lieu=${site.id}`}>Toutes les visites</a>
        </p>
      ) : null}
    </section>
  );
}
