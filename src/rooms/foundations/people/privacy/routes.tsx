// A person's rights over their data: what is noted, answered, given, erased.
import { z } from "zod";
import { type Answer, notFound, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { PersonLink } from "../../../../core/room.ts";
import type { Person } from "../reads.ts";
import { anonymise } from "../retention/writes.ts";
import { rights } from "../rights.ts";
import { inOneMonth } from "../rules.ts";
import { dayField } from "../shapes.ts";
import { livePersonOf } from "../sheet/found.ts";
import type { PeopleTables } from "../tables.ts";
import { purposeWords, type Words } from "../words.ts";
import { dossierOf } from "./dossier.tsx";
import { privacyPage } from "./page.tsx";

type FormName = "consent" | "request" | "answer" | "erasure";

const inList = "Choisissez dans la liste.";
const Consent = z.object({
  purpose: z.string(inList).refine((value) => Object.hasOwn(purposeWords, value), inList),
  consent: z.enum(["informed", "given", "refused", "withdrawn"], inList),
  on_day: dayField,
});
const Request = z.object({
  kind: z.enum(["access", "rectification", "erasure", "restriction", "objection"], inList),
  received_on: dayField,
});
const AnswerGiven = z.object({
  answer: z
    .string("Écrivez la réponse donnée.")
    .trim()
    .min(1, "Écrivez la réponse donnée.")
    .max(1000, "Au plus 1 000 signes."),
});
const Erasure = z.object({
  reason: z
    .string("Écrivez la raison.")
    .trim()
    .min(3, "Écrivez la raison de l’effacement. Rien n’est effacé.")
    .max(300, "Au plus 300 signes."),
  confirmation: z.string("Recopiez le code de la fiche.").trim().toUpperCase(),
});

export function declarePrivacy(routes: Routes, links: () => readonly PersonLink[], words: Words): void {
  const privacy = { right: rights["person.privacy"] };
  const again = async (at: At<unknown>, form: FormName, mistakes: Record<string, string>): Promise<Answer> => {
    const person = await livePersonOf(at);
    return person ? privacyPage(at, person, links(), { form, mistakes, status: 422 }) : notFound("Cette fiche");
  };
  /** A new row about the person, and a refusal for a day that has not come. */
  const mine = (at: At<unknown>, person: Person) => ({
    house_id: at.scope.house,
    id: at.tx.ids.uuid(),
    person_id: person.id,
    recorded_by: at.scope.account,
  });
  const notYet = "Ce jour n’est pas encore venu.";

  routes.get("/personnes/:person/donnees", { ...privacy, trace: "person.opened" }, async (at) => {
    const person = await livePersonOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    return privacyPage(at, person, links());
  });

  routes.post(
    "/personnes/:person/consentements",
    {
      ...privacy,
      trace: "consent.recorded",
      form: Consent,
      onMistakes: (at, { fields }) => again(at, "consent", fields),
    },
    async (at) => {
      const person = await livePersonOf(at);
      if (!person) return notFound("Cette fiche");
      const { purpose, consent: answer, on_day } = at.form;
      if (on_day && on_day > at.tx.today) return again(at, "consent", { on_day: notYet });
      const row = {
        ...mine(at, person),
        purpose,
        answer,
        on_day: on_day ?? at.tx.today,
        recorded_at: at.tx.clock.now(),
      };
      await at.tx.on<PeopleTables>().insertInto("people.consents").values(row).execute();
      at.about("person", person.id, { purpose, answer });
      return redirect(`/personnes/${person.id}/donnees`, "C’est noté.");
    },
  );

  routes.post(
    "/personnes/:person/demandes",
    {
      ...privacy,
      trace: "request.recorded",
      form: Request,
      onMistakes: (at, { fields }) => again(at, "request", fields),
    },
    async (at) => {
      const person = await livePersonOf(at);
      if (!person) return notFound("Cette fiche");
      const received = at.form.received_on ?? at.tx.today;
      if (received > at.tx.today) return again(at, "request", { received_on: notYet });
      await at.tx
        .on<PeopleTables>()
        .insertInto("people.requests")
        .values({
          ...mine(at, person),
          kind: at.form.kind,
          received_on: received,
          due_on: inOneMonth(received),
          answered_on: null,
          answer: null,
        })
        .execute();
      at.about("person", person.id, { kind: at.form.kind });
      return redirect(`/personnes/${person.id}/donnees`, "La demande est notée ; la réponse est due dans le mois.");
    },
  );

  routes.post(
    "/personnes/:person/demandes/:request",
    {
      ...privacy,
      trace: "request.answered",
      form: AnswerGiven,
      onMistakes: (at, { fields }) => again(at, "answer", fields),
    },
    async (at) => {
      const person = await livePersonOf(at);
      const id = at.params.request ?? "";
      if (!person || !isUuid(id)) return notFound("Cette demande");
      const done = await at.tx
        .on<PeopleTables>()
        .updateTable("people.requests")
        .set({ answered_on: at.tx.today, answer: at.form.answer })
        .where("house_id", "=", at.scope.house)
        .where("person_id", "=", person.id)
        .where("id", "=", id)
        .where("answered_on", "is", null)
        .returning("id")
        .execute();
      if (done.length === 0) return notFound("Cette demande");
      at.about("person", person.id, { request: id });
      return redirect(`/personnes/${person.id}/donnees`, "La réponse est notée.");
    },
  );

  routes.get("/personnes/:person/dossier", { ...privacy, trace: "person.file-given" }, async (at) => {
    const person = await livePersonOf(at);
    if (!person) return notFound("Cette fiche");
    at.about("person", person.id);
    return {
      kind: "file",
      stream: await dossierOf(at.tx, links(), words, person),
      name: `dossier-${person.code}.html`,
      type: "text/html; charset=utf-8",
    };
  });

  routes.post(
    "/personnes/:person/effacement",
    {
      right: rights["person.erase"],
      trace: "person.erased",
      form: Erasure,
      onMistakes: (at, { fields }) => again(at, "erasure", fields),
    },
    async (at) => {
      const person = await livePersonOf(at);
      if (!person) return notFound("Cette fiche");
      if (at.form.confirmation !== person.code)
        return again(at, "erasure", { confirmation: "Ce n’est pas le code de la fiche. Rien n’est effacé." });
      await anonymise(at.tx, links(), [person.id]);
      at.about("person", person.id, { reason: at.form.reason });
      return redirect("/personnes", "Les données de cette personne sont effacées.");
    },
  );
}
