// The figures of the box office (report 2020, « Billetterie solidaire »: 17 762 places proposed, 7 886 booked of which 5 330 stood, 2 302
// known to have come). Places and bookings are of the day of the outing, whatever the day of the booking.
import { count, distinct, type Figure, type FigureSource, ratio, sum } from "../../../core/figures/figure.ts";
import { rights } from "./rights.ts";
import { bookerLabels, venueLabels } from "./structure-labels.ts";
import { bookingStateWords, endedByWords } from "./words.ts";

const seasonOf = (day: string): string =>
  `(CASE WHEN extract(month FROM ${day}) >= 9 THEN extract(year FROM ${day})::int || '-' || (extract(year FROM ${day})::int + 1) ELSE (extract(year FROM ${day})::int - 1) || '-' || extract(year FROM ${day})::int END)`;
const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const datesSource: FigureSource = {
  name: "culture-dates",
  from: "culture.dates r",
  day: "r.on_day",
  joins: {
    offer: "JOIN culture.offers o ON o.house_id = r.house_id AND o.id = r.offer_id",
    venue: "JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id",
  },
  person: null,
  structure: null,
  dimensions: [
    { key: "mois", label: "Mois", expression: "to_char(r.on_day, 'MM')", values: "months", unknown: "sans date" },
    { key: "saison", label: "Saison (de septembre à août)", expression: seasonOf("r.on_day"), unknown: "sans date" },
    { key: "genre", label: "Genre", expression: "nullif(o.genre, '')", joins: ["offer"], unknown: "sans genre" },
    {
      key: "lieu",
      label: "Partenaire culturel",
      expression: "o.structure_id",
      joins: ["offer"],
      labels: venueLabels,
      unknown: "sans partenaire",
    },
    {
      key: "commune",
      label: "Commune du partenaire culturel",
      expression: "v.commune_name",
      joins: ["offer", "venue"],
      unknown: "commune inconnue",
    },
    {
      key: "etat",
      label: "État de la date",
      expression: "CASE WHEN r.cancelled_at IS NULL THEN 'open' ELSE 'cancelled' END",
      values: [
        { value: "open", label: "maintenue" },
        { value: "cancelled", label: "annulée" },
      ],
      unknown: "",
    },
    { key: "motif", label: "Motif d’annulation", expression: "r.cancelled_reason", unknown: "maintenue" },
  ],
  ofPeople: false,
  published: [[], ["mois"], ["saison"], ["genre"], ["etat"]],
  list: {
    id: "r.id",
    order: "r.on_day, r.at, r.id",
    href: (id) => `/culture/dates/${id}`,
    columns: [
      { key: "day", label: "Jour", expression: "r.on_day", kind: "day" },
      { key: "title", label: "Sortie", expression: "o.title", joins: ["offer"] },
      { key: "venue", label: "Partenaire culturel", expression: "v.name", joins: ["offer", "venue"] },
      { key: "places", label: "Places", expression: "r.places", kind: "number" },
      { key: "cancelled", label: "Annulée", expression: "r.cancelled_reason" },
    ],
    personColumns: [],
  },
  seeNames: rights["offer.see"],
};

export const bookingsSource: FigureSource = {
  name: "culture-bookings",
  from: "culture.bookings r JOIN culture.dates d ON d.house_id = r.house_id AND d.id = r.date_id JOIN culture.offers o ON o.house_id = d.house_id AND o.id = d.offer_id",
  day: "d.on_day",
  // Who waits, asks for a draw or let an offer pass has booked nothing.
  where: "r.state IN ('confirmed', 'cancelled')",
  joins: {
    structure: "JOIN partners.structures s ON s.house_id = r.house_id AND s.id = r.structure_id",
    type: "LEFT JOIN partners.terms type ON type.house_id = s.house_id AND type.id = s.type_id",
    person: "LEFT JOIN people.persons p ON p.house_id = r.house_id AND p.id = r.person_id",
    neighbourhood:
      "LEFT JOIN LATERAL (SELECT x.value FROM people.situations x WHERE x.house_id = r.house_id AND x.person_id = r.person_id AND x.kind = 'neighbourhood' AND x.from_day <= d.on_day ORDER BY x.from_day DESC LIMIT 1) neighbourhood ON true",
  },
  person: "r.person_id",
  structure: "r.structure_id",
  commune: "s.commune_name",
  dimensions: [
    {
      key: "mois",
      label: "Mois de la sortie",
      expression: "to_char(d.on_day, 'MM')",
      values: "months",
      unknown: "sans date",
    },
    { key: "saison", label: "Saison (de septembre à août)", expression: seasonOf("d.on_day"), unknown: "sans date" },
    { key: "genre", label: "Genre", expression: "nullif(o.genre, '')", unknown: "sans genre" },
    {
      key: "lieu",
      label: "Partenaire culturel",
      expression: "o.structure_id",
      labels: venueLabels,
      unknown: "sans partenaire",
    },
    {
      key: "structure",
      label: "Partenaire social",
      expression: "r.structure_id",
      labels: bookerLabels,
      unknown: "sans structure",
    },
    {
      key: "public",
      label: "Type du partenaire social",
      expression: "type.label",
      joins: ["structure", "type"],
      unknown: "sans type",
    },
    {
      key: "commune",
      label: "Commune du partenaire social",
      expression: "s.commune_name",
      joins: ["structure"],
      unknown: "commune inconnue",
    },
    {
      key: "quartier",
      label: "Quartier prioritaire de la personne, le jour de la sortie",
      expression: "neighbourhood.value",
      joins: ["neighbourhood"],
      values: [
        { value: "qpv", label: "QPV" },
        { value: "qva", label: "QVA" },
        { value: "none", label: "hors quartier prioritaire" },
      ],
      unknown: "quartier inconnu ou personne sans fiche",
    },
    {
      key: "etat",
      label: "État",
      expression: "r.state",
      values: options({ confirmed: bookingStateWords.confirmed, cancelled: bookingStateWords.cancelled }),
      unknown: "",
    },
    {
      key: "annulee",
      label: "Annulée par",
      expression: "r.ended_by",
      values: options(endedByWords),
      unknown: "maintenue",
    },
    {
      key: "retour",
      label: "Venue",
      expression: "CASE WHEN r.attended IS NULL THEN 'unknown' WHEN r.attended = 0 THEN 'none' ELSE 'came' END",
      values: [
        { value: "came", label: "quelqu’un est venu" },
        { value: "none", label: "personne n’est venu" },
        { value: "unknown", label: "non renseigné" },
      ],
      unknown: "",
    },
  ],
  published: [[], ["mois"], ["saison"], ["genre"], ["public"], ["commune"], ["quartier"], ["etat"], ["retour"]],
  list: {
    id: "r.id",
    order: "d.on_day, r.asked_at, r.id",
    href: (id) => `/culture/reservations/${id}`,
    columns: [
      { key: "day", label: "Jour de la sortie", expression: "d.on_day", kind: "day" },
      { key: "title", label: "Sortie", expression: "o.title" },
      { key: "structure", label: "Structure", expression: "s.name", joins: ["structure"] },
      { key: "seats", label: "Places", expression: "r.seats", kind: "number" },
      { key: "state", label: "État", expression: "CASE r.state WHEN 'confirmed' THEN 'confirmée' ELSE 'annulée' END" },
      { key: "came", label: "Venues", expression: "r.attended", kind: "number" },
    ],
    structureHref: (id) => `/structures/${id}`,
    structureColumns: [
      { key: "structure", label: "Structure", expression: "s.name", joins: ["structure"] },
      { key: "commune", label: "Commune", expression: "s.commune_name", joins: ["structure"] },
      { key: "first", label: "Première sortie de la période", expression: "d.on_day", kind: "day" },
    ],
    communeColumns: [
      { key: "commune", label: "Commune", expression: "s.commune_name", joins: ["structure"] },
      { key: "first", label: "Première sortie de la période", expression: "d.on_day", kind: "day" },
    ],
    personHref: (id) => `/personnes/${id}`,
    personColumns: [
      { key: "family", label: "Nom", expression: "p.family_name", joins: ["person"], names: true },
      { key: "given", label: "Prénom", expression: "p.given_name", joins: ["person"], names: true },
      { key: "first", label: "Première sortie de la période", expression: "d.on_day", kind: "day" },
    ],
  },
  seeNames: rights["booking.see"],
};

const ofDates = datesSource.dimensions.map((dimension) => dimension.key);
const ofBookings = bookingsSource.dimensions.map((dimension) => dimension.key);
/** What both sources can be broken down by: a rate has its two terms in each cell. */
const common = ["mois", "saison", "genre", "lieu"];
const figure = (facts: Omit<Figure, "printed" | "by"> & { by?: readonly string[] }): Figure => ({
  by: facts.source === "culture-dates" ? ofDates : ofBookings,
  printed: [],
  ...facts,
});

export const boxOfficeFigures: readonly Figure[] = [
  figure({
    code: "billetterie.places",
    label: "Places proposées",
    unit: "places",
    definition: "Places de toutes les dates de la période, celles qui ont été annulées comprises.",
    source: "culture-dates",
    measure: sum("r.places"),
  }),
  figure({
    code: "billetterie.places_maintenues",
    label: "Places proposées, dates annulées non comprises",
    unit: "places",
    definition: "Places des dates de la période qui n’ont pas été annulées.",
    source: "culture-dates",
    measure: sum("r.places"),
    where: { sql: "r.cancelled_at IS NULL" },
  }),
  figure({
    code: "billetterie.dates",
    label: "Dates proposées",
    unit: "dates",
    definition: "Dates de la période, celles qui ont été annulées comprises.",
    source: "culture-dates",
    measure: count(),
  }),
  figure({
    code: "billetterie.dates_annulees",
    label: "Dates annulées",
    unit: "dates",
    definition: "Dates de la période qui ont été annulées, quel qu’en soit le motif.",
    source: "culture-dates",
    measure: count(),
    where: { sql: "r.cancelled_at IS NOT NULL" },
  }),
  figure({
    code: "billetterie.reservees",
    label: "Places réservées",
    unit: "places",
    definition:
      "Places confirmées un jour, celles qui ont été annulées ensuite comprises ; personnes et accompagnants.",
    source: "culture-bookings",
    measure: sum("r.seats"),
  }),
  figure({
    code: "billetterie.reservees_reelles",
    label: "Places réservées, annulations déduites",
    unit: "places",
    definition: "Places confirmées et non annulées ; personnes et accompagnants.",
    source: "culture-bookings",
    measure: sum("r.seats"),
    where: { sql: "r.state = 'confirmed'" },
  }),
  figure({
    code: "billetterie.accompagnants",
    label: "Places d’accompagnants, annulations déduites",
    unit: "places",
    definition: "Parmi les places confirmées et non annulées, celles des accompagnants.",
    source: "culture-bookings",
    measure: sum("r.companions"),
    where: { sql: "r.state = 'confirmed'" },
  }),
  figure({
    code: "billetterie.venues",
    label: "Venues connues",
    unit: "venues",
    definition:
      "Personnes venues sur des réservations confirmées et non annulées, là où cela a été renseigné ; une réservation sans retour ne compte ni pour une venue ni pour une absence.",
    source: "culture-bookings",
    measure: sum("r.attended"),
    where: { sql: "r.state = 'confirmed' AND r.attended IS NOT NULL" },
  }),
  figure({
    code: "billetterie.places_renseignees",
    label: "Places dont la venue est renseignée",
    unit: "places",
    definition:
      "Places confirmées et non annulées dont il a été dit si quelqu’un est venu ; d’un groupe dont une partie seulement est entrée, sans qu’il soit dit que les autres ne viendront pas, seules comptent les places de ceux qui sont entrés.",
    source: "culture-bookings",
    measure: sum("CASE WHEN r.attended_whole THEN r.seats ELSE least(r.attended, r.seats) END"),
    where: { sql: "r.state = 'confirmed' AND r.attended IS NOT NULL" },
  }),
  figure({
    code: "billetterie.structures_servies",
    label: "Structures qui ont réservé",
    unit: "structures",
    definition: "Structures différentes avec au moins une réservation confirmée et non annulée.",
    source: "culture-bookings",
    measure: distinct("structure"),
    where: { sql: "r.state = 'confirmed'" },
  }),
  figure({
    code: "billetterie.communes_touchees",
    label: "Communes touchées",
    unit: "communes",
    definition:
      "Communes différentes des structures qui ont au moins une réservation confirmée et non annulée ; une structure sans commune connue n’en ajoute pas.",
    source: "culture-bookings",
    measure: distinct("commune"),
    where: { sql: "r.state = 'confirmed' AND s.commune_name IS NOT NULL", joins: ["structure"] },
  }),
  figure({
    code: "billetterie.taux_reservation",
    label: "Part des places proposées qui ont été réservées",
    unit: "%",
    definition: "Places réservées, annulations comprises, sur places proposées, dates annulées comprises.",
    source: "culture-dates",
    measure: ratio("billetterie.reservees", "billetterie.places", { round: 0, percent: true }),
    by: common,
  }),
  figure({
    code: "billetterie.taux_venues",
    label: "Venues connues sur places réservées",
    unit: "%",
    definition:
      "Venues connues sur places réservées, annulations déduites ; la base compte aussi les réservations sans retour.",
    source: "culture-bookings",
    measure: ratio("billetterie.venues", "billetterie.reservees_reelles", { round: 0, percent: true }),
  }),
  figure({
    code: "billetterie.taux_retour",
    label: "Part des places réservées dont la venue est renseignée",
    unit: "%",
    definition: "Places dont la venue est renseignée sur places réservées, annulations déduites.",
    source: "culture-bookings",
    measure: ratio("billetterie.places_renseignees", "billetterie.reservees_reelles", { round: 0, percent: true }),
  }),
];
