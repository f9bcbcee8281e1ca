// Explorations kept under a name, alone or with one's team: they are addresses, kept where the filters of lists are, and show their reader
// what their own rights allow.
import { z } from "zod";
import type { Tx } from "../../../../core/db/transaction.ts";
import type { Registry } from "../../../../core/figures/registry.ts";
import { type Answer, page, redirect } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { listRights } from "../../../../core/lists/rights.ts";
import { savedFilters, saveFilter, type Team } from "../../../../core/lists/saved.ts";
import { aloneWord, SavingFields, teamsOf } from "../../../../core/lists/saving.tsx";
import { may, type Role } from "../../../../core/rights.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { listSites, roleWords } from "../../../foundations/house/door.ts";
import { addressOf, explorerPage, path, readExploration } from "./asking.ts";

const keptAs = explorerPage.name;

const SaveForm = z.object({
  key: z.uuid(),
  requete: z.string().max(4000),
  nom: z.string().trim().min(1, "Donnez un nom à cette vue.").max(80),
  partage: z.string().max(80).default(aloneWord),
});

const teamChoices = async (tx: Tx) => teamsOf(tx, { roles: roleWords, sites: await listSites(tx) });

export async function KeptViews(tx: Tx, address: string) {
  if (!may(tx.scope, listRights["filter.save"])) return null;
  const query = address.slice(path.length);
  const saved = await savedFilters(tx, { list: keptAs });
  return (
    <div class="saved no-print">
      {saved.length > 0 ? (
        <nav aria-label="Vues enregistrées">
          <span>Vues enregistrées{"\u00a0"}: </span>
          {saved.map((one, at) => (
            <>
              {at > 0 ? " · " : null}
              <Link href={`${path}${one.query}`} current={one.query === query}>
                {one.name}
              </Link>
              {one.mine ? null : <small> ({one.owner ?? "un collègue"})</small>}
            </>
          ))}
          {" · "}
          <a href="/listes/filtres">Mes filtres</a>
        </nav>
      ) : null}
      {saved.some((one) => one.mine && one.query === query) ? null : (
        <p>
          <a href={`${path}/vues/nouvelle?${new URLSearchParams({ requete: query })}`}>Enregistrer cette vue</a>
        </p>
      )}
    </div>
  );
}

type Said = { key: string; requete: string; nom: string; partage: string };

async function savingPage(
  at: At<unknown>,
  said: Said,
  mistakes: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return page({
    title: "Enregistrer cette vue",
    status: Object.keys(mistakes).length > 0 ? 422 : 200,
    crumbs: [{ href: `${path}${said.requete}`, label: "Explorateur" }],
    body: (
      <>
        <Heading title="Enregistrer cette vue">Qui l’ouvre voit ce que son propre rôle permet.</Heading>
        <ErrorSummary fields={mistakes} />
        <form method="post" action={`${path}/vues`}>
          <input type="hidden" name="key" value={said.key} />
          <input type="hidden" name="requete" value={said.requete} />
          <SavingFields teams={await teamChoices(at.tx)} name={said.nom} team={said.partage} mistakes={mistakes} />
          <button type="submit">Enregistrer</button>
        </form>
      </>
    ),
  });
}

export function declareKeptViews(routes: Routes, readable: (at: At<unknown>) => Registry): void {
  const right = listRights["filter.save"];
  /** What of an address may be kept: what the explorer itself would ask, and nothing else. */
  const cleaned = (at: At<unknown>, query: string): string | null => {
    const asked = readExploration(Object.fromEntries(new URLSearchParams(query)), readable(at), at.scope, at.tx.today);
    return asked && Object.keys(asked.mistakes).length === 0 ? addressOf(asked).slice(path.length) : null;
  };
  routes.get(`${path}/vues/nouvelle`, { right, trace: "filter.form-opened" }, (at) =>
    savingPage(at, {
      key: at.tx.ids.uuid(),
      requete: cleaned(at, at.query.requete ?? "") ?? "",
      nom: "",
      partage: aloneWord,
    }),
  );
  routes.post(
    `${path}/vues`,
    {
      right,
      trace: "filter.saved",
      form: SaveForm,
      onMistakes: (at, { fields, typed }) => {
        const said = (key: string): string => typed[key]?.[0] ?? "";
        const key = z.uuid().safeParse(said("key")).success ? said("key") : at.tx.ids.uuid();
        return savingPage(
          at,
          { key, requete: cleaned(at, said("requete")) ?? "", nom: said("nom"), partage: said("partage") },
          fields,
        );
      },
    },
    async (at) => {
      const { form, tx } = at;
      const query = cleaned(at, form.requete);
      const teams = await teamChoices(tx);
      const again = (mistakes: Record<string, string>): Promise<Answer> => {
        at.nothingHappened();
        return savingPage(at, { ...form, requete: query ?? "" }, mistakes);
      };
      if (query === null) return again({ nom: "Cette vue ne se lit plus\u00a0: revenez à l’explorateur." });
      if (!teams.some((one) => one.value === form.partage))
        return again({ partage: "Choisissez une équipe dont vous êtes." });
      const [role = "", site = ""] = form.partage.split("@");
      const team: Team = form.partage === aloneWord ? null : { role: role as Role, site: site || null };
      if ((await saveFilter(tx, { id: form.key, list: keptAs, name: form.nom, query, team })) === "taken")
        return again({ nom: "Vous avez déjà une vue de ce nom." });
      at.about("filter", form.key, { list: keptAs, team: team?.role ?? null });
      return redirect(`${path}${query}`, `Vue «\u00a0${form.nom}\u00a0» enregistrée.`);
    },
  );
}
