// The pages of accounts, for administrators: the list, and inviting somebody.
import { z } from "zod";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { dayIn } from "../../../../core/time.ts";
import { rights } from "../rights.ts";
import { emailField, keyField, nameField } from "../shapes.ts";
import { handLink } from "./link.tsx";
import { AccountsPage, NewAccountPage, rolesOf, secondStepOf, stateOf } from "./pages.tsx";
import { type Account, listAccounts } from "./reads.ts";
import { grantsOf, type ListProgrammes, oneOrMore, placesOf, roleFields, typedRoles } from "./role-fields.ts";
import { createAccount } from "./writes.ts";

const right = rights["account.manage"];

const newForm = z
  .object({ key: keyField, name: nameField("Écrivez le nom affiché."), email: emailField, ...roleFields })
  .superRefine(oneOrMore);

const exported = (at: At): ListColumn<Account>[] => [
  { label: "Nom", cell: (one) => one.name },
  { label: "Adresse électronique", cell: (one) => one.email },
  { label: "Rôles aujourd’hui", cell: (one) => rolesOf(one, at.tx.today) },
  { label: "État", cell: stateOf },
  { label: "Seconde étape", cell: secondStepOf },
  { label: "Créé le", cell: (one) => ({ day: dayIn(at.scope.zone, one.created_at) }) },
];

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

  routes.get("/comptes", { right, trace: { none: "the list of colleagues who may sign in" } }, async (at) =>
    page({ title: "Comptes", body: <AccountsPage accounts={await listAccounts(at.tx)} today={at.tx.today} /> }),
  );
  routes.get("/comptes/export.csv", { right, trace: "account.exported" }, async (at) =>
    csvFile("comptes", exported(at), [await listAccounts(at.tx)]),
  );
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
