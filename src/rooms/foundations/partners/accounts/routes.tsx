// The accounts of one structure, for the team: who signs in for it, a new one, a new link, the end.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { neededField, neededLine, readField, uuidField } from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { readDay, readEmail } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { dayIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { Structure } from "../reads.ts";
import { rights } from "../rights.ts";
import { liveStructureOf, structuresCrumb } from "../sheet/found.tsx";
import { partnerAccountList } from "./list.tsx";
import { accountsOf, type PartnerAccount } from "./reads.ts";
import { shortSideWords, sideWords } from "./words.ts";
import { endingNow, endPartnerAccount, openPartnerAccount, sendEntryLink } from "./writes.ts";

const right = rights["partner-account.manage"];

const OpenForm = z
  .object({
    key: uuidField,
    nom: neededLine("Écrivez qui entrera.", 120),
    courriel: neededField(readEmail, "Écrivez son adresse électronique."),
    cote: z.enum(["social", "cultural"], "Choisissez ce qu’elle fera."),
    du: neededField(readDay, "Écrivez le premier jour."),
    au: readField(readDay),
  })
  .superRefine((form, context) => {
    if (form.au !== null && form.du !== null && form.au < form.du)
      context.addIssue({ code: "custom", path: ["au"], message: "Le dernier jour est avant le premier." });
  });

const stateOf = (account: PartnerAccount, today: string): string =>
  account.toDay !== null && account.toDay < today
    ? `terminé le ${shortDay(account.toDay)}`
    : `depuis le ${shortDay(account.fromDay)}${account.toDay ? ` jusqu’au ${shortDay(account.toDay)}` : ""}`;

async function show(at: At<unknown>, structure: Structure, told: { mistakes?: Mistakes } = {}): Promise<Answer> {
  const { tx, scope } = at;
  const accounts = await accountsOf(tx, structure.id);
  const values = told.mistakes ? firstValues(told.mistakes.typed) : {};
  const mistakes = told.mistakes?.fields ?? {};
  const base = `/structures/${structure.id}/comptes`;
  return page({
    title: `Comptes de ${structure.name}`,
    status: told.mistakes ? 422 : 200,
    crumbs: [structuresCrumb, { href: `/structures/${structure.id}`, label: structure.name }],
    body: (
      <>
        <Heading title={`Comptes de ${structure.name}`}>
          Qui entre au nom de cette structure ne voit que ce qui est à elle, et rien de la maison.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <DataTable
          caption="Comptes de la structure"
          hideCaption
          rows={accounts}
          rowKey={(account) => account.grant}
          empty={<p>Personne n’entre encore pour cette structure.</p>}
          columns={[
            {
              key: "name",
              label: "Qui",
              header: true,
              render: (account) => (
                <>
                  {account.name} <small>{account.email}</small>
                </>
              ),
            },
            { key: "side", label: "Côté", render: (account) => shortSideWords[account.side] },
            { key: "state", label: "Quand", render: (account) => stateOf(account, tx.today) },
            {
              key: "seen",
              label: "Dernière venue",
              render: (account) => (account.lastSeenAt ? shortDay(dayIn(scope.zone, account.lastSeenAt)) : "jamais"),
            },
            {
              key: "act",
              label: "Actions",
              render: (account) =>
                account.toDay !== null && account.toDay < tx.today ? null : (
                  <>
                    <form method="post" action={`${base}/${account.grant}/lien`} class="inline">
                      <input type="hidden" name="key" value={tx.ids.uuid()} />
                      <button type="submit" class="second" aria-label={`Envoyer un lien à ${account.name}`}>
                        Envoyer un lien
                      </button>
                    </form>{" "}
                    <form method="post" action={`${base}/${account.grant}/fin`} class="inline">
                      <button type="submit" class="second" aria-label={`Mettre fin au compte de ${account.name}`}>
                        Mettre fin
                      </button>
                    </form>
                  </>
                ),
            },
          ]}
        />
        <h2>Ouvrir un compte</h2>
        <form method="post" action={base}>
          <input type="hidden" name="key" value={values.key || tx.ids.uuid()} />
          <div class="fields">
            <TextField
              name="nom"
              label="Prénom et nom"
              maxlength={120}
              value={values.nom}
              error={mistakes.nom}
              required
            />
            <TextField
              name="courriel"
              label="Courriel professionnel"
              type="email"
              hint="Un lien pour entrer y part aussitôt ; il sert une fois, pendant 14 jours."
              value={values.courriel ?? structure.email ?? ""}
              error={mistakes.courriel}
              required
            />
            <SelectField
              name="cote"
              label="Pour"
              empty="choisir"
              value={values.cote}
              error={mistakes.cote}
              options={Object.entries(sideWords).map(([value, label]) => ({ value, label }))}
            />
            <DateField
              name="du"
              label="Premier jour"
              value={values.du ?? shortDay(tx.today)}
              error={mistakes.du}
              required
            />
            <DateField
              name="au"
              label="Dernier jour"
              hint="jj/mm/aaaa ; vide : sans fin"
              value={values.au}
              error={mistakes.au}
              required={false}
            />
          </div>
          <button type="submit">Ouvrir et envoyer le lien</button>
        </form>
      </>
    ),
  });
}

export function declarePartnerAccounts(routes: Routes): void {
  declareList(routes, partnerAccountList);

  routes.get("/structures/:structure/comptes", { right, trace: "partner-account.looked" }, async (at) => {
    const structure = await liveStructureOf(at);
    if (!structure) return notFound("Cette structure");
    at.about("structure", structure.id);
    return show(at, structure);
  });

  routes.post(
    "/structures/:structure/comptes",
    {
      right,
      trace: "partner-account.opened",
      form: OpenForm,
      async onMistakes(at, mistakes) {
        const structure = await liveStructureOf(at);
        return structure ? show(at, structure, { mistakes }) : notFound("Cette structure");
      },
    },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      const { key, nom, courriel, cote, du, au } = at.form;
      const done = await openPartnerAccount(at.tx, {
        key,
        structure,
        name: nom,
        email: courriel ?? "",
        side: cote,
        fromDay: du ?? at.tx.today,
        toDay: au,
      });
      if (done.outcome === "refused")
        return show(at, structure, { mistakes: { fields: { courriel: done.sentence }, typed: at.typed } });
      if (done.outcome === "again") at.nothingHappened();
      else at.about("structure", structure.id, { account: done.account, side: cote, from: du, to: au });
      return redirect(`/structures/${structure.id}/comptes`, `Le compte est ouvert ; un lien part à ${courriel}.`);
    },
  );

  /** A button beside an account that still works. */
  const button = <F extends z.ZodType<object>>(
    path: string,
    trace: string,
    form: F,
    act: (at: At<z.infer<F>>, structure: Structure, account: PartnerAccount) => Promise<string>,
  ): void =>
    routes.post(
      `/structures/:structure/comptes/:grant/${path}`,
      { right, trace, form, onMistakes: () => notFound("Ce compte") },
      async (at) => {
        const structure = await liveStructureOf(at);
        const account =
          structure && (await accountsOf(at.tx, structure.id)).find((one) => one.grant === at.params.grant);
        if (!structure || !account || (account.toDay !== null && account.toDay < at.tx.today))
          return notFound("Ce compte");
        at.about("structure", structure.id, { account: account.id });
        return redirect(`/structures/${structure.id}/comptes`, await act(at, structure, account));
      },
    );
  button("lien", "partner-account.link-sent", z.object({ key: uuidField }), async (at, structure, account) => {
    const sent = await sendEntryLink(at.tx, {
      key: at.form.key,
      account: account.id,
      name: account.name,
      email: account.email,
      structure: structure.name,
      first: true,
    });
    if (!sent) at.nothingHappened();
    return `Un lien part à ${account.email}.`;
  });
  button("fin", "partner-account.ended", z.object({}), async (at, _, account) => {
    await endPartnerAccount(at.tx, account, endingNow(at.tx));
    return `${account.name} n’entre plus pour cette structure. Ses sessions et ses liens sont fermés.`;
  });
}
