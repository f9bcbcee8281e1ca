// An address -> what it asks of a list, and back. What cannot be read is said in a sentence, and narrows nothing.
import { shortDay } from "../../ui/words.ts";
import type { Tx } from "../db/transaction.ts";
import type { At } from "../http/route.ts";
import { readDay } from "../importing/values.ts";
import type { Right } from "../rights.ts";
import type { AnyList, Asked, Choice, ChoiceFilter, DaysFilter, Filter, ListColumn } from "./list.ts";

/** Signs of a text that are looked at. */
const longestText = 200;
/** The identifier of a row: most are UUIDs. */
const rowId = /^[\p{L}\p{N} :._'’-]{1,300}$/u;

type Readable = Pick<AnyList, "filters"> & { columns: readonly Pick<ListColumn<never>, "key" | "sort">[] };
type Query = Readonly<Record<string, string>>;
type Reading = { values: Record<string, string>; mistakes: Record<string, string> };

function readDays(filter: DaysFilter, query: Query, today: string, { values, mistakes }: Reading): void {
  const dayOf = (name: string): string | null => {
    const typed = (query[name] ?? "").trim();
    if (typed === "") return null;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return null;
  };
  const said = { from: dayOf("de"), to: dayOf("a") };
  const usual = filter.usual(today, said.to);
  const from = said.from ?? usual?.from ?? "";
  const to = said.to ?? usual?.to ?? "";
  if (from && to && from > to && !mistakes.a) mistakes.de ??= "Le premier jour vient après le dernier.";
  values.de = from;
  values.a = to;
}

const yesNo: readonly string[] = ["oui", "non"];

/** Reads the address's words for a list; `right` is the one under which it is read. */
export async function readAsked(tx: Tx, list: Readable, query: Query, right: Right): Promise<Asked> {
  const reading: Reading = { values: {}, mistakes: {} };
  const { values, mistakes } = reading;
  const typed: Record<string, string> = {};
  // Asked for together: they leave in one sending.
  const offered = await Promise.all(
    list.filters.map(async (filter) => (filter.kind === "choice" ? filter.options(tx, right) : [])),
  );
  const options = new Map<string, readonly Choice[]>();
  for (const [place, filter] of list.filters.entries()) {
    const said = (query[filter.key] ?? "").slice(0, longestText).trim();
    typed[filter.key] = said;
    if (filter.kind === "days") {
      typed.a = (query.a ?? "").slice(0, longestText).trim();
      readDays(filter, query, tx.today, reading);
    } else if (filter.kind === "text")
      values[filter.key] = said !== "" && filter.read ? await filter.read(said, tx) : said;
    else {
      const known = offered[place] ?? [];
      options.set(filter.key, known);
      const usual = filter.kind === "choice" ? usualOf(filter, tx) : "";
      const holds = filter.kind === "yes-no" ? yesNo.includes(said) : known.some((one) => one.value === said);
      if (said !== "" && !holds)
        mistakes[filter.key] =
          `Le filtre «\u00a0${filter.label}\u00a0» demande quelque chose qui n’existe pas ou plus, ou que vous ne voyez pas\u00a0: il est laissé de côté.`;
      values[filter.key] = holds ? said : usual;
    }
  }
  const [, down, key = ""] = /^(-?)([a-z-]{1,40})$/.exec(query.tri ?? "") ?? [];
  const sorts = list.columns.some((column) => column.key === key && column.sort);
  const after = rowId.test(query.apres ?? "") ? (query.apres ?? null) : null;
  return { values, typed, mistakes, options, sort: sorts ? { key, down: down === "-" } : null, after };
}

const usualOf = ({ usual = "" }: ChoiceFilter, tx: Tx): string => (typeof usual === "string" ? usual : usual(tx));

const keysOf = (filter: Filter): readonly string[] => (filter.kind === "days" ? ["de", "a"] : [filter.key]);

/** The address's part of what is asked: filters and order, no place in it. Some words left out or changed; "" when nothing is said. */
export function queryOf(
  list: Pick<AnyList, "filters">,
  asked: Asked,
  changed: Readonly<Record<string, string>> = {},
): string {
  const said = new URLSearchParams();
  for (const key of list.filters.flatMap(keysOf)) {
    const value = changed[key] ?? asked.typed[key] ?? "";
    if (value !== "") said.set(key, value);
  }
  const sort = changed.tri ?? (asked.sort ? `${asked.sort.down ? "-" : ""}${asked.sort.key}` : "");
  if (sort !== "") said.set("tri", sort);
  if (changed.apres) said.set("apres", changed.apres);
  return said.size > 0 ? `?${said}` : "";
}

/** The filters that the address sets, in words, each with the address of the list without it. */
export function chipsOf(
  list: Pick<AnyList, "filters"> & { path: string },
  asked: Asked,
): { label: string; without: string }[] {
  return list.filters.flatMap((filter) => {
    const label = inWords(filter, asked);
    if (label === null) return [];
    const none = Object.fromEntries(keysOf(filter).map((key) => [key, ""]));
    return [{ label, without: `${list.path}${queryOf(list, asked, none)}` }];
  });
}

function inWords(filter: Filter, asked: Asked): string | null {
  const said = keysOf(filter).some((key) => (asked.typed[key] ?? "") !== "" && !asked.mistakes[key]);
  if (!said) return null;
  const value = asked.values[filter.key] ?? "";
  if (filter.kind === "days") {
    const from = value ? `du ${shortDay(value)}` : "";
    const to = asked.values.a ? `au ${shortDay(asked.values.a)}` : "";
    return `${filter.label}\u00a0: ${[from, to].filter(Boolean).join(" ")}`;
  }
  if (filter.kind === "choice" && value === filter.usual) return null;
  const word =
    filter.kind === "text"
      ? `«\u00a0${asked.typed[filter.key] ?? ""}\u00a0»`
      : filter.kind === "yes-no"
        ? value === "oui"
          ? filter.yes
          : filter.no
        : (asked.options.get(filter.key)?.find((one) => one.value === value)?.label ?? value);
  return `${filter.label}\u00a0: ${word}`;
}

/** Filters in force as facts for the journal: keys and choices; never what was typed, which may be a name. */
const factsOf = (list: Pick<AnyList, "filters">, asked: Asked): Record<string, string> =>
  Object.fromEntries(
    list.filters.flatMap((filter) =>
      keysOf(filter)
        .map((key) => [key, filter.kind === "text" ? "…" : (asked.values[key] ?? "")] as const)
        .filter(([key]) => (asked.values[key] ?? "") !== ""),
    ),
  );

/** What the journal says of a reading of the list. */
export function tellListed(
  at: At<unknown>,
  list: Pick<AnyList, "name" | "filters" | "about">,
  asked: Asked,
  count: number,
): void {
  const { kind, id } = list.about?.(asked) ?? { kind: "list", id: at.scope.house };
  at.about(kind, id, { list: list.name, filters: factsOf(list, asked), count });
}

/** The address's part that may be kept: without what was typed as a person's name. */
export const keptQuery = (list: Pick<AnyList, "filters">, asked: Asked): string =>
  queryOf(
    list,
    asked,
    Object.fromEntries(
      list.filters.flatMap((filter) => (filter.kind === "text" && filter.personal ? [[filter.key, ""]] : [])),
    ),
  );
