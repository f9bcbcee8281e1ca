// The desk: find the person, say why they came, Enter. Every step is also a page without scripts.
import { fragment, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { Notice } from "../../../../ui/notice.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import {
  agendaRights,
  keepName,
  lastVisits,
  momentRefusal,
  recordVisit,
  visitsToAttach,
} from "../../../foundations/agenda/door.ts";
import { findPersons, personById } from "../../../foundations/people/door.ts";
import { VisitForm } from "../shapes.ts";
import type { Known } from "../words.ts";
import { deskOf, noSite, nowOf } from "./facts.ts";
import { LastVisits } from "./last.tsx";
import { deskPage, mostFound, Results } from "./page.tsx";
import { VisitOf } from "./visit.tsx";

/** The person of an identifier; of a file merged meanwhile, the file that took it in. Null: none, or no longer anybody's. */
async function knownPerson(at: At<unknown>, id: string): Promise<Known | null> {
  const person = isUuid(id) ? await personById(at.tx, id) : null;
  if (person?.merged_into) return knownPerson(at, person.merged_into);
  return person?.anonymised_at ? null : person;
}

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
    const person = await knownPerson(at, at.query.personne ?? "");
    if (person) at.about("person", person.id);
    const visit = person || at.query.sansnom ? { desk, person, keyed: at.tx.ids.uuid() } : null;
    if (visit && at.fragment === "accueil-saisie") return fragment(<VisitOf {...visit} />);
    const typed = (at.query.q ?? "").slice(0, 200);
    return deskPage(at, desk, {
      typed,
      found: typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, mostFound),
      ...(visit ? { visit } : {}),
    });
  });

  const again = async (at: At<unknown>, { fields, typed }: Mistakes) => {
    if (at.fragment) return fragment(<Notice kind="error" text={Object.values(fields).join(" ")} />, 422);
    const values = firstValues(typed);
    const desk = await deskOf(at, values.lieu);
    if (!desk) return noSite();
    const visit = {
      desk,
      person: await knownPerson(at, values.personne ?? ""),
      keyed: isUuid(values.key ?? "") ? (values.key ?? "") : at.tx.ids.uuid(),
      values,
      mistakes: fields,
    };
    return deskPage(at, desk, { visit, status: 422 });
  };

  routes.post(
    "/accueil/visites",
    { right: agendaRights["visit.record"], trace: "visit.recorded", form: VisitForm, onMistakes: again, swift: true },
    async (at) => {
      const { form, tx } = at;
      if (!may(at.scope, agendaRights["visit.record"], { site: form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const occurredOn = form.jour ?? tx.today;
      const occurredAt = form.heure ?? (form.jour === null || form.jour === tx.today ? nowOf(at) : null);
      const late = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
      if (late) return again(at, { fields: { jour: late }, typed: at.typed });
      const wish = {
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
      };
      at.about("visit", form.key, { site: form.lieu });
      // A name to be kept with the visit is a second thing to write.
      const alone = form.personne !== null || !form.nom;
      let recorded = await recordVisit(tx, wish, alone ? at.takeLine : undefined);
      if (!recorded.ok && form.personne) {
        // A visit that waited for the line may be of a file merged meanwhile: it is of the file that took it in.
        const person = await knownPerson(at, form.personne);
        if (person && person.id !== form.personne) recorded = await recordVisit(tx, { ...wish, personId: person.id });
      }
      if (!recorded.ok) return again(at, { fields: { motif: recorded.sentence }, typed: at.typed });
      if (recorded.made) {
        if (form.personne === null && form.nom) {
          const birth = form.naissance ? readDay(form.naissance) : null;
          const unread = birth && !birth.ok ? ` (${form.naissance})` : "";
          await keepName(tx, form.key, form.nom + unread, birth?.ok ? birth.value : null);
        }
      } else at.nothingHappened();
      const day = occurredOn === tx.today ? "" : ` pour le ${shortDay(occurredOn)}`;
      const when = `${day}${occurredAt ? ` à ${hour(occurredAt)}` : ""}`;
      if (at.fragment)
        return fragment(
          <Notice
            kind="success"
            text={`Visite${form.nom ? ` de ${form.nom}` : ""} notée${when}.`}
            action={{ href: `/visites/${form.key}`, label: "La voir ou la corriger" }}
          />,
        );
      // Without scripts the sentence travels in the address: it bears no name. The visit stands at the top of the list.
      return redirect(`/accueil?lieu=${form.lieu}`, `Visite notée${when}.`);
    },
  );
}
