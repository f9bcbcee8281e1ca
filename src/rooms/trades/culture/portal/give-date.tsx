// One date of a venue: who is expected, fewer places, calling it off.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes } from "../../../../core/http/route.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { day, hour, number, plural } from "../../../../ui/words.ts";
import { loweringWords } from "../bookings/lowering.ts";
import { DateFactsList } from "../offers/date-facts.tsx";
import { audienceOf, dateById } from "../offers/reads.ts";
import { guestsOf, type OwnDate, touchedBy } from "./own-offers.ts";

const nbsp = "\u00a0";
export const offersCrumb = { href: "/espace/offres", label: "Mes offres" };

export const whenWords = (date: Pick<OwnDate, "day" | "at">): string =>
  `${day(date.day)}${date.at ? `, ${hour(date.at)}` : ""}`;

type Told = { mistakes?: Mistakes; status?: 409; why?: string; confirm?: { places: number; lost: number } };

/** The page of a date; `confirm`: what a lowering would take away, before it is done. */
export async function showDate(
  at: At<unknown>,
  date: OwnDate,
  { mistakes, status, why, confirm }: Told = {},
): Promise<Answer> {
  const [guests, touched, published, audience] = await Promise.all([
    guestsOf(at.tx, date.id),
    touchedBy(at.tx, date.id),
    dateById(at.tx, date.id),
    audienceOf(at.tx, date.id),
  ]);
  const values = mistakes ? firstValues(mistakes.typed) : {};
  const said = mistakes?.fields ?? {};
  const base = `/espace/dates/${date.id}`;
  const open = date.cancelledReason === null && date.day >= at.tx.today;
  return page({
    title: date.title,
    status: status ?? (mistakes || confirm ? 422 : 200),
    crumbs: [offersCrumb],
    ...(why ? { notice: { kind: "warn", text: why } } : {}),
    body: (
      <>
        <Heading title={date.title}>
          {whenWords(date)}
          {nbsp}: {plural(date.taken, "place réservée", "places réservées")} sur {number(date.places)}
          {date.waiting > 0 ? `, ${number(date.waiting)} en attente` : ""}.
        </Heading>
        {date.cancelledReason ? <Notice kind="warn" text={`Date annulée : ${date.cancelledReason}`} /> : null}
        <ErrorSummary fields={said} />
        {confirm ? (
          <form method="post" action={`${base}/places`}>
            <Notice
              kind="warn"
              text={`${plural(confirm.lost, "réservation serait perdue", "réservations seraient perdues")}. ${loweringWords}`}
            />
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
            <input type="hidden" name="version" value={String(date.version)} />
            <input type="hidden" name="places" value={String(confirm.places)} />
            <input type="hidden" name="confirme" value="1" />
            <button type="submit" class="danger">
              Passer à {plural(confirm.places, "place", "places")} et prévenir
            </button>
          </form>
        ) : null}
        {published ? <DateFactsList date={published} zone={at.scope.zone} audience={audience} /> : null}
        {open ? (
          <p>
            <a class="button second" href={`${base}/modifier`}>
              Corriger la sortie
            </a>
          </p>
        ) : null}
        <h2>Qui est attendu</h2>
        {guests.length > 0 ? (
          <p>
            <a class="button" href={`${base}/porte`}>
              {date.day > at.tx.today ? "La liste de l’entrée" : "Noter qui entre"}
            </a>{" "}
            <a href={`${base}/porte`}>Imprimer la liste</a>
          </p>
        ) : null}
        <DataTable
          caption="Réservations confirmées"
          hideCaption
          rows={guests}
          rowKey={(guest) => guest.id}
          empty={
            <p>
              {touched.offered > 0
                ? `${plural(touched.offered, "place est proposée", "places sont proposées")} à qui attend.`
                : "Personne n’a encore réservé."}
            </p>
          }
          columns={[
            { key: "code", label: "Code", header: true, render: (guest) => guest.code },
            { key: "name", label: "Prénom", render: (guest) => guest.firstName ?? "sans nom" },
            { key: "by", label: "Par", render: (guest) => guest.structure },
            { key: "people", label: "Personnes", number: true, render: (guest) => guest.people },
            { key: "with", label: "Accompagnants", number: true, render: (guest) => guest.companions },
            {
              key: "came",
              label: "Venues",
              render: (guest) => (guest.attended === null ? "non renseigné" : guest.attended),
            },
          ]}
        />
        {open ? (
          <>
            <h2>Changer le nombre de places</h2>
            <form method="post" action={`${base}/places`}>
              <input type="hidden" name="key" value={at.tx.ids.uuid()} />
              <input type="hidden" name="version" value={String(date.version)} />
              <TextField
                name="places"
                label="Places"
                hint={loweringWords}
                inputmode="numeric"
                width="short"
                value={values.places ?? String(date.places)}
                error={said.places}
              />
              <button type="submit" class="second">
                Enregistrer
              </button>
            </form>
            <h2>Annuler cette date</h2>
            <details open={Boolean(said.raison)}>
              <summary>Annuler la date</summary>
              <p>
                {touched.structures > 0
                  ? `${plural(touched.seats, "place est tenue ou demandée", "places sont tenues ou demandées")} par ${plural(touched.structures, "structure", "structures")}, qui les ${touched.structures > 1 ? "perdent" : "perd"}.`
                  : "Personne n’y a de place."}{" "}
                Une date annulée ne peut pas être rétablie.
              </p>
              <form method="post" action={`${base}/annulation`}>
                <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
                <TextField
                  name="raison"
                  label="Pourquoi"
                  hint="Chaque structure qui a réservé le lira."
                  value={values.raison}
                  error={said.raison}
                  maxlength={300}
                  required
                />
                <button type="submit" class="danger">
                  {touched.seats > 0
                    ? `Oui, annuler la date et ses ${plural(touched.seats, "place", "places")}`
                    : "Oui, annuler la date"}
                </button>
              </form>
            </details>
          </>
        ) : null}
        <p>
          <a href={`/espace/offres/nouvelle?copie=${date.offerId}&date=${date.id}`}>
            Publier la même sortie à d’autres dates
          </a>
        </p>
      </>
    ),
  });
}
