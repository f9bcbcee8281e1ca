// One's own account: name, password, second step, sessions.
import type { VNode } from "preact";
import { Alert, DataTable, Field, Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import { momentWords } from "../moments.ts";
import { roleWords } from "../words.ts";
import type { OwnAccount } from "./reads.ts";

type Mistakes = Record<string, string>;

/** A browser's name in a few words, from what it says of itself. */
export function agentWords(agent: string | null): string {
  if (!agent) return "Appareil inconnu";
  const browser = /Firefox/.test(agent) ? "Firefox" : /Edg\//.test(agent) ? "Edge" : /Chrom/.test(agent) ? "Chrome" : /Safari/.test(agent) ? "Safari" : "Navigateur";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Windows/.test(agent) ? "Windows" : /Mac OS/.test(agent) ? "macOS" : /Linux/.test(agent) ? "Linux" : "";
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
      <Panel title="Qui je suis">
        <p>
          {account.email} · {account.roles.length > 0 ? account.roles.map((role) => roleWords[role]).join(", ") : "aucun rôle aujourd’hui"}
        </p>
        <PostForm action="/compte">
          <Hidden name="version" value={String(account.version)} />
          <Field name="name" label="Nom affiché" value={props.typedName ?? account.name} autocomplete="name" mistake={mistakes["name"]} required />
          <Submit>Enregistrer le nom</Submit>
        </PostForm>
      </Panel>
      <Panel title="Mot de passe">
        <PostForm action="/compte/mot-de-passe">
          <Field name="current" label="Mot de passe actuel" type="password" autocomplete="current-password" mistake={mistakes["current"]} required />
          <Field
            name="password"
            label="Nouveau mot de passe"
            type="password"
            autocomplete="new-password"
            hint="Au moins 12 signes : une phrase courte convient très bien."
            mistake={mistakes["password"]}
            required
          />
          <Field name="again" label="Le même, une seconde fois" type="password" autocomplete="new-password" mistake={mistakes["again"]} required />
          <Submit>Changer le mot de passe</Submit>
        </PostForm>
      </Panel>
      <SecondFactors {...props} mistakes={mistakes} />
      <Panel title="Sessions ouvertes">
        <DataTable
          caption="Là où ce compte est connecté"
          head={["Appareil", "Adresse réseau", "Ouverte", "Vue pour la dernière fois", "Action"]}
          rows={account.sessions.map((one) => ({
            key: one.id,
            cells: [
              agentWords(one.agent),
              one.ip ?? "inconnue",
              momentWords(one.created_at, zone),
              momentWords(one.last_seen_at, zone),
              one.id === props.session ? (
                "celle-ci"
              ) : (
                <PostForm action="/compte/sessions/fin">
                  <Hidden name="session" value={one.id} />
                  <Submit quiet>Fermer</Submit>
                </PostForm>
              ),
            ],
          }))}
        />
        <PostForm action="/compte/deconnexions">
          <Submit>Se déconnecter partout</Submit>
        </PostForm>
      </Panel>
    </>
  );
};

const SecondFactors = ({ account, zone, passkeysPossible, mistakes }: { account: OwnAccount; zone: string; passkeysPossible: boolean; mistakes: Mistakes }): VNode => (
  <Panel title="Seconde étape de connexion">
    <p>Après le mot de passe, une seconde preuve : même si quelqu’un devine le mot de passe, il n’entre pas.</p>
    {account.totp_secret ? (
      <PostForm action="/compte/code/retrait">
        <p>Code à six chiffres d’une application : en place.</p>
        <Field name="confirm" id="retrait-code" label="Mot de passe, pour le retirer" type="password" autocomplete="current-password" mistake={mistakes["confirm"]} required />
        <Submit quiet>Retirer le code à six chiffres</Submit>
      </PostForm>
    ) : (
      <p>
        <a href="/compte/code">Ajouter un code à six chiffres (application sur le téléphone)</a>
      </p>
    )}
    {account.passkeys.map((key) => (
      <PostForm key={key.id} action="/compte/cles-acces/retrait">
        <p>
          Clé d’accès « {key.name} », ajoutée {momentWords(key.created_at, zone)}
          {key.last_used_at ? `, utilisée ${momentWords(key.last_used_at, zone)}` : ", jamais utilisée"}.
        </p>
        <Hidden name="cle" value={key.id} />
        <Field name="confirm" id={`retrait-${key.id}`} label="Mot de passe, pour la retirer" type="password" autocomplete="current-password" mistake={mistakes[key.id]} required />
        <Submit quiet>Retirer cette clé d’accès</Submit>
      </PostForm>
    ))}
    {passkeysPossible ? (
      <p>
        <a href="/compte/cle-acces">Ajouter une clé d’accès (empreinte, visage ou clé de sécurité)</a>
      </p>
    ) : (
      <p>Les clés d’accès demandent que Traboule soit ouvert par un nom en https : ce n’est pas le cas de cette installation.</p>
    )}
  </Panel>
);

/** Adding an authenticator application: it counts only once a code has been verified. */
export const TotpEnrolment = (props: { picture: string; secret: string; sealed: string; mistake?: string | undefined }): VNode => (
  <Panel>
    {props.mistake && <Alert kind="error">{props.mistake}</Alert>}
    <ol>
      <li>Ouvrez une application de codes sur votre téléphone (FreeOTP, Aegis, ou une autre).</li>
      <li>
        Photographiez ce code, ou écrivez la clé à la main :
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: SVG drawn by the QR library from a secret that we made. */}
        <div dangerouslySetInnerHTML={{ __html: props.picture }} />
        <code>{props.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </li>
      <li>Écrivez le code à six chiffres qu’elle affiche.</li>
    </ol>
    <PostForm action="/compte/code">
      <Hidden name="graine" value={props.sealed} />
      <Field name="code" label="Code à six chiffres" autocomplete="one-time-code" inputmode="numeric" required />
      <Submit>Vérifier et mettre en place</Submit>
    </PostForm>
  </Panel>
);

/** Adding a passkey: the browser's script does the asking. */
export const PasskeyEnrolment = (props: { options: string; sealed: string; mistake?: string | undefined }): VNode => (
  <Panel>
    {props.mistake && <Alert kind="error">{props.mistake}</Alert>}
    <PostForm action="/compte/cle-acces" passkey={{ kind: "make", options: props.options }}>
      <Hidden name="etat" value={props.sealed} />
      <Hidden name="reponse" value="" />
      <Field name="nom" label="Nom de cette clé, pour la reconnaître" value="" hint="Par exemple : mon téléphone." required />
      <Submit>Créer la clé d’accès</Submit>
      <p data-passkey-said role="status" />
      <noscript>
        <p>Les clés d’accès demandent que les scripts du navigateur soient permis. Sans eux, choisissez le code à six chiffres.</p>
      </noscript>
    </PostForm>
  </Panel>
);
