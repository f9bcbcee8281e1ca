// Finding an outing: filters that a worker has in mind, by day, by commune or on a calendar. Plain forms and links: a phone in a waiting
// room, scripts off.
import type { ComponentChildren } from "preact";
import { SelectField, TextField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { day, hour, monthName, plural } from "../../../../ui/words.ts";
import { type Access, accessWords } from "../words.ts";
import { type CommuneCount, childWords, type Filters, type Found, pageSize, whenWords } from "./catalogue.ts";
import { Where } from "./where.tsx";

export const views = ["jour", "commune", "ou", "calendrier"] as const;
export type View = (typeof views)[number];
const viewWords: Readonly<Record<View, string>> = {
  jour: "Par jour",
  commune: "Par commune",
  ou: "Où",
  calendrier: "Calendrier",
};
const nbsp = "\u00a0";

/** The address of the page with these filters; what says nothing is left out. */
export function hrefOf(filters: Filters, more: { vue?: View; page?: number } = {}): string {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(filters)) if (value) words.set(key, value);
  if (more.vue && more.vue !== "jour") words.set("vue", more.vue);
  if (more.page) words.set("page", String(more.page + 1));
  const text = words.toString();
  return `/espace/sorties${text ? `?${text}` : ""}`;
}

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));
const plain = (texts: readonly string[]) => texts.map((text) => ({ value: text, label: text }));

/** "dès 6 ans", "de 6 à 10 ans". */
export const ageWords = ({ fromAge, toAge }: Pick<Found, "fromAge" | "toAge">): string => {
  if (fromAge !== null && toAge !== null) return `de ${fromAge} à ${toAge}${nbsp}ans`;
  if (fromAge !== null && fromAge > 0) return `dès ${fromAge}${nbsp}ans`;
  return toAge === null ? "" : `jusqu’à ${toAge}${nbsp}ans`;
};
export const accessLabels = (access: readonly Access[]): string[] => access.map((one) => accessWords[one]);
export const freeWords = (found: Pick<Found, "free" | "way" | "drawn">): string =>
  found.way === "draw"
    ? found.drawn
      ? "tirage fait, liste d’attente"
      : "par tirage au sort"
    : found.free === 0
      ? "complet, liste d’attente"
      : plural(found.free, "place", "places");

const Line = ({ found, byCommune }: { found: Found; byCommune: boolean }) => (
  <li>
    <a class="row" href={`/espace/sorties/${found.id}`}>
      <span>
        <strong>{found.title}</strong> {found.venue}
        {found.commune && !byCommune ? `, ${found.commune}` : ""}
      </span>{" "}
      <small>
        {[
          byCommune ? day(found.day) : "",
          found.at ? hour(found.at) : "",
          found.genre,
          ageWords(found),
          ...accessLabels(found.access),
          freeWords(found),
          found.own > 0 ? `vous y avez déjà ${plural(found.own, "place", "places")}` : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
    </a>
  </li>
);

/** The months of the dates found, a table each: the days that have some lead to them. */
function Calendar({ days, filters }: { days: readonly { day: string; dates: number }[]; filters: Filters }) {
  const months = Map.groupBy(days, (one) => one.day.slice(0, 7));
  return (
    <>
      {[...months].map(([month, inside]) => {
        const counts = new Map(inside.map((one) => [one.day, one.dates]));
        const [year = 0, number = 1] = month.split("-").map(Number);
        const first = (new Date(Date.UTC(year, number - 1, 1)).getUTCDay() + 6) % 7;
        const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
        const cells = [
          ...Array.from({ length: first }, () => null),
          ...Array.from({ length }, (_, at) => `${month}-${String(at + 1).padStart(2, "0")}`),
        ];
        const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, at) => cells.slice(at * 7, at * 7 + 7));
        return (
          <table key={month} class="month">
            <caption>{monthName(month)}</caption>
            <thead>
              <tr>
                {["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map((week, at) => (
                <tr key={`${month}-${at}`}>
                  {week.map((one, place) => {
                    const count = one ? (counts.get(one) ?? 0) : 0;
                    return (
                      <td key={one ?? `${month}-${at}-${place}`}>
                        {one && count > 0 ? (
                          <a
                            href={hrefOf({ ...filters, jour: one })}
                            aria-label={`${day(one)}, ${plural(count, "sortie", "sorties")}`}
                          >
                            {Number(one.slice(8))} <small>({count})</small>
                          </a>
                        ) : one ? (
                          Number(one.slice(8))
                        ) : null}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        );
      })}
    </>
  );
}

const none: Filters = { q: "", quand: "", enfants: "", commune: "", genre: "", acces: "", jour: "" };
/** What a worker asks most often, in one click. */
const quick: readonly { label: string; more: Partial<Filters> }[] = [
  { label: "Cette semaine", more: { quand: "semaine" } },
  { label: "La semaine prochaine", more: { quand: "suivante" } },
  { label: "Avec des enfants", more: { enfants: "8" } },
  { label: "Sans marche", more: { acces: "step-free" } },
];

export type FindProps = {
  filters: Filters;
  view: View;
  page: number;
  rows: readonly Found[];
  count: number;
  days: readonly { day: string; dates: number }[];
  /** Where the dates are; asked for by the view « Où ». */
  places: readonly CommuneCount[];
  communes: readonly string[];
  genres: readonly string[];
  /** Whom to speak with, where the territory was handed over. */
  contact: { territory: string; structure: string; phone: string | null; email: string | null } | null;
  /** Places that wait for its answer. */
  offered: ComponentChildren;
  /** Why this structure may not book today; null: it may. */
  barred: string | null;
};

export function FindPage({
  filters,
  view,
  page,
  rows,
  count,
  days,
  places,
  communes,
  genres,
  contact,
  offered,
  barred,
}: FindProps) {
  const byCommune = view === "commune";
  const groups = Map.groupBy(rows, (row) => (byCommune ? (row.commune ?? "Commune inconnue") : day(row.day)));
  const counted = plural(count, "sortie", "sorties");
  return (
    <>
      <Heading title="Sorties">{barred ?? `${counted} à réserver pour les personnes que vous accompagnez.`}</Heading>
      {offered}
      {contact ? (
        <p>
          Une question, une aide{nbsp}? {contact.structure} s’occupe du territoire {contact.territory}
          {[contact.phone, contact.email].filter(Boolean).map((way) => `, ${way}`)}.
        </p>
      ) : null}
      <nav class="pager" aria-label="Recherches fréquentes">
        {quick.map(({ label, more }) => (
          <a
            key={label}
            href={hrefOf({ ...none, ...more }, { vue: view })}
            aria-current={hrefOf(filters) === hrefOf({ ...none, ...more }) ? "true" : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <details open={Object.values(filters).some((value) => value !== "")}>
        <summary>Chercher et filtrer</summary>
        <form method="get" action="/espace/sorties" class="filters">
          {view === "jour" ? null : <input type="hidden" name="vue" value={view} />}
          <TextField name="q" label="Titre ou lieu" type="search" value={filters.q} maxlength={80} />
          <SelectField name="quand" label="Quand" empty="tout" value={filters.quand} options={optionsOf(whenWords)} />
          <SelectField
            name="enfants"
            label="Avec des enfants"
            empty="peu importe"
            value={filters.enfants}
            options={optionsOf(childWords)}
          />
          <SelectField
            name="commune"
            label="Commune"
            empty="toutes"
            value={filters.commune}
            options={plain(communes)}
          />
          <SelectField name="genre" label="Genre" empty="tous" value={filters.genre} options={plain(genres)} />
          <SelectField
            name="acces"
            label="Accessibilité"
            empty="peu importe"
            value={filters.acces}
            options={optionsOf(accessWords)}
          />
          <button type="submit" class="second">
            Chercher
          </button>
        </form>
      </details>
      <nav class="pager" aria-label="Affichage">
        {(Object.keys(viewWords) as View[]).map((one) => (
          <a
            key={one}
            href={hrefOf({ ...filters, jour: "" }, { vue: one })}
            aria-current={one === view ? "page" : undefined}
          >
            {viewWords[one]}
          </a>
        ))}
      </nav>
      {filters.jour ? (
        <p>
          Le {day(filters.jour)} seulement. <a href={hrefOf({ ...filters, jour: "" }, { vue: view })}>Tous les jours</a>
        </p>
      ) : null}
      {count === 0 && days.length === 0 && places.length === 0 ? (
        <p class="empty">Aucune sortie ne correspond{nbsp}: élargissez la recherche, ou revenez demain.</p>
      ) : null}
      {view === "calendrier" ? (
        <Calendar days={days} filters={filters} />
      ) : view === "ou" ? (
        <Where communes={places} chosen={filters.commune} hrefOf={(commune) => hrefOf({ ...filters, commune })} />
      ) : (
        <>
          {[...groups].map(([title, lines]) => (
            <section key={title}>
              <h2>{title}</h2>
              <ul class="results">
                {lines.map((found) => (
                  <Line key={found.id} found={found} byCommune={byCommune} />
                ))}
              </ul>
            </section>
          ))}
          <Pager
            count={counted}
            first={page > 0 ? hrefOf(filters, { vue: view }) : undefined}
            next={(page + 1) * pageSize < count ? hrefOf(filters, { vue: view, page: page + 1 }) : undefined}
          />
        </>
      )}
    </>
  );
}
