// A venue's own side: what it gave, publishing in under a minute, who is expected, fewer places, calling a date off.
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { KeyFigures } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { number, plural } from "../../../../ui/words.ts";
import { ownStructure, seasonDays, seasonOf, seasonWords } from "../../../foundations/partners/door.ts";
import { setPlaces, wouldLose } from "../bookings/lowering.ts";
import { cancelDates } from "../cancellations/writes.ts";
import { toldWords } from "../notices.ts";
import { audienceChoices, readAudience } from "../offers/audience.tsx";
import { publishOffer } from "../offers/writes.ts";
import { ownFigures } from "./figures.ts";
import { offersCrumb, showDate, whenWords } from "./give-date.tsx";
import { PublishFields } from "./give-page.tsx";
import { type OwnDate, ownDate, ownDates, ownOffer } from "./own-offers.ts";
import { portalRights } from "./rights.ts";
import { CallOffForm, daysOfSeries, PlacesForm, PublishForm, pastDay } from "./shapes.ts";

const right = portalRights["own-offer.publish"];
const nbsp = "\u00a0";
const noVenue = (): Answer => notFound("L’espace de votre structure");
type Venue = NonNullable<Awaited<ReturnType<typeof ownStructure>>>;

/** The form, empty, filled from an offer of the venue, or given back. */
async function showForm(at: At<unknown>, venue: Venue, mistakes?: Mistakes): Promise<Answer> {
  const copied = at.query.copie ?? "";
  const date = at.query.date ?? "";
  const offer = isUuid(copied) ? await ownOffer(at.tx, venue.id, copied, isUuid(date) ? date : null) : null;
  if (copied && !offer) return notFound("Cette offre");
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? "" : String(value);
  const values: Record<string, string> = mistakes
    ? firstValues(mistakes.typed)
    : offer
      ? {
          titre: offer.title,
          heure: offer.at ?? "",
          places: text(offer.places),
          cloture: text(offer.closes_before),
          parle: offer.about,
          venir: offer.way_there,
          genre: offer.genre,
          salle: offer.place,
          plafond: text(offer.most_each),
          age: text(offer.from_age),
          agemax: text(offer.to_age),
          duree: text(offer.minutes),
          langue: offer.language,
          rendezvous: offer.meeting,
          communes: offer.for_communes.join(", "),
          structures: offer.named.join("\n"),
          accompagnants: offer.companions ? "1" : "",
        }
      : { accompagnants: "1" };
  return page({
    title: "Proposer une sortie",
    status: mistakes ? 422 : 200,
    crumbs: [offersCrumb],
    body: (
      <>
        <Heading title="Proposer une sortie">
          Un titre, des jours, des places{nbsp}: c’est assez. Les structures peuvent réserver aussitôt.
        </Heading>
        <PublishFields
          values={values}
          mistakes={mistakes?.fields ?? {}}
          access={mistakes ? (mistakes.typed.acces ?? []) : (offer?.access ?? [])}
          newId={at.tx.ids.uuid()}
          choices={await audienceChoices(at.tx)}
          types={mistakes ? (mistakes.typed.types ?? []) : (offer?.for_types ?? [])}
        />
      </>
    ),
  });
}

const Dates = ({ dates, caption }: { dates: readonly OwnDate[]; caption: string }) => (
  <DataTable
    caption={caption}
    rows={dates}
    rowKey={(date) => date.id}
    empty={<p>Aucune date ici.</p>}
    columns={[
      {
        key: "title",
        label: "Sortie",
        header: true,
        render: (date) => (
          <a href={`/espace/dates/${date.id}`}>
            {date.title}, {whenWords(date)}
          </a>
        ),
      },
      {
        key: "taken",
        label: "Réservées",
        number: true,
        render: (date) => `${number(date.taken)} / ${number(date.places)}`,
      },
      { key: "waiting", label: "En attente", number: true, render: (date) => date.waiting },
      {
        key: "state",
        label: "État",
        render: (date) =>
          date.cancelledReason
            ? `annulée : ${date.cancelledReason}`
            : date.came === null
              ? ""
              : plural(date.came, "venue", "venues"),
      },
    ]}
  />
);

export function declareGiving(routes: Routes): void {
  routes.get("/espace/offres", { right, trace: "own-offer.listed" }, async (at) => {
    const { tx } = at;
    const venue = await ownStructure(tx, right);
    if (!venue) return noVenue();
    const season = seasonOf(tx.today);
    const past = at.query.passees === "1";
    const [dates, sums] = await Promise.all([
      ownDates(tx, venue.id, past),
      ownFigures(tx, venue.id, "venue", seasonDays(season)),
    ]);
    return page({
      title: "Mes offres",
      body: (
        <>
          <Heading title="Mes offres" action={{ href: "/espace/offres/nouvelle", label: "Proposer une sortie" }}>
            Ce que {venue.name} propose, et qui a réservé.
          </Heading>
          <p>{past ? <a href="/espace/offres">À venir</a> : <a href="/espace/offres?passees=1">Dates passées</a>}</p>
          <Dates dates={dates} caption={past ? "Dates passées" : "Dates à venir"} />
          <h2>Votre saison {seasonWords(season)}</h2>
          <KeyFigures
            figures={[
              { label: "places proposées", value: number(sums.places) },
              { label: "réservées", value: number(sums.booked) },
              { label: "dont non annulées", value: number(sums.standing) },
              { label: "venues connues", value: number(sums.came) },
              { label: "places passées non renseignées", value: number(sums.unreported) },
            ]}
          />
        </>
      ),
    });
  });

  routes.get("/espace/offres/nouvelle", { right, trace: { none: "a form of one's own" } }, async (at) => {
    const venue = await ownStructure(at.tx, right);
    return venue ? showForm(at, venue) : noVenue();
  });

  routes.post(
    "/espace/offres",
    {
      right,
      trace: "own-offer.published",
      form: PublishForm,
      async onMistakes(at, mistakes) {
        const venue = await ownStructure(at.tx, right);
        if (!venue) return noVenue();
        const { fields, typed } = mistakes;
        return showForm(at, venue, { fields: { ...pastDay(typed.jours?.[0] ?? "", at.tx.today), ...fields }, typed });
      },
    },
    async (at) => {
      const venue = await ownStructure(at.tx, right);
      if (!venue) return noVenue();
      const { form } = at;
      const series = daysOfSeries(form.jours, form.semaines ?? 1);
      const read = await readAudience(at.tx, form, at.typed.types ?? [], false);
      const wrong = {
        ...("wrong" in series ? { jours: series.wrong } : pastDay(form.jours, at.tx.today)),
        ...("wrong" in read ? read.wrong : {}),
      };
      if ("wrong" in series || "wrong" in read || Object.keys(wrong).length > 0)
        return showForm(at, venue, { fields: wrong, typed: at.typed });
      const first = await publishOffer(
        at.tx,
        {
          id: form.key,
          structure: venue.id,
          title: form.titre,
          genre: form.genre,
          place: form.salle,
          mostEach: form.plafond ?? 6,
          fromAge: form.age,
          toAge: form.agemax,
          language: form.langue,
          access: form.acces,
          minutes: form.duree,
          meeting: form.rendezvous,
          companions: form.accompagnants !== "",
          about: form.parle,
          wayThere: form.venir,
          audience: read.audience,
        },
        { days: series.days, at: form.heure, places: form.places ?? 0, closesBefore: form.cloture },
      );
      if (first) at.about("offer", form.key, { dates: series.days.length, places: form.places });
      else if (await ownOffer(at.tx, venue.id, form.key)) at.nothingHappened();
      else return notFound("Cette offre");
      return redirect("/espace/offres", `C’est publié${nbsp}: ${plural(series.days.length, "date", "dates")}.`);
    },
  );

  const dateOf = async (at: At<unknown>): Promise<{ venue: Venue; date: OwnDate } | null> => {
    const id = at.params.date ?? "";
    const venue = await ownStructure(at.tx, right);
    const date = venue && isUuid(id) ? await ownDate(at.tx, venue.id, id) : null;
    return venue && date ? { venue, date } : null;
  };
  const gone = (): Answer => notFound("Cette date");
  const onMistakes = async (at: At, mistakes: Mistakes): Promise<Answer> => {
    const known = await dateOf(at);
    return known ? showDate(at, known.date, { mistakes }) : gone();
  };

  routes.get("/espace/dates/:date", { right, trace: "own-date.opened" }, async (at) => {
    const known = await dateOf(at);
    if (!known) return gone();
    at.about("date", known.date.id);
    return showDate(at, known.date);
  });

  routes.post(
    "/espace/dates/:date/places",
    { right, trace: "own-date.changed", form: PlacesForm, onMistakes },
    async (at) => {
      const known = await dateOf(at);
      if (!known) return gone();
      const { date } = known;
      const { key, version, places, confirme } = at.form;
      const wrong = (sentence: string) =>
        showDate(at, date, { mistakes: { fields: { places: sentence }, typed: at.typed } });
      if (places === null) return wrong("Écrivez le nombre de places.");
      if (date.cancelledReason) return wrong("Cette date est annulée.");
      if (places === date.places) {
        at.nothingHappened();
        return redirect(`/espace/dates/${date.id}`, "Le nombre de places est enregistré.");
      }
      if (confirme === "") {
        const { lost, refused } = await wouldLose(at.tx, date.id, places);
        if (refused) return wrong(refused);
        if (lost.length > 0) return showDate(at, date, { confirm: { places, lost: lost.length } });
      }
      const done = await setPlaces(at.tx, { date: date.id, places, version, act: key });
      if (!done)
        return showDate(at, date, {
          status: 409,
          why: "Cette date a changé entre-temps : voici ce qu’elle est maintenant.",
        });
      if ("refused" in done) return wrong(done.refused);
      at.about("date", date.id, { from: date.places, to: places, lost: done.lost });
      return redirect(
        `/espace/dates/${date.id}`,
        done.lost > 0
          ? `${plural(done.lost, "réservation est perdue", "réservations sont perdues")}${nbsp}; ${toldWords(done.told, done.untold.length)}.`
          : "Le nombre de places est enregistré.",
      );
    },
  );

  routes.post(
    "/espace/dates/:date/annulation",
    { right, trace: "own-date.cancelled", form: CallOffForm, onMistakes },
    async (at) => {
      const known = await dateOf(at);
      if (!known) return gone();
      const { venue, date } = known;
      const done = await cancelDates(at.tx, {
        id: at.form.key,
        date: date.id,
        structure: venue.id,
        from: date.day,
        to: date.day,
        reason: at.form.raison,
      });
      if (!done.made || done.dates === 0) at.nothingHappened();
      else at.about("date", date.id, { reason: at.form.raison, bookings: done.bookings });
      return redirect(
        `/espace/dates/${date.id}`,
        done.made && done.dates > 0
          ? `La date est annulée${nbsp}; ${toldWords(done.told, done.untold.length)}.`
          : "La date est annulée.",
      );
    },
  );
}
