// The pages of accounts, for administrators. The programmes for which a role may be given come from the application: this room stands
// under the one that owns them.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect, type Typed } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { whyNotEndGrant } from "../rules.ts";
import {
  dayField,
  emailField,
  emptyForm,
  idField,
  keyField,
  manyOf,
  nameField,
  optionalDay,
  type Place,
  placeField,
  roleField,
  versionField,
} from "../shapes.ts";
import { endSessions } from "../sign-in/writes.ts";
import { listSites } from "../sites/reads.ts";
import { sendLink } from "./letters.ts";
import { AccountPage, AccountsPage, LinkPage, NewAccountPage, type PlaceOption, type RoleFields } from "./pages.tsx";
import { type Account, accountById, listAccounts } from "./reads.ts";
import {
  createAccount,
  editAccount,
  emailTaken,
  endGrant,
  giveRoles,
  makeLink,
  type NewGrant,
  resetSecondFactor,
  spendLinks,
} from "./writes.ts";

/** Programmes that a role may be held for, as the application lists them. */
export type ListProgrammes = (tx: Tx) => Promise<{ id: string; label: string }[]>;

const right = rights["account.manage"];

const roleFields = {
  roles: manyOf(roleField),
  places: manyOf(placeField),
  from: dayField("Écrivez le premier jour, jj/mm/aaaa."),
  to: optionalDay("Écrivez le dernier jour jj/mm/aaaa, ou rien."),
};
type RoleForm = { roles: NewGrant["role"][]; places: Place[]; from: string; to: string | null };

const oneOrMore = (
  form: { roles: readonly string[]; from: string; to: string | null },
  context: z.RefinementCtx,
): void => {
  if (form.roles.length === 0)
    context.addIssue({ code: "custom", path: ["roles"], message: "Choisissez au moins un rôle." });
  if (form.to !== null && form.to < form.from)
    context.addIssue({ code: "custom", path: ["to"], message: "Le dernier jour est avant le premier." });
};

const newForm = z
  .object({ key: keyField, name: nameField("Écrivez le nom affiché."), email: emailField, ...roleFields })
  .superRefine(oneOrMore);
const rolesForm = z.object(roleFields).superRefine(oneOrMore);

const typedRoles = (typed: Typed, today: string): RoleFields => ({
  roles: typed.roles ?? [],
  places: typed.places ?? [],
  from: typed.from?.[0] ?? shortDay(today),
  to: typed.to?.[0] ?? "",
});

/** Roles times places; nothing ticked is the whole house. Null: a place that is not the house's. */
function grantsOf(form: RoleForm, places: readonly PlaceOption[]): NewGrant[] | null {
  const wanted: Place[] = form.places.length > 0 ? form.places : [{ site: null, programme: null }];
  const known = new Set(places.map((place) => place.value));
  for (const place of wanted) {
    if (place.site && !known.has(`lieu:${place.site}`)) return null;
    if (place.programme && !known.has(`programme:${place.programme}`)) return null;
  }
  return form.roles.flatMap((role) => wanted.map((place) => ({ role, ...place, fromDay: form.from, toDay: form.to })));
}

export function accountRoutes(routes: Routes, listProgrammes: ListProgrammes): void {
  const placesOf = async (tx: Tx): Promise<PlaceOption[]> => [
    ...(await listSites(tx)).map((site) => ({ value: `lieu:${site.id}`, label: site.name })),
    ...(await listProgrammes(tx)).map((programme) => ({ value: `programme:${programme.id}`, label: programme.label })),
  ];

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
          places={await placesOf(at.tx)}
          mistakes={mistakes?.fields ?? {}}
        />
      ),
    });

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
          places={await placesOf(at.tx)}
          mistakes={said.mistakes?.fields ?? {}}
          typed={{ name: typed.name?.[0], email: typed.email?.[0], roleFields: typedRoles(typed, at.tx.today) }}
        />
      ),
    });
  };
  const onMistakes = (at: At, mistakes: Mistakes): Promise<Answer> => show(at, { mistakes });
  const wrong = (at: At<unknown>, fields: Record<string, string>): Promise<Answer> =>
    show(at, { mistakes: { fields, typed: at.typed } });

  const handLink = async (
    at: At<unknown>,
    account: { id: string; name: string; email: string },
    purpose: "invitation" | "reset",
  ): Promise<Answer> => {
    const link = await makeLink(at.tx, at.services.config, account.id, purpose);
    const sent = await sendLink(at.services.mail, {
      to: account.email,
      name: account.name,
      house: at.scope.houseName,
      link,
      purpose,
    });
    return page({
      title: `Lien pour ${account.name}`,
      crumbs: [{ href: "/comptes", label: "Comptes" }],
      body: <LinkPage account={account} link={link} sent={sent} />,
    });
  };

  routes.get("/comptes", { right, trace: { none: "the list of colleagues who may sign in" } }, async (at) =>
    page({ title: "Comptes", body: <AccountsPage accounts={await listAccounts(at.tx)} today={at.tx.today} /> }),
  );
  routes.get("/comptes/nouveau", { right, trace: { none: "an empty form" } }, (at) => showNew(at));

  routes.post("/comptes", { right, trace: "account.created", form: newForm, onMistakes: showNew }, async (at) => {
    const { key, name, email } = at.form;
    const grants = grantsOf(at.form, await placesOf(at.tx));
    if (!grants) return showNew(at, { fields: { places: "Ce lieu n’est pas de cette maison." }, typed: at.typed });
    const { outcome } = await createAccount(at.tx, { id: key, email, name, grants });
    if (outcome === "taken")
      return showNew(at, { fields: { email: "Un compte de cette maison a déjà cette adresse." }, typed: at.typed });
    if (outcome === "exists") {
      at.nothingHappened();
      return redirect(`/comptes/${key}`, "Ce compte est déjà créé.");
    }
    at.about("account", key, { roles: at.form.roles });
    return handLink(at, { id: key, name, email }, "invitation");
  });

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
      const grants = grantsOf(at.form, await placesOf(at.tx));
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
      const why = whyNotEndGrant(grant, at.form.last, {
        today: at.tx.today,
        self: at.scope.account,
        all: account.grants,
      });
      if (why) return wrong(at, { last: why });
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
