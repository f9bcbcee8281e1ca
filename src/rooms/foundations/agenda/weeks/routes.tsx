// My week, the site's, the room's: each a page and its export.
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { type Answer, notFound, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { sitesHeld } from "../choices.ts";
import { placesOf } from "../places/reads.ts";
import { rights } from "../rights.ts";
import { stateOf, titleOf, type WeekFacts, weekPage } from "./page.tsx";
import { type Meeting, meetingsOf, mondayOf, type Whose } from "./reads.ts";

const right = rights["week.see"];

const exported: readonly ListColumn<Meeting>[] = [
  { label: "Jour", cell: ({ day }) => ({ day }) },
  { label: "Heure", cell: ({ at }) => at },
  { label: "Durée en minutes", cell: ({ line }) => line.minutes },
  { label: "Quoi", cell: titleOf },
  { label: "Avec", cell: ({ kind, line }) => (kind === "interview" ? line.adviser : line.speakers) },
  { label: "Lieu", cell: ({ line }) => line.site },
  { label: "Salle", cell: ({ kind, line }) => (kind === "interview" ? line.place : line.placeName) },
  { label: "État", cell: stateOf },
];

type Week = Pick<WeekFacts, "title" | "lead" | "path" | "empty"> & { whose: Whose };

/** The Monday that an address asks for. */
function mondayAsked(at: At<unknown>): { monday: string; mistake?: string } {
  const typed = at.query.du ?? "";
  if (typed.trim() === "") return { monday: mondayOf(at.tx.today) };
  const found = readDay(typed);
  return found.ok ? { monday: mondayOf(found.value) } : { monday: mondayOf(at.tx.today), mistake: `${found.reason}.` };
}

async function show(at: At<unknown>, { whose, ...week }: Week): Promise<Answer> {
  const { monday, mistake } = mondayAsked(at);
  const [meetings, sites, places] = await Promise.all([
    meetingsOf(at.tx, whose, monday, addDays(monday, 6)),
    sitesHeld(at.tx, right),
    placesOf(at.tx, { open: true }),
  ]);
  const others = [
    { href: "/agenda", label: "Ma semaine" },
    ...sites.map((site) => ({ href: `/agenda/lieu/${site.value}`, label: site.label })),
    ...places
      .filter((place) => may(at.scope, right, { site: place.siteId }))
      .map((place) => ({ href: `/agenda/salle/${place.id}`, label: place.name })),
    { href: "/agenda/flux", label: "Dans mon calendrier" },
    ...(may(at.scope, rights["place.edit"]) ? [{ href: "/salles", label: "Salles" }] : []),
  ].filter((other) => other.href !== week.path);
  return weekPage(at, { ...week, monday, meetings, others, mistake, typed: at.query.du });
}

async function give(at: At<unknown>, { whose }: Week): Promise<Answer> {
  const { monday, mistake } = mondayAsked(at);
  if (mistake) return refusal(422, mistake);
  return csvFile(`semaine-${monday}`, exported, [await meetingsOf(at.tx, whose, monday, addDays(monday, 6))]);
}

export function declareWeeks(routes: Routes): void {
  const mine = (at: At<unknown>): Week | null =>
    at.scope.account === null
      ? null
      : {
          whose: { account: at.scope.account },
          title: "Ma semaine",
          lead: "Vos entretiens et les séances que vous animez.",
          path: "/agenda",
          empty: "Rien cette semaine. Un entretien se note depuis la fiche d’une personne.",
        };
  const ofSite = async (at: At<unknown>): Promise<Week | null> => {
    const site = (await sitesHeld(at.tx, right, true)).find((one) => one.value === at.params.site);
    return site
      ? {
          whose: { site: site.value },
          title: `Semaine de ${site.label}`,
          lead: "Les entretiens et les séances du lieu.",
          path: `/agenda/lieu/${site.value}`,
          empty: "Rien dans ce lieu cette semaine.",
        }
      : null;
  };
  const ofPlace = async (at: At<unknown>): Promise<Week | null> => {
    const place = (await placesOf(at.tx)).find((one) => one.id === at.params.place);
    return place && may(at.scope, right, { site: place.siteId })
      ? {
          whose: { place: place.id },
          title: `Semaine de la salle « ${place.name} »`,
          lead: `${place.site}.`,
          path: `/agenda/salle/${place.id}`,
          empty: "La salle est libre toute la semaine.",
        }
      : null;
  };
  const noAccount = () => redirect("/seances");

  routes.get("/agenda", { right, trace: "week.opened" }, (at) => {
    const week = mine(at);
    return week ? show(at, week) : noAccount();
  });
  routes.get("/agenda/export.csv", { right, trace: "week.exported" }, (at) => {
    const week = mine(at);
    return week ? give(at, week) : noAccount();
  });
  for (const [path, of, what] of [
    ["/agenda/lieu/:site", ofSite, "Ce lieu"],
    ["/agenda/salle/:place", ofPlace, "Cette salle"],
  ] as const) {
    routes.get(path, { right, trace: "week.opened" }, async (at) => {
      const week = await of(at);
      return week ? show(at, week) : notFound(what);
    });
    routes.get(`${path}/export.csv`, { right, trace: "week.exported" }, async (at) => {
      const week = await of(at);
      return week ? give(at, week) : notFound(what);
    });
  }
}
