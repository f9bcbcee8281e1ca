// Visits that wait for the line, in the browser's own database. Each bears its key: however often it is sent, it is recorded once.
import { keptStore } from "../../../../ui/browser/kept-store.ts";

/** `account`: who noted it, for a desk where several people sign in by turns. `refused`: why the server did not take it. */
export type Waiting = {
  key: string;
  fields: [string, string][];
  name: string;
  at: string;
  account: string;
  refused?: string;
};

const visits = keptStore<Waiting>("traboule-accueil", "visits", "key");
export const keep = visits.put;
export const forget = visits.delete;

/** What waits, the oldest first. */
export const waiting = async (): Promise<Waiting[]> => (await visits.all()).sort((a, b) => a.at.localeCompare(b.at));

const lag = "traboule-decalage";
/** This machine's clock, set right by what the server last said: a clock that runs fast would date a visit in the future. */
export const now = (): Date => new Date(Date.now() + Number(localStorage.getItem(lag) ?? "0"));
export function learnTime(answer: Response): void {
  const said = Date.parse(answer.headers.get("date") ?? "");
  if (!Number.isNaN(said)) localStorage.setItem(lag, String(said - Date.now()));
}

const two = (n: number): string => String(n).padStart(2, "0");
/** The fields, with the day and the minute of now where they were left empty: a visit kept for later says when it happened. */
export function dated(fields: readonly [string, string][]): [string, string][] {
  const at = now();
  const moment: Record<string, string> = {
    jour: `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`,
    heure: `${two(at.getHours())}:${two(at.getMinutes())}`,
  };
  const day = fields.find(([name]) => name === "jour")?.[1];
  // Another day than today was typed without an hour: it has none.
  const wanted = day ? [] : Object.keys(moment);
  const rest = fields.filter(([name, value]) => !(wanted.includes(name) && !value));
  const given = new Set(rest.map(([name]) => name));
  return [
    ...rest,
    ...wanted.filter((name) => !given.has(name)).map((name): [string, string] => [name, moment[name] ?? ""]),
  ];
}

export type Sent =
  | { state: "done"; html: string }
  | { state: "cut" }
  | { state: "signed-out" }
  | { state: "refused"; html: string };

/** Sends one visit. A server that does not answer, or answers that it cannot now, is a cut line: the visit is kept. */
export async function send(visit: Pick<Waiting, "fields">): Promise<Sent> {
  try {
    const answer = await fetch("/accueil/visites", {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Fragment": "accueil-dit" },
      body: new URLSearchParams(visit.fields),
      credentials: "same-origin",
      signal: AbortSignal.timeout(8000),
    });
    learnTime(answer);
    if (answer.status === 401) return { state: "signed-out" };
    const html = await answer.text();
    if (answer.ok) return { state: "done", html };
    return answer.status >= 500 || answer.status === 429 ? { state: "cut" } : { state: "refused", html };
  } catch {
    return { state: "cut" };
  }
}
