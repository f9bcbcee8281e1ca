import { refusal } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may } from "../../../../core/rights.ts";
import { agendaRights, isOfTheDay, type VisitLine, visitById } from "../../../foundations/agenda/door.ts";

export const crumbs = [{ href: "/visites", label: "Visites" }];

/** The visit of the path, when it is of a site that this scope sees. */
export async function visitOf(at: At<unknown>): Promise<VisitLine | null> {
  const id = at.params.visit ?? "";
  const visit = isUuid(id) ? await visitById(at.tx, id) : null;
  return visit && may(at.scope, agendaRights["visit.see"], { site: visit.siteId }) ? visit : null;
}

/** Who only receives mends today's visits; older ones are for those who answer for the site. */
export const mayMend = (at: At<unknown>, visit: VisitLine): boolean =>
  may(at.scope, agendaRights[isOfTheDay(visit, at.tx.today) ? "visit.correct" : "visit.correct-past"], {
    site: visit.siteId,
  });

export const tooLate = () => refusal(403, "Une visite d’un autre jour se corrige par le responsable de l’antenne.");

/** The page to go back to after an act: the desk that asked, else the visit. */
export const wayBack = (visit: VisitLine, asked: string): string =>
  /^\/accueil(\?lieu=[0-9a-f-]+)?$/.test(asked) ? asked : `/visites/${visit.id}`;
