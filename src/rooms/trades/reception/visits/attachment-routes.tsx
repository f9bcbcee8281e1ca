// The person found later for a visit noted without a line.
import { z } from "zod";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { agendaRights, attachVisit } from "../../../foundations/agenda/door.ts";
import { findPersons, PersonSummary } from "../../../foundations/people/door.ts";
import { momentOf } from "../words.ts";
import { crumbs, visitOf } from "./one.ts";

export function declareAttachment(routes: Routes): void {
  routes.get(
    "/visites/:visit/rattacher",
    { right: agendaRights["visit.correct"], trace: "visit.opened" },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit?.nameToAttach || visit.personId) return notFound("Cette visite à rattacher");
      at.about("visit", visit.id);
      const typed = at.query.q ?? visit.nameToAttach;
      const found = await findPersons(at.tx, typed, 12);
      return page({
        title: "Rattacher une visite",
        crumbs,
        body: (
          <>
            <Heading title={`Qui était ${visit.nameToAttach} ?`}>
              {momentOf(visit)}, {visit.site}
              {visit.birthToAttach ? `, né(e) le ${shortDay(visit.birthToAttach)}` : ""}. La visite est déjà comptée ;
              elle sera rattachée à la fiche choisie.
            </Heading>
            <form method="get" action={`/visites/${visit.id}/rattacher`} role="search" class="filters">
              <TextField name="q" label="Chercher" type="search" value={typed} />
              <button type="submit" class="second">
                Chercher
              </button>
            </form>
            <form method="post" action={`/visites/${visit.id}/rattacher`}>
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
            {found.length === 0 ? (
              <p>
                Personne ne correspond.{" "}
                <a href={`/personnes/nouvelle?nom=${encodeURIComponent(visit.nameToAttach)}`}>Créer sa fiche</a>, puis
                revenir ici.
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
      form: z.object({ personne: z.string() }),
      onMistakes: () => refusal(422, "Choisissez une fiche."),
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!isUuid(at.form.personne) || !(await attachVisit(at.tx, visit, at.form.personne, "rattachée à sa fiche")))
        return refusal(409, "Cette visite est déjà rattachée, ou la fiche n’existe plus.");
      at.about("visit", visit.id, { person: at.form.personne });
      return redirect(`/visites/${visit.id}`, "La visite est rattachée.");
    },
  );
}
