// A person's sheet: identity, what is true of them, what happened, each room with its panel.
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonPanel } from "../../../../core/room.ts";
import { ageOn, dayIn } from "../../../../core/time.ts";
import type { Option } from "../../../../ui/fields.tsx";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { externalIdsOf, type Person, situationsOf, type Withdrawal, withdrawalsOf } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import { birthWords } from "../search/line.tsx";
import { siteOptions } from "../site-options.ts";
import { sexWords } from "../words.ts";
import type { Values } from "./form.tsx";
import { SituationForm, SituationList, Withdrawn } from "./situations.tsx";
import { newestFirst, ownLines, situationLines } from "./timeline.ts";

export type SheetWish = {
  sensitive: boolean;
  mistakes?: Readonly<Record<string, string>>;
  values?: Values;
  status?: number;
};

const longest = 120;

type Reads = {
  situations: Awaited<ReturnType<typeof situationsOf>>;
  withdrawals: Withdrawal[];
};

function Situation({ at, person, wish, reads }: { at: At<unknown>; person: Person; wish: SheetWish; reads: Reads }) {
  const asked = at.query.jour ?? "";
  const day = readDay(asked);
  return (
    <>
      <h2>Situation</h2>
      <SituationList
        rows={reads.situations}
        onDay={day.ok ? day.value : at.tx.today}
        asked={day.ok || asked === "" ? null : asked}
        sensitive={wish.sensitive}
        person={person.id}
        settled={person.anonymised_at !== null}
      />
      {person.anonymised_at ? null : (
        <SituationForm
          person={person.id}
          today={at.tx.today}
          mistakes={wish.mistakes ?? {}}
          values={wish.values ?? {}}
        />
      )}
      <Withdrawn rows={reads.withdrawals} sensitive={wish.sensitive} person={person.id} zone={at.scope.zone} />
    </>
  );
}

/** Who the person is, in one line under the name. */
const lead = (person: Person, today: string): string =>
  [
    person.sex ? sexWords[person.sex] : null,
    person.birth_date
      ? `${birthWords({ sex: person.sex, birthDate: person.birth_date })} (${plural(ageOn(person.birth_date, today), "an", "ans")})`
      : null,
  ]
    .filter(Boolean)
    .join(" · ");

function identityFacts(
  at: At<unknown>,
  person: Person,
  sites: readonly Option[],
  external: Awaited<ReturnType<typeof externalIdsOf>>,
) {
  const place = [person.postal_code, person.commune_name].filter(Boolean).join(" ");
  return [
    ...(person.birth_name ? [{ label: "Nom de naissance", value: person.birth_name }] : []),
    ...(may(at.scope, rights["person.contact"])
      ? [
          { label: "Téléphone", value: person.phone ? <a href={`tel:${person.phone}`}>{person.phone}</a> : null },
          { label: "Courriel", value: person.email },
          { label: "Adresse", value: [person.address, place].filter(Boolean).join(", ") || null },
        ]
      : []),
    {
      label: "Commune",
      value: person.commune_name
        ? `${person.commune_name}${person.commune_code ? ` (code officiel ${person.commune_code})` : ""}`
        : null,
    },
    { label: "Antenne", value: sites.find((site) => site.value === person.site_id)?.label },
    { label: "Numéros", value: [person.code, ...external.map((one) => one.external_id)].join(", ") },
    { label: "Dernier contact", value: person.last_contact_on ? shortDay(person.last_contact_on) : null },
  ];
}

export async function sheetPage(
  at: At<unknown>,
  person: Person,
  panels: readonly PersonPanel[],
  wish: SheetWish,
): Promise<Answer> {
  const { tx, scope } = at;
  const seesSituation = may(scope, rights["person.situation"]);
  const shown = panels.filter((one) => may(scope, one.right)).sort((one, other) => one.order - other.order);
  // Asked together: none of these reads needs another's answer.
  const [situations, withdrawals, own, parts, sites, external] = await Promise.all([
    seesSituation ? situationsOf(tx, person.id) : [],
    seesSituation ? withdrawalsOf(tx, person.id) : [],
    ownLines(tx, person),
    Promise.all(shown.map((panel) => panel.show(tx, person.id, longest))),
    siteOptions(tx),
    externalIdsOf(tx, person.id),
  ]);
  const lines = [...own, ...situationLines(situations), ...parts.flatMap(({ timeline = [] }) => timeline)].sort(
    newestFirst,
  );
  const settled = person.anonymised_at !== null;
  const name = settled ? "Fiche rendue anonyme" : nameOf(person);
  const writes = may(scope, rights["person.write"]) && !settled;
  return page({
    title: name,
    status: wish.status ?? 200,
    crumbs: [{ href: "/personnes", label: "Personnes" }],
    body: (
      <>
        <Heading
          title={name}
          {...(writes ? { action: { href: `/personnes/${person.id}/modifier`, label: "Modifier", key: "m" } } : {})}
        >
          {lead(person, tx.today)}
        </Heading>
        {settled ? (
          <p>Qui c’était a été effacé. Restent les faits que les chiffres comptent ; rien ne peut y être ajouté.</p>
        ) : person.archived_at ? (
          <p class="notice notice-info">
            <strong>Fiche archivée</strong> le {shortDay(dayIn(scope.zone, person.archived_at))}, faute de contact. Une
            visite la rouvre.
          </p>
        ) : null}
        {writes ? (
          <p class="no-print">
            <a class="button second" href={`/accueil?personne=${person.id}`}>
              Ajouter une visite
            </a>
          </p>
        ) : null}
        <div class="columns">
          <section aria-labelledby="identite">
            <h2 id="identite">Identité</h2>
            <Facts facts={identityFacts(at, person, sites, external)} />
            {seesSituation ? (
              <Situation at={at} person={person} wish={wish} reads={{ situations, withdrawals }} />
            ) : null}
            {parts.map(({ panel }) => panel)}
          </section>
          <section aria-labelledby="histoire">
            <h2 id="histoire">Ce qui s’est passé</h2>
            <Timeline
              lines={lines.slice(0, longest).map((line) => ({
                when: `${shortDay(line.day)}${line.hour ? ` ${hour(line.hour)}` : ""}`,
                kind: line.kind,
                text: line.text,
              }))}
            />
            {lines.length > longest ? <p class="hint">Les {longest} dernières lignes.</p> : null}
            {may(scope, rights["person.privacy"]) && !settled ? (
              <p>
                <a href={`/personnes/${person.id}/donnees`}>Données personnelles : information, demandes, effacement</a>
              </p>
            ) : null}
            {may(scope, rights["person.readers"]) ? (
              <p>
                <a href={`/personnes/${person.id}/lectures`}>Qui a ouvert cette fiche</a>
              </p>
            ) : null}
          </section>
        </div>
      </>
    ),
  });
}
