// What the team does with a date: books for a structure, changes its places, keeps some, draws them, calls it off.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine, readDay } from "../../../../core/importing/values.ts";
import { plural } from "../../../../ui/words.ts";
import { personByCode } from "../../../foundations/people/door.ts";
import { cancelDates } from "../cancellations/writes.ts";
import { namedStructure } from "../naming.ts";
import { knownCommunes, unknownWords } from "../offers/known-communes.ts";
import { type DateLine, dateById } from "../offers/reads.ts";
import { communesOf } from "../offers/shapes.ts";
import { allot } from "../offers/writes.ts";
import { rights } from "../rights.ts";
import { datePage } from "./date-page.tsx";
import { noteException, ruleAgainst } from "./exceptions.ts";
import { setPlaces } from "./lowering.ts";
import { refusalWords } from "./rules.ts";
import { BookForm } from "./shapes.ts";
import { type Booked, book } from "./writes.ts";

const crumbs = [{ href: "/culture/sorties", label: "Sorties proposées" }];
const gone = "Cette date";

/** The sentence of a booking that was refused, under the field that it is about. */
export function refusedBooking(refusal: Extract<Booked, { ok: false }>["refusal"]): Record<string, string> {
  switch (refusal.why) {
    case "no-structure":
      return { structure: "Cette structure est fermée, ou n’est plus là." };
    case "no-person":
      return { personne: "Cette fiche n’existe pas, ou n’est plus là." };
    case "no-date":
      return { "": "Cette date n’est plus là." };
    case "taken-key":
      return { "": "Ce formulaire a déjà servi : rechargez la page." };
    default:
      return { personnes: refusalWords(refusal) };
  }
}

/** What a booking that was made is told as. */
export const bookedWords = (booked: Extract<Booked, { ok: true }>): string =>
  booked.state === "confirmed"
    ? `Réservé. Code ${booked.code}.`
    : booked.state === "requested"
      ? `Demande enregistrée pour le tirage. Code ${booked.code}.`
      : `Sur la liste d’attente. Code ${booked.code}.`;

const dateOf = async (at: At<unknown>): Promise<DateLine | null> => {
  const id = at.params.date ?? "";
  return isUuid(id) ? dateById(at.tx, id) : null;
};

export function declareDates(routes: Routes): void {
  const shown = async (
    at: At<unknown>,
    wrong: Parameters<typeof datePage>[2] = null,
    status = 422,
  ): Promise<Answer> => {
    const date = await dateOf(at);
    if (!date) return notFound(gone);
    return page({ title: date.title, crumbs, status: wrong ? status : 200, body: await datePage(at, date, wrong) });
  };
  const wrongIn =
    (form: NonNullable<Parameters<typeof datePage>[2]>["form"]) =>
    (at: At<unknown>, { fields }: Pick<Mistakes, "fields">, status = 422) =>
      shown(at, { form, mistakes: { ...fields } }, status);

  routes.get("/culture/dates/:date", { right: rights["offer.see"], trace: "offer.opened" }, (at) => {
    at.about("date", at.params.date ?? "");
    return shown(at);
  });

  const wrongBooking = wrongIn("booking");
  routes.post(
    "/culture/dates/:date/reservations",
    { right: rights["booking.make"], trace: "booking.made", form: BookForm, onMistakes: wrongBooking },
    async (at) => {
      const { form, tx } = at;
      const date = await dateOf(at);
      if (!date) return notFound(gone);
      const structure = await namedStructure(tx, form.structure);
      if (!structure.ok)
        return shown(at, { form: "booking", mistakes: { structure: structure.sentence }, near: structure.near });
      if (!structure.id) return wrongBooking(at, { fields: { structure: "Dites quelle structure réserve." } });
      const person = form.personne ? await personByCode(tx, form.personne) : null;
      if (form.personne && !person) return wrongBooking(at, { fields: { personne: "Aucune fiche n’a ce code." } });
      const against = await ruleAgainst(tx, structure.id);
      if (against && form.malgre.length < 3)
        return wrongBooking(at, {
          fields: { malgre: `${against.words} Pour réserver malgré cela, dites pourquoi.` },
        });
      const booked = await book(tx, {
        id: form.key,
        date: date.id,
        structure: structure.id,
        person: person?.id ?? null,
        firstName: form.prenom || null,
        people: form.personnes,
        companions: form.accompagnants,
        wait: form.attendre === "1",
      });
      if (!booked.ok) return wrongBooking(at, { fields: refusedBooking(booked.refusal) });
      if (booked.made && against) await noteException(tx, form.key, { rule: against.rule, reason: form.malgre });
      if (booked.made)
        at.about("booking", form.key, {
          state: booked.state,
          seats: form.personnes + form.accompagnants,
          ...(against ? { against: against.rule } : {}),
        });
      else at.nothingHappened();
      return redirect(`/culture/dates/${date.id}`, bookedWords(booked));
    },
  );

  const PlacesForm = z.object({ key: z.uuid(), version: z.coerce.number().int(), places: z.string().max(12) });
  const wrongPlaces = wrongIn("places");
  routes.post(
    "/culture/dates/:date/places",
    { right: rights["offer.publish"], trace: "date.changed", form: PlacesForm, onMistakes: wrongPlaces },
    async (at) => {
      const date = await dateOf(at);
      if (!date) return notFound(gone);
      const typed = at.form.places.replace(/[\s\u00A0\u202F]/g, "");
      if (!/^\d{1,6}$/.test(typed) || Number(typed) > 100_000)
        return wrongPlaces(at, { fields: { places: "Un nombre de places." } });
      const set = await setPlaces(at.tx, {
        date: date.id,
        places: Number(typed),
        version: at.form.version,
        act: at.form.key,
      });
      if (!set)
        return wrongPlaces(
          at,
          { fields: { places: "Cette date a changé pendant que vous écriviez : relisez, puis recommencez." } },
          409,
        );
      if ("refused" in set) return wrongPlaces(at, { fields: { places: set.refused } });
      at.about("date", date.id, { places: Number(typed), lost: set.lost });
      const untold =
        set.untold.length > 0
          ? ` ${plural(set.untold.length, "structure sans courriel est à prévenir", "structures sans courriel sont à prévenir")} de vive voix.`
          : "";
      return redirect(
        `/culture/dates/${date.id}`,
        set.lost > 0
          ? `Nombre de places changé, ${plural(set.lost, "réservation annulée", "réservations annulées")}.${untold}`
          : "Nombre de places changé.",
      );
    },
  );

  const AllotForm = z.object({
    key: z.uuid(),
    places: z.string().max(6),
    communes: z.string().max(500),
    jusque: z.string().max(20),
  });
  const wrongAllotment = wrongIn("allotment");
  routes.post(
    "/culture/dates/:date/places-gardees",
    { right: rights["offer.publish"], trace: "date.changed", form: AllotForm, onMistakes: wrongAllotment },
    async (at) => {
      const date = await dateOf(at);
      if (!date) return notFound(gone);
      const until = readDay(at.form.jusque.trim());
      const { communes, unknown } = await knownCommunes(at.tx, communesOf(at.form.communes));
      const places = Number(at.form.places.trim());
      const mistakes = {
        ...(Number.isInteger(places) && places >= 1 && places <= date.places
          ? {}
          : { places: `Un nombre de 1 à ${date.places}.` }),
        ...(communes.length > 0 ? {} : { communes: "Donnez une commune au moins." }),
        ...(unknown.length > 0 ? { communes: unknownWords(unknown) } : {}),
        ...(until.ok && until.value >= at.tx.today ? {} : { jusque: "Donnez un jour à venir, jj/mm/aaaa." }),
      };
      if (Object.keys(mistakes).length > 0 || !until.ok) return wrongAllotment(at, { fields: mistakes });
      await allot(at.tx, { id: at.form.key, date: date.id, places, communes, until: until.value });
      at.about("date", date.id, { kept: places });
      return redirect(`/culture/dates/${date.id}`, "Places gardées.");
    },
  );

  const CancelForm = z.object({ key: z.uuid(), raison: z.string().max(200).transform(oneLine) });
  const wrongCancellation = wrongIn("cancellation");
  routes.post(
    "/culture/dates/:date/annulation",
    { right: rights["date.cancel"], trace: "date.cancelled", form: CancelForm, onMistakes: wrongCancellation },
    async (at) => {
      const date = await dateOf(at);
      if (!date) return notFound(gone);
      if (!at.form.raison)
        return wrongCancellation(at, { fields: { raison: "Dites pourquoi : les structures le liront." } });
      const done = await cancelDates(at.tx, {
        id: at.form.key,
        date: date.id,
        structure: null,
        from: date.day,
        to: date.day,
        reason: at.form.raison,
      });
      if (!done.made || done.dates === 0) {
        if (!done.made) at.nothingHappened();
        else return refusal(409, "Cette date est déjà annulée.");
        return redirect(`/culture/dates/${date.id}`, "Cette date est déjà annulée.");
      }
      at.about("date", date.id, { bookings: done.bookings, told: done.told });
      return redirect(
        `/culture/dates/${date.id}`,
        `Date annulée, ${plural(done.told, "structure prévenue", "structures prévenues")}.`,
      );
    },
  );
}
