// One's own account: name, password, second step, sessions.
import type { VNode } from "preact";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { momentWords } from "../moments.ts";
import { Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import { roleWords } from "../words.ts";
import type { OwnAccount } from "./reads.ts";

type Mistakes = Record<string, string>;

/** A browser's name in a few words, from what it says of itself. */
export function agentWords(agent: string | null): string {
  if (!agent) return "Appareil inconnu";
  const browser = /Firefox/.test(agent)
    ? "Firefox"
    : /Edg\//.test(agent)
      ? "Edge"
      : /Chrom/.test(agent)
        ? "Chrome"
        : /Safari/.test(agent)
          ? "Safari"
          : "Navigateur";
  const system = /Android/.test(agent)
    ? "Android"
    : /iPhone|iPad/.test(agent)
      ? "iOS"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS/.test(agent)
          ? "macOS"
          : /Linux/.test(agent)
            ? "Linux"
            : "";
  return system ? `${browser} sur ${system}` : browser;
}

export const OwnAccountPage = (props: {
  account: OwnAccount;
  session: string | null;
  zone: string;
  passkeysPossible: boolean;
  mistakes?: Mistakes;
  typedName?: string | undefined;
}): VNode => {
  const { account, zone, mistakes = {} } = props;
  return (
    <>
      <Heading title="Mon compte" />
      <ErrorSummary fields={mistakes} />
      <Panel title="Qui je suis">
        <p>
          {account.email} ·{" "}
          {account.roles.length > 0
            ? account.roles.map((role) => roleWords[role]).join(", ")
            : "aucun rôle aujourd’hui"}
        </p>
        <PostForm action="/compte">
          <Hidden name="version" value={String(account.version)} />
          <TextField
            name="name"
            label="Nom affiché"
            value={props.typedName ?? account.name}
            autocomplete="name"
            error={mistakes.name}
            required
          />
          <Submit look="second">Enregistrer le nom</Submit>
        </PostForm>
      </Panel>
      <Panel title="Mot de passe">
        <PostForm action="/compte/mot-de-passe">
          <TextField
            name="current"
            label="Mot de passe actuel"
            type="password"
            autocomplete="current-password"
            error={mistakes.current}
            required
          />
          <TextField
            name="password"
            label="Nouveau mot de passe"
            type="password"
            autocomplete="new-password"
            hint="Au moins 12 signes : une phrase courte convient très bien."
            error={mistakes.password}
            required
          />
          <TextField
            name="again"
            label="Le même, une seconde fois"
            type="password"
            autocomplete="new-password"
            error={mistakes.again}
            required
          />
          <Submit>Changer le mot de passe</Submit>
        </PostForm>
      </Panel>
      <SecondFactors {...props} mistakes={mistakes} />
      <Panel title="Sessions ouvertes">
        <DataTable
          caption="Là où ce compte est connecté"
          rows={account.sessions}
          rowKey={(one) => one.id}
          columns={[
            { key: "agent", label: "Appareil", header: true, render: (one) => agentWords(one.agent) },
            { key: "ip", label: "Adresse réseau", render: (one) => one.ip ?? "inconnue" },
            { key: "opened", label: "Ouverte le", render: (one) => momentWords(one.created_at, zone) },
            { key: "seen", label: "Vue le", render: (one) => momentWords(one.last_seen_at, zone) },
            {
              key: "end",
              label: "Action",
              render: (one) =>
                one.id === props.session ? (
                  "celle-ci"
                ) : (
                  <PostForm action="/compte/sessions/fin" inline>
                    <Hidden name="session" value={one.id} />
                    <Submit look="second">Fermer</Submit>
                  </PostForm>
                ),
            },
          ]}
        />
        <PostForm action="/compte/deconnexions">
          <Submit look="second">Se déconnecter partout</Submit>
        </PostForm>
      </Panel>
    </>
  );
};

/** One form for all of it: the password is asked once, each button says what it removes. */
const SecondFactors = ({
  account,
  zone,
  passkeysPossible,
  mistakes,
}: {
  account: OwnAccount;
  zone: string;
  passkeysPossible: boolean;
  mistakes: Mistakes;
}): VNode => (
  <Panel title="Seconde étape de connexion">
    <p>
      Après le mot de passe, une seconde preuve{"\u00a0"}: même si quelqu’un devine le mot de passe, il n’entre pas.
    </p>
    {account.totp_secret || account.passkeys.length > 0 ? (
      <PostForm action="/compte/code/retrait">
        <TextField
          name="confirm"
          label="Mot de passe, pour retirer une seconde étape"
          type="password"
          autocomplete="current-password"
          error={mistakes.confirm}
        />
        <ul>
          {account.totp_secret ? (
            <li>
              Code à six chiffres d’une application, en place.{" "}
              <Submit look="second">Retirer le code à six chiffres</Submit>
            </li>
          ) : null}
          {account.passkeys.map((key) => (
            <li key={key.id}>
              Clé d’accès «{"\u00a0"}
              {key.name}
              {"\u00a0"}», ajoutée le {momentWords(key.created_at, zone)},{" "}
              {key.last_used_at ? `utilisée le ${momentWords(key.last_used_at, zone)}` : "jamais utilisée"}.{" "}
              <Submit look="second" name="cle" value={key.id} action="/compte/cles-acces/retrait">
                Retirer cette clé
              </Submit>
            </li>
          ))}
        </ul>
      </PostForm>
    ) : null}
    {account.totp_secret ? null : (
      <p>
        <a href="/compte/code">Ajouter un code à six chiffres (application sur le téléphone)</a>
      </p>
    )}
    {passkeysPossible ? (
      <p>
        <a href="/compte/cle-acces">Ajouter une clé d’accès (empreinte, visage ou clé de sécurité)</a>
      </p>
    ) : (
      <p>
        Les clés d’accès demandent que Traboule soit ouvert par un nom en https{"\u00a0"}: ce n’est pas le cas de cette
        installation.
      </p>
    )}
  </Panel>
);

/** Adding an authenticator application: it counts only once a code has been verified. */
export const TotpEnrolment = (props: {
  picture: string;
  secret: string;
  sealed: string;
  mistake?: string | undefined;
}): VNode => (
  <>
    <Heading title="Ajouter un code à six chiffres" />
    {props.mistake ? <Notice kind="error" text={props.mistake} /> : null}
    <ol>
      <li>Ouvrez une application de codes sur votre téléphone (FreeOTP, Aegis, ou une autre).</li>
      <li>
        Photographiez ce code, ou écrivez la clé à la main :
        {/* SVG drawn by the QR library, from a secret that we made. */}
        <div class="qr" dangerouslySetInnerHTML={{ __html: props.picture }} />
        <code>{props.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </li>
      <li>Écrivez le code à six chiffres qu’elle affiche.</li>
    </ol>
    <PostForm action="/compte/code">
      <Hidden name="graine" value={props.sealed} />
      <TextField name="code" label="Code à six chiffres" autocomplete="one-time-code" inputmode="numeric" required />
      <Submit>Vérifier et mettre en place</Submit>
    </PostForm>
  </>
);

/** Adding a passkey: the browser's script does the asking. */
export const PasskeyEnrolment = (props: {
  options: string;
  sealed: string;
  /** The name that was typed. */
  name: string;
  mistake?: string | undefined;
}): VNode => (
  <>
    <Heading title="Ajouter une clé d’accès" />
    {props.mistake ? <Notice kind="error" text={props.mistake} /> : null}
    <PostForm action="/compte/cle-acces" passkey={{ kind: "make", options: props.options }}>
      <Hidden name="etat" value={props.sealed} />
      <Hidden name="reponse" value="" />
      <TextField
        name="nom"
        label="Nom de cette clé, pour la reconnaître"
        value={props.name}
        hint="Par exemple : mon téléphone."
        required
      />
      <Submit>Créer la clé d’accès</Submit>
      <p data-passkey-said role="status" />
      <noscript>
        <p>
          Les clés d’accès demandent que les scripts du navigateur soient permis. Sans eux, choisissez le code à six
          chiffres.
        </p>
      </noscript>
    </PostForm>
  </>
);
