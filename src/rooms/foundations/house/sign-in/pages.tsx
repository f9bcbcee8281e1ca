// The pages of signing in. Each carries `retour` and `saisie` along, so that a form typed before is still there afterwards.
import type { VNode } from "preact";
import type { Typed } from "../../../../core/http/answer.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { Hidden, PostForm, Submit } from "../parts.tsx";
import { type Carried, sendingPath } from "./back.ts";
import type { Candidate } from "./reads.ts";

const Carry = ({ carried }: { carried: Carried }): VNode => (
  <>
    {carried.retour && <Hidden name="retour" value={carried.retour} />}
    {carried.saisie && <Hidden name="saisie" value={carried.saisie} />}
  </>
);

/** Said above the form when something typed is waiting. */
const Waiting = ({ carried }: { carried: Carried }): VNode | null =>
  carried.saisie ? (
    <Notice
      kind="info"
      text="Votre session a pris fin. Ce que vous aviez saisi est gardé : connectez-vous pour l’envoyer."
    />
  ) : null;

export type SignInProps = {
  carried: Carried;
  email?: string;
  mistake?: string | undefined;
  mistakes?: Record<string, string>;
};

/** The form of address and password: the sign-in page, and the page of a session that ended. */
export const SignInForm = ({ carried, email = "", mistake, mistakes = {} }: SignInProps): VNode => (
  <>
    <Heading title="Connexion" />
    <Waiting carried={carried} />
    {mistake ? <Notice kind="error" text={mistake} /> : <ErrorSummary fields={mistakes} />}
    <PostForm action="/connexion">
      <Carry carried={carried} />
      <TextField
        name="email"
        label="Adresse électronique"
        type="email"
        autocomplete="username"
        value={email}
        error={mistakes.email}
        required
      />
      <TextField
        name="password"
        label="Mot de passe"
        type="password"
        autocomplete="current-password"
        error={mistakes.password}
        required
      />
      <Submit>Se connecter</Submit>
    </PostForm>
    <p>Mot de passe oublié ? Demandez un nouveau lien à la personne qui administre les comptes de votre maison.</p>
    <p>
      Vous venez d’une structure partenaire{"\u00a0"}?{" "}
      <a href="/entree">Recevez un lien pour entrer, sans mot de passe</a>.
    </p>
  </>
);

/** The same address and password open several houses: which one today? */
export const ChooseHouse = (props: { carried: Carried; state: string; candidates: readonly Candidate[] }): VNode => (
  <>
    <Heading title="Choisir une maison" />
    <p>Votre adresse ouvre plusieurs maisons. Laquelle ?</p>
    <PostForm action="/connexion/maison">
      <Carry carried={props.carried} />
      <Hidden name="etat" value={props.state} />
      {props.candidates.map((one) => (
        <p key={one.account_id}>
          <Submit name="compte" value={one.account_id}>
            {one.house_name}
          </Submit>
        </p>
      ))}
    </PostForm>
  </>
);

export type SecondStepProps = {
  carried: Carried;
  state: string;
  totp: boolean;
  /** Options for the browser, as JSON; null when the account has no passkey. */
  passkey: string | null;
  mistake?: string | undefined;
};

/** The second step: a code, or a passkey. */
export const SecondStep = ({ carried, state, totp, passkey, mistake }: SecondStepProps): VNode => (
  <>
    <Heading title="Seconde étape" />
    {mistake ? <Notice kind="error" text={mistake} /> : null}
    {totp && (
      <PostForm action="/connexion/code">
        <Carry carried={carried} />
        <Hidden name="etat" value={state} />
        <TextField
          name="code"
          label="Code à six chiffres de votre application"
          autocomplete="one-time-code"
          inputmode="numeric"
          hint="Le code change toutes les 30 secondes et ne sert qu’une fois."
          required
        />
        <Submit>Continuer</Submit>
      </PostForm>
    )}
    {passkey && (
      <PostForm action="/connexion/cle-acces" passkey={{ kind: "use", options: passkey }}>
        <Carry carried={carried} />
        <Hidden name="etat" value={state} />
        <Hidden name="reponse" value="" />
        <Submit>Utiliser ma clé d’accès</Submit>
        <p data-passkey-said role="status" />
        <noscript>
          <p>
            {totp
              ? "La clé d’accès demande que les scripts du navigateur soient permis. Sans eux, utilisez le code à six chiffres."
              : "Ce compte n’a qu’une clé d’accès, et elle demande que les scripts du navigateur soient permis. Permettez-les pour ce site, ou demandez à votre administration de retirer cette seconde étape."}
          </p>
        </noscript>
      </PostForm>
    )}
    <p>
      <a href="/connexion">Recommencer depuis le début</a>
    </p>
  </>
);

/** What was typed before the session ended, ready to go. */
export const KeptForm = ({ back, typed, name }: { back: string; typed: Typed; name: string }): VNode => {
  const fields = Object.entries(typed).flatMap(([field, values]) => values.map((value) => ({ field, value })));
  return (
    <>
      <Heading title="Votre saisie est toujours là" />
      <p>
        Votre session avait pris fin avant l’envoi. Rien n’est perdu{"\u00a0"}: la saisie partira au nom de{" "}
        <strong>{name}</strong>.
      </p>
      <PostForm action={`${sendingPath}?${new URLSearchParams({ retour: back })}`}>
        {fields.map(({ field, value }, index) => (
          <Hidden key={`${field}-${index}`} name={field} value={value} />
        ))}
        <Submit>Envoyer maintenant</Submit>
      </PostForm>
      <PostForm action="/connexion/reprise/abandon">
        <Submit look="second">Ne pas l’envoyer</Submit>
      </PostForm>
    </>
  );
};

/** Choosing a password, by the link of an invitation or of a reset. */
export const ChoosePassword = (props: {
  token: string;
  name: string;
  email: string;
  house: string;
  purpose: "invitation" | "reset";
  mistakes?: Record<string, string>;
}): VNode => (
  <>
    <Heading title="Choisir un mot de passe" />
    <p>
      {props.purpose === "invitation" ? "Bienvenue" : "Bonjour"}, {props.name}. Choisissez le mot de passe de votre
      compte chez <strong>{props.house}</strong>.
    </p>
    <PostForm action={`/invitation/${props.token}`}>
      <p>
        Adresse électronique{"\u00a0"}: {props.email}
      </p>
      <TextField
        name="password"
        label="Nouveau mot de passe"
        type="password"
        autocomplete="new-password"
        hint="Au moins 12 signes : une phrase courte convient très bien."
        error={props.mistakes?.password}
        required
      />
      <TextField
        name="again"
        label="Le même, une seconde fois"
        type="password"
        autocomplete="new-password"
        error={props.mistakes?.again}
        required
      />
      <Submit>Enregistrer et entrer</Submit>
    </PostForm>
  </>
);
