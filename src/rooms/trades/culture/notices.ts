// Letters of the box office to structures: each thing once, to the address that the structure gave. A structure without one is told by the
// team, who sees it on the page.
import { sql } from "kysely";
import type { Tx } from "../../../core/db/transaction.ts";
import { dayIn, minuteIn } from "../../../core/time.ts";
import { hour, shortDay } from "../../../ui/words.ts";
import { queueMessage } from "../../foundations/messages/door.ts";
import { accountAddresses } from "../../foundations/partners/door.ts";
import { changeLetter, type Loss, lossLetter } from "./vouchers/letters.ts";
import { type Voucher, voucherOf } from "./vouchers/reads.ts";
import { type Address, tellHolder } from "./vouchers/telling.ts";

/** The address of each structure: its own, else the one of whoever works there today, else the one by which somebody signs in for it. */
export async function addressesOf(tx: Tx, structures: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; email: string }>`
    SELECT s.id, coalesce(s.email, c.email) AS email FROM partners.structures s
      LEFT JOIN LATERAL (SELECT x.email FROM partners.contacts x WHERE x.house_id = s.house_id AND x.structure_id = s.id AND x.email IS NOT NULL
         AND (x.from_day IS NULL OR x.from_day <= ${tx.today}) AND (x.to_day IS NULL OR x.to_day >= ${tx.today})
         AND NOT EXISTS (SELECT 1 FROM partners.withdrawals w WHERE w.house_id = x.house_id AND w.row_id = x.id) ORDER BY x.id LIMIT 1) c ON true
     WHERE s.house_id = ${tx.scope.house} AND s.id = ANY(${[...structures]}::uuid[]) AND coalesce(s.email, c.email) IS NOT NULL`.execute(
    tx.on(),
  );
  const known = new Map(rows.map((row) => [row.id, row.email]));
  const others = await accountAddresses(
    tx,
    structures.filter((one) => !known.has(one)),
  );
  return new Map([...known, ...others]);
}

/** What was said to the structures that an act touches, as whoever did it reads it: those without an address are called by the team. */
export function toldWords(told: number, untold: number): string {
  const said = `${told} ${told > 1 ? "structures prévenues" : "structure prévenue"}`;
  const call = untold > 1 ? "l’équipe les appellera" : "l’équipe l’appellera";
  if (told + untold === 0) return "aucune structure n’est à prévenir";
  return untold === 0 ? said : `${told > 0 ? `${said}\u00a0; ` : ""}${untold} sans adresse\u00a0: ${call}`;
}

/** A booking as letters and acts tell it. */
export type Outing = {
  booking: string;
  structure: string;
  title: string;
  day: string;
  at: string | null;
  seats: number;
  code: string;
};
/** What an outing is read from: `b` the booking, `d` its date, `o` its offer. */
export const outingColumns = sql`b.id AS booking, b.structure_id AS structure, o.title, d.on_day AS day, to_char(d.at, 'HH24:MI') AS at, b.seats, b.code`;
export const outingTables = sql`culture.bookings b JOIN culture.dates d ON d.house_id = b.house_id AND d.id = b.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id`;

const outingOf = async (tx: Tx, booking: string): Promise<Outing | null> =>
  (
    await sql<Outing>`
      SELECT ${outingColumns} FROM ${outingTables} WHERE b.house_id = ${tx.scope.house} AND b.id = ${booking}`.execute(
      tx.on(),
    )
  ).rows[0] ?? null;

const when = (one: Pick<Outing, "day" | "at">): string =>
  `le ${shortDay(one.day)}${one.at ? ` à ${hour(one.at)}` : ""}`;
const places = (count: number): string => `${count} place${count > 1 ? "s" : ""}`;

/** Places have come back for somebody who waited: until when they may be taken. */
export async function noticeOfOffer(tx: Tx, booking: string, until: Date): Promise<void> {
  const outing = await outingOf(tx, booking);
  const to = outing ? (await addressesOf(tx, [outing.structure])).get(outing.structure) : undefined;
  if (!outing || !to) return;
  const [day, minute] = [dayIn(tx.scope.zone, until), minuteIn(tx.scope.zone, until)];
  await queueMessage(tx, {
    key: `culture-offer/${booking}/${until.toISOString()}`,
    purpose: "outing",
    channel: "mail",
    person: null,
    personal: false,
    recipient: to,
    subject: `Des places se sont libérées : ${outing.title}`,
    body: `Bonjour,\n\n${places(outing.seats)} se sont libérées pour « ${outing.title} », ${when(outing)}. Elles sont gardées pour vous jusqu’au ${shortDay(day)} à ${hour(minute)}.\n\nRéservation ${outing.code}. Répondez depuis votre espace, ou appelez-nous. Sans réponse, elles iront à d’autres.\n`,
    uselessAt: until,
  });
}

/** Each voucher that was sent for one of these bookings, to where it went. */
async function eachHolder(
  tx: Tx,
  outings: readonly Outing[],
  tell: (voucher: Voucher, id: string, to: Address) => Promise<unknown>,
): Promise<void> {
  const { rows } = await sql<Address & { id: string; booking: string }>`
    SELECT id, booking_id AS booking, channel, recipient FROM culture.vouchers
     WHERE house_id = ${tx.scope.house} AND recipient IS NOT NULL AND booking_id = ANY(${outings.map((one) => one.booking)}::uuid[]) ORDER BY id`.execute(
    tx.on(),
  );
  for (const { id, booking, channel, recipient } of rows) {
    const voucher = await voucherOf(tx, booking);
    if (voucher) await tell(voucher, id, { channel, recipient });
  }
}

const lossSubject = (bookings: readonly Outing[], { goesOn }: Loss): string =>
  goesOn
    ? `Places perdues : ${bookings[0]?.title ?? ""}`
    : bookings.length > 1
      ? "Des sorties sont annulées"
      : `Sortie annulée : ${bookings[0]?.title ?? ""}`;

/** Bookings that are no more, told to each structure in one letter. `key`: the act that took them away. */
export async function noticeOfLoss(
  tx: Tx,
  key: string,
  lost: readonly Outing[],
  loss: Loss,
): Promise<{ told: number; untold: string[] }> {
  // Whoever got a voucher of one of these is told too: they would stand before a closed door.
  await eachHolder(tx, lost, (voucher, id, to) =>
    tellHolder(tx, `culture-loss/${key}/${id}`, voucher, to, lossLetter(voucher, loss)),
  );
  const byStructure = Map.groupBy(lost, (one) => one.structure);
  const addresses = await addressesOf(tx, [...byStructure.keys()]);
  const untold: string[] = [];
  for (const [structure, bookings] of byStructure) {
    const to = addresses.get(structure);
    if (!to) {
      untold.push(structure);
      continue;
    }
    const lines = bookings
      .map((one) => `- « ${one.title} », ${when(one)} : ${places(one.seats)} (réservation ${one.code})`)
      .join("\n");
    await queueMessage(tx, {
      key: `culture-loss/${key}/${structure}`,
      purpose: "outing",
      channel: "mail",
      person: null,
      personal: false,
      recipient: to,
      subject: lossSubject(bookings, loss),
      body: `Bonjour,\n\nCes places ne sont plus réservées :\n\n${lines}\n\nMotif : ${loss.reason}\n\nPrévenez les personnes concernées. Nous sommes désolés.\n`,
    });
  }
  return { told: byStructure.size - untold.length, untold };
}

/** Outings that are kept but changed, told to each structure in one letter and to each holder of a voucher. `key`: the act. */
export async function noticeOfChange(
  tx: Tx,
  key: string,
  changed: readonly (Outing & { change: readonly string[]; easy: readonly string[] })[],
): Promise<{ told: number; untold: number }> {
  const easy = new Map(changed.map((one) => [one.booking, one.easy]));
  await eachHolder(tx, changed, (voucher, id, to) =>
    tellHolder(tx, `culture-change/${key}/${id}`, voucher, to, changeLetter(voucher, easy.get(voucher.booking) ?? [])),
  );
  const byStructure = Map.groupBy(changed, (one) => one.structure);
  const addresses = await addressesOf(tx, [...byStructure.keys()]);
  let told = 0;
  for (const [structure, bookings] of byStructure) {
    const to = addresses.get(structure);
    const [first] = bookings;
    if (!to || !first) continue;
    const lines = bookings
      .map(
        (one) =>
          `- « ${one.title} », ${when(one)}, ${places(one.seats)} (réservation ${one.code}) : ${one.change.join(" ; ")}`,
      )
      .join("\n");
    await queueMessage(tx, {
      key: `culture-change/${key}/${structure}`,
      purpose: "outing",
      channel: "mail",
      person: null,
      personal: false,
      recipient: to,
      subject: `Sortie modifiée : ${first.title}`,
      body: `Bonjour,\n\nVos places sont toujours réservées, mais la sortie change :\n\n${lines}\n\nPrévenez les personnes concernées. Quelqu’un ne peut plus venir ? Annulez sa réservation depuis votre espace, ou appelez-nous.\n`,
    });
    told += 1;
  }
  return { told, untold: byStructure.size - told };
}

/** Two days before: what a structure has on that date, and how to give places back. False: told already, or no address. */
export async function noticeBefore(tx: Tx, date: string, structure: string): Promise<boolean> {
  const to = (await addressesOf(tx, [structure])).get(structure);
  if (!to) return false;
  const { rows } = await sql<Outing & { who: string | null }>`
    SELECT ${outingColumns}, b.first_name AS who FROM ${outingTables}
     WHERE b.house_id = ${tx.scope.house} AND b.date_id = ${date} AND b.structure_id = ${structure} AND b.state = 'confirmed' ORDER BY b.first_name NULLS LAST, b.code`.execute(
    tx.on(),
  );
  const [first] = rows;
  if (!first) return false;
  const lines = rows.map((one) => `- ${one.who ?? "sans nom"} : ${places(one.seats)} (code ${one.code})`).join("\n");
  const queued = await queueMessage(tx, {
    key: `culture-before/${date}/${structure}`,
    purpose: "outing",
    channel: "mail",
    person: null,
    personal: false,
    recipient: to,
    subject: `Bientôt : ${first.title}, ${when(first)}`,
    body: `Bonjour,\n\n« ${first.title} » a lieu ${when(first)}. Vous avez réservé :\n\n${lines}\n\nQuelqu’un ne peut pas venir ? Annulez sa réservation depuis votre espace, ou appelez-nous : ses places iront à d’autres.\n`,
    uselessAt: new Date(Date.parse(`${first.day}T23:59:00Z`)),
  });
  return queued !== null;
}

/** What came of a draw, to each structure that asked: one letter a date. */
export async function noticeOfDraw(tx: Tx, date: string): Promise<void> {
  const { rows } = await sql<Outing & { given: boolean }>`
    SELECT ${outingColumns}, l.given FROM ${outingTables} JOIN culture.draw_lines l ON l.house_id = b.house_id AND l.booking_id = b.id
     WHERE l.house_id = ${tx.scope.house} AND l.date_id = ${date} ORDER BY l.rank`.execute(tx.on());
  const byStructure = Map.groupBy(rows, (one) => one.structure);
  const addresses = await addressesOf(tx, [...byStructure.keys()]);
  for (const [structure, requests] of byStructure) {
    const [first] = requests;
    const to = addresses.get(structure);
    if (!to || !first) continue;
    const lines = requests
      .map((one) => `- ${places(one.seats)} (${one.code}) : ${one.given ? "c’est oui" : "c’est non cette fois"}`)
      .join("\n");
    await queueMessage(tx, {
      key: `culture-draw/${date}/${structure}`,
      purpose: "outing",
      channel: "mail",
      person: null,
      personal: false,
      recipient: to,
      subject: `Tirage au sort : ${first.title}`,
      body: `Bonjour,\n\nLes places de « ${first.title} », ${when(first)}, ont été tirées au sort.\n\n${lines}\n\nLa règle, la graine et tout le résultat sont sur la page de la sortie : chacun peut refaire le tirage.\n`,
    });
  }
}
