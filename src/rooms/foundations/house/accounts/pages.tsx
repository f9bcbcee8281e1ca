// The pages of accounts: the list, a new one, one account with its roles, and a link that is shown once.
import type { VNode } from "preact";
import { type Role, roles } from "../../../../core/rights.ts";
import { CheckboxField, DateField, ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { momentWords } from "../moments.ts";
import { Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import { holdsOn } from "../rules.ts";
import { roleWords } from "../words.ts";
import type { Account, GrantRow } from "./reads.ts";

/** A place for which a role may be given: value of a form, name on the page. */
export type PlaceOption = { value: string; label: string };

export const stateOf = (account: Account): string =>
  account.closed_at ? "fermé" : account.active ? "ouvert" : "invité";
export const secondStepOf = (account: Account): string =>
  [account.totp ? "code" : "", account.passkeys > 0 ? "clé d’accès" : ""].filter(Boolean).join(", ") || "aucune";
export const rolesOf = (account: Account, today: string): string =>
  [...new Set(account.grants.filter((grant) => holdsOn(grant, today)).map((grant) => roleWords[grant.role]))].join(
    ", ",
  ) || "aucun";

export type RoleFields = { roles: readonly string[]; places: readonly string[]; from: string; to: string };

const isProgramme = ({ value }: { value: string }): boolean => value.startsWith("programme:");

const Places = ({ values, places }: { values: RoleFields; places: readonly PlaceOption[] }): VNode => (
  <div class="options">
    {places.map((place) => (
      <CheckboxField
        key={place.value}
        name="places"
        value={place.value}
        label={place.label}
        checked={values.places.includes(place.value)}
      />
    ))}
  </div>
);

/** Roles, for what, from when to when: on the page of a new account and of a known one. */
const RolesAndDates = (props: {
  values: RoleFields;
  places: readonly PlaceOption[];
  mistakes: Record<string, string>;
}): VNode => (
  <>
    <fieldset class={props.mistakes.roles ? "field choices inline field-error" : "field choices inline"}>
      <legend>Rôles</legend>
      {props.mistakes.roles ? (
        <p class="mistake" id="roles">
          {props.mistakes.roles}
        </p>
      ) : null}
      <div class="options">
        {roles.map((role) => (
          <CheckboxField
            key={role}
            name="roles"
            value={role}
            label={roleWords[role]}
            checked={props.values.roles.includes(role)}
          />
        ))}
      </div>
    </fieldset>
    <fieldset id="places" class={props.mistakes.places ? "field choices inline field-error" : "field choices inline"}>
      <legend>Pour</legend>
      <p class="hint">Rien de coché{"\u00a0"}: toute la maison.</p>
      {props.mistakes.places ? <p class="mistake">{props.mistakes.places}</p> : null}
      <Places {...props} places={props.places.filter((place) => !isProgramme(place))} />
      {props.places.some(isProgramme) ? (
        <details open={props.values.places.some((value) => isProgramme({ value }))}>
          <summary>Pour un dispositif seulement</summary>
          <Places {...props} places={props.places.filter(isProgramme)} />
        </details>
      ) : null}
    </fieldset>
    <DateField name="from" label="À partir du" value={props.values.from} error={props.mistakes.from} required />
    <DateField name="to" label="Jusqu’au, compris" value={props.values.to} error={props.mistakes.to} required={false} />
  </>
);

export const NewAccountPage = (props: {
  itemKey: string;
  name: string;
  email: string;
  roleFields: RoleFields;
  places: readonly PlaceOption[];
  mistakes: Record<string, string>;
}): VNode => (
  <>
    <Heading title="Inviter quelqu’un">La personne reçoit un lien et choisit elle-même son mot de passe.</Heading>
    <ErrorSummary fields={props.mistakes} />
    <PostForm action="/comptes">
      <Hidden name="key" value={props.itemKey} />
      <TextField
        name="name"
        label="Nom affiché"
        value={props.name}
        maxlength={120}
        error={props.mistakes.name}
        required
      />
      <TextField
        name="email"
        label="Adresse électronique"
        type="email"
        value={props.email}
        maxlength={254}
        error={props.mistakes.email}
        required
      />
      <RolesAndDates values={props.roleFields} places={props.places} mistakes={props.mistakes} />
      <Submit>Inviter</Submit>
    </PostForm>
  </>
);

const sentWords = {
  sent: "Le lien est parti par courriel. Vous pouvez aussi le transmettre vous-même.",
  outbox: "Aucun serveur de courriel n’est réglé : transmettez ce lien vous-même.",
  failed: "Le courriel n’a pas pu partir : transmettez ce lien vous-même.",
};

/** The link, shown this once. */
export const LinkPage = ({
  account,
  link,
  sent,
}: {
  account: { id: string; name: string };
  link: string;
  sent: keyof typeof sentWords;
}): VNode => (
  <>
    <Heading title={`Lien pour ${account.name}`} />
    <p>{sentWords[sent]}</p>
    <p class="secret">
      <code>{link}</code>
    </p>
    <p>Ce lien ne sera plus montré : il ne sert qu’une fois, et seule la personne invitée doit l’ouvrir.</p>
    <p>
      <a href={`/comptes/${account.id}`}>Revenir au compte</a>
    </p>
  </>
);

type AccountProps = {
  account: Account;
  today: string;
  zone: string;
  self: boolean;
  places: readonly PlaceOption[];
  mistakes: Record<string, string>;
  typed: { name?: string | undefined; email?: string | undefined; roleFields: RoleFields };
};

export const AccountPage = ({ account, today, zone, self, places, mistakes, typed }: AccountProps): VNode => {
  const base = `/comptes/${account.id}`;
  return (
    <>
      <Heading title={account.name}>
        Compte {stateOf(account)}, créé le {momentWords(account.created_at, zone)}
      </Heading>
      <ErrorSummary fields={mistakes} />
      <Panel title="Identité">
        <PostForm action={base}>
          <Hidden name="version" value={String(account.version)} />
          <TextField
            name="name"
            label="Nom affiché"
            value={typed.name ?? account.name}
            maxlength={120}
            error={mistakes.name}
            required
          />
          <TextField
            name="email"
            label="Adresse électronique"
            type="email"
            value={typed.email ?? account.email}
            maxlength={254}
            error={mistakes.email}
            required
          />
          <Submit>Enregistrer</Submit>
        </PostForm>
      </Panel>
      <Panel title="Rôles">
        <Grants account={account} today={today} places={places} base={base} />
        <details open={Boolean(mistakes.roles || mistakes.from || mistakes.to)}>
          <summary>Donner un rôle</summary>
          <PostForm action={`${base}/roles`}>
            <RolesAndDates values={typed.roleFields} places={places} mistakes={mistakes} />
            <Submit look="second">Donner ce rôle</Submit>
          </PostForm>
        </details>
      </Panel>
      <Panel title="Connexion">
        <p>
          Sessions ouvertes{"\u00a0"}: {account.sessions}. Seconde étape{"\u00a0"}: {secondStepOf(account)}.
        </p>
        {account.closed_at ? (
          <PostForm action={`${base}/reouverture`}>
            <Submit>Rouvrir ce compte</Submit>
          </PostForm>
        ) : (
          <div class="submit">
            <PostForm action={`${base}/lien`} inline>
              <Submit look="second">
                {account.active ? "Préparer un lien de nouveau mot de passe" : "Préparer un nouveau lien d’invitation"}
              </Submit>
            </PostForm>
            <PostForm action={`${base}/deconnexions`} inline>
              <Submit look="second">Fermer toutes ses sessions</Submit>
            </PostForm>
            {account.totp || account.passkeys > 0 ? (
              <PostForm action={`${base}/seconde-etape`} inline>
                <Submit look="second">Retirer la seconde étape</Submit>
              </PostForm>
            ) : null}
            {self ? null : (
              <PostForm action={`${base}/fermeture`} inline>
                <Submit look="danger">Fermer ce compte</Submit>
              </PostForm>
            )}
          </div>
        )}
      </Panel>
    </>
  );
};

const placeOf = (grant: GrantRow, places: readonly PlaceOption[]): string => {
  if (grant.structure_id) return "une structure partenaire";
  if (!grant.site_id && !grant.programme_id) return "toute la maison";
  const value = grant.site_id ? `lieu:${grant.site_id}` : `programme:${grant.programme_id}`;
  return places.find((place) => place.value === value)?.label ?? "un dispositif";
};

const Grants = ({
  account,
  today,
  places,
  base,
}: {
  account: Account;
  today: string;
  places: readonly PlaceOption[];
  base: string;
}): VNode => (
  <DataTable
    caption="Rôles, présents et passés"
    rows={account.grants}
    rowKey={(grant) => grant.id}
    empty={<p>Aucun rôle : ce compte peut se connecter, et rien d’autre.</p>}
    columns={[
      { key: "role", label: "Rôle", header: true, render: (grant) => roleWords[grant.role as Role] },
      { key: "place", label: "Pour", render: (grant) => placeOf(grant, places) },
      { key: "from", label: "Du", render: (grant) => shortDay(grant.from_day) },
      {
        key: "to",
        label: "Au",
        render: (grant) =>
          grant.to_day === null ? "sans fin" : grant.to_day < grant.from_day ? "annulé" : shortDay(grant.to_day),
      },
      {
        key: "end",
        label: "Action",
        render: (grant) =>
          grant.to_day !== null && grant.to_day < today ? (
            ""
          ) : (
            <PostForm action={`${base}/roles/fin`} inline>
              <Hidden name="grant" value={grant.id} />
              <label>
                Dernier jour{" "}
                <input class="short" name="last" value={shortDay(today)} inputMode="numeric" maxLength={10} />
              </label>{" "}
              <Submit look="second">Mettre fin</Submit>
            </PostForm>
          ),
      },
    ]}
  />
);
