// Signing in by a link, for whoever works for a partner structure: the link is asked for by an address, comes by a letter, and serves once.
// These pages are for anyone. Mail programs open links beforehand, so that looking at one spends nothing: a button does.
import { z } from "zod";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import { neededField, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { sessionCookie } from "../../../../core/http/session.ts";
import { readEmail } from "../../../../core/importing/values.ts";
import { dayIn } from "../../../../core/time.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { asSigningIn, fromOf, openSession, partnerCandidatesFor, takeAttempt, tooMany } from "../../house/door.ts";
import { byLink, spendLink } from "../../messages/door.ts";
import { linkHolder } from "./reads.ts";
import { entryKind, sendEntryLink } from "./writes.ts";

type Told = {
  values?: Record<string, string>;
  mistakes?: Record<string, string>;
  why?: string;
  status?: 404 | 422 | 429;
};

/** The form that asks for a link. `why`: what did not work before. */
const askPage = (at: OpenAt<unknown>, { values = {}, mistakes = {}, why, status }: Told = {}): Answer =>
  page({
    title: "Entrer par un lien",
    bare: true,
    status: status ?? 200,
    ...(why ? { notice: { kind: "warn", text: why } } : {}),
    body: (
      <>
        <Heading title="Entrer par un lien">
          Pour les structures partenaires. Écrivez votre adresse : un lien y arrive dans la minute. Pas de mot de passe
          à retenir.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/entree">
          <input type="hidden" name="key" value={values.key || at.services.ids.uuid()} />
          <TextField
            name="courriel"
            label="Votre adresse électronique"
            type="email"
            autocomplete="email"
            value={values.courriel}
            error={mistakes.courriel}
            required
          />
          <button type="submit">Recevoir un lien</button>
        </form>
        <p>
          Vous avez un mot de passe{"\u00a0"}? <a href="/connexion">Connectez-vous</a>.
        </p>
      </>
    ),
  });

const spent =
  "Ce lien a déjà servi, ou son temps est passé. Rien n’est perdu : demandez-en un autre, il arrive dans la minute.";

/** Whom the link lets in; null: it was used, has ended, or its account works for no structure any more. */
const holderOf = (at: OpenAt<unknown>) =>
  byLink(at.services, entryKind, at.params.token ?? "", async (tx, account) => {
    const holder = await linkHolder(tx, account);
    return (
      holder && {
        ...holder,
        known: {
          house_id: tx.scope.house,
          house_code: tx.scope.houseCode,
          house_name: tx.scope.houseName,
          zone: tx.scope.zone,
          account_id: account,
          account_name: holder.name,
        },
      }
    );
  });

export function declareEntry(routes: Routes): void {
  routes.openGet("/entree", { right: "anyone", trace: { none: "a page that says nothing of anybody" } }, (at) =>
    askPage(at),
  );

  routes.openPost(
    "/entree",
    {
      right: "anyone",
      trace: "partner-account.link-asked",
      form: z.object({ key: uuidField, courriel: neededField(readEmail, "Écrivez votre adresse électronique.") }),
      onMistakes: (at, { fields, typed }) => askPage(at, { values: firstValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const email = at.form.courriel ?? "";
      const minutes = await takeAttempt(at.services, { subject: `lien:${email}`, ip: at.ip });
      if (minutes !== null) return askPage(at, { values: firstValues(at.typed), why: tooMany(minutes), status: 429 });
      const today = dayIn("Europe/Paris", at.services.clock.now());
      for (const candidate of await partnerCandidatesFor(at.services, email, today)) {
        // Whoever has a second step signs in with it: a letter alone must not go round it.
        if (candidate.second_step) continue;
        await asSigningIn(at.services, candidate, at.ip, async (tx) => {
          const id = candidate.account_id;
          const made = await sendEntryLink(tx, {
            key: `${at.form.key} ${id}`,
            account: id,
            name: candidate.account_name,
            email: candidate.email,
            structure: null,
            first: false,
          });
          if (made) tx.journal({ act: "partner-account.link-asked", subject: { kind: "account", id } });
        });
      }
      // The same words whether the address is known or not: this page tells nobody who works with the house.
      return redirect(
        "/entree",
        `Si ${email} a un accès, un lien y arrive dans la minute. Rien ne vient ? Regardez dans les indésirables, ou appelez la maison.`,
      );
    },
  );

  routes.openGet(
    "/entree/:token",
    { right: "anyone", trace: { none: "says whom a link lets in; entering leaves its line" } },
    async (at) => {
      const holder = await holderOf(at);
      if (!holder) return askPage(at, { why: spent, status: 404 });
      return page({
        title: "Entrer",
        bare: true,
        body: (
          <>
            <Heading title={`Bonjour ${holder.name}`}>
              Ce lien entre chez {holder.known.house_name} au nom de <strong>{holder.structure}</strong>.
            </Heading>
            <p>
              Il sert une seule fois. Vous n’êtes pas {holder.name}
              {"\u00a0"}? N’entrez pas{"\u00a0"}: demandez <a href="/entree">votre propre lien</a>.
            </p>
            <form method="post" action={`/entree/${at.params.token}`}>
              <button type="submit">Entrer</button>
            </form>
          </>
        ),
      });
    },
  );

  routes.openPost(
    "/entree/:token",
    {
      right: "anyone",
      trace: "session.opened",
      form: z.object({}),
      onMistakes: (at) => askPage(at, { why: spent, status: 404 }),
    },
    async (at) => {
      const holder = await holderOf(at);
      if (!holder) return askPage(at, { why: spent, status: 404 });
      // Spent and entered together: of two who press at the same moment, one enters.
      const opened = await asSigningIn(at.services, holder.known, at.ip, async (tx) =>
        (await spendLink(tx, at.params.token ?? ""))
          ? openSession(tx, { from: fromOf(at), secondFactor: false, back: null })
          : null,
      );
      if (!opened) return askPage(at, { why: spent, status: 404 });
      return { kind: "redirect", to: "/", cookies: [sessionCookie(at.services.config, opened.token)] };
    },
  );
}
