// A permanence is programmed with its host and its volunteers, alone or once a week.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { countField, neededField, neededLine, readField, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay, readHour } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { CheckboxField, DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { list, plural, shortDay } from "../../../../ui/words.ts";
import { dayRefusal, holidayOf, weeklyDays } from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { namedStructure } from "../naming.ts";
import { type VolunteerLine, volunteerName, volunteersBetween } from "../volunteers/reads.ts";
import { poleProgrammes } from "./reads.ts";
import { outpostRights as rights } from "./rights.ts";
import { planOutposts } from "./writes.ts";

export const actionsCrumb = { href: "/culture/actions", label: "Permanences et actions culturelles" };
const yearAhead = 366;

/** Checkboxes of one name: none, one or several. */
export const severalIds = z
  .union([z.array(uuidField), uuidField.transform((one) => [one])])
  .default([])
  .transform((ids) => [...new Set(ids)]);

const PlanForm = z.object({
  key: uuidField,
  dispositif: uuidField,
  type: neededLine("Écrivez le type : permanence, café culture …", 60),
  titre: neededLine("Écrivez l’intitulé.", 200),
  hote: neededLine("Écrivez le nom de la structure qui accueille.", 200),
  jour: neededField(readDay, "Écrivez le jour"),
  heure: readField(readHour),
  duree: countField(5, 1440),
  nombre: countField(1, 52),
  lieu: uuidField,
  volontaires: severalIds,
});

/** The volunteers who may be chosen, each with the days of the mission. */
export function VolunteerChoice({
  volunteers,
  chosen,
  mistake,
}: {
  volunteers: readonly VolunteerLine[];
  chosen: readonly string[];
  mistake: string | undefined;
}) {
  return (
    <fieldset class={`field choices${mistake ? " field-error" : ""}`}>
      <legend>Volontaires</legend>
      {mistake ? (
        <p class="mistake" id="volontaires">
          {mistake}
        </p>
      ) : null}
      {volunteers.length === 0 ? <p>Aucune mission en cours ni à venir.</p> : null}
      <div class="options">
        {volunteers.map((one) => (
          <CheckboxField
            key={one.id}
            name="volontaires"
            value={one.id}
            label={`${volunteerName(one)}, du ${shortDay(one.fromDay)} au ${shortDay(one.toDay)}`}
            checked={chosen.includes(one.id)}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Those chosen whose mission holds on all the days; or the sentence of the first whose mission does not. */
export function chosenOn(
  volunteers: readonly VolunteerLine[],
  ids: readonly string[],
  days: readonly string[],
): { ok: true; chosen: VolunteerLine[] } | { ok: false; sentence: string } {
  const chosen = volunteers.filter(({ id }) => ids.includes(id));
  if (chosen.length < ids.length)
    return { ok: false, sentence: "Un des volontaires cochés n’est plus là : rechargez la page." };
  for (const one of chosen) {
    const outside = days.find((day) => day < one.fromDay || day > one.toDay);
    if (outside)
      return {
        ok: false,
        sentence: `Le ${shortDay(outside)} n’est pas dans la mission de ${volunteerName(one)}, du ${shortDay(one.fromDay)} au ${shortDay(one.toDay)}.`,
      };
  }
  return { ok: true, chosen };
}

async function planPage(at: At<unknown>, mistakes: Record<string, string> = {}): Promise<Answer> {
  const { tx, scope } = at;
  const [programmes, sites, volunteers] = await Promise.all([
    poleProgrammes(tx),
    listSites(tx),
    volunteersBetween(tx, tx.today, addDays(tx.today, yearAhead)),
  ]);
  const values: Record<string, string> = { type: "permanence", duree: "180", ...firstValues(at.typed) };
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  return page({
    title: "Programmer une permanence",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [actionsCrumb],
    body: (
      <>
        <Heading title="Programmer une permanence">
          Une permanence, un café culture, un atelier chez un hôte : c’est aussi une séance de l’agenda.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/culture/actions/nouvelle">
          <input type="hidden" name="key" value={values.key || tx.ids.uuid()} />
          <div class="fields">
            <SelectField {...field("dispositif")} label="Dispositif" options={programmes} />
            <TextField {...field("type")} label="Type" maxlength={60} />
            <TextField {...field("titre")} label="Intitulé" />
            <TextField {...field("hote")} label="Structure qui accueille" hint="Son nom, ou son numéro SIRET" />
            <DateField {...field("jour")} label="Jour" />
            <TextField {...field("heure")} label="Heure" width="short" maxlength={5} required={false} />
            <TextField
              {...field("duree")}
              label="Durée en minutes"
              inputmode="numeric"
              width="short"
              required={false}
            />
            <TextField
              {...field("nombre")}
              label="Combien, une par semaine"
              hint="Vide : une seule"
              inputmode="numeric"
              width="short"
              required={false}
            />
            <SelectField
              {...field("lieu")}
              label="Lieu de la maison qui la porte"
              options={sites
                .filter((site) => site.closed_on === null || site.closed_on >= tx.today)
                .filter((site) => may(scope, rights["outpost.plan"], { site: site.id }))
                .map(({ id, name }) => ({ value: id, label: name }))}
            />
          </div>
          <VolunteerChoice volunteers={volunteers} chosen={at.typed.volontaires ?? []} mistake={mistakes.volontaires} />
          <button type="submit">Programmer</button>
        </form>
      </>
    ),
  });
}

export function declarePlanning(routes: Routes): void {
  const right = rights["outpost.plan"];
  const path = "/culture/actions/nouvelle";
  routes.get(path, { right, trace: { none: "an empty form" } }, (at) => planPage(at));
  routes.post(
    path,
    { right, trace: "outpost.planned", form: PlanForm, onMistakes: (at, { fields }) => planPage(at, fields) },
    async (at) => {
      const { form, tx } = at;
      if (!may(at.scope, right, { site: form.lieu }))
        return refusal(403, "Votre rôle ne permet pas de programmer une permanence dans ce lieu.");
      const mistakes: Record<string, string> = {};
      const named = await namedStructure(tx, form.hote);
      if (!named.ok) mistakes.hote = named.sentence;
      if (!(await poleProgrammes(tx)).some(({ value }) => value === form.dispositif))
        mistakes.dispositif = "Choisissez dans la liste.";
      const refused =
        dayRefusal(form.jour, tx.today) ??
        (holidayOf(form.jour) ? `Ce jour est férié : ${holidayOf(form.jour)}.` : null);
      if (refused) mistakes.jour = refused;
      if (!named.ok || named.id === null || Object.keys(mistakes).length > 0) return planPage(at, mistakes);
      const { days, skipped } = weeklyDays(form.jour, form.nombre ?? 1, holidayOf);
      const [first, last] = [days[0] ?? form.jour, days.at(-1) ?? form.jour];
      const known = await volunteersBetween(tx, addDays(first, -yearAhead), addDays(last, yearAhead));
      const found = chosenOn(known, form.volontaires, days);
      if (!found.ok) return planPage(at, { volontaires: found.sentence });
      const planned = await planOutposts(tx, form.key, days, {
        programmeId: form.dispositif,
        kind: form.type,
        title: form.titre,
        startsAt: form.heure,
        minutes: form.duree,
        siteId: form.lieu,
        placeId: null,
        placeText: form.hote,
        mode: "in_person",
        capacity: null,
        host: named.id,
        holders: found.chosen.map((one) => ({ id: one.id, name: volunteerName(one), accountId: one.accountId })),
      });
      if (!planned.ok) return planPage(at, { [planned.field]: planned.sentence });
      if (planned.made) at.about("session", form.key, { sessions: days.length, volunteers: found.chosen.length });
      else at.nothingHappened();
      const left = skipped.map(({ day, name }) => `le ${shortDay(day)} (${name})`);
      return redirect(
        `/culture/actions/${form.key}`,
        `${plural(days.length, "permanence est programmée", "permanences sont programmées")}.${left.length > 0 ? ` Sauté : ${list(left)}.` : ""}`,
      );
    },
  );
}
