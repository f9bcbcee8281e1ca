// The box office's measures as Markdown, every size beside the others so that the growth shows; and the limits missed.
import type { BoxOffice } from "./box-office.ts";
import { bookers, crowd, doorBookings, venues, wantedPlaces } from "./box-office-ground.ts";
import type { Size } from "./ground.ts";
import type { Measured } from "./load.ts";

export type BoxOfficeResult = { size: Size; boxOffice: BoxOffice };

/** From the issue that asked for them: of the floor, milliseconds at the 95th percentile, seconds. */
const limits = { ofFloor: 0.5, catalogueP95: 60, doorLoaded: 0.2, doorMerged: 1 };

const round = (value: number): string =>
  Number.isNaN(value) ? "" : value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

export function boxOfficeMissesOf({ size, boxOffice }: BoxOfficeResult): string[] {
  const { opening, crowd: crowdMeasured, tooMany, catalogue, doorLoaded, doorMerged } = boxOffice;
  const at = `${size.dates.toLocaleString("en")} dates`;
  const share = opening.program.perSecond / opening.floor.perSecond;
  const misses: [boolean, string][] = [
    [
      share < limits.ofFloor,
      `a wanted outing opens: ${share.toFixed(2)} of the floor, at least ${limits.ofFloor} wanted`,
    ],
    [crowdMeasured.broken.length > 0, `the crowd: ${crowdMeasured.broken.join("; ")}`],
    [tooMany !== 0, `${tooMany} places given twice`],
    [
      catalogue.p95 >= limits.catalogueP95,
      `catalogue: p95 ${round(catalogue.p95)} ms, under ${limits.catalogueP95} wanted`,
    ],
    [doorLoaded >= limits.doorLoaded, `the door's list: ${round(doorLoaded)} s, under ${limits.doorLoaded} wanted`],
    [doorMerged >= limits.doorMerged, `the door's lines: ${round(doorMerged)} s, under ${limits.doorMerged} wanted`],
  ];
  return misses.flatMap(([missed, sentence]) => (missed ? [`${sentence} (${at})`] : []));
}

export function boxOfficeTable(results: readonly BoxOfficeResult[]): string {
  type Line = { label: string; of: (one: BoxOffice) => number; unit: string; limit?: string };
  const bookings = (who: "program" | "floor" | "driver" | "pgbench", label: string): Line[] => {
    const of = (take: (one: Measured) => number) => (one: BoxOffice) => {
      const measured = one.opening[who];
      return measured ? take(measured) : Number.NaN;
    };
    return [
      { label: `${label}, bookings a second`, of: of((one) => one.perSecond), unit: "" },
      { label: "p99", of: of((one) => one.p99), unit: "ms" },
    ];
  };
  const shareOf = (who: "floor" | "driver" | "pgbench") => (one: BoxOffice) =>
    one.opening.program.perSecond / (one.opening[who]?.perSecond ?? Number.NaN);
  const lines: Line[] = [
    ...bookings("program", `**a wanted outing of ${wantedPlaces} places opens to ${crowd} at once**`),
    ...bookings("floor", "floor: the same statements, no guard"),
    ...bookings("driver", "bare driver, in transactions"),
    ...bookings("pgbench", "pgbench, in transactions"),
    { label: "program / floor", of: shareOf("floor"), unit: "", limit: `≥ ${limits.ofFloor}` },
    { label: "program / bare driver", of: shareOf("driver"), unit: "" },
    { label: "program / pgbench", of: shareOf("pgbench"), unit: "" },
    {
      label: `**${bookers} structures, ${crowd} at once, on a date of 100 places**, mixed requests a second`,
      of: (one) => one.crowd.perSecond,
      unit: "",
    },
    { label: "invariants broken after", of: (one) => one.crowd.broken.length, unit: "", limit: "0" },
    { label: "places given twice", of: (one) => one.tooMany, unit: "", limit: "0" },
    {
      label: "**the catalogue searched and filtered**",
      of: (one) => one.catalogue.p95,
      unit: "ms p95",
      limit: `< ${limits.catalogueP95} ms`,
    },
    {
      label: `**a door of ${doorBookings} bookings**, its list`,
      of: (one) => one.doorLoaded,
      unit: "s",
      limit: `< ${limits.doorLoaded} s`,
    },
    {
      label: `${doorBookings} check-ins of a device merged`,
      of: (one) => one.doorMerged,
      unit: "s",
      limit: `< ${limits.doorMerged} s`,
    },
  ];
  const head = [
    "gesture",
    ...results.map(({ size }) => `${(size.dates * 40).toLocaleString("en")} places`),
    ...(results.length > 1 ? ["grows"] : []),
    "limit",
  ];
  return [
    `### The box office: ${venues} venues, ${bookers} social structures`,
    "",
    row(head),
    row(head.map((_, at) => (at === 0 ? "---" : "---:"))),
    ...lines.map(({ label, of, unit, limit = "" }) => {
      const values = results.map(({ boxOffice }) => of(boxOffice));
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
