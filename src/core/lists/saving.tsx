// What a list's page shows of saved filters: those that may be used, and the form that keeps the one in force.
import { SelectField, TextField } from "../../ui/fields.tsx";
import { Link } from "../../ui/link.tsx";
import type { Tx } from "../db/transaction.ts";
import { may } from "../rights.ts";
import { listRights } from "./rights.ts";
import { savedFilters } from "./saved.ts";

/** The address's words `partage`: nobody, or "role@site" ("role@": the whole house). */
export const aloneWord = "moi";

/** The teams with which the reader may share: those of the roles that they hold. */
export function teamsOf(
  tx: Tx,
  words: { roles: Readonly<Record<string, string>>; sites: readonly { id: string; name: string }[] },
): { value: string; label: string }[] {
  const teams = new Map<string, string>();
  for (const { role, site } of tx.scope.grants) {
    const place = site === null ? "toute la maison" : (words.sites.find((one) => one.id === site)?.name ?? "");
    if (place) teams.set(`${role}@${site ?? ""}`, `${words.roles[role] ?? role}, ${place}`);
  }
  return [
    { value: aloneWord, label: "moi seulement" },
    ...[...teams].map(([value, label]) => ({ value, label: `l’équipe\u00a0: ${label}` })),
  ];
}

/** Fields of the form that keeps a filter. */
export const SavingFields = ({
  teams,
  name,
  team,
  mistakes = {},
  of = "filtre",
}: {
  teams: readonly { value: string; label: string }[];
  name: string;
  team: string;
  mistakes?: Readonly<Record<string, string>>;
  /** Tells the fields of several forms of one page apart. */
  of?: string;
}) => (
  <div class="fields">
    <TextField name="nom" id={`${of}-nom`} label="Nom du filtre" value={name} error={mistakes.nom} maxlength={80} />
    <SelectField
      name="partage"
      id={`${of}-partage`}
      label="Pour"
      value={team}
      error={mistakes.partage}
      options={teams}
    />
  </div>
);

/** Links to the filters of a list, and the way to keep the one in force. */
export async function savedOn(tx: Tx, list: { name: string; path: string }, query: string) {
  if (!may(tx.scope, listRights["filter.save"])) return null;
  const saved = await savedFilters(tx, { list: list.name });
  if (saved.length === 0 && query === "") return null;
  return (
    <div class="saved no-print">
      {saved.length > 0 ? (
        <nav aria-label="Filtres enregistrés">
          <span>Filtres enregistrés{"\u00a0"}: </span>
          {saved.map((one, at) => (
            <>
              {at > 0 ? " · " : null}
              <Link href={`${list.path}${one.query}`} current={one.query === query}>
                {one.name}
              </Link>
              {one.mine ? null : <small> ({one.owner ?? "un collègue"})</small>}
            </>
          ))}
          {" · "}
          <a href="/listes/filtres">Mes filtres</a>
        </nav>
      ) : null}
      {query !== "" && !saved.some((one) => one.mine && one.query === query) ? (
        <p>
          <a href={`/listes/filtres/nouveau?${new URLSearchParams({ liste: list.name, requete: query })}`}>
            Enregistrer ce filtre
          </a>
        </p>
      ) : null}
    </div>
  );
}
