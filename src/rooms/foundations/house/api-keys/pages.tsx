// The keys of programs: the list, the form of a new one, and the key itself, once.
import type { VNode } from "preact";
import { roles } from "../../../../core/rights.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { momentWords } from "../moments.ts";
import { Counted, Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import type { Site } from "../sites/reads.ts";
import { roleWords } from "../words.ts";
import type { ApiKey } from "./reads.ts";

type Props = {
  keys: readonly ApiKey[];
  sites: readonly Site[];
  today: string;
  zone: string;
  itemKey: string;
  values: Record<string, string | undefined>;
  mistakes: Record<string, string>;
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

export const placeOf = (key: ApiKey, sites: readonly Site[]): string =>
  sites.find((site) => site.id === key.site_id)?.name ?? "toute la maison";

export const ApiKeysPage = ({ keys, sites, today, zone, itemKey, values, mistakes }: Props): VNode => (
  <>
    <Heading title="Clés des autres logiciels">
      Une clé laisse un autre logiciel lire ou écrire ici, avec un rôle et des dates.
    </Heading>
    <Counted rows={keys.length} count={plural(keys.length, "clé", "clés")} href="/cles/export.csv" />
    <ErrorSummary fields={mistakes} />
    <DataTable
      caption="Clés de la maison"
      hideCaption
      rows={keys}
      rowKey={(key) => key.id}
      empty={
        <p>
          Aucune clé{"\u00a0"}: aucun autre logiciel ne lit ni n’écrit ici. Créez-en une ci-dessous si l’un d’eux le
          doit.
        </p>
      }
      columns={[
        { key: "name", label: "Nom", header: true, render: (key) => key.name },
        { key: "role", label: "Rôle", render: (key) => roleWords[key.role] },
        {
          key: "site",
          label: "Pour",
          render: (key) => placeOf(key, sites),
        },
        { key: "state", label: "Durée", render: (key) => stateOf(key, today, zone) },
        {
          key: "end",
          label: "Action",
          render: (key) =>
            key.revoked_at ? (
              ""
            ) : (
              <PostForm action="/cles/revocation" inline>
                <Hidden name="id" value={key.id} />
                <Submit look="danger">Révoquer</Submit>
              </PostForm>
            ),
        },
      ]}
    />
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
  </>
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
