// All bookings, for the team.
import { sql } from "kysely";
import { between, holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { addDays, dayIn } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { momentOf } from "../offers/list.tsx";
import { rights } from "../rights.ts";
import { bookingStateWords, whyEndedWords } from "../words.ts";
import { type BookingLine, bookingColumns, bookingTables } from "./reads.ts";

/** For whom the places are, in the words that were given. */
export const forWhom = (line: Pick<BookingLine, "person" | "firstName">): string =>
  line.person ?? line.firstName ?? "sans nom";
/** "2 venues", "personne", "non renseigné": silence is no figure. */
export const cameWords = (attended: number | null): string =>
  attended === null ? "non renseigné" : attended === 0 ? "personne" : String(attended);

export const bookingList: List<BookingLine> = {
  name: "reservations",
  path: "/culture/reservations",
  title: "Réservations de sorties",
  crumbs: [{ href: "/culture/sorties", label: "Sorties proposées" }],
  words: ["réservation", "réservations"],
  right: rights["booking.see"],
  exportRight: rights["booking.export"],
  trace: { listed: "booking.listed", exported: "booking.exported" },
  query: (tx) => ({
    select: bookingColumns,
    from: bookingTables,
    where: [sql`b.house_id = ${tx.scope.house}`],
    tallies: { seats: { sum: sql`b.seats` } },
  }),
  usual: [{ by: sql`d.on_day` }, { by: sql`coalesce(d.at, '00:00')` }, { by: sql`b.asked_at` }],
  tie: { by: sql`b.id` },
  person: sql`b.person_id`,
  nameOf: (line) => `${line.structure}, ${forWhom(line)}`,
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours de sortie",
      usual: (today) => ({ from: addDays(today, -30), to: addDays(today, 120) }),
      where: between(sql`d.on_day`),
    },
    {
      kind: "text",
      key: "sortie",
      label: "Sortie ou partenaire",
      where: (value) => holds(sql`o.title || ' ' || v.name`, value),
    },
    { kind: "text", key: "structure", label: "Structure", where: (value) => holds(sql`s.name`, value) },
    {
      kind: "text",
      key: "code",
      label: "Code",
      where: (value) => sql`b.code = upper(regexp_replace(${value}, '[^[:alnum:]]', '', 'g'))`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => Object.entries(bookingStateWords).map(([value, label]) => ({ value, label })),
      where: (value) => sql`b.state = ${value}`,
    },
    {
      kind: "choice",
      key: "venue",
      label: "Venue",
      all: "peu importe",
      options: () => [
        { value: "inconnue", label: "passée et non renseignée" },
        { value: "oui", label: "quelqu’un est venu" },
        { value: "non", label: "personne n’est venu" },
      ],
      where: (value, tx) =>
        value === "inconnue"
          ? sql`b.state = 'confirmed' AND (b.attended IS NULL OR NOT b.attended_whole) AND d.on_day < ${tx.today}`
          : value === "oui"
            ? sql`b.attended > 0`
            : sql`b.attended = 0`,
    },
  ],
  columns: [
    {
      key: "quand",
      label: "Quand",
      render: momentOf,
      sort: [sql`d.on_day`, sql`coalesce(d.at, '00:00')`],
    },
    { key: "jour", label: "Jour", cell: (line) => ({ day: line.day }) },
    {
      key: "titre",
      label: "Sortie",
      header: true,
      render: (line) => <Link href={`/culture/reservations/${line.id}`}>{line.title}</Link>,
      cell: (line) => line.title,
      sort: sql`o.title`,
    },
    { key: "partenaire", label: "Partenaire culturel", cell: (line) => line.venue },
    {
      key: "structure",
      label: "Structure",
      render: (line) => line.structure,
      cell: (line) => line.structure,
      sort: sql`s.name`,
    },
    {
      key: "places",
      label: "Places",
      number: true,
      render: (line) => line.seats,
      cell: (line) => line.seats,
      sort: sql`b.seats`,
    },
    { key: "accompagnants", label: "dont accompagnants", cell: (line) => line.companions },
    { key: "etat", label: "État", render: whyEndedWords, cell: whyEndedWords },
    { key: "venues", label: "Venues", render: (line) => cameWords(line.attended), cell: (line) => line.attended },
    { key: "reservee", label: "Demandée le", cell: (line, tx) => ({ day: dayIn(tx.scope.zone, line.askedAt) }) },
    { key: "code", label: "Code", cell: (line) => line.code },
    { key: "exception", label: "Malgré la règle de la saison", cell: (line) => line.exception },
  ],
  tell: ({ count, tallies: { seats = 0 } }) =>
    `${count} réservation${count > 1 ? "s" : ""}, ${seats} place${seats > 1 ? "s" : ""}.`,
  empty: () => <p>Aucune réservation avec ces filtres.</p>,
};
