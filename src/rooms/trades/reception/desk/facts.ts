// What every page of the desk needs: the site, its lists, the moment.
import { refusal } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { minuteIn } from "../../../../core/time.ts";
import { listTerms, type Term } from "../../../foundations/agenda/door.ts";
import { type DeskSite, deskSites } from "../site.ts";

export type DeskFacts = {
  site: DeskSite;
  all: readonly DeskSite[];
  terms: readonly Term[];
  today: string;
  now: string;
};

/** The house's minute, "09:05". */
export const nowOf = (at: At<unknown>): string => minuteIn(at.scope.zone, at.services.clock.now());

/** The desk of a site asked for, or of the first that this scope holds; null when there is none. */
export async function deskOf(at: At<unknown>, asked: string | undefined): Promise<DeskFacts | null> {
  const sites = await deskSites(at.tx, asked);
  if (!sites) return null;
  return {
    ...sites,
    terms: await listTerms(at.tx, { day: at.tx.today, site: sites.site.id }),
    today: at.tx.today,
    now: nowOf(at),
  };
}

export const noSite = () => refusal(403, "Votre rôle n’est tenu pour aucun lieu ouvert : demandez à l’administrateur.");
