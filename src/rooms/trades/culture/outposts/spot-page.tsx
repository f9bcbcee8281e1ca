// The page that a volunteer holds in the hand: who is met, counted by large buttons; places asked for somebody; a need noted. Plain forms,
// each with its key: pressed twice, counted once.
import { page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { CheckboxField, ErrorSummary, SelectField, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { structureById } from "../../../foundations/partners/door.ts";
import { findDates, readFilters } from "../portal/catalogue.ts";
import { freeWords } from "../portal/find-page.tsx";
import { momentOf } from "./action-routes.tsx";
import { actionsCrumb } from "./plan-routes.tsx";
import { type Action, type MetCounts, metOf, totalOf } from "./reads.ts";
import { metWords } from "./words.ts";

export type SpotForm = "met" | "places" | "note";
/** Which form was sent back, and why. */
export type Wrong = { form: SpotForm; fields: Readonly<Record<string, string>>; status?: number };

/** Whom the host may book for: the dates that it may have, the soonest first. */
async function datesFor(at: At<unknown>, hostId: string | null) {
  const host = hostId ? await structureById(at.tx, hostId) : null;
  if (!host) return [];
  const { rows } = await findDates(at.tx, host, readFilters({}), { page: 0, byCommune: false });
  return rows.map((found) => ({
    value: found.id,
    label: [
      `${shortDay(found.day)}${found.at ? ` ${hour(found.at)}` : ""}`,
      found.title,
      found.venue,
      freeWords(found),
    ].join(" · "),
  }));
}

function Counting({
  base,
  counts,
  nextKey,
  mistakes,
}: {
  base: string;
  counts: MetCounts;
  nextKey: string;
  mistakes: Readonly<Record<string, string>>;
}) {
  const buttons = [
    { value: "F", sex: "F", label: "+ une femme" },
    { value: "M", sex: "M", label: "+ un homme" },
    { value: "sans", sex: "", label: "+ sans précision" },
  ] as const;
  return (
    <form method="post" action={`${base}/rencontres`} class="counting" data-spot="met">
      <h2>
        Rencontres{"\u00a0"}: <output data-spot-total>{totalOf(counts)}</output>
      </h2>
      <input type="hidden" name="key" value={nextKey} />
      <div class="presses">
        {buttons.map(({ value, sex, label }) => (
          <button key={value} type="submit" name="qui" value={value}>
            <strong data-spot-count={value}>{counts[sex]}</strong>
            <span>{label}</span>
          </button>
        ))}
      </div>
      <details open={mistakes.combien !== undefined}>
        <summary>Plusieurs à la fois, ou une erreur</summary>
        <TextField
          name="combien"
          label="Combien à chaque appui"
          inputmode="numeric"
          width="short"
          value="1"
          error={mistakes.combien}
        />
        <p class="submit">
          {buttons.map(({ value, sex }) => (
            <button key={value} type="submit" name="qui" value={`moins-${value}`} class="second">
              {`− ${metWords[sex].one}`}
            </button>
          ))}
        </p>
      </details>
    </form>
  );
}

export async function spotPage(at: At<unknown>, action: Action, wrong: Wrong | null = null) {
  const { tx } = at;
  const [met, dates] = await Promise.all([metOf(tx, action.id), datesFor(at, action.hostId)]);
  const base = `/culture/actions/${action.id}`;
  const values = (form: SpotForm): Record<string, string | undefined> =>
    wrong?.form === form ? Object.fromEntries(Object.entries(at.typed).map(([name, list]) => [name, list[0]])) : {};
  const said = (form: SpotForm): Readonly<Record<string, string>> => (wrong?.form === form ? wrong.fields : {});
  const [places, placesSaid] = [values("places"), said("places")];
  const field = (name: string) => ({ name, value: places[name], error: placesSaid[name] });
  return page({
    title: "Sur place",
    status: wrong ? (wrong.status ?? 422) : 200,
    crumbs: [actionsCrumb, { href: base, label: action.title }],
    scripts: ["sur-place"],
    body: (
      <outpost-spot
        data-session={action.id}
        data-day={action.day}
        data-account={at.scope.account ?? ""}
        data-at={String(tx.clock.now().getTime())}
      >
        <Heading title={action.title}>{[momentOf(action), action.host ?? action.place].join(", ")}</Heading>
        <div id="spot-reseau" role="status" />
        <p id="spot-dit" role="status" />
        <ErrorSummary fields={wrong?.fields ?? {}} />
        <Counting base={base} counts={met.all} nextKey={tx.ids.uuid()} mistakes={said("met")} />
        <details open={wrong?.form === "places"}>
          <summary>Réserver des places</summary>
          {action.host === null ? (
            <p>
              Dites d’abord <Link href={base}>quelle structure accueille</Link> : les places sont réservées en son nom.
            </p>
          ) : dates.length === 0 ? (
            <p>Aucune sortie n’est à réserver pour {action.host} en ce moment.</p>
          ) : (
            <form method="post" action={`${base}/places`} data-spot="places">
              <input type="hidden" name="key" value={places.key || tx.ids.uuid()} />
              <p>Au nom de {action.host}.</p>
              <div class="fields">
                <SelectField {...field("date")} label="Sortie" options={dates} />
                <TextField
                  {...field("prenom")}
                  label="Prénom"
                  hint="Le lieu le verra. Vide : sans nom."
                  maxlength={60}
                  required={false}
                />
                <TextField
                  {...field("personnes")}
                  value={places.personnes ?? "1"}
                  label="Personnes"
                  inputmode="numeric"
                  width="short"
                />
                <TextField
                  {...field("accompagnants")}
                  value={places.accompagnants ?? "0"}
                  label="Accompagnants"
                  inputmode="numeric"
                  width="short"
                />
                <TextField
                  {...field("fiche")}
                  label="Code de sa fiche"
                  hint="Sept signes, si la maison connaît la personne"
                  width="medium"
                  maxlength={20}
                  required={false}
                />
              </div>
              <CheckboxField
                name="attendre"
                label="S’il n’y a plus de place, mettre sur la liste d’attente"
                checked={wrong?.form === "places" ? places.attendre === "1" : true}
              />
              <button type="submit">Réserver</button>
            </form>
          )}
        </details>
        <details open={wrong?.form === "note"}>
          <summary>Noter un besoin, une idée de projet</summary>
          <form method="post" action={`${base}/notes`} data-spot="note">
            <input type="hidden" name="key" value={values("note").key || tx.ids.uuid()} />
            <TextAreaField
              name="texte"
              label="Ce qui a été dit"
              hint="Sans nom de personne"
              rows={4}
              maxlength={2000}
              value={values("note").texte}
              error={said("note").texte}
            />
            <button type="submit">Noter</button>
          </form>
        </details>
        <p>
          <Link href={base}>Finir : noter les présences</Link>
        </p>
        <p class="hint">
          {plural(action.present, "présence est notée", "présences sont notées")} pour cette séance dans l’agenda.
        </p>
        <p>
          <small data-kept>
            Cette page se garde sur l’appareil : elle marche aussi sans réseau, une fois ouverte ici.
          </small>
        </p>
      </outpost-spot>
    ),
  });
}
