// The page of a date: what it is, who has places, and what the team may do.
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { CheckboxField, DateField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { DateFactsList } from "../offers/date-facts.tsx";
import { momentOf } from "../offers/list.tsx";
import { allotmentsOn, audienceOf, type DateLine, otherDates } from "../offers/reads.ts";
import { rights } from "../rights.ts";
import { untilWords } from "../until.ts";
import { whyEndedWords } from "../words.ts";
import { cameWords, forWhom } from "./list.tsx";
import { loweringWords } from "./lowering.ts";
import { bookingsOn } from "./reads.ts";

type Wrong = {
  form: "booking" | "places" | "allotment" | "cancellation" | "draw";
  mistakes: Readonly<Record<string, string>>;
  /** Names that look like the structure that was written. */
  near?: readonly string[];
};

export async function datePage(at: At<unknown>, date: DateLine, wrong: Wrong | null = null) {
  const { tx, scope } = at;
  const sees = may(scope, rights["booking.see"]);
  const [bookings, kept, others, audience] = await Promise.all([
    sees ? bookingsOn(tx, date.id) : [],
    allotmentsOn(tx, date.id),
    otherDates(tx, date),
    audienceOf(tx, date.id),
  ]);
  const open = date.cancelled === null && date.day >= tx.today;
  const typed = (form: Wrong["form"], name: string, usual = ""): string =>
    wrong?.form === form ? (at.typed[name]?.[0] ?? "") : usual;
  const mistake = (form: Wrong["form"], name: string): string | undefined =>
    wrong?.form === form ? wrong.mistakes[name] : undefined;
  return (
    <>
      <Heading title={date.title}>
        {momentOf(date)}.{" "}
        {date.cancelled
          ? `Annulée : ${date.cancelled}.`
          : `${plural(date.places - date.taken, "place libre", "places libres")} sur ${date.places}${date.waiting > 0 ? `, ${plural(date.waiting, "place demandée", "places demandées")} en attente` : ""}.`}
      </Heading>
      {wrong ? <ErrorSummary fields={wrong.mistakes} /> : null}
      <DateFactsList date={date} zone={scope.zone} audience={audience} />
      {open && may(scope, rights["offer.publish"]) ? (
        <p class="no-print">
          <a class="button second" href={`/culture/dates/${date.id}/modifier`}>
            Corriger la sortie
          </a>
        </p>
      ) : null}
      {kept.length > 0 ? (
        <ul>
          {kept.map((one) => (
            <li key={one.id}>
              {plural(one.places, "place gardée", "places gardées")} pour {one.communes.join(", ")}{" "}
              {untilWords(scope.zone, one.until)}
            </li>
          ))}
        </ul>
      ) : null}
      {date.way === "draw" ? (
        <p>
          <a href={`/culture/dates/${date.id}/tirage`}>Le tirage au sort</a>
        </p>
      ) : null}
      {sees ? (
        <>
          <h2>Réservations</h2>
          {bookings.length > 0 && may(scope, rights["booking.report"]) ? (
            <p>
              <a class="button second" href={`/culture/dates/${date.id}/porte`}>
                {date.day > tx.today ? "La liste de l’entrée" : "Noter qui entre"}
              </a>
            </p>
          ) : null}
          <DataTable
            caption="Réservations de cette date"
            hideCaption
            rows={bookings}
            rowKey={(line) => line.id}
            empty={<p>Personne n’a encore réservé.</p>}
            columns={[
              {
                key: "structure",
                label: "Structure",
                header: true,
                render: (line) => <a href={`/culture/reservations/${line.id}`}>{line.structure}</a>,
              },
              { key: "pour", label: "Pour", render: forWhom },
              { key: "places", label: "Places", number: true, render: (line) => line.seats },
              {
                key: "etat",
                label: "État",
                render: (line) =>
                  line.exception
                    ? `${whyEndedWords(line)}, malgré la règle de la saison : ${line.exception}`
                    : whyEndedWords(line),
              },
              {
                key: "venues",
                label: "Venues",
                render: (line) => (line.state === "confirmed" ? cameWords(line.attended) : ""),
              },
            ]}
          />
        </>
      ) : null}
      {open && may(scope, rights["booking.make"]) ? (
        <section class="no-print">
          <h2>Réserver pour une structure</h2>
          <form method="post" action={`/culture/dates/${date.id}/reservations`}>
            <input type="hidden" name="key" value={typed("booking", "key") || tx.ids.uuid()} />
            <TextField
              name="structure"
              label="Structure"
              suggestions={wrong?.near}
              value={typed("booking", "structure")}
              error={mistake("booking", "structure")}
              required
            />
            <div class="fields">
              <TextField
                name="prenom"
                label="Prénom"
                hint="ou rien"
                value={typed("booking", "prenom")}
                error={mistake("booking", "prenom")}
                required={false}
                width="medium"
                maxlength={60}
              />
              <TextField
                name="personne"
                label="Code de la fiche"
                value={typed("booking", "personne")}
                error={mistake("booking", "personne")}
                required={false}
                width="short"
              />
              <TextField
                name="personnes"
                label="Personnes"
                inputmode="numeric"
                width="short"
                value={typed("booking", "personnes", "1")}
                error={mistake("booking", "personnes")}
              />
              <TextField
                name="accompagnants"
                label="Accompagnants"
                inputmode="numeric"
                width="short"
                value={typed("booking", "accompagnants", "0")}
                error={mistake("booking", "accompagnants")}
              />
            </div>
            {mistake("booking", "malgre") || typed("booking", "malgre") ? (
              <TextField
                name="malgre"
                label="Réserver malgré la règle de la saison, parce que"
                value={typed("booking", "malgre")}
                error={mistake("booking", "malgre")}
                required={false}
              />
            ) : null}
            <CheckboxField
              name="attendre"
              label="Sur la liste d’attente s’il n’y a plus de place"
              checked={typed("booking", "attendre") === "1"}
            />
            <button type="submit">Réserver</button>
          </form>
        </section>
      ) : null}
      {open && may(scope, rights["offer.publish"]) ? (
        <details class="no-print" open={wrong !== null && wrong.form !== "booking"}>
          <summary>Changer cette date</summary>
          <h3>Nombre de places</h3>
          <form method="post" action={`/culture/dates/${date.id}/places`}>
            <input type="hidden" name="key" value={tx.ids.uuid()} />
            <input type="hidden" name="version" value={String(date.version)} />
            <TextField
              name="places"
              id="nombre-places"
              label="Nombre de places"
              inputmode="numeric"
              width="short"
              value={typed("places", "places", String(date.places))}
              error={mistake("places", "places")}
              hint={`S’il y en a moins que de réservées. ${loweringWords}`}
            />
            <button type="submit" class="second">
              Changer le nombre de places
            </button>
          </form>
          <h3>Places gardées</h3>
          <form method="post" action={`/culture/dates/${date.id}/places-gardees`}>
            <input type="hidden" name="key" value={tx.ids.uuid()} />
            <div class="fields">
              <TextField
                name="places"
                id="gardees"
                label="Places gardées"
                inputmode="numeric"
                width="short"
                value={typed("allotment", "places")}
                error={mistake("allotment", "places")}
              />
              <TextField
                name="communes"
                label="Pour les structures de"
                value={typed("allotment", "communes")}
                error={mistake("allotment", "communes")}
              />
              <DateField
                name="jusque"
                label="Jusqu’au"
                value={typed("allotment", "jusque")}
                error={mistake("allotment", "jusque")}
              />
            </div>
            <button type="submit" class="second">
              Garder ces places
            </button>
          </form>
          {date.way === "first" && date.taken === 0 ? (
            <>
              <h3>Tirage au sort</h3>
              <form method="post" action={`/culture/dates/${date.id}/tirage`}>
                <div class="fields">
                  <DateField
                    name="ouvre"
                    label="Demandes à partir du"
                    value={typed("draw", "ouvre", shortDay(tx.today))}
                    error={mistake("draw", "ouvre")}
                  />
                  <DateField
                    name="ferme"
                    label="Jusqu’au"
                    value={typed("draw", "ferme")}
                    error={mistake("draw", "ferme")}
                  />
                </div>
                <button type="submit" class="second">
                  Donner ces places par tirage au sort
                </button>
              </form>
            </>
          ) : null}
          <h3>Annuler cette date</h3>
          <form method="post" action={`/culture/dates/${date.id}/annulation`}>
            <input type="hidden" name="key" value={tx.ids.uuid()} />
            <TextField
              name="raison"
              label="Motif de l’annulation"
              value={typed("cancellation", "raison")}
              error={mistake("cancellation", "raison")}
            />
            <button type="submit" class="danger">
              Annuler cette date ({plural(date.taken, "place réservée", "places réservées")}, structures prévenues)
            </button>
          </form>
        </details>
      ) : null}
      {others.length > 0 ? (
        <>
          <h2>Autres dates</h2>
          <ul>
            {others.map((one) => (
              <li key={one.id}>
                <a href={`/culture/dates/${one.id}`}>{momentOf(one)}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}
