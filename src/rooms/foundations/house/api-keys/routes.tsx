// The pages of programs' keys, for administrators.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { listPage } from "../../../../core/lists/page.tsx";
import { declareList } from "../../../../core/lists/routes.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { rights } from "../rights.ts";
import { dayField, idField, keyField, nameField, optionalDay, optionalText, roleField } from "../shapes.ts";
import { listSites } from "../sites/reads.ts";
import { keysList } from "./list.tsx";
import { NewKeyForm, NewKeyPage } from "./pages.tsx";
import { listApiKeys } from "./reads.ts";
import { createApiKey, revokeApiKey } from "./writes.ts";

const right = rights["api-key.manage"];

const keyForm = z
  .object({
    key: keyField,
    name: nameField("Écrivez le nom du logiciel."),
    role: roleField,
    site: optionalText(36),
    from: dayField("Écrivez le premier jour, jj/mm/aaaa."),
    to: optionalDay("Écrivez le dernier jour jj/mm/aaaa, ou rien."),
  })
  .refine((form) => form.to === null || form.to >= form.from, {
    path: ["to"],
    message: "Le dernier jour est avant le premier.",
  });

/** The list again, with the key that could not be made and why. */
async function notMade(at: At<unknown>, { typed, fields }: Mistakes): Promise<Answer> {
  const values = Object.fromEntries(Object.entries(typed).map(([name, [value]]) => [name, value]));
  const { tx } = at;
  const sites = await listSites(tx);
  return listPage(
    at,
    {
      ...keysList,
      above: () => <ErrorSummary fields={fields} />,
      below: () => (
        <NewKeyForm
          sites={sites}
          today={tx.today}
          itemKey={values.key ?? tx.ids.uuid()}
          values={values}
          mistakes={fields}
        />
      ),
    },
    { query: {}, mistake: "La clé n’est pas créée." },
  );
}

export function apiKeyRoutes(routes: Routes): void {
  declareList(routes, keysList);

  routes.post("/cles", { right, trace: "api-key.created", form: keyForm, onMistakes: notMade }, async (at) => {
    const { key, name, role, site, from, to } = at.form;
    if (site && !(await listSites(at.tx)).some((one) => one.id === site))
      return notMade(at, { fields: { site: "Ce lieu n’est pas de cette maison." }, typed: at.typed });
    const secret = await createApiKey(at.tx, key, { name, role, site_id: site, from_day: from, to_day: to });
    if (!secret) {
      at.nothingHappened();
      return redirect(
        "/cles",
        "Cette clé est déjà créée. Si vous ne l’avez pas copiée, révoquez-la et créez-en une autre.",
      );
    }
    at.about("api-key", key, { role, from, to });
    return page({
      title: "Nouvelle clé",
      crumbs: [{ href: "/cles", label: "Clés des autres logiciels" }],
      body: <NewKeyPage name={name} secret={secret} />,
    });
  });

  routes.post(
    "/cles/revocation",
    {
      right,
      trace: "api-key.revoked",
      form: z.object({ id: idField("Cette clé n’existe pas.") }),
      onMistakes: notMade,
    },
    async (at) => {
      if (!(await listApiKeys(at.tx)).some((key) => key.id === at.form.id)) return notFound("Cette clé");
      if (await revokeApiKey(at.tx, at.form.id)) at.about("api-key", at.form.id);
      else at.nothingHappened();
      return redirect("/cles", "La clé est révoquée.");
    },
  );
}
