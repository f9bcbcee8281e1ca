// One booking: what it says, and what the team does with it.
import { notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { reportAttendance } from "../door/writes.ts";
import { momentOf } from "../offers/list.tsx";
import { rights } from "../rights.ts";
import { momentWords } from "../until.ts";
import { stateWords } from "../words.ts";
import { cameWords, forWhom } from "./list.tsx";
import { type BookingLine, bookingById } from "./reads.ts";
import { refusalWords } from "./rules.ts";
import { CameForm, ChangeForm, ReasonForm } from "./shapes.ts";
import { acceptOffer, cancelBooking, changeBooking } from "./writes.ts";

const gone = "Cette réservation";
const live: readonly string[] = ["requested", "waiting", "offered", "confirmed"];

export function declareBookings(routes: Routes): void {
  const found = (at: At<unknown>): Promise<BookingLine | null> | null => {
    const id = at.params.booking ?? "";
    return isUuid(id) ? bookingById(at.tx, id) : null;
  };
  const moment = (at: At<unknown>, day: Date): string => momentWords(at.scope.zone, day);

  const sheet = async (at: At<unknown>, wrong: Readonly<Record<string, string>> = {}, status = 422) => {
    const line = await found(at);
    if (!line) return notFound(gone);
    const base = `/culture/reservations/${line.id}`;
    const typed = (name: string, usual: string): string =>
      Object.keys(wrong).length > 0 ? (at.typed[name]?.[0] ?? usual) : usual;
    const version = <input type="hidden" name="version" value={String(line.version)} />;
    const past = line.day <= at.tx.today;
    return page({
      title: `Réservation ${line.code}`,
      status: Object.keys(wrong).length > 0 ? status : 200,
      crumbs: [
        { href: "/culture/sorties", label: "Sorties proposées" },
        { href: `/culture/dates/${line.date}`, label: line.title },
      ],
      body: (
        <>
          <Heading title={`Réservation ${line.code}`}>
            {line.title}, {momentOf(line)}. {stateWords(line)}.
          </Heading>
          <ErrorSummary fields={wrong} />
          <Facts
            facts={[
              { label: "Structure", value: <a href={`/structures/${line.structureId}`}>{line.structure}</a> },
              {
                label: "Pour",
                value: line.personId ? <a href={`/personnes/${line.personId}`}>{forWhom(line)}</a> : forWhom(line),
              },
              { label: "Personnes", value: String(line.people) },
              { label: "Accompagnants", value: String(line.companions) },
              { label: "Demandée le", value: moment(at, line.askedAt) },
              {
                label: "À confirmer avant le",
                value: line.state === "offered" && line.offeredUntil ? moment(at, line.offeredUntil) : null,
              },
              { label: "Finie le", value: line.endedAt ? moment(at, line.endedAt) : null },
              { label: "Motif", value: line.endedReason },
              { label: "Venues", value: line.state === "confirmed" ? cameWords(line.attended) : null },
            ]}
          />
          {line.state === "confirmed" && !past && may(at.scope, rights["booking.make"]) ? (
            <p class="no-print">
              <a href={`${base}/billet`}>Le billet : voir, imprimer, envoyer</a>
            </p>
          ) : null}
          {line.state === "offered" && may(at.scope, rights["booking.make"]) ? (
            <form method="post" action={`${base}/acceptation`} class="no-print">
              <button type="submit">La structure accepte ces places</button>
            </form>
          ) : null}
          {line.state === "confirmed" && past && may(at.scope, rights["booking.report"]) ? (
            <form method="post" action={`${base}/venues`} class="no-print">
              {version}
              <TextField
                name="venues"
                label="Combien sont venus"
                hint="rien quand on ne sait pas ; 0 quand personne n’est venu"
                inputmode="numeric"
                width="short"
                value={typed("venues", line.attended === null ? "" : String(line.attended))}
                error={wrong.venues}
              />
              <button type="submit">Noter</button>
            </form>
          ) : null}
          {live.includes(line.state) && may(at.scope, rights["booking.make"]) ? (
            <>
              {line.state === "offered" || past ? null : (
                <form method="post" action={`${base}/changement`} class="no-print">
                  {version}
                  <div class="fields">
                    <TextField
                      name="personnes"
                      label="Personnes"
                      inputmode="numeric"
                      width="short"
                      value={typed("personnes", String(line.people))}
                      error={wrong.personnes}
                    />
                    <TextField
                      name="accompagnants"
                      label="Accompagnants"
                      inputmode="numeric"
                      width="short"
                      value={typed("accompagnants", String(line.companions))}
                      error={wrong.accompagnants}
                    />
                  </div>
                  <button type="submit" class="second">
                    Changer le nombre
                  </button>
                </form>
              )}
              <form method="post" action={`${base}/annulation`} class="no-print">
                <TextField
                  name="raison"
                  label="Motif"
                  required={false}
                  value={typed("raison", "")}
                  error={wrong.raison}
                />
                <button type="submit" class="second">
                  {line.state === "confirmed" ? "Annuler cette réservation" : "Retirer cette demande"}
                </button>
              </form>
            </>
          ) : null}
        </>
      ),
    });
  };
  const again = (at: At<unknown>, { fields }: Pick<Mistakes, "fields">) => sheet(at, fields);

  routes.get("/culture/reservations/:booking", { right: rights["booking.see"], trace: "booking.opened" }, (at) => {
    at.about("booking", at.params.booking ?? "");
    return sheet(at);
  });
  const right = rights["booking.make"];
  routes.post(
    "/culture/reservations/:booking/annulation",
    { right, trace: "booking.cancelled", form: ReasonForm, onMistakes: again },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const done = await cancelBooking(at.tx, line.id, "house", at.form.raison || null);
      const back = `/culture/reservations/${line.id}`;
      if (!done) {
        at.nothingHappened();
        return redirect(back, "Cette réservation était déjà finie.");
      }
      at.about("booking", line.id, done);
      return redirect(back, "Réservation annulée : ses places sont rendues.");
    },
  );
  routes.post(
    "/culture/reservations/:booking/changement",
    { right, trace: "booking.changed", form: ChangeForm, onMistakes: again },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const { version, personnes, accompagnants } = at.form;
      const changed = await changeBooking(at.tx, line.id, { people: personnes, companions: accompagnants, version });
      if (!changed.ok) {
        const { refusal } = changed;
        switch (refusal.why) {
          case "stale":
            return sheet(
              at,
              { "": "Cette réservation a changé pendant que vous écriviez : relisez, puis recommencez." },
              409,
            );
          case "gone":
            return sheet(at, { "": "Cette réservation ne se change plus." });
          default:
            return sheet(at, { personnes: refusalWords(refusal) });
        }
      }
      at.about("booking", line.id, { seats: personnes + accompagnants });
      return redirect(`/culture/reservations/${line.id}`, "Nombre changé.");
    },
  );
  routes.post(
    "/culture/reservations/:booking/acceptation",
    { right, trace: "booking.accepted", form: ReasonForm, onMistakes: again },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      if (!(await acceptOffer(at.tx, line.id)))
        return sheet(at, { "": "Le temps pour répondre est passé, ou ces places sont déjà prises." }, 409);
      at.about("booking", line.id);
      return redirect(`/culture/reservations/${line.id}`, "Réservation confirmée.");
    },
  );
  routes.post(
    "/culture/reservations/:booking/venues",
    { right: rights["booking.report"], trace: "booking.reported", form: CameForm, onMistakes: again },
    async (at) => {
      const line = await found(at);
      if (!line) return notFound(gone);
      const { venues, version } = at.form;
      if (venues !== null && venues > line.seats)
        return sheet(at, { venues: `Cette réservation est de ${line.seats} place${line.seats > 1 ? "s" : ""}.` });
      if (!(await reportAttendance(at.tx, { id: line.id, attended: venues, source: "team", version })))
        return sheet(
          at,
          { "": "Cette réservation a changé pendant que vous écriviez : relisez, puis recommencez." },
          409,
        );
      at.about("booking", line.id, { came: venues ?? "unknown" });
      return redirect(`/culture/reservations/${line.id}`, venues === null ? "Noté : on ne sait pas." : "Noté.");
    },
  );
}
