// What a volunteer does on the spot, on a phone: counts, books, notes.
import { z } from "zod";
import { type Answer, notFound, redirect } from "../../../../core/http/answer.ts";
import { countField, uuidField } from "../../../../core/http/fields.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { bookingRightOf, rightWords } from "../../../foundations/partners/door.ts";
import { personByCode } from "../../../foundations/people/door.ts";
import { bookedWords, refusedBooking } from "../bookings/date-routes.tsx";
import { book } from "../bookings/writes.ts";
import { gone } from "./action-routes.tsx";
import { type Action, actionOf } from "./reads.ts";
import { outpostRights } from "./rights.ts";
import { type SpotForm, spotPage } from "./spot-page.tsx";
import { countMet, noteNeed } from "./writes.ts";

const MetForm = z.object({
  key: uuidField,
  qui: z.enum(["F", "M", "sans", "moins-F", "moins-M", "moins-sans"], "Dites qui est rencontré."),
  combien: countField(1, 200),
});
const PlacesForm = z.object({
  key: uuidField,
  date: uuidField,
  prenom: z.string().max(60, "Au plus 60 signes.").default("").transform(oneLine),
  fiche: z.string().max(40).default("").transform(oneLine),
  personnes: countField(1, 200).transform((value) => value ?? 1),
  accompagnants: countField(0, 200).transform((value) => value ?? 0),
  attendre: z.string().default(""),
});
const NeedForm = z.object({
  key: uuidField,
  texte: z.string().trim().min(3, "Écrivez ce qui a été dit.").max(2000, "Au plus 2 000 signes."),
});

/** Why nothing can be noted there now, or null. */
const shut = (action: Action, today: string): string | null =>
  action.status === "cancelled" || action.status === "postponed"
    ? "Cette action n’a pas lieu : remettez-la d’abord, dans l’agenda."
    : action.day > today
      ? "Cette action est à venir : ouvrez cette page le jour même."
      : null;

export function declareSpot(routes: Routes): void {
  const right = outpostRights["outpost.hold"];
  const path = "/culture/actions/:session";
  const mistaken =
    (form: SpotForm) =>
    async (at: At<unknown>, { fields }: Pick<Mistakes, "fields">, status = 422): Promise<Answer> => {
      const action = await actionOf(at, right);
      return action ? spotPage(at, action, { form, fields, status }) : notFound(gone);
    };
  /** The action of the path when something can be noted there; else the answer that says why not. */
  const openAction = async (at: At<unknown>, form: SpotForm): Promise<Action | Answer> => {
    const action = await actionOf(at, right);
    if (!action) return notFound(gone);
    const why = shut(action, at.tx.today);
    return why ? spotPage(at, action, { form, fields: { "": why }, status: 409 }) : action;
  };
  const back = (action: Action, said: string): Answer => redirect(`/culture/actions/${action.id}/sur-place`, said);

  routes.get(`${path}/sur-place`, { right, trace: "outpost.opened" }, async (at) => {
    const action = await actionOf(at, right);
    if (!action) return notFound(gone);
    at.about("session", action.id);
    return spotPage(at, action);
  });

  routes.post(
    `${path}/rencontres`,
    { right, trace: "outpost.met", form: MetForm, onMistakes: mistaken("met") },
    async (at) => {
      const found = await openAction(at, "met");
      if (!("siteId" in found)) return found;
      const { key, qui, combien } = at.form;
      const [less, who] = qui.startsWith("moins-") ? [true, qui.slice(6)] : [false, qui];
      const heads = (combien ?? 1) * (less ? -1 : 1);
      const sex = who === "F" || who === "M" ? who : null;
      if (await countMet(at.tx, { id: key, session: found.id, sex, heads })) at.about("session", found.id, { heads });
      else at.nothingHappened();
      return back(found, less ? "C’est corrigé." : "C’est compté.");
    },
  );

  routes.post(
    `${path}/places`,
    { right, trace: "outpost.booked", form: PlacesForm, onMistakes: mistaken("places") },
    async (at) => {
      const found = await openAction(at, "places");
      if (!("siteId" in found)) return found;
      const { form, tx } = at;
      const wrong = (fields: Record<string, string>, status = 422) => mistaken("places")(at, { fields }, status);
      if (found.hostId === null)
        return wrong({ "": "Dites d’abord quelle structure accueille : les places sont réservées en son nom." });
      const { right: allowed } = await bookingRightOf(tx, found.hostId, "social", tx.today);
      if (!allowed.may) return wrong({ "": rightWords(allowed) });
      const person = form.fiche === "" ? null : await personByCode(tx, form.fiche);
      if (form.fiche !== "" && !person) return wrong({ fiche: "Aucune fiche n’a ce code." });
      const booked = await book(tx, {
        id: form.key,
        date: form.date,
        structure: found.hostId,
        person: person?.id ?? null,
        firstName: form.prenom || null,
        people: form.personnes,
        companions: form.accompagnants,
        wait: form.attendre === "1",
      });
      if (!booked.ok) return wrong(refusedBooking(booked.refusal), booked.refusal.why === "full" ? 409 : 422);
      if (booked.made) at.about("session", found.id, { date: form.date, seats: form.personnes + form.accompagnants });
      else at.nothingHappened();
      return back(found, bookedWords(booked));
    },
  );

  routes.post(
    `${path}/notes`,
    { right, trace: "outpost.noted", form: NeedForm, onMistakes: mistaken("note") },
    async (at) => {
      const found = await openAction(at, "note");
      if (!("siteId" in found)) return found;
      if (await noteNeed(at.tx, { id: at.form.key, session: found.id, body: at.form.texte }))
        at.about("session", found.id);
      else at.nothingHappened();
      return back(found, "C’est noté.");
    },
  );
}
