// Editions: opened, looked at, reviewed, frozen, published, reopened; and their chapters.
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { editionAudit } from "./audit-page.tsx";
import { comparedPage } from "./compared-page.tsx";
import { editionPage } from "./edition-page.tsx";
import { freezeEdition } from "./freezing.ts";
import { editionsPage, newEditionPage } from "./list-page.tsx";
import { openEdition } from "./opening.ts";
import { closedSentence, editionAt, editionHref } from "./page-parts.tsx";
import { type Edition, editionBySlug, editionsOf } from "./reads.ts";
import { editionRights as rights } from "./rights.ts";
import { Decision, NewEdition, PublicationForm, ReopeningForm, ReviewForm } from "./shapes.ts";
import { decideEdition } from "./writes.ts";

export type Figures = {
  /** The figures that this reader may know. */
  readable: (at: Pick<At, "scope">) => Registry;
  all: () => Registry;
};

export const gone = "Cette édition";
export const unreadable = (): Answer => refusal(422, "Ce formulaire est illisible\u00a0: rechargez la page.");
export const closed = (): Answer => refusal(409, closedSentence);

/** "Rapport d’activité 2020" -> "rapport-d-activite-2020", with a number where another edition has that name. */
async function slugOf(at: At<unknown>, title: string): Promise<string> {
  const plain = title
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 70);
  const base = plain.length > 1 ? plain : "rapport";
  for (let turn = 1; ; turn += 1) {
    const slug = turn === 1 ? base : `${base}-${turn}`;
    if (!(await editionBySlug(at.tx, slug))) return slug;
  }
}

export function declareEditionRoutes(routes: Routes, { readable, all }: Figures): void {
  routes.get("/editions", { right: rights["edition.see"], trace: "edition.listed" }, editionsPage);
  routes.get("/editions/nouvelle", { right: rights["edition.decide"], trace: { none: "an empty form" } }, (at) =>
    newEditionPage(at),
  );
  routes.post(
    "/editions/nouvelle",
    {
      right: rights["edition.decide"],
      trace: "edition.created",
      form: NewEdition,
      onMistakes: (at, { fields }) => newEditionPage(at, fields),
    },
    async (at) => {
      const { key, titre, periode } = at.form;
      const edition = { id: key, title: titre, slug: await slugOf(at, titre), ...periode };
      const chapters = await openEdition(at.tx, readable(at), edition);
      if (chapters !== null) at.about("edition", key, { chapters, ...periode });
      else at.nothingHappened();
      return redirect(`/editions/${key}`, "L’édition est ouverte\u00a0: ses chapitres sont écrits depuis les fiches.");
    },
  );
  routes.get("/editions/:edition", { right: rights["edition.see"], trace: "edition.opened" }, async (at) => {
    const edition = await editionAt(at);
    if (!edition) return notFound(gone);
    at.about("edition", edition.id);
    return editionPage(at, readable(at), all(), edition);
  });
  routes.get(
    "/editions/:edition/depuis-le-gel",
    { right: rights["edition.write"], trace: "edition.compared" },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      at.about("edition", edition.id);
      return comparedPage(at, readable(at), edition);
    },
  );
  routes.get(
    "/editions/:edition/controle",
    { right: rights["edition.write"], trace: "edition.audited" },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      at.about("edition", edition.id);
      return editionAudit(at, readable(at), all(), edition);
    },
  );
  declareDecisions(routes, { readable, all });
}

/** What an act that was decided otherwise meanwhile is answered. */
async function decided(at: At<unknown>, registry: Registry, all: Registry, id: string): Promise<Answer> {
  const edition = await editionAt(at);
  at.nothingHappened();
  return edition?.id === id ? editionPage(at, registry, all, edition, null, true) : notFound(gone);
}

function declareDecisions(routes: Routes, { readable, all }: Figures): void {
  const decide = rights["edition.decide"];
  const onMistakes = unreadable;
  routes.post(
    "/editions/:edition/relecture",
    { right: decide, trace: "edition.reviewed", form: ReviewForm, onMistakes },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      const { version, vers } = at.form;
      if (!(await decideEdition(at.tx, edition.id, version, { from: ["draft", "review"], to: vers, why: null })))
        return decided(at, readable(at), all(), edition.id);
      at.about("edition", edition.id, { state: vers });
      return redirect(
        editionHref(edition),
        vers === "review" ? "L’édition est en relecture." : "L’édition est un brouillon.",
      );
    },
  );
  routes.post(
    "/editions/:edition/gel",
    { right: decide, trace: "edition.frozen", form: Decision, onMistakes },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      if (!(await freezeEdition(at.tx, readable(at), edition.id, at.form.version)))
        return decided(at, readable(at), all(), edition.id);
      at.about("edition", edition.id);
      return redirect(
        editionHref(edition),
        "L’édition est gelée\u00a0: ses chiffres sont gardés avec leur définition.",
      );
    },
  );
  routes.post(
    "/editions/:edition/publication",
    { right: decide, trace: "edition.published", form: PublicationForm, onMistakes },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      const { version, vers } = at.form;
      const beside = vers === "published" ? await overlapping(at, edition) : null;
      if (beside)
        return refusal(
          409,
          `«\u00a0${beside.title}\u00a0» est publiée et couvre une partie des mêmes jours\u00a0: en soustrayant l’une de l’autre, on retrouverait de petits nombres. Retirez-la d’abord.`,
        );
      const from = vers === "published" ? (["frozen"] as const) : (["published"] as const);
      if (!(await decideEdition(at.tx, edition.id, version, { from, to: vers, why: null })))
        return decided(at, readable(at), all(), edition.id);
      at.about("edition", edition.id, { state: vers });
      return redirect(
        editionHref(edition),
        vers === "published" ? "L’édition est publiée." : "L’édition n’est plus publique.",
      );
    },
  );
  routes.post(
    "/editions/:edition/reouverture",
    {
      right: decide,
      trace: "edition.reopened",
      form: ReopeningForm,
      async onMistakes(at, { fields }) {
        const edition = await editionAt(at);
        return edition
          ? editionPage(at, readable(at), all(), edition, { form: "reopening", fields, typed: firstValues(at.typed) })
          : notFound(gone);
      },
    },
    async (at) => {
      const edition = await editionAt(at);
      if (!edition) return notFound(gone);
      const { version, raison } = at.form;
      const wish = { from: ["frozen", "published"] as const, to: "draft" as const, why: raison };
      if (!(await decideEdition(at.tx, edition.id, version, wish))) return decided(at, readable(at), all(), edition.id);
      at.about("edition", edition.id);
      return redirect(
        editionHref(edition),
        "L’édition est rouverte\u00a0: un nouveau brouillon, qui se gèlera à nouveau.",
      );
    },
  );
}

/** A published edition that shares some days with this one and not all of them. */
async function overlapping(at: At<unknown>, edition: Edition): Promise<Edition | null> {
  const others = (await editionsOf(at.tx)).filter((one) => one.state === "published" && one.id !== edition.id);
  return (
    others.find(
      (one) => one.from <= edition.to && one.to >= edition.from && (one.from !== edition.from || one.to !== edition.to),
    ) ?? null
  );
}
