// What an organisation outside sees behind its link, and its answer: without an account, and no more of the person than they agreed to.
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { ErrorSummary, RadioField, TextField } from "../../../../ui/fields.tsx";
import { Facts } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { byLink } from "../../messages/door.ts";
import { type ReferralLine, referralById } from "./reads.ts";
import { choicesOf, Reason } from "./referral-routes.tsx";
import { mayFollow } from "./rules.ts";
import { AnswerForm, firstValues } from "./shapes.ts";
import { stateWords } from "./words.ts";
import { followReferral, linkKind } from "./writes.ts";

const gone = (): Answer =>
  refusal(
    404,
    "Ce lien n’est plus ouvert : son délai est passé, ou l’orientation a été retirée. Appelez la maison qui vous l’a envoyé.",
  );

type Shown = {
  house: string;
  token: string;
  referral: ReferralLine;
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  stale?: boolean;
};

function show({ house, token, referral, values = {}, mistakes = {}, stale }: Shown): Answer {
  const choices = mayFollow(referral.state, "link");
  return page({
    title: "Une orientation",
    status: stale ? 409 : Object.keys(mistakes).length > 0 ? 422 : 200,
    bare: true,
    body: (
      <>
        <Heading title={`${house} vous oriente une personne`}>
          Cette page est pour {referral.to}. Ce que vous répondez est lu par {house}.
        </Heading>
        {stale ? (
          <Notice kind="warn" text="Une autre réponse est arrivée entre-temps : voici ce qu’il en est maintenant." />
        ) : null}
        <Facts
          facts={[
            { label: "Personne", value: `${referral.givenName} ${referral.familyName.slice(0, 1)}.` },
            { label: "Ce qu’elle a accepté de vous dire", value: referral.shared ?? "rien de plus" },
            { label: "Envoyée le", value: shortDay(referral.sentOn) },
            { label: "Où cela en est", value: `${stateWords[referral.state]} le ${shortDay(referral.stateOn)}` },
          ]}
        />
        {choices.length > 0 ? (
          <form method="post" action={`/${linkKind}/${token}`}>
            <ErrorSummary fields={mistakes} />
            <input type="hidden" name="apres" value={String(referral.number)} />
            <div class="fields">
              <RadioField
                name="suite"
                label="Votre réponse"
                value={values.suite}
                error={mistakes.suite}
                options={choicesOf(choices)}
              />
              <Reason value={values.motif} error={mistakes.motif} />
              <TextField
                name="note"
                label="Un mot pour la maison"
                hint="Par exemple : rendez-vous le 12 à 10 h."
                required={false}
                maxlength={500}
                value={values.note}
                error={mistakes.note}
              />
            </div>
            <button type="submit">Répondre</button>
          </form>
        ) : (
          <p>Merci. Il n’y a plus rien à répondre.</p>
        )}
      </>
    ),
  });
}

/** The referral behind the link, as a page. */
async function look(
  at: OpenAt<unknown>,
  more: Omit<Shown, "house" | "token" | "referral"> = {},
  traced = true,
): Promise<Answer> {
  const token = at.params.token ?? "";
  const shown = await byLink(at.services, linkKind, token, async (tx, record) => {
    const referral = await referralById(tx, record);
    if (!referral || referral.state === "withdrawn") return null;
    if (traced) tx.journal({ act: "referral.looked", subject: { kind: "referral", id: record } });
    return show({ house: tx.scope.houseName, token, referral, ...more });
  });
  return shown ?? gone();
}

export function declareAnswer(routes: Routes): void {
  routes.openGet("/orientation/:token", { right: "anyone", trace: "referral.looked" }, (at) => look(at));

  routes.openPost(
    "/orientation/:token",
    {
      right: "anyone",
      trace: "referral.answered",
      form: AnswerForm,
      onMistakes: (at, { fields, typed }) => look(at, { values: firstValues(typed), mistakes: fields }, false),
    },
    async (at) => {
      const token = at.params.token ?? "";
      const { suite: kind, apres: after, motif: reason, note } = at.form;
      const done = await byLink(at.services, linkKind, token, async (tx, record) => {
        const outcome = await followReferral(tx, record, { kind, after, reason, note }, "link");
        if (outcome === "stale") return "stale" as const;
        tx.journal({ act: "referral.answered", subject: { kind: "referral", id: record }, details: { answer: kind } });
        return "done" as const;
      });
      if (done === null) return gone();
      if (done === "stale") return look(at, { stale: true, values: firstValues(at.typed) }, false);
      return redirect(`/${linkKind}/${token}`, "Merci : votre réponse est arrivée.");
    },
  );
}
