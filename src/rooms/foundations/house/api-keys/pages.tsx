// The keys of programs: the list, the form of a new one, and the key itself, once.
import type { VNode } from "preact";
import { roles } from "../../../../core/rights.ts";
import { DateField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { momentWords } from "../moments.ts";
import { Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import type { Site } from "../sites/reads.ts";
import { roleWords } from "../words.ts";
import type { ApiKey } from "./reads.ts";

type Props = {
  sites: readonly Site[];
  today: string;
  itemKey: string;
  values?: Record<string, string | undefined>;
  mistakes?: Record<string, string>;
};

export const stateOf = (key: ApiKey, today: string, zone: string): string =>
  key.revoked_at
    ? `révoquée le ${momentWords(key.revoked_at, zone)}`
    : key.to_day && key.to_day < today
      ? `terminée le ${shortDay(key.to_day)}`
      : key.from_day > today
        ? `à partir du ${shortDay(key.from_day)}`
        : key.to_day
          ? `jusqu’au ${shortDay(key.to_day)}`
          : "sans fin";

export const NewKeyForm = ({ sites, today, itemKey, values = {}, mistakes = {} }: Props): VNode => (
  <Panel title="Nouvelle clé">
    <PostForm action="/cles">
      <Hidden name="key" value={itemKey} />
      <TextField
        name="name"
        label="Nom du logiciel"
        value={values.name}
        maxlength={120}
        error={mistakes.name}
        required
      />
      <SelectField
        name="role"
        label="Rôle"
        value={values.role}
        empty="Choisir"
        options={roles.map((role) => ({ value: role, label: roleWords[role] }))}
        error={mistakes.role}
      />
      <SelectField
        name="site"
        label="Pour"
        value={values.site}
        empty="Toute la maison"
        options={sites.map((site) => ({ value: site.id, label: site.name }))}
        error={mistakes.site}
      />
      <DateField
        name="from"
        label="À partir du"
        value={values.from ?? shortDay(today)}
        error={mistakes.from}
        required
      />
      <DateField name="to" label="Jusqu’au, compris" value={values.to} error={mistakes.to} required={false} />
      <Submit>Créer la clé</Submit>
    </PostForm>
  </Panel>
);

export const NewKeyPage = ({ name, secret }: { name: string; secret: string }): VNode => (
  <>
    <Heading title={`Clé de ${name}`}>Copiez-la maintenant{"\u00a0"}: elle ne sera plus montrée.</Heading>
    <p class="secret">
      <code>{secret}</code>
    </p>
    <p>
      Le logiciel l’envoie dans l’en-tête <code>Authorization: Bearer …</code> de chaque demande.
    </p>
    <p>
      <a href="/cles">Revenir aux clés</a>
    </p>
  </>
);
