// The house's sites: the list, and one site with its other names and its closing day.
import type { VNode } from "preact";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { Hidden, Panel, PostForm, Submit } from "../parts.tsx";
import { siteKindWords } from "../words.ts";
import type { Site, SiteWithAliases } from "./reads.ts";

export type Fields = Record<string, string | undefined>;

const kinds = [
  { value: "antenne", label: siteKindWords.antenne },
  { value: "other", label: siteKindWords.other },
];

const SiteFields = ({ values, mistakes }: { values: Fields; mistakes: Record<string, string> }): VNode => (
  <>
    <TextField name="name" label="Nom" value={values.name} maxlength={120} error={mistakes.name} required />
    <SelectField
      name="kind"
      label="Sorte de lieu"
      value={values.kind ?? "antenne"}
      options={kinds}
      error={mistakes.kind}
    />
    <TextField
      name="postal"
      label="Code postal"
      value={values.postal}
      inputmode="numeric"
      width="short"
      error={mistakes.postal}
      required={false}
    />
    <TextField name="commune" label="Commune" value={values.commune} error={mistakes.commune} required={false} />
    <DateField name="opened" label="Ouvert depuis le" value={values.opened} error={mistakes.opened} required={false} />
  </>
);

/** The form that adds a place, with what was typed there. */
export const CreateSite = (props: { itemKey: string; values?: Fields; mistakes?: Record<string, string> }): VNode => (
  <Panel title="Ajouter un lieu">
    <PostForm action="/lieux">
      <Hidden name="key" value={props.itemKey} />
      <SiteFields values={props.values ?? {}} mistakes={props.mistakes ?? {}} />
      <Submit>Ajouter le lieu</Submit>
    </PostForm>
  </Panel>
);

/** What the site is now, as form values. */
export const valuesOfSite = (site: Site): Fields => ({
  name: site.name,
  kind: site.kind,
  postal: site.postal_code ?? "",
  commune: site.commune_name ?? "",
  opened: site.opened_on ? shortDay(site.opened_on) : "",
});

export const SitePage = (props: {
  site: SiteWithAliases;
  typed?: Fields | undefined;
  /** The closing day that was typed. */
  day?: string | undefined;
  mistakes?: Record<string, string>;
  stale?: boolean;
}): VNode => {
  const { site, mistakes = {} } = props;
  const base = `/lieux/${site.id}`;
  const now = valuesOfSite(site);
  return (
    <>
      <Heading title={site.name} />
      <ErrorSummary fields={mistakes} />
      {props.stale ? (
        <p>
          Aujourd’hui{"\u00a0"}:{" "}
          {[now.name, siteKindWords[site.kind], now.postal, now.commune].filter(Boolean).join(", ")}. Votre saisie est
          ci-dessous{"\u00a0"}: vérifiez, puis enregistrez de nouveau.
        </p>
      ) : null}
      <Panel title="Fiche du lieu">
        <PostForm action={base}>
          <Hidden name="version" value={String(site.version)} />
          <SiteFields values={props.typed ?? now} mistakes={mistakes} />
          <Submit>Enregistrer</Submit>
        </PostForm>
      </Panel>
      <Panel title="Autres noms">
        <p>Les noms sous lesquels les fichiers et les gens appellent ce lieu.</p>
        <ul>
          {site.aliases.map((alias) => (
            <li key={alias}>
              {alias}{" "}
              <PostForm action={`${base}/alias/retrait`} inline>
                <Hidden name="alias" value={alias} />
                <Submit look="plain">
                  Retirer «{"\u00a0"}
                  {alias}
                  {"\u00a0"}»
                </Submit>
              </PostForm>
            </li>
          ))}
        </ul>
        <PostForm action={`${base}/alias`}>
          <TextField name="alias" label="Autre nom" maxlength={120} error={mistakes.alias} required />
          <Submit look="second">Ajouter ce nom</Submit>
        </PostForm>
      </Panel>
      <Panel title="Fermeture">
        {site.closed_on ? (
          <PostForm action={`${base}/reouverture`}>
            <p>
              Dernier jour d’ouverture{"\u00a0"}: {shortDay(site.closed_on)}. Les visites passées restent comptées.
            </p>
            <Hidden name="version" value={String(site.version)} />
            <Submit look="second">Rouvrir ce lieu</Submit>
          </PostForm>
        ) : (
          <PostForm action={`${base}/fermeture`}>
            <Hidden name="version" value={String(site.version)} />
            <DateField name="day" label="Dernier jour d’ouverture" value={props.day} error={mistakes.day} required />
            <Submit look="danger">Fermer ce lieu</Submit>
          </PostForm>
        )}
      </Panel>
    </>
  );
};
