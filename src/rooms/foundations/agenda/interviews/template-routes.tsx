// The house's texts that a note may start from: listed, added, changed, no longer offered.
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, ErrorSummary, TextAreaField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { listTemplates, type Template } from "./reads.ts";
import { TemplateChangeForm, TemplateForm } from "./shapes.ts";
import { addTemplate, changeTemplate } from "./template-writes.ts";

type Shown = { values: Record<string, string>; mistakes?: Readonly<Record<string, string>>; status?: number };

const exported: readonly ListColumn<Template>[] = [
  { label: "Titre", cell: (template) => template.title },
  { label: "Texte", cell: (template) => template.text },
  { label: "Dernier jour", cell: (template) => (template.to_day ? { day: template.to_day } : null) },
];

const noRecord = { none: "texts of the house, no record of anybody" };
const crumbs = [
  { href: "/entretiens", label: "Entretiens" },
  { href: "/entretiens/modeles", label: "Modèles de note" },
];

const Fields = ({
  values,
  mistakes,
}: {
  values: Record<string, string>;
  mistakes: Readonly<Record<string, string>>;
}) => (
  <>
    <TextField name="titre" label="Titre" maxlength={80} value={values.titre} error={mistakes.titre} />
    <TextAreaField name="texte" label="Texte" maxlength={4000} value={values.texte} error={mistakes.texte} />
  </>
);

async function listing(at: At<unknown>, { values, mistakes = {}, status = 200 }: Shown): Promise<Answer> {
  const templates = await listTemplates(at.tx);
  return page({
    title: "Modèles de note",
    status,
    crumbs: crumbs.slice(0, 1),
    body: (
      <>
        <Heading title="Modèles de note">
          {plural(templates.length, "modèle", "modèles")} : ce qu’une note d’entretien propose d’écrire.
        </Heading>
        <ErrorSummary fields={mistakes} />
        {templates.length > 0 ? (
          <p class="no-print">
            <ExportLink
              href="/entretiens/modeles/export.csv"
              count={templates.length}
              words={["ce modèle", "modèle", "modèles"]}
            />
          </p>
        ) : null}
        <DataTable
          caption="Modèles de note"
          hideCaption
          rows={templates}
          rowKey={(template) => template.id}
          empty={<p>Aucun modèle : ajoutez le premier ci-dessous.</p>}
          columns={[
            {
              key: "title",
              label: "Titre",
              header: true,
              render: (template) => <Link href={`/entretiens/modeles/${template.id}`}>{template.title}</Link>,
            },
            { key: "text", label: "Texte", render: (template) => template.text.split("\n").join(" · ") },
            {
              key: "state",
              label: "État",
              render: (template) =>
                template.to_day === null
                  ? "proposé"
                  : template.to_day < at.tx.today
                    ? `n’est plus proposé depuis le ${shortDay(template.to_day)}`
                    : `jusqu’au ${shortDay(template.to_day)}`,
            },
          ]}
        />
        <form method="post" action="/entretiens/modeles" class="no-print">
          <h2>Ajouter un modèle</h2>
          <input type="hidden" name="key" value={values.key || at.tx.ids.uuid()} />
          <Fields values={values} mistakes={mistakes} />
          <div class="submit">
            <button type="submit">Ajouter</button>
          </div>
        </form>
      </>
    ),
  });
}

const changing = (template: Template, { values, mistakes = {}, status = 200 }: Shown, stale?: Template): Answer =>
  page({
    title: "Modifier un modèle",
    status,
    crumbs,
    body: (
      <>
        <Heading title={`Modifier « ${template.title} »`}>Les notes déjà écrites ne changent pas.</Heading>
        {stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié ce modèle entre-temps.</strong> Il dit maintenant : « {stale.title} »,{" "}
            {stale.text.split("\n").join(" · ")}. Votre saisie est ci-dessous.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`/entretiens/modeles/${template.id}`}>
          <input type="hidden" name="version" value={String((stale ?? template).version)} />
          <Fields values={values} mistakes={mistakes} />
          <DateField
            name="au"
            label="Dernier jour proposé"
            hint="jj/mm/aaaa ; vide : toujours proposé"
            required={false}
            value={values.au}
            error={mistakes.au}
          />
          <div class="submit">
            <button type="submit">Enregistrer</button>
            <Link href="/entretiens/modeles">Ne rien changer</Link>
          </div>
        </form>
      </>
    ),
  });

export function declareTemplates(routes: Routes): void {
  const right = rights["template.edit"];
  const templateOf = async (at: At<unknown>) =>
    (await listTemplates(at.tx)).find((one) => one.id === at.params.template);
  routes.get("/entretiens/modeles", { right, trace: noRecord }, (at) => listing(at, { values: {} }));
  routes.get("/entretiens/modeles/export.csv", { right, trace: noRecord }, async (at) =>
    csvFile("modeles-de-note", exported, [await listTemplates(at.tx)]),
  );
  routes.post(
    "/entretiens/modeles",
    {
      right,
      trace: "template.added",
      form: TemplateForm,
      onMistakes: (at, { fields, typed }) => listing(at, { values: firstValues(typed), mistakes: fields, status: 422 }),
    },
    async (at) => {
      const { key, titre, texte } = at.form;
      const outcome = await addTemplate(at.tx, { id: key, title: titre, text: texte });
      if (outcome === "taken")
        return listing(at, {
          values: firstValues(at.typed),
          mistakes: { titre: "La maison a déjà un modèle de ce titre." },
          status: 422,
        });
      if (outcome === "there") at.nothingHappened();
      at.about("template", key);
      return redirect("/entretiens/modeles", "Le modèle est ajouté.");
    },
  );
  routes.get("/entretiens/modeles/:template", { right, trace: noRecord }, async (at) => {
    const template = await templateOf(at);
    if (!template) return notFound("Ce modèle");
    const { title, text, to_day } = template;
    return changing(template, { values: { titre: title, texte: text, au: to_day ? shortDay(to_day) : "" } });
  });
  routes.post(
    "/entretiens/modeles/:template",
    {
      right,
      trace: "template.changed",
      form: TemplateChangeForm,
      async onMistakes(at, { fields, typed }) {
        const template = await templateOf(at);
        if (!template) return notFound("Ce modèle");
        return changing(template, { values: firstValues(typed), mistakes: fields, status: 422 });
      },
    },
    async (at) => {
      const template = await templateOf(at);
      if (!template) return notFound("Ce modèle");
      const { titre, texte, au, version } = at.form;
      const values = firstValues(at.typed);
      const outcome = await changeTemplate(at.tx, template.id, { title: titre, text: texte, toDay: au, version });
      if (outcome === "taken")
        return changing(template, {
          values,
          mistakes: { titre: "La maison a déjà un modèle de ce titre." },
          status: 422,
        });
      if (outcome === "stale") return changing(template, { values, status: 409 }, (await templateOf(at)) ?? template);
      at.about("template", template.id);
      return redirect("/entretiens/modeles", "Le modèle est modifié.");
    },
  );
}
