// One message: its text without its link, its tries, and what a human decides of it when nobody knows whether it left.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../core/http/answer.ts";
import type { At, Routes } from "../../../core/http/route.ts";
import { isUuid } from "../../../core/ids.ts";
import { may } from "../../../core/rights.ts";
import { Facts } from "../../../ui/figures.tsx";
import { Heading } from "../../../ui/heading.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { plural } from "../../../ui/words.ts";
import { momentIn, purposeOf, stateOf } from "./list.tsx";
import { attemptsOf, type MessageLine, messageById } from "./reads.ts";
import { rights } from "./rights.ts";
import { withLink } from "./rules.ts";
import { freshText } from "./sending.ts";
import { plainText, smsParts } from "./sms-parts.ts";
import { channelWords, outcomeWords } from "./words.ts";
import { type Settlement, settleMessage, settlementsOf } from "./writes.ts";

const crumbs = [{ href: "/messages", label: "Messages" }];
const settlementWords: Readonly<Record<Settlement, string>> = {
  again: "L’envoyer de nouveau",
  arrived: "Il est arrivé",
  cancel: "Ne pas l’envoyer",
};
const saidAfter: Readonly<Record<Settlement, string>> = {
  again: "Le message sera envoyé de nouveau dans la minute.",
  arrived: "C’est noté : le message est arrivé.",
  cancel: "Le message ne sera pas envoyé.",
};

const SettleForm = z.object({
  choix: z.enum(["again", "arrived", "cancel"], "Choisissez dans la liste."),
  version: z.coerce.number().int(),
});

const messageOf = async (at: At<unknown>): Promise<MessageLine | null> => {
  const id = at.params.message ?? "";
  return isUuid(id) ? messageById(at.tx, id) : null;
};

async function messagePage(
  at: At<unknown>,
  message: MessageLine,
  wish: { stale?: boolean; prepared?: string } = {},
): Promise<Answer> {
  const attempts = await attemptsOf(at.tx, message.id);
  const zone = at.scope.zone;
  const choices = may(at.scope, rights["message.settle"]) ? settlementsOf(message) : [];
  const byHand = message.channel === "sms" && message.via === "outbox" && message.body !== "";
  return page({
    title: "Message",
    status: wish.stale ? 409 : 200,
    crumbs,
    body: (
      <>
        <Heading title={message.subject ?? `${channelWords[message.channel]} : ${purposeOf(message.purpose)}`}>
          {stateOf(message)}
        </Heading>
        {wish.stale ? (
          <Notice kind="warn" text="Ce message a changé entre-temps : voici ce qu’il en est maintenant." />
        ) : null}
        {message.state === "doubtful" ? (
          <Notice
            kind="warn"
            text="Le programme ou la ligne s’est arrêté pendant l’envoi : personne ne sait si ce message est parti. Il ne sera pas envoyé de nouveau sans vous."
          />
        ) : null}
        <Facts
          facts={[
            { label: "Objet", value: purposeOf(message.purpose) },
            { label: "Canal", value: channelWords[message.channel] },
            { label: "Destinataire", value: message.recipient ?? "effacé" },
            {
              label: "Fiche",
              value: message.personId ? <a href={`/personnes/${message.personId}`}>{message.personCode}</a> : "aucune",
            },
            { label: "Prévu", value: momentIn(zone, message.plannedAt) },
            ...(message.state === "waiting" && message.tries > 0
              ? [{ label: "Prochain essai", value: momentIn(zone, message.nextAt) }]
              : []),
            { label: "Envoyé", value: message.sentAt ? momentIn(zone, message.sentAt) : "non" },
            ...(message.parts === null
              ? []
              : [{ label: "Parties de SMS", value: plural(message.parts, "partie", "parties") }]),
          ]}
        />
        <h2>Texte</h2>
        {wish.prepared ? (
          <>
            <Notice
              kind="info"
              text="Copiez ce texte maintenant : son lien est neuf, et ne sera plus montré. L’ancien ne s’ouvre plus."
            />
            <pre class="message-text">{wish.prepared}</pre>
            <p>
              {plural(smsParts(wish.prepared).parts, "partie", "parties")} ({smsParts(wish.prepared).alphabet}).
            </p>
          </>
        ) : message.body === "" ? (
          <p>Le texte a été effacé.</p>
        ) : (
          <pre class="message-text">{withLink(message.body, "[lien personnel, montré à son destinataire seul]")}</pre>
        )}
        {byHand && !wish.prepared && may(at.scope, rights["message.settle"]) ? (
          <form method="post" action={`/messages/${message.id}/texte`} class="no-print">
            <p>
              Aucun fournisseur de SMS n’est branché{"\u00a0"}: ce message s’envoie depuis un téléphone de la maison.
            </p>
            <button type="submit">Préparer le texte à envoyer</button>
          </form>
        ) : null}
        {choices.length > 0 ? (
          <form method="post" action={`/messages/${message.id}/suite`} class="no-print">
            <input type="hidden" name="version" value={String(message.version)} />
            <h2>Que faire de ce message{"\u00a0"}?</h2>
            <div class="submit">
              {choices.map((choice) => (
                <button
                  key={choice}
                  type="submit"
                  name="choix"
                  value={choice}
                  class={choice === "again" ? undefined : "second"}
                >
                  {settlementWords[choice]}
                </button>
              ))}
            </div>
          </form>
        ) : null}
        <h2>Essais</h2>
        <DataTable
          caption="Essais d’envoi"
          hideCaption
          rows={attempts}
          rowKey={(attempt) => String(attempt.number)}
          empty={<p>Pas encore essayé.</p>}
          columns={[
            {
              key: "when",
              label: "Quand",
              header: true,
              render: (attempt) => momentIn(zone, attempt.started_at),
            },
            {
              key: "outcome",
              label: "Ce qu’il en fut",
              render: (attempt) => (attempt.outcome ? outcomeWords[attempt.outcome] : "interrompu, ou en cours"),
            },
            { key: "detail", label: "Réponse du serveur", render: (attempt) => attempt.detail ?? "" },
          ]}
        />
      </>
    ),
  });
}

export function declareMessage(routes: Routes): void {
  routes.get("/messages/:message", { right: rights["message.see"], trace: "message.opened" }, async (at) => {
    const message = await messageOf(at);
    if (!message) return notFound("Ce message");
    at.about("message", message.id);
    return messagePage(at, message);
  });

  routes.post(
    "/messages/:message/suite",
    {
      right: rights["message.settle"],
      trace: "message.settled",
      form: SettleForm,
      onMistakes: () => notFound("Ce choix"),
    },
    async (at) => {
      const message = await messageOf(at);
      if (!message) return notFound("Ce message");
      const { choix, version } = at.form;
      if (!settlementsOf(message).includes(choix) || !(await settleMessage(at.tx, { ...message, version }, choix)))
        return messagePage(at, (await messageOf(at)) ?? message, { stale: true });
      at.about("message", message.id, { answer: choix });
      return redirect(`/messages/${message.id}`, saidAfter[choix]);
    },
  );

  routes.post(
    "/messages/:message/texte",
    {
      right: rights["message.settle"],
      trace: "message.text-prepared",
      form: z.object({}),
      onMistakes: () => notFound("Ce message"),
    },
    async (at) => {
      const message = await messageOf(at);
      if (message?.via !== "outbox" || message.channel !== "sms" || message.body === "") return notFound("Ce message");
      at.about("message", message.id);
      const whole = await freshText(at.tx, message.id, at.services.config.publicUrl);
      return messagePage(at, message, { prepared: plainText(whole) });
    },
  );
}
