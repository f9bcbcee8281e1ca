// Leaving the kit by the link of a letter: a page with one button for a person, one POST for a mail program (RFC 8058). Looking at the page
// leaves nothing: mail servers open links to look for viruses.
import { z } from "zod";
import { type Answer, page, refusal } from "../../../../core/http/answer.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { byLink } from "../../../foundations/messages/door.ts";
import { leaveKind, leaveKit } from "./mailing.ts";

const lost = (): Answer =>
  refusal(404, "Ce lien n’ouvre plus rien. Répondez au courriel, ou appelez la maison : nous ne vous écrirons plus.");

export function declareLeaving(routes: Routes): void {
  const path = `/${leaveKind}/:token`;
  const tokenOf = (at: OpenAt<unknown>): string => at.params.token ?? "";
  routes.openGet(path, { right: "anyone", trace: { none: "nothing is done by looking" } }, async (at) => {
    const house = await byLink(at.services, leaveKind, tokenOf(at), async (tx) => tx.scope.houseName);
    if (house === null) return lost();
    return page({
      title: "Ne plus recevoir le kit",
      bare: true,
      body: (
        <>
          <Heading title="Ne plus recevoir le kit">{house} ne vous enverra plus aucun numéro.</Heading>
          <form method="post" action={`/${leaveKind}/${tokenOf(at)}`}>
            <button type="submit">Me désabonner</button>
          </form>
        </>
      ),
    });
  });
  routes.openPost(
    path,
    { right: "anyone", trace: "kit.left", form: z.looseObject({}), onMistakes: lost, fromAnywhere: true },
    async (at) => {
      const done = await byLink(at.services, leaveKind, tokenOf(at), async (tx, letter) => {
        const left = await leaveKit(tx, letter);
        if (left?.first) tx.journal({ act: "kit.left", subject: { kind: "kit-letter", id: letter } });
        return left !== null;
      });
      if (!done) return lost();
      return page({
        title: "C’est fait",
        bare: true,
        body: <Heading title="C’est fait">Nous ne vous enverrons plus de numéro du kit.</Heading>,
      });
    },
  );
}
