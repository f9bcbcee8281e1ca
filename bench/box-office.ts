// What the box office is measured by: a wanted outing that opens to a crowd, the catalogue searched and filtered, a door of six hundred.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { openDatabase } from "../src/core/db/database.ts";
import { inTransaction } from "../src/core/db/transaction.ts";
import { makeIds } from "../src/core/ids.ts";
import { mintScope, type Scope } from "../src/core/rights.ts";
import { dayIn, systemClock } from "../src/core/time.ts";
import { sendCrowd } from "../src/rooms/trades/culture/crowd.ts";
import { breaches } from "../src/rooms/trades/culture/testing.ts";
import { runPgbench, transactionScript } from "./bare.ts";
import { bookers, crowd, venues, wantedPlaces } from "./box-office-ground.ts";
import { bookingShot, browserOf } from "./gestures.ts";
import { structureId } from "./ground.ts";
import { clients } from "./house.ts";
import type { Measured, Shot } from "./load.ts";
import { medianOf, middle, type Pace } from "./rounds.ts";
import type { Stage } from "./stage.ts";

export type BoxOffice = {
  opening: { program: Measured; floor: Measured; driver: Measured; pgbench: Measured | null };
  /** A date of a hundred places, every kind of request from every structure: how many a second. */
  crowd: { requests: number; perSecond: number; broken: readonly string[] };
  /** Places held beyond those that there are, after all: must be none. */
  tooMany: number;
  catalogue: Measured;
  /** Seconds. */
  doorLoaded: number;
  doorMerged: number;
};

export async function measureBoxOffice(stage: Stage, pace: Pace): Promise<BoxOffice> {
  const { boxOffice } = stage.house;
  const waiting = [...boxOffice.wanted];
  const nextDate = (): string => {
    const date = waiting.shift();
    if (!date) throw new Error("no wanted date left");
    return date;
  };
  const structures = boxOffice.structures.map((token) => browserOf(token, stage.program));
  const most = wantedPlaces;
  const program = (): Promise<Measured> =>
    stage.load({
      origin: stage.program,
      seconds: 60,
      most,
      clients: structures,
      shots: [bookingShot(nextDate())],
      persons: [],
      fine: [303],
    });
  const floor = (): Promise<Measured> =>
    stage.load({
      origin: stage.floor,
      seconds: 60,
      most,
      clients: structures.map(() => ({})),
      shots: [{ method: "GET", path: `/booking?date=${nextDate()}` }],
      persons: [],
      fine: [200],
    });
  const { booking } = stage.recording;
  const driver = (): Promise<Measured> =>
    stage.load({
      seconds: 60,
      most,
      connections: crowd,
      database: stage.place.owner,
      statements: booking.statements,
      replace: { key: booking.key, person: booking.date, code: booking.code },
      persons: [nextDate()],
    });
  const bare = (): Promise<Measured | null> =>
    runPgbench({
      folder: stage.place.folder,
      database: { ...stage.place.owner, options: `-c traboule.house=${stage.house.id}` },
      script: transactionScript(booking.statements, {
        key: booking.key,
        code: booking.code,
        values: { [booking.date]: nextDate() },
      }),
      prepared: true,
      clients: crowd,
      transactions: Math.floor(most / crowd),
    });
  await program();
  await floor();
  const [programs, floors, drivers, pgbenches]: [Measured[], Measured[], Measured[], Measured[]] = [[], [], [], []];
  for (let round = 0; round < pace.rounds; round++) {
    programs.push(await program());
    floors.push(await floor());
    drivers.push(await driver());
    const measured = await bare();
    if (measured) pgbenches.push(measured);
  }
  return {
    opening: {
      program: medianOf("opening, program", programs),
      floor: medianOf("opening, floor", floors),
      driver: medianOf("opening, driver", drivers),
      pgbench: pgbenches.length > 0 ? medianOf("opening, pgbench", pgbenches) : null,
    },
    crowd: await crowdOf(stage, nextDate()),
    tooMany: await heldTooMany(stage),
    catalogue: await catalogueOf(stage, structures.slice(0, clients), pace),
    ...(await doorOf(stage, pace)),
  };
}

/** The mixed requests of the contention test, in full: through the rooms' own acts, each in its transaction, as many connections as people. */
async function crowdOf(stage: Stage, date: string): Promise<BoxOffice["crowd"]> {
  const requests = 5000;
  const places = 100;
  const database = openDatabase({ ...stage.place.web, max: crowd });
  const owner = new pg.Client(stage.place.owner);
  await owner.connect();
  try {
    await owner.query("UPDATE culture.dates SET places = $2, version = version + 1 WHERE id = $1", [date, places]);
    const deps = { database, clock: systemClock, ids: makeIds(systemClock) };
    const scope = benchScope(stage.house.id);
    const started = performance.now();
    await sendCrowd({
      run: (work) => inTransaction(deps, scope, dayIn(scope.zone, systemClock.now()), work),
      date,
      places,
      structures: Array.from({ length: bookers }, (_, at) => structureId(venues + 1 + at)),
      requests,
      together: crowd,
    });
    const seconds = (performance.now() - started) / 1000;
    return {
      requests,
      perSecond: requests / seconds,
      broken: await breaches((text) => owner.query<Record<string, unknown>>(text)),
    };
  } finally {
    await owner.end();
    await database.close();
  }
}

/** Whoever acts in the crowd: the box office's team, as a job would. */
const benchScope = (house: string): Scope =>
  mintScope({
    house,
    houseCode: "bench",
    houseName: "Maison de la mesure",
    zone: "Europe/Paris",
    account: null,
    name: "mesure",
    session: null,
    secondFactor: false,
    grants: [{ role: "culture", site: null, programme: null }],
    ip: null,
  });

async function catalogueOf(stage: Stage, people: readonly Record<string, string>[], pace: Pace): Promise<Measured> {
  const shots: Shot[] = [
    "",
    "?quand=mois",
    "?genre=cirque&quand=mois",
    "?q=concert",
    "?commune=Bron&enfants=8",
    "?acces=step-free",
    "?vue=commune",
    "?vue=calendrier",
  ].map((query) => ({ method: "GET", path: `/espace/sorties${query}` }));
  const shoot = (seconds: number): Promise<Measured> =>
    stage.load({ origin: stage.program, seconds, clients: people, shots, persons: [], fine: [200] });
  await shoot(pace.warm);
  const rounds: Measured[] = [];
  for (let round = 0; round < pace.rounds; round++) rounds.push(await shoot(pace.seconds));
  return medianOf("catalogue", rounds);
}

/** The list of a door asked for by its venue, then everybody let in by a device that was offline and sends all at once. */
async function doorOf(stage: Stage, pace: Pace): Promise<{ doorLoaded: number; doorMerged: number }> {
  const { door, venue } = stage.house.boxOffice;
  const path = `${stage.program}/espace/dates/${door}/porte`;
  const headers = browserOf(venue, stage.program);
  const [loaded, merged]: [number[], number[]] = [[], []];
  for (let round = 0; round <= pace.rounds; round++) {
    const started = performance.now();
    const answer = await fetch(path, { headers });
    const text = await answer.text();
    loaded.push((performance.now() - started) / 1000);
    const bookings = [...text.matchAll(/data-booking="([0-9a-f-]{36})"/g)].map(([, id]) => id);
    if (answer.status !== 200 || bookings.length === 0) throw new Error(`the door answered ${answer.status}`);
    const lines = bookings.map((booking) => ({
      id: randomUUID(),
      booking,
      kind: "arrival",
      came: 1,
      undoes: null,
      at: Date.now(),
    }));
    const sent = performance.now();
    const said = await fetch(path, {
      method: "POST",
      headers: { ...headers, "x-fragment": "porte-liste" },
      body: new URLSearchParams({ appareil: "bench", lignes: JSON.stringify(lines) }),
    });
    await said.text();
    merged.push((performance.now() - sent) / 1000);
    if (said.status !== 200) throw new Error(`the door answered ${said.status} to ${lines.length} lines`);
  }
  return { doorLoaded: middle(loaded.slice(1)), doorMerged: middle(merged.slice(1)) };
}

/** Asked of the rows, whatever the counters say. */
async function heldTooMany(stage: Stage): Promise<number> {
  const client = new pg.Client(stage.place.owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT coalesce(sum(greatest(0, held - places)), 0)::int AS count FROM (
         SELECT d.places, (SELECT coalesce(sum(b.seats), 0) FROM culture.bookings b WHERE b.house_id = d.house_id AND b.date_id = d.id AND b.state IN ('confirmed', 'offered')) AS held
           FROM culture.dates d) x`,
    );
    return rows[0]?.count ?? Number.NaN;
  } finally {
    await client.end();
  }
}
