// Filters kept under a name: saved from a list, renamed, shared with those who do the same work, taken away.
import { z } from "zod";
import type { Tx } from "../../core/db/transaction.ts";
import { type Answer, notFound, page, redirect, refusal } from "../../core/http/answer.ts";
import type { At, Routes } from "../../core/http/route.ts";
import { isUuid } from "../../core/ids.ts";
import { keptQuery, readAsked } from "../../core/lists/asked.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { listRights } from "../../core/lists/rights.ts";
import {
  changeFilter,
  removeFilter,
  type SavedFilter,
  savedFilters,
  saveFilter,
  type Team,
} from "../../core/lists/saved.ts";
import { aloneWord, SavingFields, teamsOf } from "../../core/lists/saving.tsx";
import { may, type Role } from "../../core/rights.ts";
import type { KeptPage } from "../../core/room.ts";
import { listSites, roleWords } from "../../rooms/foundations/house/door.ts";
import { ErrorSummary } from "../../ui/fields.tsx";
import { Heading } from "../../ui/heading.tsx";

const name = z.string().trim().min(1, "Donnez un nom à ce filtre.").max(80);
const share = z.string().max(80).default(aloneWord);
const SaveForm = z.object({
  key: z.uuid(),
  liste: z.string().max(40),
  requete: z.string().max(4000).default(""),
  nom: name,
  partage: share,
});
const ChangeForm = z.object({ version: z.coerce.number().int(), nom: name, partage: share });

type Lists = () => readonly AnyList[];
type Pages = () => readonly KeptPage[];
const teamChoices = async (tx: Tx) => teamsOf(tx, { roles: roleWords, sites: await listSites(tx) });
/** "role@site" as a team; only one of those that were offered. */
function teamIn(text: string, offered: readonly { value: string }[]): Team | "unknown" {
  if (text === aloneWord) return null;
  if (!offered.some((one) => one.value === text)) return "unknown";
  const [role = "", site = ""] = text.split("@");
  return { role: role as Role, site: site || null };
}
const wordOf = ({ role, site }: SavedFilter): string => (role === null ? aloneWord : `${role}@${site ?? ""}`);
const takenSentence = "Vous avez déjà un filtre de ce nom sur cette liste.";
const teamSentence = "Choisissez une équipe dont vous êtes.";

/** The list, where the reader may see it, and what of an address may be kept. */
async function listOf(at: At<unknown>, lists: Lists, asked: string, query: string) {
  const list = lists().find((one) => one.name === asked);
  if (!list || !may(at.scope, list.right)) return null;
  const read = await readAsked(at.tx, list, Object.fromEntries(new URLSearchParams(query)), list.right);
  return { list, kept: keptQuery(list, read), clean: Object.keys(read.mistakes).length === 0 };
}

/** The form that keeps a filter, with what was wrong. */
async function savingPage(
  at: At<unknown>,
  lists: Lists,
  said: { liste: string; requete: string; nom: string; partage: string; key: string },
  mistakes: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const found = await listOf(at, lists, said.liste, said.requete);
  if (!found) return notFound("Cette liste");
  const { list, kept } = found;
  return page({
    title: "Enregistrer ce filtre",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: `${list.path}${kept}`, label: list.title }],
    body: (
      <>
        <Heading title="Enregistrer ce filtre">
          Filtre de la liste «{"\u00a0"}
          {list.title}
          {"\u00a0"}». Un nom de personne que vous y auriez tapé n’est pas gardé. Qui l’ouvre voit ce que son propre
          rôle permet.
        </Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action="/listes/filtres">
          <input type="hidden" name="key" value={said.key} />
          <input type="hidden" name="liste" value={list.name} />
          <input type="hidden" name="requete" value={kept} />
          <SavingFields teams={await teamChoices(at.tx)} name={said.nom} team={said.partage} mistakes={mistakes} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

async function minePage(
  at: At<unknown>,
  lists: Lists,
  pages: Pages,
  wrong: { id: string; mistakes: Readonly<Record<string, string>>; nom: string; partage: string } | null = null,
  status: 200 | 409 | 422 = 200,
): Promise<Answer> {
  const mine = await savedFilters(at.tx, { mine: true });
  const teams = await teamChoices(at.tx);
  return page({
    title: "Mes filtres",
    status,
    body: (
      <>
        <Heading title="Mes filtres">
          {mine.length === 0
            ? "Aucun filtre enregistré. Choisissez des filtres sur une liste, puis «\u00a0Enregistrer ce filtre\u00a0»."
            : "Un filtre retiré se remet\u00a0: la liste s’ouvre sur lui, il suffit de l’enregistrer de nouveau."}
        </Heading>
        {wrong ? <ErrorSummary fields={wrong.mistakes} /> : null}
        {mine.map((one) => {
          const list = [...lists(), ...pages()].find((each) => each.name === one.list);
          const shown = wrong?.id === one.id ? wrong : null;
          // A team that its owner has left since stays the filter's own.
          const choices = teams.some((team) => team.value === wordOf(one))
            ? teams
            : [...teams, { value: wordOf(one), label: "l’équipe de maintenant" }];
          return (
            <section key={one.id}>
              <h2>
                {list ? <a href={`${list.path}${one.query}`}>{one.name}</a> : one.name}{" "}
                <small>{list?.title ?? "liste disparue"}</small>
              </h2>
              <form method="post" action={`/listes/filtres/${one.id}`}>
                <input type="hidden" name="version" value={String(one.version)} />
                <SavingFields
                  of={`filtre-${one.id}`}
                  teams={choices}
                  name={shown?.nom ?? one.name}
                  team={shown?.partage ?? wordOf(one)}
                  mistakes={shown?.mistakes ?? {}}
                />
                <button type="submit" class="second">
                  Modifier
                </button>
              </form>
              <form method="post" action={`/listes/filtres/${one.id}/retrait`}>
                <button type="submit" class="plain">
                  Retirer «{"\u00a0"}
                  {one.name}
                  {"\u00a0"}»
                </button>
              </form>
            </section>
          );
        })}
      </>
    ),
  });
}

export function declareSavedFilters(routes: Routes, lists: Lists, pages: Pages): void {
  const right = listRights["filter.save"];
  routes.get("/listes/filtres", { right, trace: "filter.listed" }, (at) => minePage(at, lists, pages));
  routes.get("/listes/filtres/nouveau", { right, trace: "filter.form-opened" }, (at) =>
    savingPage(at, lists, {
      liste: at.query.liste ?? "",
      requete: at.query.requete ?? "",
      nom: "",
      partage: aloneWord,
      key: at.tx.ids.uuid(),
    }),
  );
  routes.post(
    "/listes/filtres",
    {
      right,
      trace: "filter.saved",
      form: SaveForm,
      onMistakes: (at, { fields, typed }) => {
        const said = (key: string): string => typed[key]?.[0] ?? "";
        const key = isUuid(said("key")) ? said("key") : at.tx.ids.uuid();
        const sent = {
          liste: said("liste"),
          requete: said("requete"),
          nom: said("nom"),
          partage: said("partage"),
          key,
        };
        return savingPage(at, lists, sent, fields);
      },
    },
    async (at) => {
      const { form, tx } = at;
      const found = await listOf(at, lists, form.liste, form.requete);
      if (!found) return notFound("Cette liste");
      const team = teamIn(form.partage, await teamChoices(tx));
      if (team === "unknown") return savingPage(at, lists, form, { partage: teamSentence });
      if (!found.clean)
        return savingPage(at, lists, form, { nom: "Un de ces filtres ne se lit plus : revenez à la liste." });
      const { list, kept } = found;
      const done = await saveFilter(tx, { id: form.key, list: list.name, name: form.nom, query: kept, team });
      if (done === "taken") {
        at.nothingHappened();
        return savingPage(at, lists, form, { nom: takenSentence });
      }
      at.about("filter", form.key, { list: list.name, team: team?.role ?? null });
      return redirect(`${list.path}${kept}`, `Filtre «\u00a0${form.nom}\u00a0» enregistré.`);
    },
  );
  routes.post(
    "/listes/filtres/:filter",
    {
      right,
      trace: "filter.changed",
      form: ChangeForm,
      onMistakes: (at, { fields, typed }) =>
        minePage(
          at,
          lists,
          pages,
          {
            id: at.params.filter ?? "",
            mistakes: fields,
            nom: typed.nom?.[0] ?? "",
            partage: typed.partage?.[0] ?? "",
          },
          422,
        ),
    },
    async (at) => {
      const { form, tx } = at;
      const id = at.params.filter ?? "";
      const now = isUuid(id) ? (await savedFilters(tx, { mine: true })).find((one) => one.id === id) : undefined;
      if (!now) return notFound("Ce filtre");
      const again = (mistakes: Record<string, string>, status: 409 | 422) => {
        at.nothingHappened();
        return minePage(at, lists, pages, { id, mistakes, nom: form.nom, partage: form.partage }, status);
      };
      const kept: Team = now.role === null ? null : { role: now.role, site: now.site };
      const team = form.partage === wordOf(now) ? kept : teamIn(form.partage, await teamChoices(tx));
      if (team === "unknown") return again({ partage: teamSentence }, 422);
      const done = await changeFilter(tx, { id, name: form.nom, team, version: form.version });
      if (done === "gone") return notFound("Ce filtre");
      if (done === "taken") return again({ nom: takenSentence }, 422);
      if (done === "changed") return again({ nom: "Ce filtre a été modifié entre-temps ailleurs : relisez-le." }, 409);
      at.about("filter", id, { list: now.list, team: team?.role ?? null });
      return redirect("/listes/filtres", `Filtre «\u00a0${form.nom}\u00a0» modifié.`);
    },
  );
  routes.post(
    "/listes/filtres/:filter/retrait",
    {
      right,
      trace: "filter.removed",
      form: z.object({}),
      onMistakes: () => refusal(422, "Ce formulaire est illisible."),
    },
    async (at) => {
      const id = at.params.filter ?? "";
      const gone = isUuid(id) ? await removeFilter(at.tx, id) : null;
      if (!gone) return notFound("Ce filtre");
      at.about("filter", id, { list: gone.list });
      const list = [...lists(), ...pages()].find((one) => one.name === gone.list);
      const said = "Filtre retiré. Pour le remettre, enregistrez de nouveau le filtre que voici.";
      return list ? redirect(`${list.path}${gone.query}`, said) : redirect("/listes/filtres", "Filtre retiré.");
    },
  );
}
