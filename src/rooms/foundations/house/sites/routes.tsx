// The pages of sites. Everybody may see the list; a site is edited by who answers for it, for the house, or keeps the settings.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { listPage } from "../../../../core/lists/page.tsx";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { rights } from "../rights.ts";
import { dayField, emptyForm, keyField, nameField, optionalDay, optionalText, versionField } from "../shapes.ts";
import { sitesList } from "./list.tsx";
import { CreateSite, type Fields, SitePage } from "./pages.tsx";
import { type SiteWithAliases, siteById } from "./reads.ts";
import { addSiteAlias, createSite, editSite, removeSiteAlias, type SiteWish } from "./writes.ts";

const siteFields = {
  name: nameField("Écrivez le nom du lieu."),
  kind: z.enum(["antenne", "other"], "Choisissez la sorte de lieu."),
  postal: z
    .string()
    .trim()
    .default("")
    .refine((text) => text === "" || /^\d{5}$/.test(text), "Un code postal a cinq chiffres."),
  commune: optionalText(120),
  opened: optionalDay("Écrivez le jour d’ouverture jj/mm/aaaa."),
};
const createForm = z.object({ key: keyField, ...siteFields });
const editForm = z.object({ version: versionField, ...siteFields });

const wishOf = (form: z.infer<typeof editForm> | z.infer<typeof createForm>): SiteWish => ({
  name: form.name,
  kind: form.kind,
  postal_code: form.postal || null,
  commune_name: form.commune,
  opened_on: form.opened,
});

const firsts = (typed: Record<string, string[]>): Fields =>
  Object.fromEntries(Object.entries(typed).map(([name, [value]]) => [name, value]));

/** The list again, with the place that could not be added and why. */
const notAdded = (at: At, { typed, fields }: Mistakes): Promise<Answer> =>
  listPage(
    at,
    {
      ...sitesList,
      above: () => <ErrorSummary fields={fields} />,
      below: () => <CreateSite itemKey={typed.key?.[0] ?? at.tx.ids.uuid()} values={firsts(typed)} mistakes={fields} />,
    },
    { query: {}, mistake: "Le lieu n’est pas encore ajouté." },
  );

/** The site of the address, when this scope may edit it; else the answer that says no. */
async function editable(at: At<unknown>): Promise<{ site: SiteWithAliases } | { refused: Answer }> {
  const id = at.params.site ?? "";
  const site = isUuid(id) ? await siteById(at.tx, id) : null;
  if (!site) return { refused: notFound("Ce lieu") };
  if (!may(at.scope, rights["site.edit"], { site: site.id }))
    return { refused: refusal(403, "Vous n’êtes pas responsable de ce lieu : vous pouvez le voir, non le modifier.") };
  return { site };
}

async function show(at: At<unknown>, said: { mistakes?: Mistakes; stale?: boolean } = {}): Promise<Answer> {
  const found = await editable(at);
  if ("refused" in found) return found.refused;
  const typed = said.mistakes?.typed ?? (said.stale ? at.typed : undefined);
  return page({
    status: said.stale ? 409 : said.mistakes ? 422 : 200,
    title: found.site.name,
    crumbs: [{ href: "/lieux", label: "Lieux" }],
    ...(said.stale
      ? { notice: { kind: "warn", text: "Ce lieu a été modifié entre-temps par quelqu’un d’autre." } }
      : {}),
    body: (
      <SitePage
        site={found.site}
        typed={typed?.name ? firsts(typed) : undefined}
        day={typed?.day?.[0]}
        {...(said.mistakes ? { mistakes: said.mistakes.fields } : {})}
        stale={said.stale ?? false}
      />
    ),
  });
}

const onMistakes = (at: At, mistakes: Mistakes): Promise<Answer> => show(at, { mistakes });

export function siteRoutes(routes: Routes): void {
  declareList(routes, sitesList);

  routes.post(
    "/lieux",
    {
      right: rights["site.create"],
      trace: "site.created",
      form: createForm,
      onMistakes: notAdded,
    },
    async (at) => {
      if (await createSite(at.tx, at.form.key, wishOf(at.form))) at.about("site", at.form.key);
      else at.nothingHappened();
      return redirect("/lieux", "Le lieu est ajouté.");
    },
  );

  routes.get("/lieux/:site", { right: rights["site.edit"], trace: { none: "a place, not a person" } }, (at) =>
    show(at),
  );

  routes.post(
    "/lieux/:site",
    { right: rights["site.edit"], trace: "site.edited", form: editForm, onMistakes },
    async (at) => {
      const found = await editable(at);
      if ("refused" in found) return found.refused;
      if (!(await editSite(at.tx, found.site.id, at.form.version, wishOf(at.form)))) return show(at, { stale: true });
      at.about("site", found.site.id);
      return redirect(`/lieux/${found.site.id}`, "Le lieu est enregistré.");
    },
  );

  routes.post(
    "/lieux/:site/alias",
    {
      right: rights["site.edit"],
      trace: "site.alias-added",
      form: z.object({ alias: nameField("Écrivez un autre nom.") }),
      onMistakes,
    },
    async (at) => {
      const found = await editable(at);
      if ("refused" in found) return found.refused;
      if (!(await addSiteAlias(at.tx, found.site.id, at.form.alias)))
        return show(at, {
          mistakes: { fields: { alias: "Un lieu de la maison porte déjà ce nom." }, typed: at.typed },
        });
      at.about("site", found.site.id);
      return redirect(`/lieux/${found.site.id}`, "Le nom est ajouté.");
    },
  );

  routes.post(
    "/lieux/:site/alias/retrait",
    { right: rights["site.edit"], trace: "site.alias-removed", form: z.object({ alias: z.string() }), onMistakes },
    async (at) => {
      const found = await editable(at);
      if ("refused" in found) return found.refused;
      if (await removeSiteAlias(at.tx, found.site.id, at.form.alias)) at.about("site", found.site.id);
      else at.nothingHappened();
      return redirect(`/lieux/${found.site.id}`, "Le nom est retiré.");
    },
  );

  routes.post(
    "/lieux/:site/fermeture",
    {
      right: rights["site.edit"],
      trace: "site.closed",
      form: z.object({ version: versionField, day: dayField("Écrivez le dernier jour d’ouverture, jj/mm/aaaa.") }),
      onMistakes,
    },
    async (at) => {
      const found = await editable(at);
      if ("refused" in found) return found.refused;
      if (found.site.opened_on && at.form.day < found.site.opened_on)
        return show(at, { mistakes: { fields: { day: "Ce jour est avant l’ouverture du lieu." }, typed: at.typed } });
      if (!(await editSite(at.tx, found.site.id, at.form.version, { closed_on: at.form.day })))
        return show(at, { stale: true });
      at.about("site", found.site.id, { lastDay: at.form.day });
      return redirect(`/lieux/${found.site.id}`, "La fermeture est enregistrée.");
    },
  );

  routes.post(
    "/lieux/:site/reouverture",
    {
      right: rights["site.edit"],
      trace: "site.reopened",
      form: emptyForm.extend({ version: versionField }),
      onMistakes,
    },
    async (at) => {
      const found = await editable(at);
      if ("refused" in found) return found.refused;
      if (!(await editSite(at.tx, found.site.id, at.form.version, { closed_on: null })))
        return show(at, { stale: true });
      at.about("site", found.site.id);
      return redirect(`/lieux/${found.site.id}`, "Le lieu est rouvert.");
    },
  );
}
