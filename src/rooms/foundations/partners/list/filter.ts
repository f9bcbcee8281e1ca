// The filters of the list, read from its address and written back into it.
import { isUuid } from "../../../../core/ids.ts";
import type { StructureFilter, Term } from "../reads.ts";

export type Asked = Readonly<Record<string, string>>;

/** What the address asks for; what it cannot mean asks for nothing. */
export function filterOf(query: Asked): StructureFilter {
  const id = (name: string): string | undefined => (isUuid(query[name] ?? "") ? query[name] : undefined);
  const state = query.etat;
  return {
    q: (query.q ?? "").slice(0, 200),
    role: id("role"),
    type: id("type"),
    commune: query.commune?.slice(0, 120) || undefined,
    state: state === "fermees" ? "closed" : state === "toutes" ? "all" : "active",
  };
}

const names = ["q", "role", "type", "etat", "commune"] as const;

/** The address's part of the filters, without one of them; "" when none is left. */
export function queryOf(query: Asked, without?: string): string {
  const kept = names.filter((name) => name !== without && (query[name] ?? "") !== "");
  const said = new URLSearchParams(kept.map((name) => [name, query[name] ?? ""]));
  return said.size > 0 ? `?${said}` : "";
}

/** The filters in force, in words, each with the address of the list without it. */
export function chipsOf(
  query: Asked,
  filter: StructureFilter,
  terms: readonly Term[],
): { label: string; without: string }[] {
  const word = (id: string | undefined) => terms.find((term) => term.id === id)?.label;
  const said: [name: string, label: string | undefined][] = [
    ["q", filter.q.trim() ? `« ${filter.q.trim()} »` : undefined],
    ["role", word(filter.role)],
    ["type", word(filter.type)],
    ["etat", { active: undefined, closed: "fermées", all: "fermées ou non" }[filter.state]],
    ["commune", filter.commune],
  ];
  return said.flatMap(([name, label]) => (label ? [{ label, without: `/structures${queryOf(query, name)}` }] : []));
}
