// A person's sheet: identity, what is true of them, what happened, each room with its panel.
import { z } from "zod";
import { notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonPanel } from "../../../../core/room.ts";
import { ageOn, dayIn, minuteIn } from "../../../../core/time.ts";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { externalIdsOf, type Person, personById, readersOf, situationsOf } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { dayField } from "../shapes.ts";
import { siteOptions } from "../site-options.ts";
import type { SituationKind } from "../tables.ts";
import { journalWords, sexWords, situationWords } from "../words.ts";
import { recordSituation } from "../writes.ts";
import { SituationForm, SituationList } from "./situations.tsx";

async function sheet(
  at: At<unknown>,
  person: Person,
  panels: readonly PersonPanel[],
  shown: { sensitive: boolean; mistakes?: Record<string, string>; status?: number },
) {
  const { tx, scope } = at;
  const asked = readDay(at.query.jour ?? "");
  const onDay = asked.ok ? asked.value : tx.today;
  const seesContact = may(scope, rights["person.contact"]);
  const seesSituation = may(scope, rights["person.situation"]);
  const mine = panels.filter((panel) => may(scope, panel.right)).sort((a, b) => a.order - b.order);
  const [sites, external, situations] = [
    await siteOptions(tx),
    await externalIdsOf(tx, person.id),
    seesSituation ? await situationsOf(tx, person.id) : [],
  ];
  const lines = [];
  const bodies = [];
  for (const panel of mine) {
    if (panel.timeline) lines.push(...(await panel.timeline(tx, person.id, 60)));
    if (panel.panel) bodies.push(await panel.panel(tx, person.id));
  }
  for (const row of situations)
    if (!situationWords[row.kind].sensitive)
      lines.push({
        day: row.from_day,
        kind: situationWords[row.kind].label,
        text: situationWords[row.kind].values[row.value] ?? row.value,
      });
  lines.push({ day: person.created_on, kind: "Fiche", text: "créée" });
  lines.sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : (b.hour ?? "").localeCompare(a.hour ?? "")));
  const readers = may(scope, rights["person.readers"]) ? await readersOf(tx, person.id) : null;
  const name = nameOf(person);
  return page({
    title: name,
    status: shown.status ?? 200,
    crumbs: [{ href: "/personnes", label: "Personnes" }],
    body: (
      <>
        <Heading
          title={name}
          {...(may(scope, rights["person.write"]) && !person.anonymised_at
            ? { action: { href: `/personnes/${person.id}/modifier`, label: "Modifier", key: "m" } }
            : {})}
        >
          {[
            person.sex ? sexWords[person.sex] : null,
            person.birth_date
              ? `${person.sex === "F" ? "née" : "né"} le ${shortDay(person.birth_date)} (${plural(ageOn(person.birth_date, tx.today), "an", "ans")})`
              : null,
            person.archived_at ? "fiche archivée" : null,
          ]
            .filter(Boolean)
            .join(" · ")}
        </Heading>
        {may(scope, rights["person.write"]) ? (
          <p class="no-print">
            <a class="button second" href={`/accueil?personne=${person.id}`}>
              Ajouter une visite
            </a>
          </p>
        ) : null}
        <div class="columns">
          <section aria-labelledby="identite">
            <h2 id="identite">Identité</h2>
            <Facts
              facts={[
                ...(person.birth_name ? [{ label: "Nom de naissance", value: person.birth_name }] : []),
                ...(seesContact
                  ? [
                      {
                        label: "Téléphone",
                        value: person.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : null,
                      },
                      { label: "Courriel", value: person.email },
                      {
                        label: "Adresse",
                        value: person.address
                          ? `${person.address}, ${person.postal_code ?? ""} ${person.commune_name ?? ""}`
                          : null,
                      },
                    ]
                  : []),
                {
                  label: "Commune",
                  value: person.commune_name
                    ? `${person.commune_name}${person.commune_code ? ` (${person.commune_code})` : ""}`
                    : null,
                },
                { label: "Antenne", value: sites.find((site) => site.value === person.site_id)?.label },
                { label: "Numéros", value: [person.code, ...external.map((one) => one.external_id)].join(", ") },
                { label: "Dernier contact", value: person.last_contact_on ? shortDay(person.last_contact_on) : null },
              ]}
            />
            {seesSituation ? (
              <>
                <h2>Situation</h2>
                <SituationList rows={situations} onDay={onDay} sensitive={shown.sensitive} person={person.id} />
                {person.anonymised_at ? null : (
                  <SituationForm person={person.id} today={tx.today} mistakes={shown.mistakes ?? {}} />
                )}
              </>
            ) : null}
            {bodies}
          </section>
          <section aria-labelledby="histoire">
            <h2 id="histoire">Ce qui s’est passé</h2>
            <Timeline
              lines={lines.slice(0, 120).map((line) => ({
                when: `${shortDay(line.day)}${line.hour ? ` ${hour(line.hour)}` : ""}`,
                kind: line.kind,
                text: line.text,
              }))}
            />
            {may(scope, rights["person.privacy"]) ? (
              <p>
                <a href={`/personnes/${person.id}/donnees`}>Données personnelles : information, demandes, effacement</a>
              </p>
            ) : null}
            {readers ? (
              <details>
                <summary>Qui a ouvert cette fiche</summary>
                <Timeline
                  lines={readers.map((reader) => ({
                    when: `${shortDay(dayIn(scope.zone, reader.at))} ${hour(minuteIn(scope.zone, reader.at))}`,
                    kind: reader.name ?? "le programme",
                    text: (journalWords as Record<string, string>)[reader.act] ?? reader.act,
                  }))}
                />
              </details>
            ) : null}
          </section>
        </div>
      </>
    ),
  });
}

const kinds = Object.keys(situationWords) as [SituationKind, ...SituationKind[]];
const SituationForm_ = z
  .object({
    choix: z.string().regex(/^[a-z]+:[a-z0-9_]+$/, "Choisissez ce qui change."),
    a_partir_du: dayField,
    inscrit_depuis: dayField,
  })
  .superRefine((form, context) => {
    const [kind, value] = form.choix.split(":");
    const words = kinds.find((known) => known === kind);
    if (!words || !value || !(value in situationWords[words].values))
      context.addIssue({ code: "custom", path: ["choix"], message: "Choisissez ce qui change dans la liste." });
  });

export function declareSheet(routes: Routes, panels: () => readonly PersonPanel[]): void {
  const found = async (at: At<unknown>): Promise<Person | null> => {
    const id = at.params.person ?? "";
    return isUuid(id) ? personById(at.tx, id) : null;
  };
  routes.get("/personnes/:person", { right: rights["person.open"], trace: "person.opened" }, async (at) => {
    const person = await found(at);
    if (!person) return notFound("Cette fiche");
    if (person.merged_into) return redirect(`/personnes/${person.merged_into}`);
    at.about("person", person.id);
    return sheet(at, person, panels(), { sensitive: false });
  });
  routes.get(
    "/personnes/:person/sensible",
    { right: rights["person.sensitive"], trace: "person.sensitive-read" },
    async (at) => {
      const person = await found(at);
      if (!person) return notFound("Cette fiche");
      at.about("person", person.id);
      return sheet(at, person, panels(), { sensitive: true });
    },
  );
  routes.post(
    "/personnes/:person/situation",
    {
      right: rights["person.situation"],
      trace: "situation.recorded",
      form: SituationForm_,
      async onMistakes(at, { fields }) {
        const person = await found(at);
        return person
          ? sheet(at, person, panels(), { sensitive: false, mistakes: fields, status: 422 })
          : notFound("Cette fiche");
      },
    },
    async (at) => {
      const person = await found(at);
      if (!person || person.merged_into || person.anonymised_at) return notFound("Cette fiche");
      const fromDay = at.form.a_partir_du ?? at.tx.today;
      if (fromDay > at.tx.today)
        return sheet(at, person, panels(), {
          sensitive: false,
          mistakes: { a_partir_du: "Ce jour n’est pas encore venu." },
          status: 422,
        });
      const [kind, value = ""] = at.form.choix.split(":");
      const known = kinds.find((name) => name === kind);
      if (!known) return notFound("Cette situation");
      await recordSituation(at.tx, person.id, { kind: known, value, fromDay, sinceDay: at.form.inscrit_depuis });
      at.about("person", person.id, { kind: known, from: fromDay });
      return redirect(`/personnes/${person.id}`, "Le changement est noté.");
    },
  );
}
