// The search: one box, results while typing, the same page without scripts.
import { fragment, page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { findPersons, type PersonLine } from "../reads.ts";
import { rights } from "../rights.ts";
import { PersonSummary } from "./line.tsx";

const shown = 25;

const told = (count: number): string =>
  count === 0
    ? "Personne ne correspond."
    : count > shown
      ? `Les ${shown} personnes les plus proches. Précisez pour voir les autres.`
      : `${plural(count, "personne trouvée", "personnes trouvées")}.`;

function Results({ typed, found, writes }: { typed: string; found: readonly PersonLine[]; writes: boolean }) {
  return (
    <div id="personnes-resultats">
      {typed.trim().length < 2 ? (
        <p class="empty">Tapez un nom, une date de naissance, un téléphone ou un ancien numéro.</p>
      ) : (
        <>
          <p role="status">{told(found.length)}</p>
          <ul class="results">
            {found.slice(0, shown).map((person) => (
              <li key={person.id}>
                <a class="row" href={`/personnes/${person.id}`}>
                  <PersonSummary person={person} />
                </a>
              </li>
            ))}
          </ul>
          {found.length === 0 && writes ? (
            <p>
              <a href={`/personnes/nouvelle?nom=${encodeURIComponent(nameIn(typed))}`}>Créer sa fiche</a>
            </p>
          ) : null}
        </>
      )}
    </div>
  );
}

/** What of a search may be a family name, for the form of a new file. */
const nameIn = (typed: string): string => (/\d/.test(typed) ? "" : typed.trim().slice(0, 120));

export function declareSearch(routes: Routes): void {
  routes.get("/personnes", { right: rights["person.search"], trace: "person.searched" }, async (at) => {
    const typed = (at.query.q ?? "").slice(0, 200);
    const found = typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, shown + 1);
    if (typed.trim().length < 2) at.nothingHappened();
    const results = <Results typed={typed} found={found} writes={may(at.scope, rights["person.write"])} />;
    if (at.fragment === "personnes-resultats") return fragment(results);
    return page({
      title: "Personnes",
      body: (
        <>
          <Heading
            title="Personnes"
            {...(may(at.scope, rights["person.write"])
              ? { action: { href: "/personnes/nouvelle", label: "Nouvelle fiche" } }
              : {})}
          />
          <live-search fragment="personnes-resultats">
            <form action="/personnes" method="get" role="search">
              <div class="field">
                <label for="q">Chercher</label>
                <p class="hint" id="q-aide">
                  Nom et prénom dans n’importe quel ordre, date de naissance, téléphone, ancien numéro
                </p>
                <input
                  id="q"
                  name="q"
                  type="search"
                  value={typed}
                  autoComplete="off"
                  autofocus
                  aria-describedby="q-aide"
                />
              </div>
              <button type="submit" class="second">
                Chercher
              </button>
            </form>
            {results}
          </live-search>
          {may(at.scope, rights["person.list"]) ? (
            <p class="no-print">
              <a href="/personnes/liste">Toutes les personnes, par filtres</a>
            </p>
          ) : null}
        </>
      ),
    });
  });
}
