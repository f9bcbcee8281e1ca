// One interview of a path, and what pages say of it.
import type { At } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { may, type Right } from "../../../../core/rights.ts";
import { minuteIn } from "../../../../core/time.ts";
import { hour, shortDay } from "../../../../ui/words.ts";
import { nameOf } from "../../people/door.ts";
import { rights } from "../rights.ts";
import { type InterviewLine, interviewById } from "./reads.ts";
import { interviewStatusWords } from "./words.ts";

export const crumbs = [{ href: "/entretiens", label: "Entretiens" }];

/** The house's minute, "09:05". */
export const nowOf = (at: At<unknown>): string => minuteIn(at.scope.zone, at.services.clock.now());

/** The interview of the path, when it is of a site that this scope sees. */
export async function interviewOf(
  at: At<unknown>,
  right: Right = rights["interview.see"],
): Promise<InterviewLine | null> {
  const id = at.params.interview ?? "";
  const interview = isUuid(id) ? await interviewById(at.tx, id) : null;
  return interview && may(at.scope, right, { site: interview.siteId }) ? interview : null;
}

export const whoOf = (line: { familyName: string; givenName: string }): string =>
  nameOf({ family_name: line.familyName, given_name: line.givenName });

export const momentOf = (line: { startsOn: string; startsAt: string | null }): string =>
  `${shortDay(line.startsOn)}${line.startsAt ? ` à ${hour(line.startsAt)}` : ""}`;

/** What an interview became, with its reason. */
export const statusOf = (line: InterviewLine): string =>
  line.reason ? `${interviewStatusWords[line.status]} : ${line.reason}` : interviewStatusWords[line.status];

/** 90 -> « 1 h 30 », 45 -> « 45 min ». */
export const lengthWords = (minutes: number | null): string | null => {
  if (minutes === null) return null;
  if (minutes < 60) return `${minutes}\u00a0min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${rest > 0 ? `\u00a0${String(rest).padStart(2, "0")}` : ""}`;
};

/** The page to go back to after an act: the week or the list that asked, else `fallback`. */
export const wayBack = (asked: string, fallback: string): string =>
  /^\/(agenda|entretiens|seances|personnes)([/?][\w\-/=&.%]*)?$/.test(asked) ? asked : fallback;
