// The desk: find the person, say why they came, Enter. Every step is also a page without scripts.
import { fragment, json, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { hour } from "../../../../ui/words.ts";
import {
  agendaRights,
  keepName,
  lastVisits,
  momentRefusal,
  recordVisit,
  visitsToAttach,
} from "../../../foundations/agenda/door.ts";
import { findPersons, nameOf, personById } from "../../../foundations/people/door.ts";
import { VisitForm } from "../shapes.ts";
import { deskOf, noSite, nowOf } from "./facts.ts";
import { LastVisits } from "./last.tsx";
import { deskPage, mostFound, Results } from "./page.tsx";
import { VisitOf } from "./visit.tsx";

export function declareDesk(routes: Routes): void {
  routes.get("/accueil", { right: agendaRights["visit.record"], trace: "desk.opened" }, async (at) => {
    if (at.fragment === "accueil-resultats") {
      const typed = (at.query.q ?? "").slice(0, 200);
      at.nothingHappened();
      at.tx.journal({ act: "person.searched" });
      return fragment(
        <Results
          typed={typed}
          found={typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, mostFound)}
          site={at.query.lieu ?? ""}
        />,
      );
    }
    const desk = await deskOf(at, at.query.lieu);
    if (!desk) return noSite();
    if (at.fragment === "accueil-dernieres") {
      at.nothingHappened();
      return fragment(
        <LastVisits
          site={desk.site}
          {...(await lastVisits(at.tx, desk.site.id, at.tx.today))}
          toAttach={await visitsToAttach(at.tx, [desk.site.id])}
        />,
      );
    }
    const id = at.query.personne ?? "";
    const person = isUuid(id) ? await personById(at.tx, id) : null;
    if (person && !person.merged_into && !person.anonymised_at) at.about("person", person.id);
    const visit =
      person && !person.anonymised_at
        ? { desk, person: person.merged_into ?? person.id, name: nameOf(person), keyed: at.tx.ids.uuid() }
        : at.query.sansnom
          ? { desk, person: null, name: "quelqu’un qui ne donne pas de nom", keyed: at.tx.ids.uuid() }
          : null;
    if (visit && at.fragment === "accueil-saisie") return fragment(<VisitOf {...visit} />);
    const typed = (at.query.q ?? "").slice(0, 200);
    return deskPage(at, desk, {
      typed,
      found: typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, mostFound),
      ...(visit ? { visit } : {}),
    });
  });

  const again = async (at: At<unknown>, { fields, typed }: Mistakes) => {
    const values = Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));
    const desk = await deskOf(at, values.lieu);
    if (!desk) return noSite();
    const id = values.personne ?? "";
    const person = isUuid(id) ? await personById(at.tx, id) : null;
    const visit = {
      desk,
      person: person?.id ?? null,
      name: person ? nameOf(person) : "quelqu’un qui ne donne pas de nom",
      keyed: isUuid(values.key ?? "") ? (values.key ?? "") : at.tx.ids.uuid(),
      values,
      mistakes: fields,
    };
    if (at.fragment) return fragment(<Notice kind="error" text={Object.values(fields).join(" ")} />, 422);
    return deskPage(at, desk, { visit, status: 422 });
  };

  routes.post(
    "/accueil/visites",
    { right: agendaRights["visit.record"], trace: "visit.recorded", form: VisitForm, onMistakes: again },
    async (at) => {
      const { form, tx } = at;
      if (!may(at.scope, agendaRights["visit.record"], { site: form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const occurredOn = form.jour ?? tx.today;
      const occurredAt = form.heure ?? (form.jour === null || form.jour === tx.today ? nowOf(at) : null);
      const late = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
      if (late) return again(at, { fields: { jour: late }, typed: at.typed });
      const recorded = await recordVisit(tx, {
        id: form.key,
        siteId: form.lieu,
        occurredOn,
        occurredAt,
        personId: form.personne,
        reasonId: form.motif,
        orientationId: form.orientation,
        mode: form.mode,
        groupId: null,
        unnamedSex: form.personne ? null : form.sexe,
      });
      if (!recorded.ok) return again(at, { fields: { motif: recorded.sentence }, typed: at.typed });
      if (recorded.made) {
        at.about("visit", form.key, { site: form.lieu });
        if (form.personne === null && form.nom) await keepName(tx, form.key, form.nom, form.naissance);
      } else at.nothingHappened();
      const said = `Visite notée${occurredAt ? ` à ${hour(occurredAt)}` : ""}.`;
      if (at.fragment)
        return fragment(
          <Notice
            kind="success"
            text={said}
            action={{ href: `/visites/${form.key}`, label: "La voir ou la corriger" }}
          />,
        );
      return redirect(`/accueil?lieu=${form.lieu}`, said);
    },
  );

  routes.get(
    "/accueil/cle",
    { right: agendaRights["visit.record"], trace: { none: "gives a fresh key for a form, no record" } },
    (at) => json({ key: at.tx.ids.uuid() }),
  );
}
