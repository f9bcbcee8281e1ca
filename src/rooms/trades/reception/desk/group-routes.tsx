// Several people at once: each is one visit.
import { page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { agendaRights, momentRefusal, recordVisit } from "../../../foundations/agenda/door.ts";
import { personByCode } from "../../../foundations/people/door.ts";
import { GroupForm } from "../shapes.ts";
import { deskOf, noSite, nowOf } from "./facts.ts";
import { VisitFields } from "./form.tsx";

export function declareGroup(routes: Routes): void {
  const form = async (
    at: At<unknown>,
    values: Record<string, string>,
    mistakes: Readonly<Record<string, string>>,
    status: number,
  ) => {
    const desk = await deskOf(at, values.lieu ?? at.query.lieu);
    if (!desk) return noSite();
    const field = (name: string, label: string) => ({
      name,
      label,
      value: values[name],
      error: mistakes[name],
      inputmode: "numeric" as const,
      width: "short" as const,
      maxlength: 3,
    });
    return page({
      title: "Groupe",
      status,
      crumbs: [{ href: `/accueil?lieu=${desk.site.id}`, label: "Accueil" }],
      body: (
        <>
          <Heading title="Un groupe">
            Chaque personne du groupe compte pour une visite ; sans nom, elle n’est pas comptée parmi les personnes
            différentes.
          </Heading>
          <ErrorSummary fields={mistakes} />
          <form method="post" action="/accueil/groupe" data-draft="groupe">
            <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} data-keep="1" />
            <div class="fields">
              <TextField {...field("femmes", "Femmes sans nom")} autofocus />
              <TextField {...field("hommes", "Hommes sans nom")} />
              <TextField {...field("autres", "Sans nom, sexe non précisé")} />
            </div>
            <TextField
              name="codes"
              label="Personnes connues"
              hint="Codes des fiches, séparés par des espaces"
              required={false}
              value={values.codes}
              error={mistakes.codes}
            />
            <VisitFields desk={desk} values={values} mistakes={mistakes} />
            <div class="submit">
              <button type="submit">Noter le groupe</button>
            </div>
          </form>
        </>
      ),
    });
  };
  routes.get("/accueil/groupe", { right: agendaRights["visit.record"], trace: { none: "an empty form" } }, (at) =>
    form(at, { lieu: at.query.lieu ?? "" }, {}, 200),
  );
  routes.post(
    "/accueil/groupe",
    {
      right: agendaRights["visit.record"],
      trace: "visit.group-recorded",
      form: GroupForm,
      onMistakes: (at, { fields, typed }) => form(at, firstValues(typed), fields, 422),
    },
    async (at) => {
      const { tx } = at;
      const wrong = (name: string, sentence: string) => form(at, firstValues(at.typed), { [name]: sentence }, 422);
      if (!may(at.scope, agendaRights["visit.record"], { site: at.form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de noter une visite dans ce lieu.");
      const unnamed = [
        ...Array<"F">(at.form.femmes).fill("F"),
        ...Array<"M">(at.form.hommes).fill("M"),
        ...Array<null>(at.form.autres).fill(null),
      ];
      const count = unnamed.length + at.form.codes.length;
      if (count === 0) return wrong("femmes", "Un groupe a au moins une personne.");
      if (count > 100) return wrong("femmes", "Un groupe a au plus 100 personnes : notez-en deux.");
      const named = new Set<string>();
      for (const code of at.form.codes) {
        const person = await personByCode(tx, code);
        if (!person) return wrong("codes", `Le code ${code} n’est celui d’aucune fiche.`);
        if (named.has(person.id)) return wrong("codes", `Le code ${code} est celui d’une personne déjà dans la liste.`);
        named.add(person.id);
      }
      const occurredOn = at.form.jour ?? tx.today;
      const occurredAt = at.form.heure ?? (occurredOn === tx.today ? nowOf(at) : null);
      const late = momentRefusal({ occurredOn, occurredAt }, tx.today, nowOf(at));
      if (late) return wrong("jour", late);
      const common = {
        siteId: at.form.lieu,
        occurredOn,
        occurredAt,
        reasonId: at.form.motif,
        orientationId: at.form.orientation,
        mode: at.form.mode,
        groupId: at.form.key,
      };
      // The first row bears the form's key: a second sending of the form finds it and adds nobody.
      const visitors: { personId: string | null; unnamedSex: "F" | "M" | null }[] = [
        ...[...named].map((personId) => ({ personId, unnamedSex: null })),
        ...unnamed.map((unnamedSex) => ({ personId: null, unnamedSex })),
      ];
      for (const [turn, visitor] of visitors.entries()) {
        const recorded = await recordVisit(tx, { ...common, ...visitor, id: turn === 0 ? at.form.key : tx.ids.uuid() });
        if (!recorded.ok) return wrong("motif", recorded.sentence);
        if (!recorded.made) {
          at.nothingHappened();
          break;
        }
        // A later row cannot be there already: its key is made here.
        if (turn === 0) at.about("visit", at.form.key, { site: at.form.lieu, people: count });
      }
      return redirect(`/accueil?lieu=${at.form.lieu}`, `Groupe noté : ${plural(count, "visite", "visites")}.`);
    },
  );
}
