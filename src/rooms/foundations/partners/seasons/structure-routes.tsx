// The seasons of one structure: whether it may book today and by which rule, what it signed and owes in each, its end.
import { z } from "zod";
import { type Answer, notFound, page, redirect } from "../../../../core/http/answer.ts";
import {
  neededField,
  optionalUuid,
  readField,
  uuidField,
  versionField,
  whyField,
} from "../../../../core/http/fields.ts";
import { firstValues } from "../../../../core/http/form.ts";
import type { At, Mistakes, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { declareList } from "../../../../core/lists/routes.ts";
import { may } from "../../../../core/rights.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { shortDay } from "../../../../ui/words.ts";
import type { PartnerSide } from "../accounts/reads.ts";
import { shortSideWords } from "../accounts/words.ts";
import { euros } from "../fields.tsx";
import type { Structure } from "../reads.ts";
import { rights } from "../rights.ts";
import { readAmount } from "../rules.ts";
import { liveStructureOf, structuresCrumb } from "../sheet/found.tsx";
import { ChangeForm, EndForm, OpenForm } from "./forms.tsx";
import { membershipList } from "./list.tsx";
import { bookingRightOf, type MembershipRow, membershipsOf, seasonRules, standingConventions } from "./reads.ts";
import { seasonWords } from "./rules.ts";
import { seasonField, sideField } from "./shapes.ts";
import { duesWords, rightWords, ruleWords } from "./words.ts";
import { changeMembership, endMembership, openMembership } from "./writes.ts";

type Told = { form?: string; mistakes?: Mistakes; stale?: boolean };
const sides: readonly PartnerSide[] = ["social", "cultural"];

/** What one row says: its convention, its dues, its end. */
const rowWords = (row: MembershipRow): string =>
  [
    `depuis le ${shortDay(row.from_day)}`,
    row.convention_stands ? `convention « ${row.convention_title} »` : "sans convention",
    `cotisation ${euros(row.dues_cents)}\u00a0€ ${duesWords[row.dues]}${row.settled_on ? ` le ${shortDay(row.settled_on)}` : ""}`,
    row.waived_why ? `(${row.waived_why})` : "",
    row.ended_on ? `fin le ${shortDay(row.ended_on)}\u00a0: ${row.ended_why}` : "",
  ]
    .filter(Boolean)
    .join(", ");

async function show(at: At<unknown>, structure: Structure, told: Told = {}): Promise<Answer> {
  const { tx, scope } = at;
  const [rows, conventions, ...rightsToday] = await Promise.all([
    membershipsOf(tx, { structure: structure.id }),
    standingConventions(tx, structure.id),
    ...sides.map((side) => bookingRightOf(tx, structure.id, side, tx.today)),
  ]);
  const writes = may(scope, rights["season.write"]);
  const base = `/structures/${structure.id}/saisons`;
  const said = told.mistakes?.fields ?? {};
  const typed = told.mistakes ? firstValues(told.mistakes.typed) : {};
  const toldOf = (form: string) =>
    told.form === form ? { values: typed, mistakes: said } : { values: {}, mistakes: {} };
  return page({
    title: `Saisons de ${structure.name}`,
    status: told.stale ? 409 : told.mistakes ? 422 : 200,
    crumbs: [structuresCrumb, { href: `/structures/${structure.id}`, label: structure.name }],
    ...(told.stale
      ? {
          notice: { kind: "warn", text: "Cette participation a changé entre-temps : voici ce qu’elle est maintenant." },
        }
      : {}),
    body: (
      <>
        <Heading title={`Saisons de ${structure.name}`}>
          Une saison va de septembre à août. Le droit de réserver découle de la convention et de la cotisation.
        </Heading>
        <ErrorSummary fields={said} />
        {sides.map((side, index) => {
          const found = rightsToday[index];
          // A side on which the structure never was says nothing.
          if (!found || (!rows.some((row) => row.side === side) && side === "cultural")) return null;
          return (
            <section key={side}>
              <h2>Aujourd’hui, côté {shortSideWords[side]}</h2>
              <Notice kind={found.right.may ? "info" : "warn"} text={rightWords(found.right)} />
              {found.rule ? <p>{ruleWords(found.rule)}</p> : null}
            </section>
          );
        })}
        <h2>Participations</h2>
        {rows.length === 0 ? <p class="empty">Aucune participation notée.</p> : null}
        {rows.map((row) => (
          <section key={row.id} aria-label={`${seasonWords(row.season)}, ${shortSideWords[row.side]}`}>
            <h3>
              {seasonWords(row.season)}, {shortSideWords[row.side]}
            </h3>
            <p>{rowWords(row)}</p>
            {writes ? (
              <>
                <details open={told.form === row.id}>
                  <summary>Modifier</summary>
                  <ChangeForm row={row} base={base} conventions={conventions} {...toldOf(row.id)} />
                </details>
                <details open={told.form === `fin-${row.id}`}>
                  <summary>{row.ended_on ? "Reprendre la participation" : "Mettre fin"}</summary>
                  <EndForm row={row} base={base} today={tx.today} {...toldOf(`fin-${row.id}`)} />
                </details>
              </>
            ) : null}
          </section>
        ))}
        {writes ? (
          <>
            <h2>Inscrire à une saison</h2>
            <OpenForm base={base} newId={tx.ids.uuid()} today={tx.today} conventions={conventions} {...toldOf("new")} />
          </>
        ) : null}
      </>
    ),
  });
}

const Opening = z.object({
  key: uuidField,
  saison: seasonField,
  cote: sideField,
  convention: optionalUuid,
  montant: z.string().max(40).default(""),
});
const Change = z
  .object({
    version: versionField,
    convention: optionalUuid,
    montant: z.string().max(40).default(""),
    etat: z.enum(["due", "paid", "waived"], "Choisissez dans la liste."),
    le: readField(readDay),
    motif: z.string().trim().max(200, "Au plus 200 signes.").default(""),
  })
  .superRefine((form, context) => {
    if (form.etat === "waived" && form.motif.length < 3)
      context.addIssue({ code: "custom", path: ["motif"], message: "Dites pourquoi la structure est dispensée." });
  });
const End = z.object({ version: versionField, jour: neededField(readDay, "Écrivez le jour."), raison: whyField });

export function declareStructureSeasons(routes: Routes): void {
  const write = rights["season.write"];
  declareList(routes, membershipList);

  routes.get(
    "/structures/:structure/saisons",
    { right: rights["season.see"], trace: "membership.looked" },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      at.about("structure", structure.id);
      return show(at, structure);
    },
  );

  const mistaken =
    (form: (at: At<unknown>) => string) =>
    async (at: At<unknown>, mistakes: Mistakes): Promise<Answer> => {
      const structure = await liveStructureOf(at);
      return structure ? show(at, structure, { form: form(at), mistakes }) : notFound("Cette structure");
    };
  const wrong = (at: At<unknown>, structure: Structure, form: string, fields: Record<string, string>) =>
    show(at, structure, { form, mistakes: { fields, typed: at.typed } });
  const notTheirs = "Cette convention n’est pas de cette structure, ou a été retirée.";

  routes.post(
    "/structures/:structure/saisons",
    { right: write, trace: "membership.opened", form: Opening, onMistakes: mistaken(() => "new") },
    async (at) => {
      const structure = await liveStructureOf(at);
      if (!structure) return notFound("Cette structure");
      const { key, saison, cote, convention, montant } = at.form;
      if (convention && !(await standingConventions(at.tx, structure.id)).some(({ id }) => id === convention))
        return wrong(at, structure, "new", { convention: notTheirs });
      const rule = (await seasonRules(at.tx, saison)).find(({ side }) => side === cote);
      const amount = montant === "" ? ({ ok: true, value: rule?.duesCents ?? 0 } as const) : readAmount(montant);
      if (!amount.ok) return wrong(at, structure, "new", { montant: `Écrivez un montant\u00a0: ${amount.reason}.` });
      const wish = {
        id: key,
        structure: structure.id,
        side: cote,
        season: saison,
        convention,
        duesCents: amount.value,
      };
      if (await openMembership(at.tx, wish)) at.about("structure", structure.id, { season: saison, side: cote });
      else if ((await membershipsOf(at.tx, { id: key })).length > 0) at.nothingHappened();
      else return wrong(at, structure, "new", { saison: "La structure est déjà inscrite à cette saison, de ce côté." });
      return redirect(
        `/structures/${structure.id}/saisons`,
        `La structure est inscrite à la saison ${seasonWords(saison)}.`,
      );
    },
  );

  const rowOf = async (at: At<unknown>): Promise<{ structure: Structure; row: MembershipRow } | null> => {
    const id = at.params.membership ?? "";
    const structure = await liveStructureOf(at);
    const [row] = structure && isUuid(id) ? await membershipsOf(at.tx, { id }) : [];
    return structure && row && row.structure_id === structure.id ? { structure, row } : null;
  };

  routes.post(
    "/structures/:structure/saisons/:membership",
    {
      right: write,
      trace: "membership.changed",
      form: Change,
      onMistakes: mistaken((at) => at.params.membership ?? ""),
    },
    async (at) => {
      const found = await rowOf(at);
      if (!found) return notFound("Cette participation");
      const { structure, row } = found;
      const { version, convention, montant, etat, le, motif } = at.form;
      if (convention && !(await standingConventions(at.tx, structure.id)).some(({ id }) => id === convention))
        return wrong(at, structure, row.id, { convention: notTheirs });
      const amount = readAmount(montant === "" ? "0" : montant);
      if (!amount.ok) return wrong(at, structure, row.id, { montant: `Écrivez un montant\u00a0: ${amount.reason}.` });
      const wish = { convention, duesCents: amount.value, dues: etat, settledOn: le, waivedWhy: motif || null };
      if (!(await changeMembership(at.tx, row, version, wish)))
        return show(at, structure, { form: row.id, stale: true });
      at.about("structure", structure.id, { season: row.season, side: row.side, dues: etat });
      return redirect(`/structures/${structure.id}/saisons`, "La participation est enregistrée.");
    },
  );

  routes.post(
    "/structures/:structure/saisons/:membership/fin",
    {
      right: write,
      trace: "membership.ended",
      form: End,
      onMistakes: mistaken((at) => `fin-${at.params.membership}`),
    },
    async (at) => {
      const found = await rowOf(at);
      if (!found) return notFound("Cette participation");
      const { structure, row } = found;
      const end = row.ended_on ? null : { day: at.form.jour ?? at.tx.today, why: at.form.raison };
      if (!(await endMembership(at.tx, row, at.form.version, end)))
        return show(at, structure, { form: `fin-${row.id}`, stale: true });
      at.about("structure", structure.id, {
        season: row.season,
        side: row.side,
        end: end?.day ?? null,
        why: at.form.raison,
      });
      return redirect(
        `/structures/${structure.id}/saisons`,
        end ? "La participation a pris fin." : "La structure participe de nouveau.",
      );
    },
  );
}
