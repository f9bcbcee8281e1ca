// The pathways' measures as one Markdown table, every size beside the others so that the growth shows; and the limits missed.
import type { Size } from "./ground.ts";
import type { Measured } from "./load.ts";
import type { Pathways } from "./pathways.ts";

export type PathwaysResult = { size: Size; pathways: Pathways };

/** From the issue that asked for them: milliseconds at the 95th percentile, seconds, megabytes beyond what was held before ("flat"). */
const limits = { caseloadP95: 60, chapters: 3, edition: 5, pdf: 5, exported: 3, megabytes: 50 };

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** Every limit that a result misses, each in a sentence. */
export function pathwayMissesOf({ size, pathways }: PathwaysResult): string[] {
  const at = `${size.enrolments.toLocaleString("en")} enrolments`;
  const misses: string[] = [];
  if (pathways.caseload.p95 >= limits.caseloadP95)
    misses.push(`active list: p95 ${round(pathways.caseload.p95)} ms, under ${limits.caseloadP95} wanted (${at})`);
  if (pathways.chapters.seconds >= limits.chapters)
    misses.push(
      `${pathways.chapters.count} chapters: ${round(pathways.chapters.seconds)} s, under ${limits.chapters} wanted (${at})`,
    );
  for (const [what, seconds, limit] of [
    ["a whole edition counted", pathways.edition.counted, limits.edition],
    ["its PDF", pathways.edition.pdf, limits.pdf],
  ] as const)
    if (seconds >= limit) misses.push(`${what}: ${round(seconds)} s, under ${limit} wanted (${at})`);
  for (const { format, seconds, megabytes } of pathways.exports) {
    if (seconds >= limits.exported)
      misses.push(`list as ${format}: ${round(seconds)} s, under ${limits.exported} wanted (${at})`);
    if (megabytes !== null && megabytes >= limits.megabytes)
      misses.push(`list as ${format}: ${megabytes} MB more while it leaves, under ${limits.megabytes} wanted (${at})`);
  }
  return misses;
}

/** A row a measure, a column a size, the last one how much it grew from the first size to the last. */
export function pathwaysTable(results: readonly PathwaysResult[]): string {
  const lines: { label: string; of: (one: Pathways) => number; unit: string; limit: string }[] = [
    ...(["caseload", "interview", "closing"] as const).flatMap((name) => {
      const label = {
        caseload: "**an adviser's active list**",
        interview: "**record an interview**",
        closing: "**close a session of 15**",
      }[name];
      const line = (what: string, of: (one: Measured) => number, unit: string, limit = "") => ({
        label: what,
        of: (one: Pathways) => of(one[name]),
        unit,
        limit,
      });
      return [
        line(label, (one) => one.p95, "ms p95", name === "caseload" ? `< ${limits.caseloadP95} ms` : ""),
        line("a second", (one) => one.perSecond, ""),
      ];
    }),
    {
      label: `**the ${results[0]?.pathways.chapters.count ?? 0} chapters of a year**, together`,
      of: (one) => one.chapters.seconds,
      unit: "s",
      limit: `< ${limits.chapters} s`,
    },
    {
      label: `**an edition of the year**, ${results[0]?.pathways.edition.figures ?? 0} figures counted from nothing`,
      of: (one) => one.edition.counted,
      unit: "s",
      limit: `< ${limits.edition} s`,
    },
    { label: "its PDF, counting with it", of: (one) => one.edition.pdf, unit: "s", limit: `< ${limits.pdf} s` },
    { label: "opened, its chapters written", of: (one) => one.edition.opened, unit: "s", limit: "" },
    ...[0, 1].flatMap((at) => {
      const format = results[0]?.pathways.exports[at]?.format.toUpperCase() ?? "";
      return [
        {
          label: `**a list exported, ${format}**`,
          of: (one: Pathways) => one.exports[at]?.seconds ?? Number.NaN,
          unit: "s",
          limit: `< ${limits.exported} s`,
        },
        {
          label: "memory beyond what was held",
          of: (one: Pathways) => one.exports[at]?.megabytes ?? Number.NaN,
          unit: "MB",
          limit: `< ${limits.megabytes} MB`,
        },
      ];
    }),
  ];
  const head = [
    "gesture",
    ...results.map(
      ({ size, pathways }) =>
        `${size.enrolments.toLocaleString("en")} enrolments (list of ${pathways.exports[0]?.rows.toLocaleString("en")} rows)`,
    ),
    ...(results.length > 1 ? ["grows"] : []),
    "limit",
  ];
  return [
    "### Pathways",
    "",
    row(head),
    row(head.map((_, at) => (at === 0 ? "---" : "---:"))),
    ...lines.map(({ label, of, unit, limit }) => {
      const values = results.map(({ pathways }) => of(pathways));
      const [first = Number.NaN, last = Number.NaN] = [values[0], values.at(-1)];
      return row([
        label,
        ...values.map((value) => `${round(value)}${unit ? ` ${unit}` : ""}`),
        ...(results.length > 1 ? [first > 0 ? `× ${round(last / first)}` : ""] : []),
        limit,
      ]);
    }),
    "",
  ].join("\n");
}
