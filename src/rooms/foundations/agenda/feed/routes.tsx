// The calendar that Outlook, Google or Thunderbird reads: the page of its secret address, and the address itself.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { inHouseOf } from "../../../../core/http/by-address.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { dayIn } from "../../../../core/time.ts";
import { CheckboxField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { rights } from "../rights.ts";
import { calendarText } from "./calendar.ts";
import { eventsOf, openFeed, ownFeed } from "./reads.ts";
import { makeFeed, revokeFeed } from "./writes.ts";

const FeedForm = z.object({ noms: z.string().default("") });
const RevocationForm = z.object({});

async function feedPage(at: At<unknown>, address: string | null): Promise<Answer> {
  const feed = await ownFeed(at.tx);
  return page({
    title: "Dans mon calendrier",
    crumbs: [{ href: "/agenda", label: "Ma semaine" }],
    body: (
      <>
        <Heading title="Dans mon calendrier">
          Une adresse que lisent Outlook, Google Agenda et Thunderbird : vos entretiens et vos séances, du mois passé et
          à venir.
        </Heading>
        {address ? (
          <div class="notice notice-success" role="status">
            <strong>Adresse faite.</strong> Copiez-la maintenant : elle n’est montrée que cette fois.
            <p>
              <code>{address}</code>
            </p>
          </div>
        ) : null}
        <h2>Comment s’y abonner</h2>
        <ul>
          <li>Outlook : Ajouter un calendrier, S’abonner à partir du web, coller l’adresse.</li>
          <li>Google Agenda : Autres agendas, À partir de l’URL, coller l’adresse.</li>
          <li>Thunderbird : Nouvel agenda, Sur le réseau, coller l’adresse.</li>
        </ul>
        <p>
          Qui a l’adresse lit le calendrier sans mot de passe : ne la donnez à personne. Les personnes y sont des
          initiales (« Entretien R. M. »), sauf si vous demandez leurs noms : ceux-ci seront alors chez le fournisseur
          de votre calendrier.
        </p>
        <p>
          {feed
            ? `Votre adresse a été faite le ${shortDay(dayIn(at.scope.zone, feed.madeAt))}${feed.names ? ", avec les noms" : ", avec les initiales"}.`
            : "Vous n’avez pas encore d’adresse."}
        </p>
        <form method="post" action="/agenda/flux">
          <CheckboxField name="noms" label="Montrer les noms des personnes" checked={feed?.names ?? false} />
          <div class="submit">
            <button type="submit">{feed ? "Changer d’adresse" : "Faire l’adresse"}</button>
          </div>
          {feed ? <p class="hint">L’ancienne adresse cessera de servir.</p> : null}
        </form>
        {feed ? (
          <form method="post" action="/agenda/flux/suppression">
            <div class="submit">
              <button type="submit" class="second">
                Supprimer l’adresse
              </button>
            </div>
          </form>
        ) : null}
      </>
    ),
  });
}

export function declareFeed(routes: Routes): void {
  const right = rights["week.see"];
  routes.get("/agenda/flux", { right, trace: { none: "one's own address, which the page cannot show again" } }, (at) =>
    feedPage(at, null),
  );
  routes.post(
    "/agenda/flux",
    {
      right,
      trace: "feed.made",
      form: FeedForm,
      onMistakes: () => refusal(422, "Demande illisible : rechargez la page."),
    },
    async (at) => {
      const { account } = at.scope;
      if (!account) return refusal(403, "Une clé de logiciel n’a pas de calendrier.");
      const token = await makeFeed(at.tx, account, at.form.noms !== "");
      at.about("account", account, { names: at.form.noms !== "" });
      return feedPage(at, `${at.services.config.publicUrl}/agenda/flux/${token}.ics`);
    },
  );
  routes.post(
    "/agenda/flux/suppression",
    {
      right,
      trace: "feed.revoked",
      form: RevocationForm,
      onMistakes: () => refusal(422, "Demande illisible : rechargez la page."),
    },
    async (at) => {
      if (!(await revokeFeed(at.tx))) at.nothingHappened();
      at.about("account", at.scope.account ?? "");
      return redirect("/agenda/flux", "L’adresse ne sert plus.");
    },
  );
  routes.openGet(
    "/agenda/flux/:file",
    { right: "anyone", trace: { none: "a calendar asks every quarter of an hour; making its address leaves a line" } },
    async (at) => {
      const feed = await openFeed(at.services, (at.params.file ?? "").replace(/\.ics$/, ""));
      if (!feed) return refusal(404, "Ce calendrier n’existe plus : son adresse a été changée ou supprimée.");
      const { account_id: account, account_name: name, names, zone } = feed;
      const events = await inHouseOf(at.services, feed, { account, name, ip: at.ip }, (tx) =>
        eventsOf(tx, { account, names, publicUrl: at.services.config.publicUrl }),
      );
      return {
        kind: "file",
        inline: true,
        stream: calendarText(`${feed.house_name} : ${name}`, zone, events),
        name: "agenda.ics",
        type: "text/calendar; charset=utf-8",
      };
    },
  );
}
