// Acts on several lines of a list: what may be done with those that were chosen, done in one act, taken back in one act.
import { z } from "zod";
import { type Answer, notFound, page, redirect, refusal } from "../../core/http/answer.ts";
import type { At, Routes } from "../../core/http/route.ts";
import { isUuid } from "../../core/ids.ts";
import type { Chosen, GroupAct } from "../../core/lists/acts.ts";
import { readAsked } from "../../core/lists/asked.ts";
import { chosenOf, mostChosen } from "../../core/lists/chosen.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import { may, refusalOf } from "../../core/rights.ts";
import { dayIn } from "../../core/time.ts";
import { ErrorSummary } from "../../ui/fields.tsx";
import { Facts } from "../../ui/figures.tsx";
import { Heading } from "../../ui/heading.tsx";
import { number, plural, shortDay } from "../../ui/words.ts";
import { type ActRecord, actById, closeAct, openAct, tellAct, tellUndone } from "./acts-writes.ts";

const ChoiceForm = z.object({
  liste: z.string().max(40),
  requete: z.string().max(8000).default(""),
  toutes: z.enum(["0", "1"]).default("0"),
});
/** `compte`: how many people the author saw that they act on. */
const ActForm = ChoiceForm.extend({ key: z.uuid(), compte: z.coerce.number().int() });
type Choice = z.infer<typeof ChoiceForm>;
type Wiring = { lists: () => readonly AnyList[]; acts: () => readonly GroupAct[] };

const unreadable = () => refusal(422, "Ce formulaire est illisible. Revenez à la liste et choisissez de nouveau.");

/** The list, its address, and whom its chosen lines are about; or what is to be answered instead. */
async function choose(
  at: At<unknown>,
  { lists }: Wiring,
  choice: Choice,
): Promise<{ list: AnyList; back: string; lines: readonly string[]; chosen: Chosen } | Answer> {
  const list = lists().find((one) => one.name === choice.liste);
  if (!list?.person || !may(at.scope, list.right)) return notFound("Cette liste");
  const asked = await readAsked(at.tx, list, Object.fromEntries(new URLSearchParams(choice.requete)), list.right);
  // A filter that is not understood would act on more than was seen.
  if (Object.keys(asked.mistakes).length > 0) return refusal(422, Object.values(asked.mistakes).join(" "));
  const lines = at.typed.ligne ?? [];
  const chosen = await chosenOf(at.tx, list, asked, choice.toutes === "1" ? "all" : lines);
  if (chosen === null)
    return refusal(422, `Au plus ${number(mostChosen)} lignes à la fois. Revenez à la liste et ajoutez un filtre.`);
  if (chosen.persons.length === 0)
    return refusal(422, "Aucune ligne n’est choisie, ou aucune n’a de fiche. Revenez à la liste et cochez des lignes.");
  return { list, back: `${list.path}${choice.requete}`, lines, chosen };
}

async function actsPage(
  at: At<unknown>,
  facts: Wiring,
  choice: Choice,
  wrong: { act: string; mistakes: Readonly<Record<string, string>>; status: 409 | 422 } | null = null,
): Promise<Answer> {
  const found = await choose(at, facts, choice);
  if (!("chosen" in found)) return found;
  const { list, back, lines, chosen } = found;
  const people = chosen.persons.length;
  const offered = facts.acts().filter((act) => may(at.scope, act.right));
  return page({
    title: "Agir sur plusieurs lignes",
    status: wrong?.status ?? 200,
    crumbs: [{ href: back, label: list.title }],
    body: (
      <>
        <Heading title="Agir sur plusieurs lignes">
          {chosen.enrolments ? `${plural(chosen.enrolments.length, "parcours", "parcours")} de ` : ""}
          {plural(people, "personne", "personnes")}
          {choice.toutes === "1" ? ", tout ce que le filtre montre" : ""}. Ce qui est fait ici s’annule d’un coup.
        </Heading>
        {wrong ? <ErrorSummary fields={wrong.mistakes} /> : null}
        {
          await Promise.all(
            offered.map(async (act) => {
              const mine = wrong?.act === act.key ? wrong : null;
              const typed = (name: string): string => (mine ? (at.typed[name]?.[0] ?? "") : "");
              return (
                <section key={act.key}>
                  <h2>{act.label}</h2>
                  <form method="post" action={`/groupes/${act.key}`}>
                    <input type="hidden" name="key" value={at.tx.ids.uuid()} />
                    <input type="hidden" name="liste" value={list.name} />
                    <input type="hidden" name="requete" value={choice.requete} />
                    <input type="hidden" name="toutes" value={choice.toutes} />
                    <input type="hidden" name="compte" value={String(people)} />
                    {choice.toutes === "1"
                      ? null
                      : lines.map((line) => <input key={line} type="hidden" name="ligne" value={line} />)}
                    {await act.fields(at.tx, typed, mine?.mistakes ?? {})}
                    <button type="submit" class="second">
                      {act.label} ({plural(people, "personne", "personnes")})
                    </button>
                  </form>
                </section>
              );
            }),
          )
        }
      </>
    ),
  });
}

/** One's own acts; those of others for whoever holds the act's right for the whole house. */
const mayUndo = (at: At<unknown>, act: GroupAct, record: ActRecord): boolean =>
  may(at.scope, act.right) && (record.account === at.scope.account || may(at.scope, act.right, { site: null }));

async function recordPage(at: At<unknown>, facts: Wiring): Promise<Answer> {
  const id = at.params.act ?? "";
  const record = isUuid(id) ? await actById(at.tx, id) : null;
  const act = facts.acts().find((one) => one.key === record?.act);
  if (!record || !act || !mayUndo(at, act, record)) return notFound("Cet acte");
  at.about("group", record.id);
  const list = facts.lists().find((one) => one.name === record.list);
  return page({
    title: act.label,
    crumbs: [{ href: "/groupes", label: "Actes groupés" }],
    body: (
      <>
        <Heading title={act.label}>{record.said}</Heading>
        <Facts
          facts={[
            { label: "Par", value: record.by },
            { label: "Le", value: shortDay(dayIn(at.scope.zone, record.at)) },
            { label: "Depuis la liste", value: list ? <a href={list.path}>{list.title}</a> : record.list },
            { label: "Personnes choisies", value: number(record.chosen) },
            { label: "Changements", value: number(record.done) },
          ]}
        />
        {record.undoneAt ? (
          <p class="notice notice-info">
            <strong>Annulé</strong> le {shortDay(dayIn(at.scope.zone, record.undoneAt))}
            {record.undoneBy ? ` par ${record.undoneBy}` : ""}. {record.undoneSaid}
          </p>
        ) : record.done > 0 ? (
          <form method="post" action={`/groupes/${record.id}/annulation`} class="no-print">
            <button type="submit" class="second">
              Annuler
            </button>
          </form>
        ) : null}
      </>
    ),
  });
}

export function declareGroupActs(routes: Routes, facts: Wiring): void {
  const right = listRights["group.act"];
  routes.post("/groupes", { right, trace: "group.chosen", form: ChoiceForm, onMistakes: unreadable }, (at) =>
    actsPage(at, facts, at.form),
  );
  routes.get("/groupes/:act", { right, trace: "group.opened" }, (at) => recordPage(at, facts));
  routes.post("/groupes/:act", { right, trace: "group.done", form: ActForm, onMistakes: unreadable }, async (at) => {
    const { form, tx } = at;
    const act = facts.acts().find((one) => one.key === at.params.act);
    if (!act) return notFound("Cet acte");
    if (!may(at.scope, act.right)) return refusal(403, refusalOf(act.right));
    const found = await choose(at, facts, form);
    if (!("chosen" in found)) return found;
    const { list, chosen } = found;
    const people = chosen.persons.length;
    if (!(await openAct(tx, { id: form.key, act: act.key, list: list.name, chosen: people }))) {
      at.nothingHappened();
      return (await actById(tx, form.key)) ? redirect(`/groupes/${form.key}`) : unreadable();
    }
    if (people !== form.compte) {
      const sentence = `La liste a changé entre-temps : ${plural(people, "personne", "personnes")} au lieu de ${number(form.compte)}. Relisez, puis recommencez.`;
      return actsPage(at, facts, form, { act: act.key, mistakes: { "": sentence }, status: 409 });
    }
    const typed = (name: string): string => at.typed[name]?.[0] ?? "";
    const done = await act.run(tx, { id: form.key, chosen, typed });
    if (!done.ok) return actsPage(at, facts, form, { act: act.key, mistakes: done.mistakes, status: 422 });
    await tellAct(tx, form.key, done);
    at.about("group", form.key, { act: act.key, list: list.name, chosen: people, done: done.done });
    return redirect(`/groupes/${form.key}`, done.done > 0 ? `${done.said} Cela s’annule ici.` : done.said);
  });
  routes.post(
    "/groupes/:act/annulation",
    { right, trace: "group.undone", form: z.object({}), onMistakes: unreadable },
    async (at) => {
      const { tx } = at;
      const id = at.params.act ?? "";
      const record = isUuid(id) ? await actById(tx, id) : null;
      const act = facts.acts().find((one) => one.key === record?.act);
      if (!record || !act || !mayUndo(at, act, record)) return notFound("Cet acte");
      if (!(await closeAct(tx, id))) {
        at.nothingHappened();
        return redirect(`/groupes/${id}`, "Cet acte est déjà annulé.");
      }
      const undone = await act.undo(tx, id);
      if (!undone) {
        const elsewhere = "Cet acte avait déjà été annulé depuis une autre page.";
        await tellUndone(tx, id, elsewhere);
        at.about("group", id, { act: act.key, back: 0, left: 0 });
        return redirect(`/groupes/${id}`, elsewhere);
      }
      const { back, left } = undone;
      // What was changed by hand since is not touched.
      const stays = Math.max(left, record.done - back);
      const said = `${plural(back, "changement annulé", "changements annulés")}${stays > 0 ? `\u00a0; ${plural(stays, "changé depuis, reste", "changés depuis, restent")}` : ""}.`;
      await tellUndone(tx, id, said);
      at.about("group", id, { act: act.key, back, left: stays });
      return redirect(`/groupes/${id}`, said);
    },
  );
}
