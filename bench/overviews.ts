// What whoever looks over the whole waits for: the director's home, the explorer over every visit there is.
import { browserOf } from "./gestures.ts";
import type { Size } from "./ground.ts";
import { clients } from "./house.ts";
import type { Measured, Shot } from "./load.ts";
import { medianOf, middle, type Pace } from "./rounds.ts";
import type { Stage } from "./stage.ts";

export type Overviews = {
  home: Measured;
  /** Questions that nobody has asked before, over ten years: milliseconds each. */
  explored: readonly number[];
};

/** Rows and columns of questions over all visits; `chiffre` and what breaks it down. */
const questions: readonly [figure: string, rows: string, columns: string][] = [
  ["antennes.visites", "mois", "antenne"],
  ["antennes.visites", "antenne", "sexe"],
  ["antennes.visites", "age", ""],
  ["antennes.personnes", "antenne", "sexe"],
  ["antennes.personnes", "age", "sexe"],
  ["antennes.personnes", "antenne", ""],
];

export async function measureOverviews(stage: Stage, pace: Pace): Promise<Overviews> {
  const office = stage.house.signedIn.direction.map((token) => browserOf(token, stage.program));
  const shots: Shot[] = [{ method: "GET", path: "/tableau-de-bord" }];
  const shoot = (seconds: number): Promise<Measured> =>
    stage.load({
      origin: stage.program,
      seconds,
      clients: office.slice(0, clients),
      shots,
      persons: [],
      fine: [200],
    });
  await shoot(pace.warm);
  const rounds: Measured[] = [];
  for (let round = 0; round < pace.rounds; round++) rounds.push(await shoot(pace.seconds));
  const explored: number[] = [];
  for (let turn = 0; turn < 4; turn++)
    for (const [chiffre, lignes, colonnes] of questions) {
      // Another last day each time: what was counted before does not serve.
      const words = new URLSearchParams({ chiffre, lignes, colonnes, de: "01/01/2011", a: `${10 + turn}/12/2020` });
      const started = performance.now();
      const answer = await fetch(`${stage.program}/explorateur?${words}`, { headers: office[0] ?? {} });
      await answer.text();
      if (answer.status !== 200) throw new Error(`the explorer answered ${answer.status} to ${words}`);
      if (turn > 0) explored.push(performance.now() - started);
    }
  return { home: medianOf("home", rounds), explored };
}

export type OverviewsResult = { size: Size; overviews: Overviews };

/** From the issue that asked for them, in milliseconds. */
const limits = { homeP95: 150, explored: 500 };
const slowest = (one: Overviews): number => Math.max(...one.explored);
const at = ({ size }: OverviewsResult): string => `${size.visits.toLocaleString("en")} visits`;

export const overviewMissesOf = (result: OverviewsResult): string[] => [
  ...(result.overviews.home.p95 >= limits.homeP95
    ? [
        `the director's home: p95 ${result.overviews.home.p95.toFixed(0)} ms, under ${limits.homeP95} wanted (${at(result)})`,
      ]
    : []),
  ...(slowest(result.overviews) >= limits.explored
    ? [`the explorer: ${slowest(result.overviews).toFixed(0)} ms, under ${limits.explored} wanted (${at(result)})`]
    : []),
];

export function overviewsTable(results: readonly OverviewsResult[]): string {
  const lines: { label: string; of: (one: Overviews) => number; limit: string }[] = [
    { label: "**the director's home**, p95", of: (one) => one.home.p95, limit: `< ${limits.homeP95} ms` },
    { label: "**the explorer**, a question never asked, median", of: (one) => middle(one.explored), limit: "" },
    { label: "the slowest of them", of: slowest, limit: `< ${limits.explored} ms` },
  ];
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const head = ["gesture", ...results.map(at), "limit"];
  return [
    "### Looking over the whole",
    "",
    row(head),
    row(head.map((_, place) => (place === 0 ? "---" : "---:"))),
    ...lines.map(({ label, of, limit }) =>
      row([label, ...results.map(({ overviews }) => `${of(overviews).toFixed(0)} ms`), limit]),
    ),
    "",
  ].join("\n");
}
