// The voucher of a booking, for the structure that booked and for the team: to look at, to print, to send to whoever comes.
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import type { Right } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { ErrorSummary, TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { shortDay } from "../../../../ui/words.ts";
import { ownStructure } from "../../../foundations/partners/door.ts";
import { portalRights } from "../portal/rights.ts";
import { rights } from "../rights.ts";
import { bookingStateWords } from "../words.ts";
import { daysBefore } from "./jobs.ts";
import { sentVouchers, type Voucher, voucherOf } from "./reads.ts";
import { SendForm } from "./shapes.ts";
import { isGood, type Made, VoucherSheet, voucherPdf } from "./sheet.tsx";
import { sendVoucher } from "./writes.ts";

type Side = { path: string; right: Right; own: boolean };
const sides: readonly Side[] = [
  { path: "/espace/reservations", right: portalRights["own-booking.make"], own: true },
  { path: "/culture/reservations", right: rights["booking.make"], own: false },
];

export function declareVouchers(routes: Routes): void {
  for (const side of sides) declareSide(routes, side);
}

function declareSide(routes: Routes, { path, right, own }: Side): void {
  const found = async (at: At<unknown>): Promise<Voucher | null> => {
    const id = at.params.booking ?? "";
    const structure = own ? ((await ownStructure(at.tx, right))?.id ?? "") : null;
    return isUuid(id) && structure !== "" ? voucherOf(at.tx, id, structure) : null;
  };
  const made = (at: At<unknown>, voucher: Voucher): Made => ({
    voucher,
    house: at.scope.house,
    houseName: at.scope.houseName,
    secret: at.services.config.secret,
    publicUrl: at.services.config.publicUrl,
  });
  const gone = (): Answer => notFound("Ce billet");

  async function show(at: At<unknown>, voucher: Voucher, mistakes?: Mistakes): Promise<Answer> {
    const base = `${path}/${voucher.booking}`;
    const sent = await sentVouchers(at.tx, voucher.booking);
    const good = isGood(voucher);
    return page({
      title: `Billet ${voucher.code}`,
      status: mistakes ? 422 : 200,
      crumbs: [{ href: base, label: `Réservation ${voucher.code}` }],
      body: (
        <>
          <Heading title={voucher.title}>
            {good
              ? "Le billet de cette réservation."
              : `Pas de billet : ${voucher.calledOff ? "la date est annulée" : `réservation ${bookingStateWords[voucher.state]}`}.`}
          </Heading>
          {mistakes ? <ErrorSummary fields={mistakes.fields} /> : null}
          {good ? <VoucherSheet made={made(at, voucher)} /> : null}
          {good && voucher.day >= at.tx.today ? (
            <section class="no-print">
              <p>
                <a href={`${base}/billet.pdf`}>Le billet en PDF</a>
              </p>
              <h2>L’envoyer à la personne</h2>
              <form method="post" action={`${base}/billet`}>
                <input type="hidden" name="key" value={mistakes?.typed.key?.[0] || at.tx.ids.uuid()} />
                <TextField
                  name="a"
                  label="Adresse électronique ou mobile"
                  hint={`${
                    voucher.day > addDays(at.tx.today, daysBefore) ? "Un rappel y part aussi deux jours avant. " : ""
                  }Elle est effacée une fois la sortie passée.`}
                  value={mistakes?.typed.a?.[0] ?? ""}
                  error={mistakes?.fields.a}
                  maxlength={200}
                />
                <button type="submit">Envoyer le billet</button>
              </form>
              {sent.length > 0 ? (
                <ul>
                  {sent.map((one) => (
                    <li key={one.id}>
                      Envoyé {one.channel === "mail" ? "par courriel" : "par SMS"}
                      {one.recipient ? ` à ${one.recipient}` : " (adresse effacée)"} le{" "}
                      {shortDay(one.sentAt.toISOString().slice(0, 10))}
                    </li>
                  ))}
                </ul>
              ) : null}
            </section>
          ) : null}
        </>
      ),
    });
  }

  routes.get(`${path}/:booking/billet`, { right, trace: "voucher.opened" }, async (at) => {
    const voucher = await found(at);
    if (!voucher) return gone();
    at.about("booking", voucher.booking);
    return show(at, voucher);
  });

  routes.get(`${path}/:booking/billet.pdf`, { right, trace: "voucher.printed" }, async (at) => {
    const voucher = await found(at);
    if (!voucher || !isGood(voucher)) return gone();
    at.about("booking", voucher.booking);
    return voucherPdf(made(at, voucher));
  });

  routes.post(
    `${path}/:booking/billet`,
    {
      right,
      trace: "voucher.sent",
      form: SendForm,
      async onMistakes(at, mistakes) {
        const voucher = await found(at);
        return voucher ? show(at, voucher, mistakes) : gone();
      },
    },
    async (at) => {
      const voucher = await found(at);
      if (!voucher) return gone();
      if (!isGood(voucher) || voucher.day < at.tx.today)
        return show(at, voucher, { fields: { a: "Cette réservation n’a pas, ou plus, de billet." }, typed: at.typed });
      at.about("booking", voucher.booking, { channel: at.form.a.channel });
      if (!(await sendVoucher(at.tx, at.form.key, voucher, at.form.a))) at.nothingHappened();
      return redirect(
        `${path}/${voucher.booking}/billet`,
        at.form.a.channel === "mail" ? "Le billet part par courriel." : "Le billet part par SMS.",
      );
    },
  );
}
