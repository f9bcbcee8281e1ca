// Signing in, step by step. These pages are for anyone: they ask the database with their own connection and write their own journal
// lines, in the transaction of what they did.
import { z } from "zod";
import { type Answer, page, redirect, refusal, sendOn } from "../../../../core/http/answer.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { sessionCookie } from "../../../../core/http/session.ts";
import { emptyForm } from "../shapes.ts";
import { type Carried, carriedFields, readBack, safePath, sendingPath } from "./back.ts";
import { giveBackAttempt, takeAttempt } from "./limits.ts";
import { ChooseHouse, KeptForm, SecondStep, type SecondStepProps, SignInForm, type SignInProps } from "./pages.tsx";
import { checkSignIn, signInOptions } from "./passkeys.ts";
import { type Candidate, candidatesFor, hasSecondStep, keptForm, passkeysOf, withPassword } from "./reads.ts";
import { makeState, openState, type StepState } from "./state.ts";
import { stepOfCode, unsealTotp } from "./totp.ts";
import {
  asSigningIn,
  dropKeptForm,
  endOwnSession,
  type From,
  journalRefusal,
  type Opened,
  openSession,
  spendPasskey,
  spendTotpStep,
} from "./writes.ts";

const signInForm = z.object({
  email: z.string().trim().min(1, "Écrivez votre adresse électronique.").max(254, "Cette adresse est trop longue."),
  password: z.string().min(1, "Écrivez votre mot de passe.").max(1000, "Ce mot de passe est trop long."),
  ...carriedFields,
});
const stepFields = { etat: z.string().default(""), ...carriedFields };

export const fromOf = (at: { request: Request; ip: string }): From => ({
  ip: at.ip,
  agent: at.request.headers.get("user-agent"),
});

const carriedOf = (typed: Record<string, string[]>): Carried => ({
  retour: typed.retour?.[0] ?? "",
  saisie: typed.saisie?.[0] ?? "",
});

const signInPage = (props: SignInProps, status = 200): Answer =>
  page({ status, title: "Connexion", bare: true, body: <SignInForm {...props} /> });

const secondStepPage = (props: SecondStepProps, status = 200): Answer =>
  page({
    status,
    title: "Seconde étape",
    bare: true,
    body: <SecondStep {...props} />,
    ...(props.passkey ? { scripts: ["passkey"] } : {}),
  });

/** The sentence of too many tries. */
export const tooMany = (minutes: number): string =>
  `Trop d’essais. Pour protéger ce compte, attendez ${minutes === 1 ? "une minute" : `${minutes} minutes`} avant de réessayer.`;

const tooLate = "Cette étape a duré plus de cinq minutes. Recommencez avec votre mot de passe.";

/** Signed in: the cookie, and the way back. */
const entered = (at: OpenAt, opened: Opened, carried: Carried): Answer => {
  const back = readBack(carried);
  return {
    kind: "redirect",
    to: back.typed ? "/connexion/reprise" : back.to,
    cookies: [sessionCookie(at.services.config, opened.token)],
  };
};

/** The password was right: the second step when there is one, else in. */
async function goOn(at: OpenAt, account: Candidate, carried: Carried): Promise<Answer> {
  if (hasSecondStep(account)) return askSecondStep(at, account, carried);
  const opened = await asSigningIn(at.services, account, at.ip, (tx) =>
    openSession(tx, { from: fromOf(at), secondFactor: false, back: readBack(carried) }),
  );
  return entered(at, opened, carried);
}

async function askSecondStep(at: OpenAt, account: Candidate, carried: Carried, mistake?: string): Promise<Answer> {
  const { state, sealed } = makeState(at.services, {
    step: "second",
    email: account.email,
    accounts: [account.account_id],
  });
  const keys =
    account.passkeys > 0
      ? await asSigningIn(at.services, account, at.ip, (tx) => passkeysOf(tx, account.account_id))
      : [];
  const passkey = keys.length > 0 ? await signInOptions(at.services.config, state.challenge, keys) : null;
  return secondStepPage(
    { carried, state: sealed, totp: account.totp_secret !== null, passkey, mistake },
    mistake ? 422 : 200,
  );
}

/** The account of a second step, its state still good and a try taken; or the answer that says why not. */
async function secondStep(
  at: OpenAt,
  sealed: string,
  carried: Carried,
): Promise<
  | { ok: true; account: Candidate; state: StepState; attempt: { subject: string; ip: string } }
  | { ok: false; answer: Answer }
> {
  const state = openState(at.services, "second", sealed);
  if (!state) return { ok: false, answer: signInPage({ carried, mistake: tooLate }, 422) };
  const account = (await candidatesFor(at.services, state.email)).find((one) =>
    state.accounts.includes(one.account_id),
  );
  if (!account) return { ok: false, answer: signInPage({ carried, mistake: tooLate }, 422) };
  const attempt = { subject: `code:${account.account_id}`, ip: at.ip };
  const minutes = await takeAttempt(at.services, attempt);
  if (minutes !== null)
    return { ok: false, answer: signInPage({ carried, email: account.email, mistake: tooMany(minutes) }, 429) };
  return { ok: true, account, state, attempt };
}

export function signInRoutes(routes: Routes): void {
  routes.openGet("/connexion", { right: "anyone", trace: { none: "a page that says nothing of anybody" } }, (at) =>
    signInPage({ carried: { retour: safePath(at.query.retour ?? "") ?? "", saisie: at.query.saisie ?? "" } }),
  );

  routes.openPost(
    "/connexion",
    {
      right: "anyone",
      trace: "session.opened",
      form: signInForm,
      onMistakes: (_at, { fields, typed }) =>
        signInPage({ carried: carriedOf(typed), email: typed.email?.[0] ?? "", mistakes: fields }, 422),
    },
    async (at) => {
      const { email, password } = at.form;
      const attempt = { subject: email, ip: at.ip };
      const minutes = await takeAttempt(at.services, attempt);
      if (minutes !== null) return signInPage({ carried: at.form, email, mistake: tooMany(minutes) }, 429);
      const candidates = await candidatesFor(at.services, email);
      const fitting = await withPassword(candidates, password);
      const [first] = fitting;
      if (!first) {
        await journalRefusal(at.services, candidates, at.ip, "password");
        return signInPage(
          { carried: at.form, email, mistake: "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez-les." },
          422,
        );
      }
      await giveBackAttempt(at.services, attempt);
      const plain = { ...at, form: undefined };
      if (fitting.length === 1) return goOn(plain, first, at.form);
      const { sealed } = makeState(at.services, {
        step: "house",
        email,
        accounts: fitting.map((one) => one.account_id),
      });
      return page({
        title: "Choisir une maison",
        bare: true,
        body: <ChooseHouse carried={at.form} state={sealed} candidates={fitting} />,
      });
    },
  );

  routes.openPost(
    "/connexion/maison",
    {
      right: "anyone",
      trace: "session.opened",
      form: z.object({ ...stepFields, compte: z.string().default("") }),
      onMistakes: (_at, { typed }) => signInPage({ carried: carriedOf(typed), mistake: tooLate }, 422),
    },
    async (at) => {
      const state = openState(at.services, "house", at.form.etat);
      const account = state?.accounts.includes(at.form.compte)
        ? (await candidatesFor(at.services, state.email)).find((one) => one.account_id === at.form.compte)
        : undefined;
      if (!account) return signInPage({ carried: at.form, mistake: tooLate }, 422);
      return goOn({ ...at, form: undefined }, account, at.form);
    },
  );

  // The second step lives in the answer to the first: opened by its address alone, it begins again.
  routes.openGet("/connexion/code", { right: "anyone", trace: { none: "leads to the sign-in page" } }, () =>
    redirect("/connexion"),
  );

  routes.openPost(
    "/connexion/code",
    {
      right: "anyone",
      trace: "session.opened",
      form: z.object({ ...stepFields, code: z.string().max(40).default("") }),
      onMistakes: (_at, { typed }) => signInPage({ carried: carriedOf(typed), mistake: tooLate }, 422),
    },
    async (at) => {
      const plain = { ...at, form: undefined };
      const known = await secondStep(plain, at.form.etat, at.form);
      if (!known.ok) return known.answer;
      const { account, attempt } = known;
      const secret =
        account.totp_secret && unsealTotp(at.services.config.secret, account.account_id, account.totp_secret);
      const step = secret ? stepOfCode(secret, at.form.code, at.services.clock.now()) : null;
      if (step === null) {
        await journalRefusal(at.services, [account], at.ip, "code");
        return askSecondStep(
          plain,
          account,
          at.form,
          "Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone, puis écrivez le code affiché.",
        );
      }
      const opened = await asSigningIn(at.services, account, at.ip, async (tx) =>
        (await spendTotpStep(tx, account.account_id, step))
          ? openSession(tx, { from: fromOf(at), secondFactor: true, back: readBack(at.form) })
          : null,
      );
      if (!opened)
        return askSecondStep(
          plain,
          account,
          at.form,
          "Ce code a déjà servi. Attendez le suivant : il change toutes les 30 secondes.",
        );
      await giveBackAttempt(at.services, attempt);
      return entered(plain, opened, at.form);
    },
  );

  routes.openPost(
    "/connexion/cle-acces",
    {
      right: "anyone",
      trace: "session.opened",
      form: z.object({ ...stepFields, reponse: z.string().max(20_000).default("") }),
      onMistakes: (_at, { typed }) => signInPage({ carried: carriedOf(typed), mistake: tooLate }, 422),
    },
    async (at) => {
      const plain = { ...at, form: undefined };
      const known = await secondStep(plain, at.form.etat, at.form);
      if (!known.ok) return known.answer;
      const { account, state, attempt } = known;
      const opened = await asSigningIn(at.services, account, at.ip, async (tx) => {
        const keys = await passkeysOf(tx, account.account_id);
        const used = await checkSignIn(at.services.config, state, keys, at.form.reponse);
        if (!used || !(await spendPasskey(tx, used.key, used.counter, state.issued))) return null;
        return openSession(tx, { from: fromOf(at), secondFactor: true, back: readBack(at.form) });
      });
      if (!opened) {
        await journalRefusal(at.services, [account], at.ip, "passkey");
        return askSecondStep(plain, account, at.form, "Cette clé d’accès n’a pas été reconnue. Réessayez.");
      }
      await giveBackAttempt(at.services, attempt);
      return entered(plain, opened, at.form);
    },
  );

  routes.get(
    "/connexion/reprise",
    { right: "signed-in", trace: { none: "shows back to somebody what they typed" } },
    async (at) => {
      const kept = await keptForm(at.tx);
      const back = kept ? safePath(kept.back) : null;
      if (!kept || !back) return redirect("/");
      return page({
        title: "Votre saisie est toujours là",
        body: <KeptForm back={back} typed={kept.typed} name={at.scope.name} />,
      });
    },
  );

  // The kept form is forgotten, and what the browser has just sent goes on to the page that it was written for: sent once.
  routes.post(
    sendingPath,
    {
      right: "signed-in",
      trace: { none: "the form's own route leaves the trace of what it does" },
      form: emptyForm,
      onMistakes: () => redirect("/"),
    },
    async (at) => {
      const back = safePath(at.query.retour ?? "");
      if (!back) return redirect("/");
      await dropKeptForm(at.tx);
      return sendOn(back);
    },
  );

  routes.post(
    "/connexion/reprise/abandon",
    { right: "signed-in", trace: "session.form-dropped", form: emptyForm, onMistakes: () => redirect("/") },
    async (at) => {
      await dropKeptForm(at.tx);
      return redirect("/", "La saisie a été abandonnée.");
    },
  );

  routes.post(
    "/deconnexion",
    { right: "signed-in", trace: "session.ended", form: emptyForm, onMistakes: () => refusal(422, "Réessayez.") },
    async (at) => {
      await endOwnSession(at.tx);
      return { kind: "redirect", to: "/connexion", cookies: [sessionCookie(at.services.config, null)] };
    },
  );
}
