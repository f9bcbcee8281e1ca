// The page of the desk: the search, the visit of the one chosen, the last visits.
import { page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { ErrorSummary, RadioField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { dayWithoutWeekday, hour, plural } from "../../../../ui/words.ts";
import { lastVisits, visitsToAttach } from "../../../foundations/agenda/door.ts";
import { type PersonLine, PersonSummary } from "../../../foundations/people/door.ts";
import { type DeskFacts, VisitFields } from "./form.tsx";
import { LastVisits } from "./last.tsx";

export function Results({ typed, found, site }: { typed: string; found: readonly PersonLine[]; site: string }) {
  const searching = typed.trim().length >= 2;
  return (
    <div id="accueil-resultats">
      {searching ? (
        <p role="status">
          {found.length === 0
            ? "Personne ne correspond."
            : plural(found.length, "personne trouvée", "personnes trouvées")}
        </p>
      ) : null}
      {searching ? (
        <ul class="results">
          {found.map((person) => (
            <li key={person.id}>
              <a class="row" href={`/accueil?lieu=${site}&personne=${person.id}`} data-pick={person.id}>
                <PersonSummary person={person} />
              </a>
            </li>
          ))}
          <li>
            <a class="row" href={`/accueil/nouvelle?lieu=${site}&nom=${encodeURIComponent(typed.trim())}`}>
              Nouvelle personne
            </a>
          </li>
        </ul>
      ) : null}
    </div>
  );
}

export function VisitOf({
  desk,
  person,
  name,
  keyed,
  values,
  mistakes,
}: {
  desk: DeskFacts;
  person: string | null;
  name: string;
  keyed: string;
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
}) {
  return (
    <form id="accueil-saisie" method="post" action="/accueil/visites" data-visit={name} class="visit">
      <h2>Visite de {name}</h2>
      <ErrorSummary fields={mistakes ?? {}} />
      <input type="hidden" name="key" value={keyed} />
      {person ? (
        <input type="hidden" name="personne" value={person} />
      ) : (
        <RadioField
          name="sexe"
          label="Compter comme"
          inline
          value={values?.sexe ?? ""}
          options={[
            { value: "", label: "Non précisé" },
            { value: "F", label: "Femme" },
            { value: "M", label: "Homme" },
          ]}
        />
      )}
      <VisitFields desk={desk} {...(values ? { values } : {})} {...(mistakes ? { mistakes } : {})} />
      <div class="submit">
        <button type="submit">Noter la visite</button>
        <a href={`/accueil?lieu=${desk.site.id}`}>Chercher quelqu’un d’autre</a>
      </div>
    </form>
  );
}

export async function deskPage(
  at: At<unknown>,
  desk: DeskFacts,
  shown: { typed?: string; found?: readonly PersonLine[]; visit?: Parameters<typeof VisitOf>[0]; status?: number },
) {
  const { visits, count } = await lastVisits(at.tx, desk.site.id, at.tx.today);
  const toAttach = await visitsToAttach(at.tx, [desk.site.id]);
  const typed = shown.typed ?? "";
  return page({
    title: "Accueil",
    status: shown.status ?? 200,
    scripts: ["desk"],
    body: (
      <offline-desk>
        <Heading title="Ajouter une visite">
          {desk.site.name}, {dayWithoutWeekday(at.tx.today)}, {hour(desk.now)}
        </Heading>
        <div id="accueil-reseau" role="status" />
        <div id="accueil-dit" role="status" />
        {desk.all.length > 1 ? (
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
        ) : null}
        {shown.visit ? (
          <VisitOf {...shown.visit} />
        ) : (
          <div id="accueil-saisie">
            <live-search fragment="accueil-resultats">
              <form action="/accueil" method="get" role="search">
                <input type="hidden" name="lieu" value={desk.site.id} />
                <div class="field">
                  <label for="q">Qui est là ?</label>
                  <p class="hint" id="q-aide">
                    Nom, prénom, date de naissance ou téléphone, puis flèche et Entrée
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
                <div class="submit">
                  <button type="submit" class="second">
                    Chercher
                  </button>
                  <a href={`/accueil?lieu=${desk.site.id}&sansnom=1`} data-key="s">
                    Sans nom
                  </a>
                  <a href={`/accueil/groupe?lieu=${desk.site.id}`} data-key="g">
                    Groupe
                  </a>
                  <a href={`/accueil/nouvelle?lieu=${desk.site.id}`} data-key="n">
                    Nouvelle personne
                  </a>
                </div>
              </form>
              <Results typed={typed} found={shown.found ?? []} site={desk.site.id} />
            </live-search>
          </div>
        )}
        <LastVisits site={desk.site} visits={visits} count={count} toAttach={toAttach} />
      </offline-desk>
    ),
  });
}
