// The pages of accounts, for administrators: the list, and inviting somebody.
import { z } from "zod";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { rights } from "../rights.ts";
import { emailField, keyField, nameField } from "../shapes.ts";
import { handLink } from "./link.tsx";
import { accountsList } from "./list.tsx";
import { NewAccountPage } from "./pages.tsx";
import { grantsOf, type ListProgrammes, oneOrMore, placesOf, roleFields, typedRoles } from "./role-fields.ts";
import { createAccount } from "./writes.ts";

const right = rights["account.manage"];

const newForm = z
  .object({ key: keyField, name: nameField("Écrivez le nom affiché."), email: emailField, ...roleFields })
  .superRefine(oneOrMore);

export function accountRoutes(routes: Routes, listProgrammes: ListProgrammes): void {
  const showNew = async (at: At<unknown>, mistakes?: Mistakes): Promise<Answer> =>
    page({
      status: mistakes ? 422 : 200,
      title: "Inviter quelqu’un",
      crumbs: [{ href: "/comptes", label: "Comptes" }],
      body: (
        <NewAccountPage
          itemKey={mistakes?.typed.key?.[0] ?? at.tx.ids.uuid()}
          name={mistakes?.typed.name?.[0] ?? ""}
          email={mistakes?.typed.email?.[0] ?? ""}
          roleFields={typedRoles(mistakes?.typed ?? {}, at.tx.today)}
          places={await placesOf(at.tx, listProgrammes)}
          mistakes={mistakes?.fields ?? {}}
        />
      ),
    });

  declareList(routes, accountsList);
  routes.get("/comptes/nouveau", { right, trace: { none: "an empty form" } }, (at) => showNew(at));

  routes.post("/comptes", { right, trace: "account.created", form: newForm, onMistakes: showNew }, async (at) => {
    const { key, name, email } = at.form;
    const grants = grantsOf(at.form, await placesOf(at.tx, listProgrammes));
    if (!grants) return showNew(at, { fields: { places: "Ce lieu n’est pas de cette maison." }, typed: at.typed });
    const { outcome } = await createAccount(at.tx, { id: key, email, name, grants });
    if (outcome === "taken")
      return showNew(at, { fields: { email: "Un compte de cette maison a déjà cette adresse." }, typed: at.typed });
    if (outcome === "exists") {
      at.nothingHappened();
      return redirect(
        `/comptes/${key}`,
        "Ce compte est déjà créé. S’il vous faut son lien, préparez-en un nouveau ci-dessous.",
      );
    }
    at.about("account", key, { roles: at.form.roles });
    return handLink(at, { id: key, name, email }, "invitation");
  });
}
