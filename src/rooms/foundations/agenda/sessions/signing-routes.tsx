// The tablet that goes round: a list of names, one's own page to sign on, and the list again. Without the house's menu, since it is in the
// hands of the people who came; without scripts, or where nothing can be drawn, initials are typed.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { plural } from "../../../../ui/words.ts";
import { momentOf, whoOf } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { sessionOf } from "./one.ts";
import { type Registration, registrationsOf, type SessionLine } from "./reads.ts";
import { box, eraseSignature, longestStrokes, sign, signaturesOf, strokesPattern } from "./signing.ts";

const SignatureForm = z
  .object({
    trait: z
      .string()
      .max(longestStrokes, "Ce tracé est trop long : effacez et signez plus court.")
      .default("")
      .refine((text) => text === "" || strokesPattern.test(text), "Ce tracé est illisible : effacez et recommencez.")
      .transform((text) => text || null),
    initiales: z
      .string()
      .default("")
      .transform(oneLine)
      .pipe(z.string().max(12, "Au plus 12 signes."))
      .transform((text) => text || null),
  })
  .refine((form) => form.trait !== null || form.initiales !== null, {
    path: ["initiales"],
    message: "Signez dans le cadre, ou écrivez vos initiales.",
  });
const NothingForm = z.object({});

/** Why nobody signs there now, or null. */
function refusedFor(session: SessionLine, today: string): Answer | null {
  if (session.status === "cancelled" || session.status === "postponed")
    return refusal(422, "Cette séance n’a pas eu lieu : personne n’y signe.");
  return session.startsOn > today ? refusal(422, "Cette séance est à venir : on y signe le jour même.") : null;
}

const expected = async (at: At<unknown>, session: SessionLine): Promise<Registration[]> =>
  (await registrationsOf(at.tx, session.id))
    .filter((row) => row.state === "registered")
    .sort((one, other) => whoOf(one).localeCompare(whoOf(other), "fr"));

async function namesPage(at: At<unknown>, session: SessionLine): Promise<Answer> {
  at.about("session", session.id);
  const rows = await expected(at, session);
  const signed = await signaturesOf(at.tx, session.id);
  const left = rows.filter((row) => !signed.has(row.personId));
  return page({
    title: "Signer",
    bare: true,
    body: (
      <>
        <Heading title={session.title}>{momentOf(session)}. Choisissez votre nom.</Heading>
        <ul class="names">
          {left.map((row) => (
            <li key={row.personId}>
              <a class="button second" href={`/seances/${session.id}/signer/${row.personId}`}>
                {whoOf(row)}
              </a>
            </li>
          ))}
        </ul>
        <p>
          {rows.length === 0
            ? "Personne n’est inscrit par son nom."
            : left.length === 0
              ? "Tout le monde a signé."
              : `${plural(rows.length - left.length, "personne a", "personnes ont")} signé sur ${rows.length}.`}
        </p>
        <p>
          <a href={`/seances/${session.id}/feuille`}>Rendre la tablette : la feuille d’émargement</a>
        </p>
      </>
    ),
  });
}

type Back = { values: Record<string, string>; mistakes: Readonly<Record<string, string>> };

function signPage(at: At<unknown>, session: SessionLine, row: Registration, back: Back | null = null): Answer {
  at.about("session", session.id);
  return page({
    title: "Signer",
    status: back ? 422 : 200,
    bare: true,
    scripts: ["sign"],
    body: (
      <>
        <Heading title={whoOf(row)}>
          J’atteste avoir suivi « {session.title} », {momentOf(session)}.
        </Heading>
        <ErrorSummary fields={back?.mistakes ?? {}} />
        <form method="post" action={`/seances/${session.id}/signer/${row.personId}`}>
          <div class="signature-pad" data-sign hidden>
            <p>Signez ici, du doigt, au stylet ou à la souris.</p>
            <svg viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label="Cadre de signature">
              <path d={back?.values.trait ?? ""} />
            </svg>
            <input type="hidden" name="trait" value={back?.values.trait ?? ""} />
            <button type="button" class="second">
              Effacer
            </button>
          </div>
          <TextField
            name="initiales"
            label="Ou mes initiales"
            required={false}
            width="short"
            maxlength={12}
            value={back?.values.initiales}
            error={back?.mistakes.initiales}
          />
          <div class="submit">
            <button type="submit">Je signe</button> <a href={`/seances/${session.id}/signer`}>Ce n’est pas moi</a>
          </div>
        </form>
      </>
    ),
  });
}

export function declareSigning(routes: Routes): void {
  const right = rights["session.close"];
  /** The session and the registered person of the path; an answer when one is not there, or when nobody signs there. */
  const found = async (at: At<unknown>): Promise<{ session: SessionLine; row: Registration } | Answer> => {
    const session = await sessionOf(at, right);
    const person = at.params.person ?? "";
    const row =
      session && isUuid(person) ? (await expected(at, session)).find(({ personId }) => personId === person) : undefined;
    if (!session || !row) return notFound("Cette inscription");
    return refusedFor(session, at.tx.today) ?? { session, row };
  };

  routes.get("/seances/:session/signer", { right, trace: "session.signing-opened" }, async (at) => {
    const session = await sessionOf(at, right);
    if (!session) return notFound("Cette séance");
    return refusedFor(session, at.tx.today) ?? namesPage(at, session);
  });
  routes.get("/seances/:session/signer/:person", { right, trace: "session.signing-opened" }, async (at) => {
    const one = await found(at);
    return "kind" in one ? one : signPage(at, one.session, one.row);
  });
  routes.post(
    "/seances/:session/signer/:person",
    {
      right,
      trace: "session.signed",
      form: SignatureForm,
      async onMistakes(at, { fields, typed }) {
        const one = await found(at);
        return "kind" in one
          ? one
          : signPage(at, one.session, one.row, { values: firstValues(typed), mistakes: fields });
      },
    },
    async (at) => {
      const one = await found(at);
      if ("kind" in one) return one;
      const { session, row } = one;
      const { trait: strokes, initiales } = at.form;
      const signed = await sign(at.tx, session.id, row.personId, {
        strokes,
        initials: strokes === null ? initiales : null,
      });
      if (signed) at.about("session", session.id, { person: row.personId });
      else at.nothingHappened();
      return redirect(`/seances/${session.id}/signer`, signed ? "Merci, c’est signé." : "Vous aviez déjà signé.");
    },
  );
  routes.post(
    "/seances/:session/signer/:person/effacement",
    {
      right,
      trace: "session.signature-erased",
      form: NothingForm,
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const one = await found(at);
      if ("kind" in one) return one;
      const { session, row } = one;
      if (await eraseSignature(at.tx, session.id, row.personId))
        at.about("session", session.id, { person: row.personId });
      else at.nothingHappened();
      return redirect(`/seances/${session.id}/feuille`, `La signature de ${whoOf(row)} est effacée.`);
    },
  );
}
