// What waits for somebody, room by room: each is a list narrowed by its own words, so that its number is what its page counts.
import type { Tx } from "../../core/db/transaction.ts";
import { readAsked } from "../../core/lists/asked.ts";
import type { AnyList } from "../../core/lists/list.ts";
import { countRows } from "../../core/lists/rows.ts";
import { may } from "../../core/rights.ts";
import { addDays } from "../../core/time.ts";
import { fundingTodo } from "../../rooms/foundations/programmes/door.ts";
import { coverageRights, unlinkedLines } from "../../rooms/overviews/report/door.ts";
import { plural, shortDay } from "../../ui/words.ts";

/** `late`: it should have been done; `missing`: something that the report will need is not there; `ahead`: it comes. */
export type Task = { state: "late" | "missing" | "ahead"; count: number; text: string; href: string };

type Wish = Pick<Task, "state"> & {
  list: string;
  query: Record<string, string>;
  /** « 3 séances passées … » */
  words: readonly [one: string, many: string];
};

/** A year back: what is older is history. */
const daysBack = 365;

/** `mine`: of the reader alone, who accompanies people; else of all that they see. */
function wishes(tx: Tx, mine: boolean): Wish[] {
  const past = { de: shortDay(addDays(tx.today, -daysBack)), a: shortDay(addDays(tx.today, -1)) };
  const week = { de: shortDay(tx.today), a: shortDay(addDays(tx.today, 6)) };
  const account = tx.scope.account ?? "";
  const own = mine ? { conseiller: account } : {};
  return [
    {
      state: "late",
      list: "file-active",
      query: mine ? { referent: account, contact: "long" } : { referent: "aucun", contact: "long" },
      words: mine
        ? ["parcours sans contact depuis deux mois", "parcours sans contact depuis deux mois"]
        : ["parcours sans référent ni contact depuis deux mois", "parcours sans référent ni contact depuis deux mois"],
    },
    {
      state: "late",
      list: "orientations",
      query: { etat: "retard", ...past, ...(mine ? { par: "moi" } : {}) },
      words: ["orientation qui attend une réponse, en retard", "orientations qui attendent une réponse, en retard"],
    },
    {
      state: "missing",
      list: "seances",
      query: { etat: "planned", ...past },
      words: ["séance passée dont la présence n’est pas notée", "séances passées dont la présence n’est pas notée"],
    },
    {
      state: "missing",
      list: "entretiens",
      query: { etat: "planned", ...past, ...own },
      words: ["entretien passé qui n’est pas noté", "entretiens passés qui ne sont pas notés"],
    },
    {
      state: "missing",
      list: "reservations",
      query: { venue: "inconnue", ...past },
      words: ["réservation de sortie sans venues", "réservations de sortie sans venues"],
    },
    {
      state: "missing",
      list: "ecritures",
      query: { reste: "financeur", ...past },
      words: ["écriture de produits sans financeur", "écritures de produits sans financeur"],
    },
    {
      state: "ahead",
      list: "entretiens",
      query: { etat: "planned", ...week, ...own },
      words: ["entretien d’ici six jours", "entretiens d’ici six jours"],
    },
    {
      state: "ahead",
      list: "seances",
      query: { etat: "planned", ...week },
      words: ["séance d’ici six jours", "séances d’ici six jours"],
    },
  ];
}

/** What is there to do, nothing of what is done: a list that the reader does not see is not told. */
export async function tasksFor(tx: Tx, lists: readonly AnyList[], mine: boolean): Promise<Task[]> {
  const asked = wishes(tx, mine).flatMap((wish) => {
    const list = lists.find((one) => one.name === wish.list);
    return list && may(tx.scope, list.right) ? [{ ...wish, list }] : [];
  });
  const tasks = await Promise.all(
    asked.map(async ({ list, query, words, state }): Promise<Task> => {
      const { count } = await countRows(tx, list, await readAsked(tx, list, query, list.right), list.right);
      return { state, count, text: plural(count, ...words), href: `${list.path}?${new URLSearchParams(query)}` };
    }),
  );
  const funders = await fundingTodo(tx, mine);
  if (funders)
    tasks.push({
      state: "missing",
      count: funders.due,
      text: `${plural(funders.due, "parcours à compléter", "parcours à compléter")} pour un financeur${funders.late > 0 ? `, dont ${funders.late} en retard` : ""}`,
      href: `/financements/a-completer?qui=${mine ? "moi" : "tous"}`,
    });
  if (may(tx.scope, coverageRights["coverage.write"])) {
    const lines = await unlinkedLines(tx);
    if (lines)
      tasks.push({
        state: "missing",
        count: lines.count,
        text: `${plural(lines.count, "ligne", "lignes")} du rapport ${lines.year} que rien ne donne`,
        href: `/rapport/couverture?annee=${lines.year}&etat=missing`,
      });
  }
  return tasks.filter(({ count }) => count > 0);
}
