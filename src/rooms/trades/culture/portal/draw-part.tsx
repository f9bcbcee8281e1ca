// What a structure reads of a draw on the page of an outing and of its own request: until when to ask, the rule, the print that was published,
// then the seed and what came of its own requests.
import { Facts } from "../../../../ui/figures.tsx";
import { number, plural } from "../../../../ui/words.ts";
import { fromWords, lineWords, type SeenDraw, type SeenLine, untilWords } from "../draws/seen.ts";

/** The rule in plain words; its numbers are on the page of the result. */
export const drawRule =
  "Toutes les demandes faites à temps sont tirées au sort, quel que soit leur ordre d’arrivée. Une structure qui a déjà eu beaucoup de places cette saison passe plus souvent après les autres. Un groupe qui ne tient pas en entier dans les places qui restent est passé.";

export const DrawFacts = ({ draw, zone }: { draw: SeenDraw; zone: string }) => (
  <Facts
    facts={[
      { label: "Demandes", value: `du ${fromWords(zone, draw.opensAt)} au ${untilWords(zone, draw.closesAt)}` },
      { label: draw.drawnAt ? "Places tirées" : "Places à tirer", value: number(draw.free) },
      ...(draw.drawnAt ? [{ label: "Tiré", value: `le ${fromWords(zone, draw.drawnAt)}` }] : []),
      {
        label: "Empreinte de la graine, publiée avant les demandes",
        value: <code class="long">{draw.seedPrint}</code>,
      },
      {
        label: "Graine",
        value: draw.seed ? <code class="long">{draw.seed}</code> : "gardée secrète jusqu’au tirage, montrée après",
      },
    ]}
  />
);

/** `own`: the requests of the structure that looks. */
export const DrawPart = ({ draw, zone, own }: { draw: SeenDraw; zone: string; own: readonly SeenLine[] }) => (
  <section>
    <h2>Le tirage au sort</h2>
    <p>{drawRule}</p>
    <DrawFacts draw={draw} zone={zone} />
    {own.length > 0 ? (
      <ul>
        {own.map((line) => (
          <li key={line.id}>
            Votre demande de {plural(line.seats, "place", "places")}
            {"\u00a0"}: rang {number(line.rank)}, {lineWords(line)}.
          </li>
        ))}
      </ul>
    ) : null}
    {draw.drawnAt ? (
      <p>
        <a href={`/espace/sorties/${draw.date}/tirage`}>Toutes les demandes, et comment refaire le tirage</a>
      </p>
    ) : null}
  </section>
);
