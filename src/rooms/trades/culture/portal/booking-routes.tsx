// A structure's own bookings: those to come, one of them, changing, giving back, taking the places that came free.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Facts, KeyFigures } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { day, hour, number, plural, shortDay } from "../../../../ui/words.ts";
import { ownStructure, seasonDays, seasonOf, seasonWords } from "../../../foundations/partners/door.ts";
import { type Refusal, refusalWords } from "../bookings/rules.ts";
import { ChangeForm } from "../bookings/shapes.ts";
import { acceptOffer, cancelBooking, changeBooking } from "../bookings/writes.ts";
import { type SeenLine, seenDraw, seenLines } from "../draws/seen.ts";
import { whyEndedWords } from "../words.ts";
import { bookRight } from "./book-routes.tsx";
import { DrawPart } from "./draw-part.tsx";
import { ownFigures } from "./figures.ts";
import { OfferedNotices } from "./offered.tsx";
import { type OwnBooking, offeredTo, ownBooking, ownBookings } from "./own-bookings.ts";

const right = bookRight;
const nbsp = "\u00a0";
const crumb = { href: "/espace/reservations", label: "Réservations" };

const isRefusal = (refused: Refusal | { why: "gone" | "stale" }): refused is Refusal =>
  refused.why !== "gone" && refused.why !== "stale";

/** Who comes, as the structure said it. */
const whoWords = (one: OwnBooking): string =>
  [
    one.firstName ?? (one.personCode ? `fiche ${one.personCode}` : "sans nom"),
    plural(one.people, "personne", "personnes"),
    one.companions > 0 ? plural(one.companions, "accompagnant", "accompagnants") : "",
  ]
    .filter(Boolean)
    .join(", ");
/** The code opens the door only of a place that is held. */
const codeWords = (one: OwnBooking): string =>
  one.state === "confirmed" && !one.calledOff ? one.code : isLive(one) ? "pas encore de place" : "";
const isLive = (one: OwnBooking): boolean =>
  !one.past && ["requested", "waiting", "offered", "confirmed"].includes(one.state);
const attendedWords = (one: OwnBooking): string =>
  one.attended === null
    ? "venue non renseignée"
    : one.attended === 0
      ? "personne n’est venu"
      : plural(one.attended, "venue", "venues");

const Lines = ({ rows, past }: { rows: readonly OwnBooking[]; past: boolean }) => (
  <ul class="results">
    {rows.map((one) => (
      <li key={one.id}>
        <a class="row" href={`/espace/reservations/${one.id}`}>
          <span>
            <strong>{one.title}</strong> {day(one.day)}
            {one.at ? `, ${hour(one.at)}` : ""}
          </span>{" "}
          <small>
            {[
              whoWords(one),
              whyEndedWords(one),
              past && one.state === "confirmed" ? attendedWords(one) : "",
              codeWords(one),
            ]
              .filter(Boolean)
              .join(" · ")}
          </small>
        </a>
      </li>
    ))}
  </ul>
);

/** What happens to whoever waits. */
const waitingWords =
  "Les places qui se libèrent sont proposées au premier groupe qui y tient en entier. Elles sont alors gardées pour vous jusqu’à une heure dite\u00a0: prenez-les ici avant.";

type Told = { mistakes?: Mistakes; status?: 409 | 422; why?: string };

const ownLines = async (at: At<unknown>, one: OwnBooking): Promise<SeenLine[]> => {
  const structure = await ownStructure(at.tx, right);
  return structure ? seenLines(at.tx, one.dateId, structure.id) : [];
};

/** How a booking is ended, by what it is. */
const endWords: Readonly<Partial<Record<OwnBooking["state"], string>>> = {
  confirmed: "Annuler la réservation",
  offered: "Ne pas prendre ces places",
  requested: "Retirer la demande",
  waiting: "Ne plus attendre",
};

async function showOne(at: At<unknown>, one: OwnBooking, { mistakes, status, why }: Told = {}): Promise<Answer> {
  const { scope } = at;
  const values = mistakes ? firstValues(mistakes.typed) : {};
  const said = mistakes?.fields ?? {};
  const base = `/espace/reservations/${one.id}`;
  const live = isLive(one);
  const draw = await seenDraw(at.tx, one.dateId);
  const own = draw?.drawnAt ? (await ownLines(at, one)).filter((line) => line.id === one.id) : [];
  return page({
    title: one.title,
    status: status ?? (mistakes ? 422 : 200),
    crumbs: [crumb],
    ...(why ? { notice: { kind: "warn", text: why } } : {}),
    body: (
      <>
        <Heading title={one.title}>
          {one.venue}, {day(one.day)}
          {one.at ? ` à ${hour(one.at)}` : ""}
        </Heading>
        <ErrorSummary fields={said} />
        {one.state === "offered" && one.offeredUntil ? (
          <>
            <Notice
              kind="info"
              text={`Des places se sont libérées. Elles sont gardées pour vous jusqu’au ${shortDay(dayIn(scope.zone, one.offeredUntil))} à ${hour(minuteIn(scope.zone, one.offeredUntil))}.`}
            />
            <form method="post" action={`${base}/acceptation`}>
              <button type="submit">Prendre ces places</button>
            </form>
          </>
        ) : null}
        <Facts
          facts={[
            ...(one.state === "confirmed" && !one.calledOff
              ? [{ label: "Code à donner à l’entrée", value: <strong>{one.code}</strong> }]
              : live
                ? [{ label: "Code à donner à l’entrée", value: "Pas encore de place" }]
                : []),
            { label: "Qui", value: whoWords(one) },
            { label: "État", value: whyEndedWords(one) },
            ...(live && one.rank !== null
              ? [{ label: "Rang sur la liste d’attente", value: `${number(one.rank)}. ${waitingWords}` }]
              : []),
            { label: "Où", value: [one.place, one.venue, one.commune].filter(Boolean).join(", ") },
            ...(one.meeting ? [{ label: "Accueil", value: one.meeting }] : []),
            ...(one.past && one.state === "confirmed" ? [{ label: "Venues", value: attendedWords(one) }] : []),
          ]}
        />
        {draw ? <DrawPart draw={draw} zone={scope.zone} own={own} /> : null}
        {live && one.state === "confirmed" ? (
          <p>
            <a class="button" href={`${base}/billet`}>
              Le billet : voir, imprimer, envoyer
            </a>
          </p>
        ) : null}
        {live && one.state !== "offered" ? (
          <>
            <h2>Changer</h2>
            <form method="post" action={base}>
              <input type="hidden" name="version" value={String(one.version)} />
              <div class="fields">
                <TextField
                  name="personnes"
                  label="Personnes"
                  inputmode="numeric"
                  width="short"
                  value={values.personnes ?? String(one.people)}
                  error={said.personnes}
                />
                <TextField
                  name="accompagnants"
                  label="Accompagnants"
                  inputmode="numeric"
                  width="short"
                  value={values.accompagnants ?? String(one.companions)}
                  error={said.accompagnants}
                />
              </div>
              <button type="submit" class="second">
                Changer
              </button>
            </form>
          </>
        ) : null}
        {live ? (
          <details>
            <summary>{endWords[one.state]}</summary>
            <form method="post" action={`${base}/annulation`}>
              <p>
                {one.state === "confirmed" || one.state === "offered"
                  ? "Les places rendues vont aussitôt à qui attend."
                  : one.state === "requested"
                    ? "La demande ne sera pas tirée au sort."
                    : "La demande quitte la liste d’attente, et perd son rang."}{" "}
                Cela ne peut pas être défait.
              </p>
              <button type="submit" class="danger">
                Oui, {endWords[one.state]?.toLowerCase()}
              </button>
            </form>
          </details>
        ) : null}
      </>
    ),
  });
}

export function declareOwnBookings(routes: Routes): void {
  routes.get("/espace/reservations", { right, trace: "own-booking.listed" }, async (at) => {
    const { tx } = at;
    const structure = await ownStructure(tx, right);
    if (!structure) return notFound("L’espace de votre structure");
    const past = at.query.passees === "1";
    const season = seasonOf(tx.today);
    const [rows, sums, offered] = await Promise.all([
      ownBookings(tx, structure.id, past),
      ownFigures(tx, structure.id, "booker", seasonDays(season)),
      offeredTo(tx, structure.id),
    ]);
    return page({
      title: "Réservations",
      body: (
        <>
          <Heading title="Réservations" action={{ href: "/espace/sorties", label: "Chercher une sortie" }}>
            {past ? "Celles qui sont passées ou annulées." : "Celles qui viennent, et celles qui attendent une place."}
          </Heading>
          <OfferedNotices offered={offered} zone={at.scope.zone} />
          <p>
            {past ? (
              <a href="/espace/reservations">À venir</a>
            ) : (
              <a href="/espace/reservations?passees=1">Passées et annulées</a>
            )}
          </p>
          {rows.length === 0 ? <p class="empty">Aucune réservation ici.</p> : <Lines rows={rows} past={past} />}
          <h2>Votre saison {seasonWords(season)}</h2>
          <KeyFigures
            figures={[
              { label: "places réservées", value: number(sums.booked) },
              { label: "dont non annulées", value: number(sums.standing) },
              { label: "venues connues", value: number(sums.came) },
              { label: "places passées non renseignées", value: number(sums.unreported) },
            ]}
          />
        </>
      ),
    });
  });

  const bookingOf = async (at: At<unknown>): Promise<OwnBooking | null> => {
    const id = at.params.booking ?? "";
    const structure = await ownStructure(at.tx, right);
    return structure && isUuid(id) ? ownBooking(at.tx, structure.id, id) : null;
  };
  const gone = (): Answer => notFound("Cette réservation");

  routes.get(
    "/espace/reservations/:booking",
    { right, trace: { none: "one's own booking, told by its list" } },
    async (at) => {
      const one = await bookingOf(at);
      return one ? showOne(at, one) : gone();
    },
  );

  routes.post(
    "/espace/reservations/:booking",
    {
      right,
      trace: "own-booking.changed",
      form: ChangeForm,
      async onMistakes(at, mistakes) {
        const one = await bookingOf(at);
        return one ? showOne(at, one, { mistakes }) : gone();
      },
    },
    async (at) => {
      const one = await bookingOf(at);
      if (!one) return gone();
      const { personnes: people, accompagnants: companions, version } = at.form;
      at.about("booking", one.id, { people, companions });
      // The same form sent twice: it is as it asks already.
      if (one.version === version + 1 && one.people === people && one.companions === companions) at.nothingHappened();
      else {
        const done = await changeBooking(at.tx, one.id, { people, companions, version });
        if (!done.ok) {
          const { refusal: refused } = done;
          if (refused.why === "stale")
            return showOne(at, one, {
              status: 409,
              why: "Cette réservation a changé entre-temps : voici ce qu’elle est maintenant.",
            });
          const sentence = isRefusal(refused) ? refusalWords(refused) : "Cette réservation ne peut plus changer.";
          return showOne(at, one, { mistakes: { fields: { personnes: sentence }, typed: at.typed } });
        }
      }
      return redirect(`/espace/reservations/${one.id}`, "La réservation est changée.");
    },
  );

  /** A button of a booking. */
  const button = (path: string, trace: string, act: (at: At<object>, one: OwnBooking) => Promise<Answer>): void =>
    routes.post(
      `/espace/reservations/:booking/${path}`,
      { right, trace, form: z.object({}), onMistakes: () => refusal(422, "Réessayez.") },
      async (at) => {
        const one = await bookingOf(at);
        if (!one) return gone();
        at.about("booking", one.id);
        return act(at, one);
      },
    );
  button("annulation", "own-booking.cancelled", async (at, one) => {
    if (!(await cancelBooking(at.tx, one.id, "structure"))) at.nothingHappened();
    const held = one.state === "confirmed" || one.state === "offered";
    return redirect(
      `/espace/reservations/${one.id}`,
      held ? `C’est annulé${nbsp}: les places vont à qui attend.` : "La demande est retirée.",
    );
  });
  button("acceptation", "own-booking.accepted", async (at, one) => {
    if (one.state === "confirmed") {
      at.nothingHappened();
      return redirect(`/espace/reservations/${one.id}`, "Ces places sont à vous.");
    }
    if (!(await acceptOffer(at.tx, one.id)))
      return showOne(at, one, {
        status: 409,
        why: "Ces places ne sont plus gardées pour vous : le temps de répondre est passé.",
      });
    return redirect(`/espace/reservations/${one.id}`, `Ces places sont à vous. Code${nbsp}: ${one.code}.`);
  });
}
