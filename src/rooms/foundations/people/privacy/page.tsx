// A person's rights over their data on one page: information and consent, requests and their answer, the whole file, erasure.

import { countHanging } from "../../../../core/hanging.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import type { PersonLink } from "../../../../core/room.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { list, shortDay } from "../../../../ui/words.ts";
import type { Person } from "../reads.ts";
import { rights } from "../rights.ts";
import { nameOf } from "../rules.ts";
import type { ConsentsTable, PeopleTables, RequestsTable } from "../tables.ts";
import { consentWords, purposeWords, requestWords } from "../words.ts";

type Mistakes = Readonly<Record<string, string>>;
type Wish = {
  /** The form that was not accepted, and what is wrong with it. */
  form?: "consent" | "request" | "answer" | "erasure";
  mistakes?: Mistakes;
  status?: number;
};

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** What hangs on a person and goes with them when they are made anonymous. */
const erasedTables = new Set([
  "people.external_ids",
  "people.situation_withdrawals",
  "people.consents",
  "people.person_tags",
]);

function Consents({
  rows,
  person,
  today,
  typed,
  mistakes,
}: {
  rows: readonly ConsentsTable[];
  person: Person;
  today: string;
  typed: (name: string) => string | undefined;
  mistakes: Mistakes;
}) {
  return (
    <>
      <h2>Information et consentements</h2>
      <DataTable
        caption="Information et consentements"
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        empty={<p>Rien n’est encore noté : la personne doit être informée de ce que la maison garde sur elle.</p>}
        columns={[
          { key: "what", label: "Quoi", header: true, render: (row) => purposeWords[row.purpose] ?? row.purpose },
          { key: "answer", label: "Réponse", render: (row) => consentWords[row.answer] },
          { key: "day", label: "Le", render: (row) => shortDay(row.on_day) },
        ]}
      />
      <form method="post" action={`/personnes/${person.id}/consentements`} class="filters no-print">
        <SelectField
          name="purpose"
          label="Quoi"
          options={options(purposeWords)}
          value={typed("purpose")}
          error={mistakes.purpose}
        />
        <SelectField
          name="consent"
          label="Réponse"
          options={options(consentWords)}
          value={typed("consent")}
          error={mistakes.consent}
        />
        <DateField name="on_day" label="Le" value={typed("on_day") ?? shortDay(today)} error={mistakes.on_day} />
        <button type="submit" class="second">
          Noter
        </button>
      </form>
    </>
  );
}

function Requests({
  rows,
  person,
  today,
  typed,
  mistakes,
  answering,
}: {
  rows: readonly RequestsTable[];
  person: Person;
  today: string;
  typed: (name: string) => string | undefined;
  mistakes: Mistakes;
  answering: string | undefined;
}) {
  return (
    <>
      <h2>Demandes</h2>
      <DataTable
        caption="Demandes de la personne"
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        empty={<p>Aucune demande. La réponse est due dans le mois (article 12 du RGPD).</p>}
        columns={[
          { key: "kind", label: "Demande", header: true, render: (row) => requestWords[row.kind] },
          { key: "received", label: "Reçue le", render: (row) => shortDay(row.received_on) },
          {
            key: "due",
            label: "À répondre avant le",
            render: (row) =>
              row.answered_on === null && row.due_on < today ? (
                <strong>{shortDay(row.due_on)}, dépassé</strong>
              ) : (
                shortDay(row.due_on)
              ),
          },
          {
            key: "answer",
            label: "Réponse",
            render: (row) =>
              row.answered_on ? (
                `le ${shortDay(row.answered_on)} : ${row.answer ?? ""}`
              ) : (
                <form method="post" action={`/personnes/${person.id}/demandes/${row.id}`}>
                  <div class={answering === row.id && mistakes.answer ? "field field-error" : "field"}>
                    <label for={`answer-${row.id}`}>Réponse donnée</label>
                    {answering === row.id && mistakes.answer ? (
                      <p class="mistake" id={`answer-${row.id}-erreur`}>
                        {mistakes.answer}
                      </p>
                    ) : null}
                    <input
                      id={`answer-${row.id}`}
                      name="answer"
                      maxLength={1000}
                      value={answering === row.id ? typed("answer") : ""}
                      aria-describedby={answering === row.id && mistakes.answer ? `answer-${row.id}-erreur` : undefined}
                    />
                  </div>
                  <button type="submit" class="second">
                    Répondue
                  </button>
                </form>
              ),
          },
        ]}
      />
      <form method="post" action={`/personnes/${person.id}/demandes`} class="filters no-print">
        <SelectField
          name="kind"
          label="Demande reçue"
          options={options(requestWords)}
          value={typed("kind")}
          error={mistakes.kind}
        />
        <DateField
          name="received_on"
          label="Le"
          value={typed("received_on") ?? shortDay(today)}
          error={mistakes.received_on}
        />
        <button type="submit" class="second">
          Noter la demande
        </button>
      </form>
    </>
  );
}

function Erasure({
  person,
  remains,
  typed,
  mistakes,
}: {
  person: Person;
  remains: readonly string[];
  typed: (name: string) => string | undefined;
  mistakes: Mistakes;
}) {
  return (
    <>
      <h2>Effacer</h2>
      <p>
        <strong>L’effacement ne peut pas être annulé.</strong> Disparaissent : nom, date de naissance, coordonnées,
        numéros, consentements, informations sensibles, ce qu’un import ou une fusion retenait, et les fiches qui ont
        rejoint celle-ci. La fiche reçoit un autre code. Réimporter un ancien fichier ne fera pas revenir la personne.
      </p>
      <p>
        Restent, sans nom : {remains.length === 0 ? "rien d’autre que la fiche vide" : list(remains)}, avec le sexe,
        l’antenne, la commune et l’âge au jour de chaque visite. Les chiffres des années passées ne changent pas, sauf
        le détail par RSA.
      </p>
      <p>
        Le journal garde ses lignes (qui a ouvert ou modifié cette fiche, quand) : elles ne portent ni nom ni valeur,
        mais un numéro interne. Les sauvegardes faites avant aujourd’hui contiennent encore la personne jusqu’à ce que
        la maison les supprime ; si l’une d’elles est restaurée, il faudra refaire cet effacement. Les fichiers déjà
        exportés et les papiers ne sont pas connus du programme.
      </p>
      <form method="post" action={`/personnes/${person.id}/effacement`} class="no-print">
        <TextField
          name="reason"
          label="Raison de l’effacement"
          hint="Sans nom ni détail personnel : elle est gardée dans le journal."
          value={typed("reason")}
          error={mistakes.reason}
          maxlength={300}
        />
        <TextField
          name="confirmation"
          label={`Pour confirmer, recopiez le code de la fiche : ${person.code}`}
          width="short"
          value={typed("confirmation")}
          error={mistakes.confirmation}
        />
        <button type="submit" class="danger">
          Effacer définitivement
        </button>
      </form>
    </>
  );
}

export async function privacyPage(
  at: At<unknown>,
  person: Person,
  links: readonly PersonLink[],
  wish: Wish = {},
): Promise<Answer> {
  const db = at.tx.on<PeopleTables>();
  const consents = await db
    .selectFrom("people.consents")
    .selectAll()
    .where("house_id", "=", at.scope.house)
    .where("person_id", "=", person.id)
    .orderBy("on_day", "desc")
    .orderBy("id", "desc")
    .execute();
  const requests = await db
    .selectFrom("people.requests")
    .selectAll()
    .where("house_id", "=", at.scope.house)
    .where("person_id", "=", person.id)
    .orderBy("received_on", "desc")
    .orderBy("id", "desc")
    .execute();
  const kept = links.filter((link) => !erasedTables.has(link.table));
  const remains = (await countHanging(at.tx, kept, person.id)).filter((line) => line.count > 0);
  const of = (form: Wish["form"]) => ({
    typed: (name: string) => (wish.form === form ? at.typed[name]?.[0] : undefined),
    mistakes: wish.form === form ? (wish.mistakes ?? {}) : {},
  });
  return page({
    title: "Données personnelles",
    status: wish.status ?? 200,
    crumbs: [
      { href: "/personnes", label: "Personnes" },
      { href: `/personnes/${person.id}`, label: nameOf(person) },
    ],
    body: (
      <>
        <Heading
          title={`Données personnelles de ${nameOf(person)}`}
          action={{ href: `/personnes/${person.id}/dossier`, label: "Remettre le dossier complet" }}
        />
        <ErrorSummary fields={wish.mistakes ?? {}} />
        <Consents rows={consents} person={person} today={at.tx.today} {...of("consent")} />
        <Requests
          rows={requests}
          person={person}
          today={at.tx.today}
          typed={(name) => of("request").typed(name) ?? of("answer").typed(name)}
          mistakes={{ ...of("request").mistakes, ...of("answer").mistakes }}
          answering={wish.form === "answer" ? at.params.request : undefined}
        />
        {may(at.scope, rights["person.erase"]) ? (
          <Erasure person={person} remains={remains.map((line) => `${line.count} ${line.label}`)} {...of("erasure")} />
        ) : null}
      </>
    ),
  });
}
