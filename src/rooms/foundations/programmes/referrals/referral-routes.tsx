// One referral: what it is, what happened to it in order, what may follow; and the delays of the house.
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, RadioField, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { nameOf } from "../../people/door.ts";
import { reasonOf, stateOf } from "./list.tsx";
import { eventsOf, type ReferralEvent, type ReferralLine, referralById, referralRules } from "./reads.ts";
import { programmesSeen, referralRights } from "./rights.ts";
import { mayFollow } from "./rules.ts";
import { FollowForm, firstValues, RuleForm } from "./shapes.ts";
import { actWords, type EventKind, eventWords, reasonWords } from "./words.ts";
import { followReferral, ruleReferrals } from "./writes.ts";

type Wish = { values?: Record<string, string>; mistakes?: Readonly<Record<string, string>>; stale?: boolean };

const referralOf = async (at: At<unknown>, right = referralRights["referral.see"]): Promise<ReferralLine | null> => {
  const id = at.params.referral ?? "";
  return isUuid(id) ? referralById(at.tx, id, programmesSeen(at.scope, right)) : null;
};

const whoDid = (event: ReferralEvent, referral: ReferralLine): string =>
  event.by_link ? `${referral.to}, par le lien` : (event.name ?? "le programme");

export function Reason({ value, error }: { value: string | undefined; error: string | undefined }) {
  return (
    <SelectField
      name="motif"
      label="Motif, si elle est refusée"
      empty="choisir"
      value={value}
      error={error}
      options={Object.entries(reasonWords).map(([reason, label]) => ({ value: reason, label }))}
    />
  );
}

export const choicesOf = (kinds: readonly EventKind[]) =>
  kinds.map((kind) => ({ value: kind, label: actWords[kind] ?? eventWords[kind] }));

async function referralPage(at: At<unknown>, referral: ReferralLine, wish: Wish = {}): Promise<Answer> {
  const { values = {}, mistakes = {} } = wish;
  const events = await eventsOf(at.tx, referral.id);
  const name = nameOf({ family_name: referral.familyName, given_name: referral.givenName });
  const follows = may(at.scope, referralRights["referral.follow"]) ? mayFollow(referral.state, "house") : [];
  const enrols = referral.programmeId !== null && referral.state === "accepted";
  return page({
    title: "Orientation",
    status: wish.stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/orientations", label: "Orientations" }],
    body: (
      <>
        <Heading
          title={`${name}, vers ${referral.to}`}
          {...(enrols
            ? {
                action: {
                  href: `/parcours/nouveau?personne=${referral.personId}&dispositif=${referral.programmeId}&orientation=${referral.id}`,
                  label: "Faire entrer dans le dispositif",
                },
              }
            : {})}
        >
          {stateOf(referral, at.tx.today)}
        </Heading>
        {wish.stale ? (
          <Notice
            kind="warn"
            text="Cette orientation a changé entre-temps : voici ce qu’il en est maintenant. Rien n’a été noté."
          />
        ) : null}
        <Facts
          facts={[
            { label: "Personne", value: <a href={`/personnes/${referral.personId}`}>{name}</a> },
            { label: "Orientée par", value: referral.from },
            {
              label: "Vers",
              value: referral.toEmail ? `${referral.to} (${referral.toEmail})` : referral.to,
            },
            { label: "Pourquoi", value: referral.purpose || "effacé" },
            ...(referral.programmeId ? [] : [{ label: "Ce que l’organisme peut lire", value: referral.shared }]),
            { label: "Réponse attendue avant le", value: shortDay(referral.lateOn) },
            { label: "Périme après le", value: shortDay(referral.expiresOn) },
          ]}
        />
        <h2>Ce qui s’est passé</h2>
        <DataTable
          caption="Ce qui s’est passé"
          hideCaption
          rows={events}
          rowKey={(event) => event.id}
          columns={[
            {
              key: "day",
              label: "Le",
              header: true,
              render: (event) => shortDay(dayIn(at.scope.zone, event.at)),
            },
            { key: "what", label: "Quoi", render: (event) => eventWords[event.kind] },
            { key: "who", label: "Par", render: (event) => whoDid(event, referral) },
            {
              key: "why",
              label: "Précisions",
              render: (event) => [reasonOf(event.reason), event.note].filter(Boolean).join(", "),
            },
          ]}
        />
        {follows.length > 0 ? (
          <form method="post" action={`/orientations/${referral.id}/suite`} class="no-print">
            <h2>Noter la suite</h2>
            <ErrorSummary fields={mistakes} />
            <input type="hidden" name="apres" value={String(referral.number)} />
            <div class="fields">
              <RadioField
                name="suite"
                label="Ce qu’il en est"
                value={values.suite}
                error={mistakes.suite}
                options={choicesOf(follows)}
              />
              {follows.includes("refused") ? <Reason value={values.motif} error={mistakes.motif} /> : null}
              <TextField
                name="note"
                label="Précisions"
                required={false}
                maxlength={500}
                value={values.note}
                error={mistakes.note}
              />
            </div>
            <button type="submit">Noter</button>
          </form>
        ) : null}
      </>
    ),
  });
}

async function rulesPage(at: At<unknown>, { values = {}, mistakes = {} }: Wish = {}): Promise<Answer> {
  const rules = await referralRules(at.tx);
  return page({
    title: "Délais des orientations",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: "/orientations", label: "Orientations" }],
    body: (
      <>
        <Heading title="Délais des orientations">
          Une orientation garde les délais du jour où elle est faite{"\u00a0"}: les changer ne touche pas celles qui
          sont parties.
        </Heading>
        <DataTable
          caption="Délais, par date"
          hideCaption
          rows={rules}
          rowKey={(rule) => rule.from_day}
          empty={<p>Aucun délai{"\u00a0"}: dites après combien de jours une réponse est en retard.</p>}
          columns={[
            { key: "from", label: "À partir du", header: true, render: (rule) => shortDay(rule.from_day) },
            { key: "late", label: "En retard après", render: (rule) => plural(rule.late_days, "jour", "jours") },
            { key: "end", label: "Périme après", render: (rule) => plural(rule.expire_days, "jour", "jours") },
            { key: "source", label: "Source", render: (rule) => rule.source },
          ]}
        />
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/orientations/delais" class="filters">
          <DateField
            name="du"
            label="À partir du"
            hint="jj/mm/aaaa ; vide : aujourd’hui"
            value={values.du}
            error={mistakes.du}
          />
          <TextField
            name="retard"
            label="En retard après (jours)"
            inputmode="numeric"
            width="short"
            value={values.retard}
            error={mistakes.retard}
          />
          <TextField
            name="fin"
            label="Périme après (jours)"
            inputmode="numeric"
            width="short"
            value={values.fin}
            error={mistakes.fin}
          />
          <TextField name="source" label="Source" value={values.source} error={mistakes.source} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

export function declareReferral(routes: Routes): void {
  const rule = { right: referralRights["referral.rule"] };
  routes.get("/orientations/delais", { ...rule, trace: "referral.settings-opened" }, (at) => rulesPage(at));
  routes.post(
    "/orientations/delais",
    {
      ...rule,
      trace: "referral.ruled",
      form: RuleForm,
      onMistakes: (at, { fields, typed }) => rulesPage(at, { values: firstValues(typed), mistakes: fields }),
    },
    async (at) => {
      const { du, retard, fin, source } = at.form;
      const fromDay = du ?? at.tx.today;
      await ruleReferrals(at.tx, { fromDay, lateDays: retard, expireDays: fin, source });
      at.about("house", at.scope.house, { from: fromDay, lateDays: retard, expireDays: fin });
      return redirect("/orientations/delais", "Les délais sont enregistrés.");
    },
  );

  routes.get(
    "/orientations/:referral",
    { right: referralRights["referral.see"], trace: "referral.opened" },
    async (at) => {
      const referral = await referralOf(at);
      if (!referral) return notFound("Cette orientation");
      at.about("referral", referral.id);
      return referralPage(at, referral);
    },
  );

  routes.post(
    "/orientations/:referral/suite",
    {
      right: referralRights["referral.follow"],
      trace: "referral.followed",
      form: FollowForm,
      async onMistakes(at, { fields, typed }) {
        const referral = await referralOf(at, referralRights["referral.follow"]);
        return referral
          ? referralPage(at, referral, { values: firstValues(typed), mistakes: fields })
          : notFound("Cette orientation");
      },
    },
    async (at) => {
      const referral = await referralOf(at, referralRights["referral.follow"]);
      if (!referral) return notFound("Cette orientation");
      const { suite: kind, apres: after, motif: reason, note } = at.form;
      const done = await followReferral(at.tx, referral.id, { kind, after, reason, note }, "house");
      if (done === "stale")
        return referralPage(at, (await referralOf(at)) ?? referral, { stale: true, values: firstValues(at.typed) });
      at.about("referral", referral.id, { answer: kind, reason: kind === "refused" ? reason : null });
      return redirect(`/orientations/${referral.id}`, "C’est noté.");
    },
  );
}
