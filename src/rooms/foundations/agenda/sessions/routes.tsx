// One session: opened, cancelled, postponed, put back; people registered and taken off.
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { plural, shortDay } from "../../../../ui/words.ts";
import { dayRefusal } from "../interviews/rules.ts";
import { rights } from "../rights.ts";
import { holidayOf } from "../weeks/holidays.ts";
import { personsOf, sessionOf } from "./one.ts";
import { sessionPage } from "./page.tsx";
import { type Registration, registrationsOf } from "./reads.ts";
import { cancelRegistration, register } from "./registering.ts";
import { CancellationForm, RegistrationForm, SessionStatusForm } from "./shapes.ts";
import { registrationWords } from "./words.ts";
import { changeSessionStatus, postponeSession } from "./writes.ts";

const exported: readonly ListColumn<Registration>[] = [
  { label: "Fiche", cell: (row) => row.code },
  { label: "Nom", cell: (row) => row.familyName },
  { label: "Prénom", cell: (row) => row.givenName },
  { label: "État", cell: (row) => registrationWords[row.state] },
  { label: "Par son lien", cell: (row) => row.byLink },
  { label: "Raison", cell: (row) => row.reason },
];

export function declareSession(routes: Routes): void {
  routes.get("/seances/:session", { right: rights["session.see"], trace: "session.seen" }, async (at) => {
    const session = await sessionOf(at);
    return session ? sessionPage(at, session) : notFound("Cette séance");
  });

  routes.get(
    "/seances/:session/inscriptions.csv",
    { right: rights["session.register"], trace: "session.registrations-exported" },
    async (at) => {
      const session = await sessionOf(at, rights["session.register"]);
      if (!session) return notFound("Cette séance");
      at.about("session", session.id);
      return csvFile(`inscriptions-${session.startsOn}`, exported, [await registrationsOf(at.tx, session.id)]);
    },
  );

  routes.post(
    "/seances/:session/etat",
    {
      right: rights["session.record"],
      trace: "session.status-changed",
      form: SessionStatusForm,
      async onMistakes(at, { fields, typed }) {
        const session = await sessionOf(at, rights["session.record"]);
        if (!session) return notFound("Cette séance");
        return sessionPage(at, session, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const { form, tx } = at;
      const session = await sessionOf(at, rights["session.record"]);
      if (!session) return notFound("Cette séance");
      const wrong = (field: string, sentence: string) =>
        sessionPage(at, session, { values: firstValues(at.typed), mistakes: { [field]: sentence }, status: 422 });
      if (form.etat !== "planned" && form.raison.length < 3) return wrong("raison", "Dites en quelques mots pourquoi.");
      at.about("session", session.id, { to: form.etat });
      if (session.status === form.etat) {
        at.nothingHappened();
        return redirect(`/seances/${session.id}`);
      }
      if (session.status === "held")
        return refusal(422, "Cette séance a eu lieu : elle se corrige, et ne s’annule plus.");
      if (session.postponedTo)
        return refusal(422, "Cette séance est déjà reportée à une autre date : ouvrez la nouvelle.");
      const day = form.nouveau_jour;
      if (form.etat === "postponed" && day) {
        const refused =
          dayRefusal(day, tx.today) ?? (day < tx.today ? "Une séance se reporte à un jour à venir." : null);
        if (refused) return wrong("nouveau_jour", refused);
        const holiday = holidayOf(day);
        if (holiday) return wrong("nouveau_jour", `Le ${shortDay(day)} est férié : ${holiday}.`);
        const wish = {
          id: form.key ?? tx.ids.uuid(),
          day,
          at: form.nouvelle_heure ?? session.startsAt,
          reason: form.raison,
        };
        const postponed = await postponeSession(tx, session, form.version, wish);
        if (postponed.ok)
          return redirect(
            `/seances/${wish.id}`,
            "La séance est reportée ; ses inscrits sont passés à la nouvelle date.",
          );
        return "stale" in postponed
          ? sessionPage(at, postponed.stale, { status: 409, stale: true })
          : wrong(postponed.field, postponed.sentence);
      }
      const reason = form.etat === "planned" ? null : form.raison;
      const changed = await changeSessionStatus(tx, session, form.version, form.etat, reason);
      if (!changed.ok)
        return "stale" in changed
          ? sessionPage(at, changed.stale, { status: 409, stale: true })
          : wrong(changed.field, changed.sentence);
      return redirect(
        `/seances/${session.id}`,
        form.etat === "planned"
          ? "La séance est remise."
          : form.etat === "cancelled"
            ? "La séance est annulée ; elle reste visible et peut être remise."
            : "La séance est reportée, sans nouvelle date pour le moment.",
      );
    },
  );

  const right = rights["session.register"];
  routes.post(
    "/seances/:session/inscriptions",
    {
      right,
      trace: "session.registered",
      form: RegistrationForm,
      async onMistakes(at, { fields, typed }) {
        const session = await sessionOf(at, right);
        if (!session) return notFound("Cette séance");
        return sessionPage(at, session, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const { form, tx } = at;
      const session = await sessionOf(at, right);
      if (!session) return notFound("Cette séance");
      const wrong = (sentence: string) =>
        sessionPage(at, session, { values: firstValues(at.typed), mistakes: { codes: sentence }, status: 422 });
      const found = await personsOf(at, form.codes);
      if (!found.ok) return wrong(found.sentence);
      const persons = [...new Set([...(form.personne ? [form.personne] : []), ...found.persons])];
      if (persons.length === 0) return wrong("Écrivez le code d’au moins une fiche.");
      if (persons.length > 100) return wrong("Au plus 100 personnes à la fois.");
      const together = form.ensemble !== "" && persons.length > 1;
      const done = await register(tx, { session: session.id, persons, key: form.key, together });
      if (!done.ok) return wrong(done.sentence);
      if (!done.made) at.nothingHappened();
      at.about("session", session.id, { registered: done.registered, waiting: done.waiting });
      const parts = [
        ...(done.registered > 0 ? [plural(done.registered, "personne inscrite", "personnes inscrites")] : []),
        ...(done.waiting > 0 ? [`${plural(done.waiting, "personne", "personnes")} en liste d’attente`] : []),
      ];
      return redirect(`/seances/${session.id}`, `${parts.join(", ")}.`);
    },
  );

  routes.post(
    "/seances/:session/desistement",
    {
      right,
      trace: "session.registration-cancelled",
      form: CancellationForm,
      onMistakes: () => refusal(422, "Demande illisible : rechargez la page."),
    },
    async (at) => {
      const session = await sessionOf(at, right);
      if (!session) return notFound("Cette séance");
      if (session.status !== "planned")
        return refusal(422, "Cette séance n’est plus à venir : sa liste ne change plus.");
      const { personne, raison } = at.form;
      const done = await cancelRegistration(at.tx, session.id, personne, raison || null);
      if (!done) at.nothingHappened();
      at.about("session", session.id, { person: personne, entered: done?.entered ?? 0 });
      return redirect(
        `/seances/${session.id}`,
        `La personne est désinscrite.${done && done.entered > 0 ? ` ${plural(done.entered, "personne entre", "personnes entrent")} de la liste d’attente.` : ""}`,
      );
    },
  );
}
