// An outing is corrected after it was published: by the team from the date's page, by its venue from its own.
import { type Answer, type Crumb, notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { plural } from "../../../../ui/words.ts";
import { ownStructure } from "../../../foundations/partners/door.ts";
import { offersCrumb } from "../portal/give-date.tsx";
import { portalRights } from "../portal/rights.ts";
import { rights } from "../rights.ts";
import { CorrectionForm, correctOffer, saysTheSame } from "./correction.ts";
import { CorrectionPage } from "./correction-page.tsx";
import { type DateLine, dateById } from "./reads.ts";
import { accessOf } from "./shapes.ts";

type Side = {
  /** Where the page of a date is. */
  base: string;
  crumb: Crumb;
  right: (typeof rights)["offer.publish"] | (typeof portalRights)["own-offer.publish"];
  opened: string;
  changed: string;
  /** Whether the date is one that this side may correct. */
  holds: (at: At<unknown>, date: DateLine) => Promise<boolean>;
};

const team: Side = {
  base: "/culture/dates",
  crumb: { href: "/culture/sorties", label: "Sorties proposées" },
  right: rights["offer.publish"],
  opened: "offer.opened",
  changed: "offer.changed",
  holds: async () => true,
};
const venue: Side = {
  base: "/espace/dates",
  crumb: offersCrumb,
  right: portalRights["own-offer.publish"],
  opened: "own-date.opened",
  changed: "own-offer.changed",
  holds: async (at, date) => (await ownStructure(at.tx, portalRights["own-offer.publish"]))?.id === date.venueId,
};

function declareSide(routes: Routes, side: Side): void {
  const path = `${side.base}/:date/modifier`;
  const found = async (at: At<unknown>): Promise<DateLine | null> => {
    const id = at.params.date ?? "";
    const date = isUuid(id) ? await dateById(at.tx, id) : null;
    return date && (await side.holds(at, date)) ? date : null;
  };
  const over = (at: At<unknown>, date: DateLine): boolean => date.cancelled !== null || date.day < at.tx.today;
  const closed = (): Answer => refusal(409, "Cette date est passée ou annulée : elle ne se corrige plus.");
  const gone = (): Answer => notFound("Cette date");

  const show = (
    at: At<unknown>,
    date: DateLine,
    { mistakes = {}, stale = false }: { mistakes?: Readonly<Record<string, string>>; stale?: boolean } = {},
  ): Answer => {
    const wrong = Object.keys(mistakes).length > 0;
    const here = `${side.base}/${date.id}`;
    return page({
      title: "Corriger la sortie",
      status: stale ? 409 : wrong ? 422 : 200,
      crumbs: [side.crumb, { href: here, label: date.title }],
      ...(stale
        ? {
            notice: {
              kind: "warn",
              text: "Cette sortie a changé entre-temps. Ce que vous aviez écrit est resté dans le formulaire : relisez, puis enregistrez.",
            },
          }
        : {}),
      body: (
        <CorrectionPage
          date={date}
          action={`${here}/modifier`}
          back={here}
          values={stale || wrong ? { ...firstValues(at.typed), acces: accessOf(at.typed.acces ?? []).join(",") } : null}
          mistakes={mistakes}
          stale={stale}
          newId={at.tx.ids.uuid()}
        />
      ),
    });
  };

  routes.get(path, { right: side.right, trace: side.opened }, async (at) => {
    const date = await found(at);
    if (!date) return gone();
    at.about("date", date.id);
    return over(at, date) ? closed() : show(at, date);
  });
  routes.post(
    path,
    {
      right: side.right,
      trace: side.changed,
      form: CorrectionForm,
      async onMistakes(at, { fields }: Mistakes) {
        const date = await found(at);
        return date ? show(at, date, { mistakes: fields }) : gone();
      },
    },
    async (at) => {
      const date = await found(at);
      if (!date) return gone();
      if (over(at, date)) return closed();
      const access = accessOf(at.typed.acces ?? []);
      const to = `${side.base}/${date.id}`;
      if (saysTheSame(date, at.form, access)) {
        at.nothingHappened();
        return redirect(to, "La sortie est enregistrée.");
      }
      const done = await correctOffer(at.tx, date, at.form, access);
      if (!done) return show(at, date, { stale: true });
      at.about("offer", date.offer, { date: date.id, told: done.told });
      const untold =
        done.untold > 0
          ? ` ${plural(done.untold, "structure sans courriel est à prévenir", "structures sans courriel sont à prévenir")} de vive voix.`
          : "";
      return redirect(
        to,
        done.told > 0
          ? `La sortie est corrigée, ${plural(done.told, "structure prévenue", "structures prévenues")}.${untold}`
          : `La sortie est corrigée.${untold}`,
      );
    },
  );
}

export function declareCorrections(routes: Routes): void {
  declareSide(routes, team);
  declareSide(routes, venue);
}
