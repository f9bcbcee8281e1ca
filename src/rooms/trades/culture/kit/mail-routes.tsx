// An issue sent by letter: whom, how many, then the sending; and an address that is to get none any more.
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import { uuidField } from "../../../../core/http/fields.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { oneLine } from "../../../../core/importing/values.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { CheckboxField, ErrorSummary, type Option, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, list, number, plural, shortDay } from "../../../../ui/words.ts";
import { publicPage } from "../public/reads.ts";
import { type Choice, type Reach, sendIssue, takeOff, wouldReach } from "./mailing.ts";
import { type IssueLine, mailingsOf } from "./reads.ts";
import { kitRights } from "./rights.ts";
import { gone, issueOf, kitCrumb } from "./routes.tsx";

const several = z
  .union([z.array(uuidField), uuidField.transform((one) => [one])])
  .default([])
  .transform((ids) => [...new Set(ids)]);
const commune = z.string().default("").transform(oneLine).pipe(z.string().max(120, "Au plus 120 signes."));
const SendForm = z.object({ key: uuidField, roles: several, commune, vues: z.coerce.number().int() });
const OffForm = z.object({
  adresse: z.string().default("").transform(oneLine).pipe(z.email("Écrivez une adresse de courriel.").max(200)),
});

/** Roles of structures that the house uses, as choices. */
async function rolesOf(tx: Tx): Promise<Option[]> {
  const { rows } = await sql<Option>`
    SELECT t.id::text AS value, t.label FROM partners.terms t WHERE t.house_id = ${tx.scope.house} AND t.kind = 'role'
       AND EXISTS (SELECT 1 FROM partners.roles r WHERE r.house_id = t.house_id AND r.term_id = t.id) ORDER BY t.label`.execute(
    tx.on(),
  );
  return rows;
}

const choiceOf = (at: At<unknown>): Choice => {
  const asked = at.request.method === "POST" ? (at.typed.roles ?? []) : at.url.searchParams.getAll("roles");
  const where = at.request.method === "POST" ? (at.typed.commune?.[0] ?? "") : (at.query.commune ?? "");
  return { roles: [...new Set(asked.filter(isUuid))], commune: oneLine(where).slice(0, 120) };
};
const wordsOf = (choice: Choice, roles: readonly Option[]): string =>
  [
    choice.roles.length === 0
      ? "toutes les structures"
      : list(roles.filter(({ value }) => choice.roles.includes(value)).map(({ label }) => label)),
    choice.commune ? `à ${choice.commune}` : "",
  ]
    .filter(Boolean)
    .join(" ");
const reachWords = ({ fresh, served, refused }: Reach): string =>
  [
    plural(fresh, "courriel partira", "courriels partiront"),
    ...(served > 0 ? [`${plural(served, "adresse l’a", "adresses l’ont")} déjà reçu`] : []),
    ...(refused > 0 ? [`${plural(refused, "adresse n’en veut", "adresses n’en veulent")} plus`] : []),
  ].join(", ");

type Told = { mistakes?: Readonly<Record<string, string>>; status?: 409 | 422 };

async function show(at: At<unknown>, issue: IssueLine, { mistakes = {}, status }: Told = {}): Promise<Answer> {
  const { tx, scope } = at;
  const choice = choiceOf(at);
  const [roles, reach, mailings, told] = await Promise.all([
    rolesOf(tx),
    wouldReach(tx, issue.id, choice),
    mailingsOf(tx, issue.id),
    publicPage(tx),
  ]);
  const base = `/culture/kit/${issue.id}/envoi`;
  const ready = issue.publishedOn !== null && told?.open === true;
  return page({
    title: "Envoyer le numéro",
    status: status ?? 200,
    crumbs: [kitCrumb, { href: `/culture/kit/${issue.id}`, label: issue.title }],
    body: (
      <>
        <Heading title="Envoyer le numéro">
          « {issue.title} », aux adresses des structures et de leurs contacts. Une adresse le reçoit une seule fois.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="get" action={base}>
          <fieldset class="field choices">
            <legend>Rôles des structures</legend>
            <p class="hint">Rien de coché : toutes</p>
            <div class="options">
              {roles.map(({ value, label }) => (
                <CheckboxField
                  key={value}
                  name="roles"
                  value={value}
                  label={label}
                  checked={choice.roles.includes(value)}
                />
              ))}
            </div>
          </fieldset>
          <TextField name="commune" label="Commune" hint="Vide : toutes" value={choice.commune} required={false} />
          <button type="submit" class="second">
            Compter
          </button>
        </form>
        <p>
          <strong>{reachWords(reach)}</strong>, pour {wordsOf(choice, roles)}.
        </p>
        {ready && reach.fresh > 0 ? (
          <form method="post" action={base}>
            <input type="hidden" name="key" value={tx.ids.uuid()} />
            <input type="hidden" name="vues" value={String(reach.fresh)} />
            <input type="hidden" name="commune" value={choice.commune} />
            {choice.roles.map((role) => (
              <input key={role} type="hidden" name="roles" value={role} />
            ))}
            <button type="submit">
              {reach.fresh === 1 ? "Envoyer ce courriel" : `Envoyer ces ${number(reach.fresh)} courriels`}
            </button>
          </form>
        ) : null}
        {ready ? null : <p>Publiez d’abord le numéro, et ouvrez la page publique : le courriel y conduit.</p>}
        <DataTable
          caption="Envois de ce numéro"
          rows={mailings}
          rowKey={(one) => one.id}
          empty={<p>Aucun envoi.</p>}
          columns={[
            {
              key: "at",
              label: "Quand",
              header: true,
              render: (one) => `${shortDay(dayIn(scope.zone, one.at))} à ${hour(minuteIn(scope.zone, one.at))}`,
            },
            { key: "to", label: "À", render: (one) => one.chosen },
            { key: "by", label: "Par", render: (one) => one.by },
            { key: "letters", label: "Courriels", number: true, render: (one) => one.letters },
            { key: "sent", label: "Partis", number: true, render: (one) => one.sent },
            { key: "waiting", label: "À partir", number: true, render: (one) => one.waiting },
            { key: "failed", label: "Refusés", number: true, render: (one) => one.failed },
            { key: "served", label: "Déjà reçu", number: true, render: (one) => one.served },
            { key: "refused", label: "Désabonnées", number: true, render: (one) => one.refused },
          ]}
        />
        <h2>Ne plus écrire à une adresse</h2>
        <p>Quelqu’un vous l’a demandé de vive voix : le kit ne s’y enverra plus jamais.</p>
        <form method="post" action={`${base}/desabonnement`}>
          <TextField
            name="adresse"
            label="Adresse"
            type="email"
            value={at.typed.adresse?.[0]}
            error={mistakes.adresse}
          />
          <button type="submit" class="second">
            Ne plus écrire
          </button>
        </form>
      </>
    ),
  });
}

export function declareKitMailing(routes: Routes): void {
  const right = kitRights["kit.send"];
  const path = "/culture/kit/:issue/envoi";
  const mistaken = async (at: At<unknown>, { fields }: { fields: Record<string, string> }): Promise<Answer> => {
    const issue = await issueOf(at);
    return issue ? show(at, issue, { mistakes: fields, status: 422 }) : notFound(gone);
  };
  routes.get(path, { right, trace: "kit.mailing-opened" }, async (at) => {
    const issue = await issueOf(at);
    if (!issue) return notFound(gone);
    at.about("kit-issue", issue.id);
    return show(at, issue);
  });
  routes.post(path, { right, trace: "kit.sent", form: SendForm, onMistakes: mistaken }, async (at) => {
    const issue = await issueOf(at);
    if (!issue) return notFound(gone);
    if (issue.publishedOn === null || !(await publicPage(at.tx))?.open)
      return show(at, issue, {
        mistakes: { "": "Publiez d’abord le numéro, et ouvrez la page publique : le courriel y conduit." },
        status: 409,
      });
    const choice = choiceOf(at);
    const words = wordsOf(choice, await rolesOf(at.tx));
    const address = `${at.services.config.publicUrl}/culture-pour-tous/${at.scope.houseCode}/kit/${issue.id}`;
    const sent = await sendIssue(at.tx, issue, { id: at.form.key, choice, words, page: address });
    // What is about to leave is what was seen: the number has changed when somebody sent, or somebody left, in between.
    if (sent.made && sent.fresh !== at.form.vues)
      return show(at, issue, {
        mistakes: { "": `Le nombre a changé : ${reachWords(sent)}. Relisez, puis envoyez de nouveau.` },
        status: 409,
      });
    if (sent.made) at.about("kit-issue", issue.id, { letters: sent.fresh, served: sent.served, refused: sent.refused });
    else at.nothingHappened();
    return redirect(
      `/culture/kit/${issue.id}/envoi`,
      `${plural(sent.fresh, "courriel part", "courriels partent")}, aux heures où l’on peut écrire aux gens.`,
    );
  });
  routes.post(
    `${path}/desabonnement`,
    { right, trace: "kit.taken-off", form: OffForm, onMistakes: mistaken },
    async (at) => {
      const issue = await issueOf(at);
      if (!issue) return notFound(gone);
      if (await takeOff(at.tx, at.form.adresse)) at.about("kit-issue", issue.id);
      else at.nothingHappened();
      return redirect(`/culture/kit/${issue.id}/envoi`, "C’est noté : le kit ne s’enverra plus à cette adresse.");
    },
  );
}
