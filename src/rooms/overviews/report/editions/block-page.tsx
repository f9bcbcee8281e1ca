// The page on which a block is written, whatever its kind. A figure is sought and put in by the same form, with scripts off; what somebody
// else wrote meanwhile stands beside what was typed, and nothing of either is lost.
import type { ComponentChildren } from "preact";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import {
  CheckboxField,
  DateField,
  ErrorSummary,
  RadioField,
  SelectField,
  TextAreaField,
  TextField,
} from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { roleLabels } from "../../../foundations/partners/door.ts";
import { dimensionsOf, FoundFigures, searchFigures } from "./figure-search.tsx";
import { blockHref, chapterHref, editionHref, editionsCrumb } from "./page-parts.tsx";
import type { Block, Chapter, Edition } from "./reads.ts";
import { valuesOf } from "./shapes.ts";
import { blockKindWords, boxTitles, drawings, drawingWords, signatures, signatureWords } from "./words.ts";

export type Typed = {
  values: Record<string, string>;
  mistakes?: Record<string, string>;
  /** What was sought; its results are shown. */
  sought?: string;
  stale?: boolean;
};

type Facts = {
  edition: Edition;
  chapter: Chapter;
  block: Block;
};

/** The field that a figure is put into, by the kind of the block. */
export const figureField = {
  text: "texte",
  box: "texte",
  testimony: "texte",
  figures: "lignes",
  table: "lignes",
  chart: "chiffre",
  photo: null,
  partners: null,
} as const;

export async function blockPage(
  at: At<unknown>,
  registry: Registry,
  { edition, chapter, block }: Facts,
  typed: Typed | null = null,
): Promise<Answer> {
  const { kind } = block.written;
  const values = typed?.values ?? valuesOf(block.written);
  const mistakes = typed?.mistakes ?? {};
  const name = blockKindWords[kind];
  const back = `${chapterHref(chapter)}#b-${block.id}`;
  const roles = kind === "partners" ? await roleLabels(at.tx) : [];
  const dimensions =
    kind === "table" || kind === "chart" ? dimensionsOf(at, registry, values[figureField[kind]] ?? "") : [];
  const search = figureField[kind] !== null;
  const results = typed?.sought === undefined ? null : await searchFigures(at, registry, edition, typed.sought);
  return page({
    title: `${name} › ${chapter.title}`,
    status: typed?.stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [editionsCrumb, { href: editionHref(edition), label: edition.title }, { href: back, label: chapter.title }],
    scripts: ["figure-insert"],
    body: (
      <>
        <Heading title={`${name}, ${chapter.title}`}>
          Écrit en dernier par {block.changedBy ?? "la maison"}, {shortDay(block.changedAt.toISOString())}. Chaque
          version est gardée.
        </Heading>
        {typed?.stale ? <Meanwhile block={block} /> : null}
        <ErrorSummary fields={mistakes} />
        <figure-insert>
          <form method="post" action={blockHref(edition, block)} id="bloc">
            <input type="hidden" name="version" value={String(block.version)} />
            <Fields kind={kind} values={values} mistakes={mistakes} roles={roles} dimensions={dimensions} />
            <button type="submit" name="action" value="">
              {typed?.stale ? "Enregistrer mon texte à la place" : "Enregistrer"}
            </button>{" "}
            <a href={back}>Revenir au chapitre</a>
            {search ? (
              <fieldset class="field figure-search" data-address={editionHref(edition, "/chiffres")}>
                <legend>Insérer un chiffre</legend>
                <p class="hint" id="cherche-aide">
                  Un mot, un dispositif ou un code : visites, gpp, sorties positives. Dans le texte, {"{{"} ouvre la
                  même recherche.
                </p>
                <label for="cherche">Chercher un chiffre</label>
                <input
                  id="cherche"
                  name="cherche"
                  type="search"
                  value={typed?.sought ?? ""}
                  maxLength={100}
                  autoComplete="off"
                  aria-describedby="cherche-aide"
                />
                <button type="submit" name="action" value="chercher" class="second">
                  Chercher
                </button>
                <div id="chiffres-trouves">{results ? <FoundFigures found={results} /> : null}</div>
              </fieldset>
            ) : null}
          </form>
        </figure-insert>
        {kind === "photo" ? <PhotoForm edition={edition} block={block} photo={values.photo ?? ""} /> : null}
        {search ? <Help /> : null}
      </>
    ),
  });
}

function Meanwhile({ block }: { block: Block }) {
  return (
    <div class="notice notice-warn" role="alert">
      <strong>Écrit entre-temps</strong>
      <p>
        {block.changedBy ?? "Quelqu’un"} a enregistré ce bloc pendant que vous l’écriviez. Son texte est ci-dessous, le
        vôtre dans le formulaire : rien n’est perdu, et l’un comme l’autre restera dans les versions.
      </p>
      <Stored block={block} />
    </div>
  );
}

/** What a block holds, field by field, as it was typed. */
export function Stored({ block }: { block: Pick<Block, "written"> }) {
  return (
    <>
      {Object.entries(valuesOf(block.written)).flatMap(([name, value]) =>
        value === "" || name === "photo" ? [] : [<pre key={name}>{value}</pre>],
      )}
    </>
  );
}

type FieldFacts = {
  kind: Block["written"]["kind"];
  values: Record<string, string>;
  mistakes: Record<string, string>;
  roles: readonly string[];
  dimensions: readonly { value: string; label: string }[];
};

function Fields({ kind, values, mistakes, roles, dimensions }: FieldFacts): ComponentChildren {
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name] });
  const by = (name: string, label: string, empty: string) => (
    <SelectField {...field(name)} label={label} empty={empty} options={dimensions} required={false} />
  );
  switch (kind) {
    case "text":
      return <TextAreaField {...field("texte")} label="Texte" rows={16} maxlength={20_000} />;
    case "box":
      return (
        <>
          <TextField {...field("titre")} label="Titre" hint={boxTitles.join(" ; ")} width="medium" />
          <TextAreaField {...field("texte")} label="Texte" rows={8} maxlength={8000} />
        </>
      );
    case "figures":
      return (
        <>
          <TextAreaField
            {...field("lignes")}
            label="Chiffres, un par ligne"
            hint="antennes.visites ; ou avec vos mots : Femmes reçues|gpp.personnes|sexe=F"
            rows={10}
            maxlength={20_000}
          />
          <CheckboxField
            name="discret"
            label="Taire les chiffres qui sont zéro"
            checked={values.discret !== undefined}
          />
        </>
      );
    case "table":
      return (
        <>
          <TextField {...field("titre")} label="Titre" required={false} />
          <TextAreaField {...field("lignes")} label="Chiffres, un par ligne" rows={4} maxlength={2000} />
          {by("par", "En lignes", "un chiffre par ligne, et l’année d’avant")}
          {by("croise", "En colonnes", "les chiffres")}
        </>
      );
    case "chart":
      return (
        <>
          <TextField {...field("titre")} label="Titre" required={false} />
          <TextField {...field("chiffre")} label="Chiffre" maxlength={300} />
          {by("par", "Réparti par", "choisir")}
          <RadioField
            {...field("dessin")}
            label="Dessin"
            inline
            options={drawings.map((value) => ({ value, label: drawingWords[value] }))}
          />
          <TextAreaField
            {...field("texte")}
            label="Ce que le graphique montre"
            rows={2}
            maxlength={1000}
            required={false}
          />
        </>
      );
    case "testimony":
      return (
        <>
          <TextAreaField {...field("texte")} label="Ce que la personne dit" rows={8} maxlength={6000} />
          <TextField {...field("auteur")} label="Qui témoigne" width="medium" required={false} />
          <RadioField
            {...field("signature")}
            label="Elle ou il accepte qu’on écrive"
            options={signatures.map((value) => ({ value, label: signatureWords[value] }))}
          />
          <DateField
            {...field("accord")}
            label="Accord donné le"
            hint="Sans accord, le témoignage ne sort pas de la maison."
            required={false}
          />
        </>
      );
    case "photo":
      return (
        <>
          <input type="hidden" name="photo" value={values.photo ?? ""} />
          <TextField
            {...field("alternative")}
            label="Ce que la photo montre"
            hint="Pour qui ne la voit pas."
            maxlength={500}
          />
          <TextField {...field("legende")} label="Légende" maxlength={300} required={false} />
          <TextField {...field("credit")} label="Crédit" width="medium" required={false} />
        </>
      );
    case "partners":
      return (
        <>
          <TextField {...field("titre")} label="Titre" required={false} />
          <SelectField
            {...field("role")}
            label="Structures qui ont ce rôle dans la période"
            empty="aucune"
            options={roles.map((value) => ({ value, label: value }))}
            required={false}
          />
          <TextAreaField {...field("noms")} label="Et aussi, un nom par ligne" rows={6} required={false} />
        </>
      );
  }
}

function PhotoForm({ edition, block, photo }: { edition: Edition; block: Block; photo: string }) {
  return (
    <section>
      <h2>{photo ? "Changer la photo" : "La photo"}</h2>
      {photo ? (
        <img
          class="report-photo"
          src={editionHref(edition, `/photos/${photo}`)}
          alt="Celle de ce bloc, telle qu’elle est gardée"
        />
      ) : null}
      <form method="post" action={blockHref(edition, block, "/photo")} enctype="multipart/form-data">
        <div class="field">
          <label for="fichier">Photo (JPEG ou PNG)</label>
          <p class="hint" id="fichier-aide">
            10 Mo au plus. Elle est refaite à la taille du rapport, sans le lieu ni la date que l’appareil y écrit.
          </p>
          <input
            id="fichier"
            name="fichier"
            type="file"
            accept="image/jpeg,image/png"
            required
            aria-describedby="fichier-aide"
          />
        </div>
        <button type="submit" class="second">
          Envoyer la photo
        </button>
      </form>
    </section>
  );
}

const Help = () => (
  <details>
    <summary>Écrire un texte et ses chiffres</summary>
    <ul>
      <li>Une ligne vide sépare deux paragraphes ; ## ouvre un titre ; - une liste ; **gras** ; *italique*.</li>
      <li>
        <code>{"{{antennes.visites}}"}</code> : le nombre. <code>{"{{antennes.visites|unite}}"}</code> : avec son unité.
      </li>
      <li>
        <code>{"{{antennes.visites|annee=2019}}"}</code>, <code>annee=precedente</code>, <code>depuis=2018</code>,{" "}
        <code>periode=2020-09/2020-12</code> : d’autres jours.
      </li>
      <li>
        <code>{"{{gpp.personnes|sexe=femmes}}"}</code> : une partie.
      </li>
      <li>
        <code>{"{{près de 44 %|antennes.part_adultes}}"}</code> : vos mots, que le chiffre vérifie.
      </li>
    </ul>
  </details>
);
