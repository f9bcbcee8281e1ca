// One's own account. The rights here are nobody else's: every signed-in account has them, on itself alone.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { sessionCookie } from "../../../../core/http/session.ts";
import { isUuid } from "../../../../core/ids.ts";
import { passwordMistakes } from "../invitation/routes.tsx";
import { emptyForm, nameField, versionField } from "../shapes.ts";
import { giveBackAttempt, takeAttempt } from "../sign-in/limits.ts";
import { checkRegistration, passkeysPossible, registrationOptions } from "../sign-in/passkeys.ts";
import { passkeysOf } from "../sign-in/reads.ts";
import { tooMany } from "../sign-in/routes.tsx";
import { checkPassword, hashPassword, seal, unseal } from "../sign-in/secrets.ts";
import { newTotpSecret, sealTotp, stepOfCode, totpPicture } from "../sign-in/totp.ts";
import { endSessions } from "../sign-in/writes.ts";
import { OwnAccountPage, PasskeyEnrolment, TotpEnrolment } from "./pages.tsx";
import { type OwnAccount, ownAccount } from "./reads.ts";
import { addPasskey, changeOwnAccount, endSession, removePasskey } from "./writes.ts";

const noAccount = (): Answer => refusal(403, "Une clé de logiciel n’a pas de compte.");

type Said = { mistakes?: Record<string, string>; status?: number; typedName?: string | undefined; sentence?: string };

async function show(at: At<unknown>, said: Said = {}): Promise<Answer> {
  const account = await ownAccount(at.tx);
  if (!account) return noAccount();
  return page({
    status: said.status ?? (said.mistakes ? 422 : 200),
    title: "Mon compte",
    ...(said.sentence ? { notice: { kind: "error", text: said.sentence } } : {}),
    body: (
      <OwnAccountPage
        account={account}
        session={at.scope.session}
        zone={at.scope.zone}
        passkeysPossible={passkeysPossible(at.services.config)}
        {...(said.mistakes ? { mistakes: said.mistakes } : {})}
        typedName={said.typedName}
      />
    ),
  });
}

/** Asks the password again, with the same limits as signing in: null when it is right, else a sentence. */
async function confirmPassword(at: At<unknown>, account: OwnAccount, password: string): Promise<string | null> {
  const attempt = { subject: `confirm:${account.id}`, ip: at.ip };
  const minutes = await takeAttempt(at.services, attempt);
  if (minutes !== null) return tooMany(minutes);
  if (!(await checkPassword(account.password_hash, password))) return "Ce n’est pas votre mot de passe actuel.";
  await giveBackAttempt(at.services, attempt);
  return null;
}

const again = "Cette page a perdu son repère : rechargez-la.";

export function ownAccountRoutes(routes: Routes): void {
  routes.get("/compte", { right: "signed-in", trace: { none: "one's own account" } }, (at) => show(at));

  routes.post(
    "/compte",
    {
      right: "signed-in",
      trace: "own-account.renamed",
      form: z.object({ name: nameField("Écrivez votre nom."), version: versionField }),
      onMistakes: (at, { fields, typed }) => show(at, { mistakes: fields, typedName: typed.name?.[0] }),
    },
    async (at) => {
      at.about("account", at.scope.account ?? "");
      if (await changeOwnAccount(at.tx, { name: at.form.name }, at.form.version))
        return redirect("/compte", "Nom enregistré.");
      return show(at, {
        status: 409,
        typedName: at.form.name,
        sentence:
          "Votre compte a été modifié entre-temps. Votre saisie est toujours là : vérifiez, puis enregistrez de nouveau.",
      });
    },
  );

  routes.post(
    "/compte/mot-de-passe",
    {
      right: "signed-in",
      trace: "own-account.password-changed",
      form: z.object({ current: z.string().max(1000), password: z.string().max(1000), again: z.string().max(1000) }),
      onMistakes: (at) => show(at, { mistakes: { password: "Remplissez les trois champs." } }),
    },
    async (at) => {
      const account = await ownAccount(at.tx);
      if (!account) return noAccount();
      const mistakes = passwordMistakes(at.form, account);
      if (mistakes) return show(at, { mistakes });
      const wrong = await confirmPassword(at, account, at.form.current);
      if (wrong) return show(at, { mistakes: { current: wrong } });
      await changeOwnAccount(at.tx, { password_hash: await hashPassword(at.form.password) });
      const ended = await endSessions(at.tx, account.id, at.scope.session);
      at.about("account", account.id, { sessionsEnded: ended });
      return redirect("/compte", "Mot de passe changé. Vos autres sessions sont fermées.");
    },
  );

  routes.get(
    "/compte/code",
    { right: "signed-in", trace: { none: "shows a secret that counts for nothing yet" } },
    (at) => enrolTotp(at, newTotpSecret()),
  );

  routes.post(
    "/compte/code",
    {
      right: "signed-in",
      trace: "own-account.totp-added",
      form: z.object({ graine: z.string().max(500), code: z.string().max(40) }),
      onMistakes: (at) => enrolTotp(at, newTotpSecret(), again),
    },
    async (at) => {
      const account = await ownAccount(at.tx);
      if (!account) return noAccount();
      const secret = unseal(at.services.config.secret, "totp-enrolment", account.id, at.form.graine);
      if (!secret) {
        at.nothingHappened();
        return redirect("/compte/code", again);
      }
      if (account.totp_secret) return enrolTotp(at, secret);
      const step = stepOfCode(secret, at.form.code, at.tx.clock.now());
      if (step === null)
        return enrolTotp(at, secret, "Ce code n’est pas le bon. Vérifiez l’heure de votre téléphone, puis réessayez.");
      await changeOwnAccount(at.tx, {
        totp_secret: sealTotp(at.services.config.secret, account.id, secret),
        totp_last_step: step,
      });
      at.about("account", account.id);
      return redirect("/compte", "Le code à six chiffres est en place : il sera demandé à la prochaine connexion.");
    },
  );

  routes.post(
    "/compte/code/retrait",
    {
      right: "signed-in",
      trace: "own-account.totp-removed",
      form: z.object({ confirm: z.string().max(1000).default("") }),
      onMistakes: (at) => show(at, { mistakes: { confirm: "Écrivez votre mot de passe." } }),
    },
    async (at) => {
      const account = await ownAccount(at.tx);
      if (!account) return noAccount();
      const wrong = await confirmPassword(at, account, at.form.confirm);
      if (wrong) return show(at, { mistakes: { confirm: wrong } });
      await changeOwnAccount(at.tx, { totp_secret: null, totp_last_step: null });
      at.about("account", account.id);
      return redirect("/compte", "Le code à six chiffres est retiré.");
    },
  );

  routes.get("/compte/cle-acces", { right: "signed-in", trace: { none: "a page that adds nothing by itself" } }, (at) =>
    enrolPasskey(at),
  );

  routes.post(
    "/compte/cle-acces",
    {
      right: "signed-in",
      trace: "own-account.passkey-added",
      form: z.object({
        etat: z.string().max(2000),
        reponse: z.string().max(30_000),
        nom: nameField("Donnez un nom à cette clé."),
      }),
      onMistakes: (at, { fields }) => enrolPasskey(at, fields.nom ?? again),
    },
    async (at) => {
      const challenge = unseal(at.services.config.secret, "passkey-enrolment", at.scope.session ?? "", at.form.etat);
      const made = challenge ? await checkRegistration(at.services.config, challenge, at.form.reponse) : null;
      if (!made) return enrolPasskey(at, "Cette clé d’accès n’a pas pu être vérifiée. Réessayez.");
      const id = at.tx.ids.uuid();
      if (!(await addPasskey(at.tx, id, { ...made, name: at.form.nom })))
        return enrolPasskey(at, "Cette clé d’accès est déjà connue.");
      at.about("passkey", id);
      return redirect("/compte", "La clé d’accès est en place.");
    },
  );

  routes.post(
    "/compte/cles-acces/retrait",
    {
      right: "signed-in",
      trace: "own-account.passkey-removed",
      form: z.object({ cle: z.string().refine(isUuid), confirm: z.string().max(1000).default("") }),
      onMistakes: (at) => show(at, { mistakes: {}, sentence: again }),
    },
    async (at) => {
      const account = await ownAccount(at.tx);
      if (!account) return noAccount();
      const wrong = await confirmPassword(at, account, at.form.confirm);
      if (wrong) return show(at, { mistakes: { confirm: wrong } });
      if (await removePasskey(at.tx, at.form.cle)) at.about("passkey", at.form.cle);
      else at.nothingHappened();
      return redirect("/compte", "La clé d’accès est retirée.");
    },
  );

  routes.post(
    "/compte/sessions/fin",
    {
      right: "signed-in",
      trace: "session.ended",
      form: z.object({ session: z.string().refine(isUuid) }),
      onMistakes: (at) => show(at, { mistakes: {}, sentence: again }),
    },
    async (at) => {
      if (await endSession(at.tx, at.form.session)) at.about("session", at.form.session);
      else at.nothingHappened();
      return redirect("/compte", "La session est fermée.");
    },
  );

  routes.post(
    "/compte/deconnexions",
    { right: "signed-in", trace: "session.ended-everywhere", form: emptyForm, onMistakes: (at) => show(at) },
    async (at) => {
      const account = at.scope.account ?? "";
      at.about("account", account, { sessionsEnded: await endSessions(at.tx, account) });
      return { kind: "redirect", to: "/connexion", cookies: [sessionCookie(at.services.config, null)] };
    },
  );
}

async function enrolTotp(at: At<unknown>, secret: string, mistake?: string): Promise<Answer> {
  const account = await ownAccount(at.tx);
  if (!account) return noAccount();
  if (account.totp_secret) {
    at.nothingHappened();
    return redirect("/compte", "Un code à six chiffres est déjà en place. Retirez-le d’abord.");
  }
  const sealed = seal(at.services.config.secret, "totp-enrolment", account.id, secret);
  return page({
    status: mistake ? 422 : 200,
    title: "Ajouter un code à six chiffres",
    crumbs: [{ href: "/compte", label: "Mon compte" }],
    body: (
      <TotpEnrolment
        picture={await totpPicture(secret, account.email)}
        secret={secret}
        sealed={sealed}
        mistake={mistake}
      />
    ),
  });
}

async function enrolPasskey(at: At<unknown>, mistake?: string): Promise<Answer> {
  const account = await ownAccount(at.tx);
  if (!account) return noAccount();
  if (!passkeysPossible(at.services.config))
    return refusal(
      409,
      "Les clés d’accès demandent que Traboule soit ouvert par un nom en https : ce n’est pas le cas de cette installation.",
    );
  const challenge = at.tx.ids.token();
  const options = await registrationOptions(
    at.services.config,
    account,
    challenge,
    await passkeysOf(at.tx, account.id),
  );
  const sealed = seal(at.services.config.secret, "passkey-enrolment", at.scope.session ?? "", challenge);
  return page({
    status: mistake ? 422 : 200,
    title: "Ajouter une clé d’accès",
    crumbs: [{ href: "/compte", label: "Mon compte" }],
    scripts: ["passkey"],
    body: <PasskeyEnrolment options={options} sealed={sealed} name={at.typed.nom?.[0] ?? ""} mistake={mistake} />,
  });
}
