// The voucher for whoever holds its link, without an account; and the address that its square says.
import { z } from "zod";
import { type Answer, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { OpenAt, Routes } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { Heading } from "../../../../ui/heading.tsx";
import { byLink } from "../../../foundations/messages/door.ts";
import { ownStructure } from "../../../foundations/partners/door.ts";
import { readCode } from "../door/reading.ts";
import { whereCode } from "../door/reads.ts";
import { squareText } from "../door/seal.ts";
import { portalRights } from "../portal/rights.ts";
import { rights } from "../rights.ts";
import { type Voucher, voucherOf } from "./reads.ts";
import { isGood, type Made, VoucherSheet, voucherPdf } from "./sheet.tsx";
import { voucherLink } from "./telling.ts";
import { declineVoucher } from "./writes.ts";

const gone = (): Answer =>
  refusal(404, "Ce lien n’est pas bon, ou la sortie est passée. Demandez à la personne qui vous a donné le billet.");

const silent = { none: "whoever holds the link looks at their own voucher" };

const bare = (title: string, body: string): Answer =>
  page({ title, bare: true, body: <Heading title={title}>{body}</Heading> });

function show(made: Made, token: string): Answer {
  const one = made.voucher;
  if (!isGood(one))
    return bare(
      one.title,
      one.calledOff
        ? `Cette sortie est annulée : ${one.calledOff}. Ne venez pas.`
        : "Ce billet n’est plus bon : la réservation est annulée. Les places sont pour quelqu’un d’autre.",
    );
  return page({
    title: `Votre billet : ${one.title}`,
    bare: true,
    body: (
      <>
        <Heading title={one.title}>Votre billet.</Heading>
        <VoucherSheet made={made} />
        <div class="no-print">
          <p>
            <a href={`/${voucherLink}/${token}/billet.pdf`}>Garder le billet (PDF)</a>
          </p>
          <h2>Vous ne pouvez pas venir ?</h2>
          <details>
            <summary>Je ne peux pas venir</summary>
            <form method="post" action={`/${voucherLink}/${token}`}>
              <p>
                Vous rendez {one.seats > 1 ? `vos ${one.seats} places` : "votre place"}. Quelqu’un d’autre viendra. On
                ne peut pas revenir en arrière.
              </p>
              <button type="submit">Oui, je rends {one.seats > 1 ? "mes places" : "ma place"}</button>
            </form>
          </details>
        </div>
      </>
    ),
  });
}

export function declareVoucherLinks(routes: Routes): void {
  const opened = <R,>(at: OpenAt<unknown>, work: (made: Made) => Promise<R> | R): Promise<R | null> =>
    byLink(at.services, voucherLink, at.params.token ?? "", async (tx, booking) => {
      const voucher: Voucher | null = await voucherOf(tx, booking);
      if (!voucher || voucher.day < tx.today) return null;
      const { secret, publicUrl } = at.services.config;
      return work({ voucher, house: tx.scope.house, houseName: tx.scope.houseName, secret, publicUrl });
    });

  routes.openGet(
    `/${voucherLink}/:token`,
    { right: "anyone", trace: silent },
    async (at) => (await opened(at, (made) => show(made, at.params.token ?? ""))) ?? gone(),
  );
  routes.openGet(
    `/${voucherLink}/:token/billet.pdf`,
    { right: "anyone", trace: silent },
    async (at) => (await opened(at, (made) => (isGood(made.voucher) ? voucherPdf(made) : null))) ?? gone(),
  );
  routes.openPost(
    `/${voucherLink}/:token`,
    { right: "anyone", trace: "booking.declined", form: z.object({}), onMistakes: gone },
    async (at) => {
      const token = at.params.token ?? "";
      const done = await byLink(at.services, voucherLink, token, async (tx, booking) => {
        await declineVoucher(tx, booking);
        return true;
      });
      return done ? redirect(`/${voucherLink}/${token}/merci`) : gone();
    },
  );
  routes.openGet(
    `/${voucherLink}/:token/merci`,
    { right: "anyone", trace: silent },
    async (at) =>
      (await opened(at, ({ voucher }) =>
        isGood(voucher)
          ? null
          : bare("C’est noté", "Vous ne viendrez pas. Merci de l’avoir dit : quelqu’un d’autre aura votre place."),
      )) ?? gone(),
  );

  // A telephone's own camera opens this address: it says what the square is for, and leads whoever keeps the door to its page.
  routes.openGet("/billet/:square", { right: "anyone", trace: { none: "a square says nothing of anybody" } }, (at) =>
    page({
      title: "Un billet",
      bare: true,
      body: (
        <>
          <Heading title="Un billet">
            Ce carré se montre à l’entrée de la sortie. Il ne dit rien de la personne.
          </Heading>
          <p>
            <a href={`/porte/${encodeURIComponent(at.params.square ?? "")}`}>Je tiens l’entrée</a>
          </p>
        </>
      ),
    }),
  );
  routes.get(
    "/porte/:square",
    { right: "signed-in", trace: { none: "the door's page, to which it leads, leaves its own line" } },
    async (at) => {
      const [code = "", seal = ""] = (at.params.square ?? "").split(".");
      const text = squareText(at.services.config.publicUrl, code, seal);
      const read = readCode(text);
      const asked = "code" in read ? read.code : "";
      const venueRight = portalRights["own-offer.publish"];
      const venue = may(at.scope, venueRight) ? ((await ownStructure(at.tx, venueRight))?.id ?? null) : null;
      const team = may(at.scope, rights["booking.report"]);
      const found = venue || team ? await whereCode(at.tx, asked, team ? null : venue) : null;
      if (!found) return bare("Pas de cette entrée", "Ce billet n’est pas d’une date que vous tenez.");
      return redirect(`${team ? "/culture" : "/espace"}/dates/${found.date}/porte?code=${encodeURIComponent(text)}`);
    },
  );
}
