// The pages of programs' keys, for administrators.
import { z } from "zod";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { dayIn } from "../../../../core/time.ts";
import { rights } from "../rights.ts";
import { dayField, idField, keyField, nameField, optionalDay, optionalText, roleField } from "../shapes.ts";
import { listSites, type Site } from "../sites/reads.ts";
import { roleWords } from "../words.ts";
import { ApiKeysPage, NewKeyPage, placeOf, stateOf } from "./pages.tsx";
import { type ApiKey, listApiKeys } from "./reads.ts";
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

async function show(at: At<unknown>, mistakes?: Mistakes): Promise<Answer> {
  const [keys, sites] = await Promise.all([listApiKeys(at.tx), listSites(at.tx)]);
  const values = Object.fromEntries(Object.entries(mistakes?.typed ?? {}).map(([name, [value]]) => [name, value]));
  return page({
    status: mistakes ? 422 : 200,
    title: "Clés des autres logiciels",
    body: (
      <ApiKeysPage
        keys={keys}
        sites={sites}
        today={at.tx.today}
        zone={at.scope.zone}
        itemKey={values.key ?? at.tx.ids.uuid()}
        values={values}
        mistakes={mistakes?.fields ?? {}}
      />
    ),
  });
}

const exported = (at: At, sites: readonly Site[]): ListColumn<ApiKey>[] => [
  { label: "Nom", cell: (key) => key.name },
  { label: "Rôle", cell: (key) => roleWords[key.role] },
  { label: "Pour", cell: (key) => placeOf(key, sites) },
  { label: "Durée", cell: (key) => stateOf(key, at.tx.today, at.scope.zone) },
  { label: "Créée le", cell: (key) => ({ day: dayIn(at.scope.zone, key.created_at) }) },
];

export function apiKeyRoutes(routes: Routes): void {
  routes.get("/cles", { right, trace: { none: "the list of programs, without their keys" } }, (at) => show(at));

  routes.get("/cles/export.csv", { right, trace: "api-key.exported" }, async (at) =>
    csvFile("cles", exported(at, await listSites(at.tx)), [await listApiKeys(at.tx)]),
  );

  routes.post("/cles", { right, trace: "api-key.created", form: keyForm, onMistakes: show }, async (at) => {
    const { key, name, role, site, from, to } = at.form;
    if (site && !(await listSites(at.tx)).some((one) => one.id === site))
      return show(at, { fields: { site: "Ce lieu n’est pas de cette maison." }, typed: at.typed });
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
    { right, trace: "api-key.revoked", form: z.object({ id: idField("Cette clé n’existe pas.") }), onMistakes: show },
    async (at) => {
      if (!(await listApiKeys(at.tx)).some((key) => key.id === at.form.id)) return notFound("Cette clé");
      if (await revokeApiKey(at.tx, at.form.id)) at.about("api-key", at.form.id);
      else at.nothingHappened();
      return redirect("/cles", "La clé est révoquée.");
    },
  );
}
