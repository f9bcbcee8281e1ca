// The outings on offer, date by date.
import { sql } from "kysely";
import { between, holds } from "../../../../core/lists/conditions.ts";
import type { List } from "../../../../core/lists/list.ts";
import { may } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { Link } from "../../../../ui/link.tsx";
import { hour, shortDay } from "../../../../ui/words.ts";
import { Also } from "../also.tsx";
import { rights } from "../rights.ts";
import { wayWords } from "../words.ts";
import { type DateLine, dateColumns, dateTables } from "./reads.ts";

export const momentOf = (line: Pick<DateLine, "day" | "at">): string =>
  `${shortDay(line.day)}${line.at ? ` à ${hour(line.at)}` : ""}`;

export const dateList: List<DateLine> = {
  name: "sorties",
  path: "/culture/sorties",
  title: "Sorties proposées",
  words: ["date", "dates"],
  right: rights["offer.see"],
  trace: { listed: "offer.listed", exported: "offer.exported" },
  query: (tx) => ({ select: dateColumns, from: dateTables, where: [sql`d.house_id = ${tx.scope.house}`] }),
  usual: [{ by: sql`d.on_day` }, { by: sql`coalesce(d.at, '00:00')` }],
  tie: { by: sql`d.id` },
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Jours",
      usual: (today) => ({ from: today, to: addDays(today, 120) }),
      where: between(sql`d.on_day`),
    },
    { kind: "text", key: "titre", label: "Titre", where: (value) => holds(sql`o.title || ' ' || o.genre`, value) },
    {
      kind: "text",
      key: "lieu",
      label: "Partenaire ou commune",
      where: (value) => holds(sql`v.name || ' ' || coalesce(v.commune_name, '')`, value),
    },
    {
      kind: "choice",
      key: "commune",
      label: "Commune",
      all: "toutes",
      async options(tx) {
        const { rows } = await sql<{ value: string; label: string }>`
          SELECT DISTINCT v.commune_name AS value, v.commune_name AS label FROM culture.offers o JOIN partners.structures v ON v.house_id = o.house_id AND v.id = o.structure_id
           WHERE o.house_id = ${tx.scope.house} AND v.commune_name IS NOT NULL ORDER BY 1`.execute(tx.on());
        return rows;
      },
      where: (value) => sql`v.commune_name = ${value}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "toutes",
      options: () => [
        { value: "libre", label: "avec des places libres" },
        { value: "complete", label: "complètes" },
        { value: "annulee", label: "annulées" },
      ],
      where: (value) =>
        value === "annulee"
          ? sql`d.cancelled_at IS NOT NULL`
          : sql`d.cancelled_at IS NULL AND ${value === "libre" ? sql`d.taken < d.places` : sql`d.taken >= d.places`}`,
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
    { key: "heure", label: "Heure", cell: (line) => line.at },
    {
      key: "titre",
      label: "Sortie",
      header: true,
      render: (line) => <Link href={`/culture/dates/${line.id}`}>{line.title}</Link>,
      cell: (line) => line.title,
      sort: sql`o.title`,
    },
    { key: "genre", label: "Genre", render: (line) => line.genre, cell: (line) => line.genre, sort: sql`o.genre` },
    {
      key: "partenaire",
      label: "Partenaire culturel",
      render: (line) => line.venue,
      cell: (line) => line.venue,
      sort: sql`v.name`,
    },
    { key: "commune", label: "Commune", cell: (line) => line.commune },
    {
      key: "places",
      label: "Places",
      number: true,
      render: (line) => line.places,
      cell: (line) => line.places,
      sort: sql`d.places`,
    },
    {
      key: "prises",
      label: "Prises",
      number: true,
      render: (line) => line.taken,
      cell: (line) => line.taken,
      sort: sql`d.taken`,
    },
    { key: "attente", label: "En attente", cell: (line) => line.waiting },
    {
      key: "etat",
      label: "État",
      render: (line) =>
        line.cancelled
          ? `annulée : ${line.cancelled}`
          : line.taken >= line.places
            ? "complète"
            : line.way === "draw"
              ? wayWords.draw
              : "",
      cell: (line) => (line.cancelled ? `annulée : ${line.cancelled}` : "maintenue"),
    },
  ],
  action: (at) =>
    may(at.scope, rights["offer.publish"]) ? { href: "/culture/sorties/nouvelle", label: "Publier une sortie" } : null,
  above: (at) => (
    <Also
      scope={at.scope}
      links={[
        { href: "/culture/reservations", label: "Réservations", right: rights["booking.see"] },
        { href: "/culture/sorties/ou", label: "Où", right: rights["offer.see"] },
        { href: "/culture/annulations", label: "Annuler des dates ensemble", right: rights["date.cancel"] },
        { href: "/culture/limites", label: "Places par structure et par saison", right: rights["limit.set"] },
      ]}
    />
  ),
  empty: () => <p>Aucune sortie dans ces jours. Élargissez les dates, ou publiez-en une.</p>,
};
