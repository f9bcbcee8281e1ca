// The sheet of a collective project.
import { type Answer, page } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { barrierWords } from "./barriers.ts";
import { ProjectFields, valuesOf } from "./form.tsx";
import type { ProjectLine, ProposedPartner } from "./reads.ts";
import { projectRights as rights } from "./rights.ts";
import { acceptedWords, projectKindWords, projectStateWords } from "./words.ts";

/** What a form of the page has to say: which one, its mistakes, or that what it was about changed meanwhile. */
export type Told = { form?: string; mistakes?: Record<string, string>; stale?: boolean };

const structureLink = (id: string | null, name: string | null) =>
  id ? <a href={`/structures/${id}`}>{name}</a> : null;

function Partner({
  at,
  project,
  partner,
  told,
}: {
  at: At<unknown>;
  project: string;
  partner: ProposedPartner;
  told: Told;
}) {
  const here = told.form === partner.id;
  const typed = here ? firstValues(at.typed) : {};
  const mistakes = here ? (told.mistakes ?? {}) : {};
  const given = partner.accepted === null ? undefined : partner.accepted ? "yes" : "no";
  return (
    <li>
      <a href={`/structures/${partner.structureId}`}>{partner.structure}</a>, proposé le {shortDay(partner.proposedOn)}
      {"\u00a0"}: {acceptedWords(partner.accepted)}
      {partner.why ? ` (${partner.why})` : ""}
      {may(at.scope, rights["project.write"]) ? (
        <details open={here}>
          <summary>Noter la réponse de {partner.structure}</summary>
          <form method="post" action={`/culture/projets/${project}/partenaires/${partner.id}`}>
            <input type="hidden" name="version" value={String(partner.version)} />
            <RadioField
              id={`reponse-${partner.id}`}
              name="reponse"
              label="La structure"
              value={typed.reponse ?? given}
              error={mistakes.reponse}
              options={[
                { value: "yes", label: "accepte" },
                { value: "no", label: "décline" },
              ]}
            />
            <TextField
              id={`pourquoi-${partner.id}`}
              name="pourquoi"
              label="Pourquoi, si elle décline"
              value={typed.pourquoi ?? partner.why ?? ""}
              error={mistakes.pourquoi}
              required={false}
            />
            <button type="submit" class="second">
              Noter
            </button>
          </form>
        </details>
      ) : null}
    </li>
  );
}

/** The page, with what one of its forms has to say. */
export function projectPage(
  at: At<unknown>,
  line: ProjectLine,
  partners: readonly ProposedPartner[],
  told: Told,
): Answer {
  const { scope, tx } = at;
  const mistakes = told.mistakes ?? {};
  const changing = told.form === "project";
  // A project that changed meanwhile: what was typed stays in the form, over the version that stands now.
  const values = changing ? { ...firstValues(at.typed), version: String(line.version) } : valuesOf(line);
  const dates = line.toDay ? `du ${shortDay(line.day)} au ${shortDay(line.toDay)}` : `le ${shortDay(line.day)}`;
  return page({
    title: line.title,
    status: told.stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/culture/projets", label: "Projets culturels collectifs" }],
    ...(told.stale
      ? {
          notice: {
            kind: "warn",
            text: "Ce projet a changé entre-temps : voici ce qu’il est maintenant ; ce que vous aviez écrit est resté dans le formulaire.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title={line.title}>
          {projectKindWords[line.kind]}, {dates}, {projectStateWords[line.state]}.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            { label: "Demandé par", value: structureLink(line.askedBy, line.asker) },
            { label: "Accueilli par", value: structureLink(line.hostedBy, line.host) },
            { label: "Participants", value: line.participants === null ? null : String(line.participants) },
            ...(line.reason ? [{ label: "Annulé", value: line.reason }] : []),
            { label: "Médiations réservées", value: String(line.mediations) },
            { label: "Accord signé le", value: line.agreedOn ? shortDay(line.agreedOn) : null },
            { label: "Freins du groupe", value: barrierWords(line.barriers) || null },
            { label: "Besoin", value: line.need || null },
            { label: "Bilan", value: line.balance || null },
          ]}
        />
        <h2>Partenaires proposés</h2>
        {partners.length === 0 ? <p class="empty">Aucun partenaire proposé.</p> : null}
        <ul>
          {partners.map((partner) => (
            <Partner key={partner.id} at={at} project={line.id} partner={partner} told={told} />
          ))}
        </ul>
        {may(scope, rights["project.write"]) ? (
          <>
            <form method="post" action={`/culture/projets/${line.id}/partenaires`}>
              <input type="hidden" name="key" value={tx.ids.uuid()} />
              <TextField
                name="partenaire"
                label="Proposer une structure"
                hint="Son nom, ou son numéro SIRET"
                value={told.form === "new" ? at.typed.partenaire?.[0] : ""}
                error={told.form === "new" ? mistakes.partenaire : undefined}
              />
              <button type="submit" class="second">
                Proposer
              </button>
            </form>
            <h2>Modifier le projet</h2>
            <form method="post" action={`/culture/projets/${line.id}`}>
              <input type="hidden" name="version" value={values.version} />
              <ProjectFields
                values={values}
                chosen={changing ? (at.typed.freins ?? []) : line.barriers}
                mistakes={changing ? mistakes : {}}
                today={tx.today}
              />
              <button type="submit">Enregistrer</button>
            </form>
          </>
        ) : null}
      </>
    ),
  });
}
