// The search: one box, results while typing, the same page without scripts; and the same search for programs.
import { z } from "zod";
import { fragment, page } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { findPersons, type PersonLine } from "../reads.ts";
import { rights } from "../rights.ts";
import { PersonSummary } from "./line.tsx";

function Results({ typed, found }: { typed: string; found: readonly PersonLine[] }) {
  return (
    <div id="personnes-resultats">
      {typed.trim().length < 2 ? (
        <p class="empty">Tapez un nom, une date de naissance, un téléphone ou un ancien numéro.</p>
      ) : (
        <>
          <p role="status">
            {found.length === 0
              ? "Personne ne correspond."
              : `${plural(found.length, "personne trouvée", "personnes trouvées")}.`}
          </p>
          <ul class="results">
            {found.map((person) => (
              <li key={person.id}>
                <a class="row" href={`/personnes/${person.id}`}>
                  <PersonSummary person={person} />
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

const PersonShape = z.object({
  id: z.string(),
  code: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  birthDate: z.string().nullable(),
  communeName: z.string().nullable(),
  lastContactOn: z.string().nullable(),
});

export function declareSearch(routes: Routes): void {
  routes.get("/personnes", { right: rights["person.search"], trace: "person.searched" }, async (at) => {
    const typed = (at.query.q ?? "").slice(0, 200);
    const found = typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, 25);
    if (typed.trim().length < 2) at.nothingHappened();
    if (at.fragment === "personnes-resultats") return fragment(<Results typed={typed} found={found} />);
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
            <Results typed={typed} found={found} />
          </live-search>
        </>
      ),
    });
  });

  routes.api(
    "GET",
    "/api/v1/persons",
    {
      right: rights["person.search"],
      trace: "person.searched",
      summary: "Cherche des personnes : nom, date de naissance, téléphone, identifiant.",
      query: z.object({ q: z.string().min(2).max(200), most: z.coerce.number().int().min(1).max(50).default(20) }),
      answer: z.object({ persons: z.array(PersonShape) }),
    },
    async (at) => ({ persons: await findPersons(at.tx, at.form.q, at.form.most) }),
  );
}
