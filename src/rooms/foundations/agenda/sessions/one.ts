// One session of a path, and what pages say of it.
import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may, type Right } from "../../../../core/rights.ts";
import { plural } from "../../../../ui/words.ts";
import { personByCode } from "../../people/door.ts";
import { rights } from "../rights.ts";
import { type SessionLine, sessionById } from "./reads.ts";
import { sessionStatusWords } from "./words.ts";

export const crumbs = [{ href: "/seances", label: "Séances" }];

/** The session of the path, when it is of a site that this scope sees. */
export async function sessionOf(at: At<unknown>, right: Right = rights["session.see"]): Promise<SessionLine | null> {
  const id = at.params.session ?? "";
  const session = isUuid(id) ? await sessionById(at.tx, id) : null;
  return session && may(at.scope, right, { site: session.siteId }) ? session : null;
}

export const statusOf = (session: SessionLine): string =>
  session.reason ? `${sessionStatusWords[session.status]} : ${session.reason}` : sessionStatusWords[session.status];

export const placeOf = (session: SessionLine): string =>
  [session.site, session.placeName, session.placeText].filter(Boolean).join(", ");

/** « 9 inscrits sur 12, 3 en attente ». */
export const seatsOf = (session: SessionLine): string =>
  [
    `${plural(session.registered, "inscrit", "inscrits")}${session.capacity === null ? "" : ` sur ${session.capacity}`}`,
    ...(session.waiting > 0 ? [`${session.waiting} en attente`] : []),
  ].join(", ");

/** The people that codes name, in their order; or the sentence of the first that names nobody. */
export async function personsOf(
  at: At<unknown>,
  codes: readonly string[],
): Promise<{ ok: true; persons: string[] } | { ok: false; sentence: string }> {
  const persons = new Set<string>();
  for (const code of codes) {
    const person = await personByCode(at.tx, code);
    if (!person) return { ok: false, sentence: `Le code ${code} n’est celui d’aucune fiche.` };
    persons.add(person.id);
  }
  return { ok: true, persons: [...persons] };
}
