// Whose visit it was, said afterwards: for a name noted without a line, for somebody who gave no name at first, or for one taken for another.
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { agendaRights, attachVisit, type VisitLine } from "../../../foundations/agenda/door.ts";
import { findPersons, PersonSummary } from "../../../foundations/people/door.ts";
import { AttachmentForm } from "../shapes.ts";
import { momentOf, visitorOf } from "../words.ts";
import { crumbs, mayMend, tooLate, visitOf } from "./one.ts";

/** A name that waits for its file may be found on another day too, by whoever receives: that is the day after a cut. */
const mayAttach = (at: At<unknown>, visit: VisitLine): boolean =>
  mayMend(at, visit) || (visit.nameToAttach !== null && visit.personId === null);

export function declareAttachment(routes: Routes): void {
  routes.get(
    "/visites/:visit/rattacher",
    { right: agendaRights["visit.correct"], trace: "visit.opened" },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit || visit.withdrawn) return notFound("Cette visite à rattacher");
      if (!mayAttach(at, visit)) return tooLate();
      at.about("visit", visit.id);
      const typed = (at.query.q ?? visit.nameToAttach ?? "").slice(0, 200);
      const found = (typed.trim().length < 2 ? [] : await findPersons(at.tx, typed, 12)).filter(
        (person) => person.id !== visit.personId,
      );
      return page({
        title: "Rattacher une visite",
        crumbs: [...crumbs, { href: `/visites/${visit.id}`, label: visitorOf(visit) }],
        body: (
          <>
            <Heading title={visit.nameToAttach ? `Qui était ${visit.nameToAttach} ?` : "De qui était cette visite ?"}>
              {momentOf(visit)}, {visit.site}
              {visit.birthToAttach ? `, né(e) le ${shortDay(visit.birthToAttach)}` : ""}. La visite est déjà comptée ;
              elle sera celle de la fiche choisie.
            </Heading>
            <form method="get" action={`/visites/${visit.id}/rattacher`} role="search" class="filters">
              <TextField name="q" label="Chercher" type="search" value={typed} autofocus={typed === ""} />
              <button type="submit" class="second">
                Chercher
              </button>
            </form>
            <form method="post" action={`/visites/${visit.id}/rattacher`}>
              <input type="hidden" name="version" value={String(visit.version)} />
              <ul class="results">
                {found.map((person) => (
                  <li key={person.id}>
                    <button type="submit" name="personne" value={person.id} class="row">
                      <PersonSummary person={person} />
                    </button>
                  </li>
                ))}
              </ul>
            </form>
            {found.length === 0 && typed.trim().length >= 2 ? (
              <p>
                Personne ne correspond.{" "}
                <a href={`/personnes/nouvelle?nom=${encodeURIComponent(typed)}`}>Créer sa fiche</a>, puis revenir ici.
              </p>
            ) : null}
          </>
        ),
      });
    },
  );
  routes.post(
    "/visites/:visit/rattacher",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.attached",
      form: AttachmentForm,
      onMistakes: () => refusal(422, "Choisissez une fiche."),
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit || visit.withdrawn) return notFound("Cette visite à rattacher");
      if (!mayAttach(at, visit)) return tooLate();
      const why = visit.personId ? "ce n’était pas cette personne" : "fiche trouvée";
      if (visit.version !== at.form.version || !(await attachVisit(at.tx, visit, at.form.personne, why)))
        return refusal(
          409,
          "Cette visite a changé entre-temps, ou la fiche n’existe plus : revenez à la visite et recommencez.",
        );
      at.about("visit", visit.id, { person: at.form.personne });
      return redirect(`/visites/${visit.id}`, "La visite est celle de cette fiche.");
    },
  );
}
