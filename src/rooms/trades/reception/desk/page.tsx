// The page of the desk: on the left the search, or the visit of the one chosen; on the right the day.
import { page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { day, hour, plural } from "../../../../ui/words.ts";
import { lastVisits, visitsToAttach } from "../../../foundations/agenda/door.ts";
import { type PersonLine, PersonSummary } from "../../../foundations/people/door.ts";
import type { DeskFacts } from "./facts.ts";
import { LastVisits } from "./last.tsx";
import { VisitOf, type VisitShown, VisitWithoutLine } from "./visit.tsx";

/** How many people a search shows at the desk: more is read by nobody, a longer name is typed. */
export const mostFound = 8;

export function Results({ typed, found, site }: { typed: string; found: readonly PersonLine[]; site: string }) {
  if (typed.trim().length < 2) return <div id="accueil-resultats" />;
  return (
    <div id="accueil-resultats">
      <p>
        {found.length === 0
          ? "Personne ne correspond."
          : found.length < mostFound
            ? plural(found.length, "personne trouvée", "personnes trouvées")
            : `Les ${mostFound} fiches les plus proches`}
      </p>
      <ul class="results">
        {found.map((person) => (
          <li key={person.id}>
            <a class="row" href={`/accueil?lieu=${site}&personne=${person.id}`} data-pick={person.id}>
              <PersonSummary person={person} />
            </a>
          </li>
        ))}
        <li>
          <a
            class="row"
            href={`/accueil/nouvelle?lieu=${site}&nom=${encodeURIComponent(typed.trim())}`}
            data-also={found.length > 0 ? "1" : undefined}
          >
            Nouvelle personne : « {typed.trim()} »
          </a>
        </li>
      </ul>
    </div>
  );
}

function Search({ desk, typed, found }: { desk: DeskFacts; typed: string; found: readonly PersonLine[] }) {
  return (
    <div id="accueil-saisie" class="desk-now">
      <live-search fragment="accueil-resultats">
        <form action="/accueil" method="get" role="search">
          <input type="hidden" name="lieu" value={desk.site.id} />
          <div class="field">
            <label for="q">Qui est là ?</label>
            <p class="hint" id="q-aide">
              Nom, prénom, date de naissance ou téléphone, puis Entrée. Entrée seule : sans nom.
            </p>
            <input
              id="q"
              name="q"
              type="search"
              value={typed}
              autoComplete="off"
              autofocus
              aria-describedby="q-aide"
              data-key="/"
            />
          </div>
          <div class="submit">
            <button type="submit" class="second">
              Chercher
            </button>
            <a href={`/accueil?lieu=${desk.site.id}&sansnom=1`} data-key="s" data-unnamed="1" data-enter="1">
              Sans nom<kbd>s</kbd>
            </a>
            <a href={`/accueil/groupe?lieu=${desk.site.id}`} data-key="g">
              Groupe<kbd>g</kbd>
            </a>
            <a href={`/accueil/nouvelle?lieu=${desk.site.id}`} data-key="n">
              Nouvelle personne<kbd>n</kbd>
            </a>
          </div>
        </form>
        <Results typed={typed} found={found} site={desk.site.id} />
      </live-search>
    </div>
  );
}

function SiteChoice({ desk }: { desk: DeskFacts }) {
  if (desk.all.length < 2) return null;
  return (
    <form method="get" action="/accueil" class="filters">
      <div class="field">
        <label for="lieu">Lieu</label>
        <select id="lieu" name="lieu">
          {desk.all.map((site) => (
            <option key={site.id} value={site.id} selected={site.id === desk.site.id}>
              {site.name}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="second">
        Changer de lieu
      </button>
    </form>
  );
}

export async function deskPage(
  at: At<unknown>,
  desk: DeskFacts,
  shown: { typed?: string; found?: readonly PersonLine[]; visit?: VisitShown; status?: number },
) {
  const { visits, count } = await lastVisits(at.tx, desk.site.id, at.tx.today);
  const toAttach = await visitsToAttach(at.tx, [desk.site.id]);
  return page({
    title: "Accueil",
    status: shown.status ?? 200,
    scripts: ["desk"],
    body: (
      <offline-desk data-account={at.scope.account ?? ""} data-site={desk.site.id} data-day={at.tx.today}>
        <Heading title="Ajouter une visite">
          {desk.site.name}, {day(at.tx.today)}, {hour(desk.now)}
        </Heading>
        <SiteChoice desk={desk} />
        <div id="accueil-reseau" role="status" />
        <div class="desk">
          {shown.visit ? (
            <VisitOf {...shown.visit} />
          ) : (
            <Search desk={desk} typed={shown.typed ?? ""} found={shown.found ?? []} />
          )}
          <div id="accueil-dit" role="status" />
          <LastVisits site={desk.site} visits={visits} count={count} toAttach={toAttach} />
        </div>
        <VisitWithoutLine desk={desk} />
      </offline-desk>
    ),
  });
}
