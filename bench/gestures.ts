// The gestures that are measured: what each sends to the program, as a browser at the desk sends it, and to the floor. And their
// recording, made once by asking the application itself.
import type { Hono } from "hono";
import { personId, searches } from "./ground.ts";
import type { House } from "./house.ts";
import type { Shot } from "./load.ts";
import type { Recording, Statement } from "./recording.ts";

export type GestureName = "search" | "visit" | "sheet" | "chapter";

export type Gesture = {
  name: GestureName | "booking";
  label: string;
  /** The headers of each client. */
  headers: readonly Record<string, string>[];
  shots: readonly Shot[];
  floorShots: readonly Shot[];
  /** The status of a good answer. */
  fine: number;
};

const year = 2020;

/** The headers of a browser that holds a session. */
export const browserOf = (token: string, origin: string): Record<string, string> => ({
  cookie: `traboule=${token}`,
  origin,
  accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
  "accept-encoding": "gzip, deflate, br",
  "accept-language": "fr,fr-FR;q=0.8,en-US;q=0.5,en;q=0.3",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "sec-fetch-site": "same-origin",
});

export function gesturesOf(house: House, origin: string): Record<GestureName, Gesture> {
  const desk = house.signedIn.reception.map((token) => browserOf(token, origin));
  const office = house.signedIn.direction.map((token) => browserOf(token, origin));
  const typed = searches(12);
  const sheets = Array.from({ length: 60 }, (_, at) => personId(1 + at * Math.floor(house.size.people / 60)));
  const samples = (name: GestureName, count: number): Shot[] =>
    Array.from({ length: count }, (_, at) => ({ method: "GET", path: `/${name}?at=${at}` }));
  return {
    search: {
      name: "search",
      label: "search while typing",
      headers: desk,
      shots: typed.map((text, at) => ({
        method: "GET",
        path: `/accueil?lieu=${house.sites[at % house.sites.length]}&q=${encodeURIComponent(text)}`,
        headers: { "x-fragment": "accueil-resultats" },
      })),
      floorShots: samples("search", typed.length),
      fine: 200,
    },
    visit: {
      name: "visit",
      label: "record a visit",
      headers: desk,
      shots: house.sites.map((site, at) => ({
        method: "POST",
        path: "/accueil/visites",
        headers: { "x-fragment": "accueil-dit" },
        body: `key={key}&personne={person}&lieu=${site}&motif=${house.reasons[at % house.reasons.length]}&orientation=&mode=in_person&jour=&heure=`,
      })),
      floorShots: [{ method: "GET", path: "/visit?person={person}" }],
      fine: 200,
    },
    sheet: {
      name: "sheet",
      label: "open a person's sheet",
      headers: office,
      shots: sheets.map((person) => ({ method: "GET", path: `/personnes/${person}` })),
      floorShots: samples("sheet", sheets.length),
      fine: 200,
    },
    chapter: {
      name: "chapter",
      label: `the antennes chapter of ${year}`,
      headers: office,
      shots: [{ method: "GET", path: `/rapport/${year}/antennes` }],
      floorShots: samples("chapter", 1),
      fine: 200,
    },
  };
}

/** The key of a row of the form that nobody fills. */
const unused = "01980000-0000-7000-8000-000000000002";
/** One place for somebody known by a first name, as the page sends it. */
export const bookingShot = (date: string): Shot => ({
  method: "POST",
  path: `/espace/sorties/${date}`,
  body: `key1={key}&key2=${unused}&key3=${unused}&prenom1=Ada&personnes1=1&accompagnants1=0`,
});

/** One booking of a wanted date, as a structure's account makes it. */
export const bookingOf = (house: House, origin: string): { gesture: Gesture; date: string } => ({
  gesture: {
    name: "booking",
    label: "book a place",
    headers: [browserOf(house.boxOffice.structures[0] ?? "", origin)],
    shots: [],
    floorShots: [],
    fine: 303,
  },
  date: house.boxOffice.wanted[0] ?? "",
});

/** The desk at work: three searches for one visit. */
export function deskMix({ search, visit }: Record<GestureName, Gesture>): Shot[] {
  return search.shots.flatMap((shot, at) => {
    const noted = visit.shots[at % visit.shots.length];
    return at % 3 === 2 && noted ? [shot, noted] : [shot];
  });
}

const isCode = (text: string): boolean => /^[A-Z0-9]{7}$/.test(text);

/** Asks the application each shot of each gesture once, and keeps what it says to the database meanwhile. */
export async function recordGestures(
  application: Hono,
  take: () => Statement[],
  gestures: ReturnType<typeof gesturesOf> & { booking: { gesture: Gesture; date: string } },
  house: string,
): Promise<Recording> {
  const [key, person] = ["01980000-0000-7000-8000-000000000001", personId(1)];
  const ask = async (gesture: Gesture, shot: Shot): Promise<Statement[]> => {
    const headers = { ...gesture.headers[0], ...shot.headers };
    if (shot.body !== undefined) headers["content-type"] = "application/x-www-form-urlencoded";
    take();
    const answer = await application.request(shot.path, {
      method: shot.method,
      headers,
      ...(shot.body === undefined ? {} : { body: shot.body.replace("{key}", key).replace("{person}", person) }),
    });
    await answer.text();
    if (answer.status !== gesture.fine)
      throw new Error(`${gesture.label}: the program answered ${answer.status} to ${shot.path}`);
    const heard = take();
    if (heard.length === 0) throw new Error(`${gesture.label}: nothing was said to the database`);
    return heard;
  };
  const all = async (gesture: Gesture): Promise<Statement[][]> => {
    const samples: Statement[][] = [];
    for (const shot of gesture.shots) samples.push(await ask(gesture, shot));
    return samples;
  };
  const [visit] = gestures.visit.shots;
  if (!visit) throw new Error("no visit");
  const { booking } = gestures;
  const heard = await ask(booking.gesture, bookingShot(booking.date));
  const code = heard.flatMap(({ values }) => values).find((value) => typeof value === "string" && isCode(value));
  if (typeof code !== "string") throw new Error("no short code in a booking");
  return {
    house,
    search: await all(gestures.search),
    sheet: await all(gestures.sheet),
    chapter: await all(gestures.chapter),
    visit: { statements: await ask(gestures.visit, visit), key, person },
    booking: { statements: heard, key, date: booking.date, code },
  };
}
