// The public page, written by the team.
import { z } from "zod";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import { versionField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { CheckboxField, ErrorSummary, TextAreaField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { tribuneRights as rights } from "../tribune/rights.ts";
import { publicPage, writePublicPage } from "./reads.ts";

const path = "/culture/page-publique";
const text = z.string().trim().max(4000, "Au plus 4 000 signes.").default("");
const PageForm = z.object({
  version: versionField,
  presentation: text.pipe(z.string().min(1, "Présentez le pôle en quelques lignes.")),
  venir: text,
  joindre: text,
  facile: text,
  venir_facile: text,
  ouverte: z.string().default(""),
});

async function show(
  at: At<unknown>,
  { mistakes = {}, stale = false }: { mistakes?: Record<string, string>; stale?: boolean } = {},
): Promise<Answer> {
  const now = await publicPage(at.tx);
  const typed = firstValues(at.typed);
  const again = stale || Object.keys(mistakes).length > 0;
  const values: Record<string, string> = again
    ? typed
    : {
        presentation: now?.about ?? "",
        venir: now?.coming ?? "",
        joindre: now?.contact ?? "",
        facile: now?.easy_about ?? "",
        venir_facile: now?.easy_coming ?? "",
        ouverte: now?.open ? "1" : "",
      };
  const field = (name: string) => ({ name, value: values[name], error: mistakes[name], required: false });
  const address = `/culture-pour-tous/${at.scope.houseCode}`;
  return page({
    title: "Page publique",
    status: stale ? 409 : again ? 422 : 200,
    crumbs: [{ href: "/culture/tribune", label: "Tribune d’expression" }],
    ...(stale
      ? {
          notice: {
            kind: "warn",
            text: "Cette page a changé entre-temps : ce que vous aviez écrit est resté dans le formulaire, et la page telle qu’elle est se lit à son adresse.",
          },
        }
      : {}),
    body: (
      <>
        <Heading title="Page publique">
          {now?.open ? (
            <>
              Ouverte à tous, à l’adresse <a href={address}>{`${at.services.config.publicUrl}${address}`}</a>.
            </>
          ) : (
            "Fermée : personne ne la voit."
          )}
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={path}>
          <input type="hidden" name="version" value={String(now?.version ?? 0)} />
          <div class="fields">
            <TextAreaField {...field("presentation")} label="Présentation" required />
            <TextAreaField {...field("venir")} label="Comment en profiter" />
            <TextAreaField {...field("joindre")} label="Nous joindre" />
            <TextAreaField
              {...field("facile")}
              label="Présentation en français facile"
              hint="Des phrases courtes, une idée par phrase, des mots de tous les jours"
            />
            <TextAreaField {...field("venir_facile")} label="Comment venir, en français facile" />
          </div>
          <CheckboxField name="ouverte" label="La page est ouverte à tous" checked={values.ouverte === "1"} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

export function declarePageEditing(routes: Routes): void {
  const right = rights["public-page.write"];
  routes.get(path, { right, trace: { none: "what strangers read too" } }, (at) => show(at));
  routes.post(
    path,
    {
      right,
      trace: "public-page.written",
      form: PageForm,
      onMistakes: (at, { fields }) => show(at, { mistakes: fields }),
    },
    async (at) => {
      const { version, presentation, venir, joindre, facile, venir_facile, ouverte } = at.form;
      const wish = {
        about: presentation,
        coming: venir,
        contact: joindre,
        easy_about: facile,
        easy_coming: venir_facile,
        open: ouverte === "1",
      };
      if (wish.open && wish.coming === "")
        return show(at, { mistakes: { venir: "Dites comment en profiter avant d’ouvrir la page à tous." } });
      const now = await publicPage(at.tx);
      const same = now && Object.entries(wish).every(([key, value]) => now[key as keyof typeof wish] === value);
      if (same) at.nothingHappened();
      else if (await writePublicPage(at.tx, wish, version)) at.about("house", at.scope.house, { open: wish.open });
      else return show(at, { stale: true });
      return redirect(
        path,
        wish.open ? "La page est enregistrée et ouverte à tous." : "La page est enregistrée, et fermée.",
      );
    },
  );
}
