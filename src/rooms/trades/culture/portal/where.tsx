// Where one can go: a line a commune, with how many outings are there and a bar as long as that. No map of somebody else is asked for: it would
// tell who looks. Read by ear as well as by eye, and without colour.
import { plural } from "../../../../ui/words.ts";
import type { CommuneCount } from "./catalogue.ts";

/** `hrefOf`: the outings of one commune. */
export function Where({
  communes,
  chosen,
  hrefOf,
}: {
  communes: readonly CommuneCount[];
  chosen: string;
  hrefOf: (commune: string) => string;
}) {
  const most = Math.max(1, ...communes.map(({ dates }) => dates));
  return (
    <ol class="where">
      {communes.map(({ commune, dates, venues }) => {
        const said = `${plural(dates, "sortie", "sorties")}, ${plural(venues, "lieu", "lieux")}`;
        return (
          <li key={commune ?? ""}>
            {commune ? (
              <a href={hrefOf(commune)} aria-current={commune === chosen ? "true" : undefined}>
                {commune}
              </a>
            ) : (
              <span>Commune inconnue</span>
            )}{" "}
            <span>{said}</span>
            <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
              <rect width={Math.max(1, Math.round((dates / most) * 1000) / 10)} height="4" />
            </svg>
          </li>
        );
      })}
    </ol>
  );
}
