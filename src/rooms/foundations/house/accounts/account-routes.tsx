// One account: who it is, its roles with their days, its links, its closing.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { addDays } from "../../../../core/time.ts";
import { rights } from "../rights.ts";
import { isLastAdministrator, whyNotEndGrant } from "../rules.ts";
import { dayField, emailField, emptyForm, idField, nameField, versionField } from "../shapes.ts";
import { endSessions } from "../sign-in/writes.ts";
import { handLink } from "./link.tsx";
import { AccountPage } from "./pages.tsx";
import { type Account, accountById, administratorsOn } from "./reads.ts";
import { grantsOf, type ListProgrammes, placesOf, rolesForm, typedRoles } from "./role-fields.ts";
import {
  editAccount,
  emailTaken,
  endGrant,
  giveRoles,
  type NewGrant,
  resetSecondFactor,
  spendLinks,
} from "./writes.ts";

const right = rights["account.manage"];

const lastOne =
  "C’est la dernière personne qui administre cette maison : donnez d’abord ce rôle, sans fin, à quelqu’un d’autre.";

export function oneAccountRoutes(routes: Routes, listProgrammes: ListProgrammes): void {
  const accountOf = async (at: At<unknown>): Promise<Account | null> => {
    const id = at.params.account ?? "";
    return isUuid(id) ? accountById(at.tx, id) : null;
  };

  const show = async (at: At<unknown>, said: { mistakes?: Mistakes; stale?: boolean } = {}): Promise<Answer> => {
    const account = await accountOf(at);
    if (!account) return notFound("Ce compte");
    const typed = said.mistakes?.typed ?? (said.stale ? at.typed : {});
    return page({
      status: said.stale ? 409 : said.mistakes ? 422 : 200,
      title: account.name,
      crumbs: [{ href: "/comptes", label: "Comptes" }],
      ...(said.stale
        ? {
            notice: {
              kind: "warn",
              text: `Ce compte a été modifié entre-temps : il est maintenant « ${account.name}, ${account.email} ». Votre saisie est ci-dessous.`,
            },
          }
        : {}),
      body: (
        <AccountPage
          account={account}
          today={at.tx.today}
          zone={at.scope.zone}
          self={account.id === at.scope.account}
          places={await placesOf(at.tx, listProgrammes)}
          mistakes={said.mistakes?.fields ?? {}}
          typed={{ name: typed.name?.[0], email: typed.email?.[0], roleFields: typedRoles(typed, at.tx.today) }}
        />
      ),
    });
  };
  const onMistakes = (at: At, mistakes: Mistakes): Promise<Answer> => show(at, { mistakes });
  const wrong = (at: At<unknown>, fields: Record<string, string>): Promise<Answer> =>
    show(at, { mistakes: { fields, typed: at.typed } });

  routes.get("/comptes/:account", { right, trace: { none: "a colleague's account, not a person's file" } }, (at) =>
    show(at),
  );

  routes.post(
    "/comptes/:account",
    {
      right,
      trace: "account.edited",
      form: z.object({ version: versionField, name: nameField("Écrivez le nom affiché."), email: emailField }),
      onMistakes,
    },
    async (at) => {
      const account = await accountOf(at);
      if (!account) return notFound("Ce compte");
      const { name, email, version } = at.form;
      if (await emailTaken(at.tx, email, account.id))
        return wrong(at, { email: "Un autre compte de cette maison a cette adresse." });
      if (!(await editAccount(at.tx, account.id, { name, email }, version))) return show(at, { stale: true });
      at.about("account", account.id, {
        fields: [...(name === account.name ? [] : ["name"]), ...(email === account.email ? [] : ["email"])],
      });
      return redirect(`/comptes/${account.id}`, "Le compte est enregistré.");
    },
  );

  routes.post(
    "/comptes/:account/roles",
    { right, trace: "account.granted", form: rolesForm, onMistakes },
    async (at) => {
      const account = await accountOf(at);
      if (!account) return notFound("Ce compte");
      const grants = grantsOf(at.form, await placesOf(at.tx, listProgrammes));
      if (!grants) return wrong(at, { places: "Ce lieu n’est pas de cette maison." });
      const isNew = (grant: NewGrant): boolean =>
        !account.grants.some(
          (held) =>
            held.role === grant.role &&
            held.site_id === (grant.site ?? null) &&
            held.programme_id === (grant.programme ?? null) &&
            held.from_day === grant.fromDay &&
            held.to_day === (grant.toDay ?? null),
        );
      const wanted = grants.filter(isNew);
      // The same form sent twice gives nothing twice.
      if (wanted.length === 0) at.nothingHappened();
      else at.about("account", account.id, { roles: at.form.roles, from: at.form.from, to: at.form.to });
      await giveRoles(at.tx, account.id, wanted);
      return redirect(`/comptes/${account.id}`, "Le rôle est donné.");
    },
  );

  routes.post(
    "/comptes/:account/roles/fin",
    {
      right,
      trace: "account.grant-ended",
      form: z.object({
        grant: idField("Ce rôle n’existe pas."),
        last: dayField("Écrivez le dernier jour, jj/mm/aaaa."),
      }),
      onMistakes,
    },
    async (at) => {
      const account = await accountOf(at);
      const grant = account?.grants.find((one) => one.id === at.form.grant);
      if (!account || !grant) return notFound("Ce rôle");
      const why = whyNotEndGrant(grant, at.form.last, at.tx.today);
      if (why) return wrong(at, { last: why });
      if (isLastAdministrator(await administratorsOn(at.tx, addDays(at.form.last, 1)), { grant: grant.id }))
        return wrong(at, { last: lastOne });
      await endGrant(at.tx, grant.id, at.form.last);
      at.about("account", account.id, { role: grant.role, lastDay: at.form.last });
      return redirect(`/comptes/${account.id}`, "La fin du rôle est enregistrée.");
    },
  );

  /** A button of the account's page: does one thing to it, and comes back. */
  const button = (path: string, trace: string, act: (at: At<object>, account: Account) => Promise<Answer>): void =>
    routes.post(`/comptes/:account/${path}`, { right, trace, form: emptyForm, onMistakes }, async (at) => {
      const account = await accountOf(at);
      if (!account) return notFound("Ce compte");
      at.about("account", account.id);
      return act(at, account);
    });

  button("lien", "account.link-made", (at, account) =>
    account.closed_at
      ? wrong(at, { "": "Ce compte est fermé : rouvrez-le d’abord." })
      : handLink(at, account, account.active ? "reset" : "invitation"),
  );
  button("deconnexions", "account.signed-out", async (at, account) => {
    at.about("account", account.id, { sessionsEnded: await endSessions(at.tx, account.id) });
    return redirect(`/comptes/${account.id}`, "Toutes ses sessions sont fermées.");
  });
  button("seconde-etape", "account.second-factor-reset", async (at, account) => {
    await resetSecondFactor(at.tx, account.id);
    return redirect(`/comptes/${account.id}`, "La seconde étape est retirée.");
  });
  button("fermeture", "account.closed", async (at, account) => {
    if (account.id === at.scope.account) return wrong(at, { "": "Vous ne pouvez pas fermer votre propre compte." });
    if (isLastAdministrator(await administratorsOn(at.tx, at.tx.today), { account: account.id }))
      return wrong(at, { "": lastOne });
    await editAccount(at.tx, account.id, { closed_at: at.tx.clock.now() });
    await spendLinks(at.tx, account.id);
    await endSessions(at.tx, account.id);
    return redirect(`/comptes/${account.id}`, "Le compte est fermé, ses sessions aussi.");
  });
  button("reouverture", "account.reopened", async (at, account) => {
    await editAccount(at.tx, account.id, { closed_at: null });
    return redirect(`/comptes/${account.id}`, "Le compte est rouvert.");
  });
}
