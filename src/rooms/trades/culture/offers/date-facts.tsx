// What a date was published as: the same facts for the team and for the venue that gives it.
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { Facts } from "../../../../ui/figures.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { accessWords, wayWords } from "../words.ts";
import type { DateLine } from "./reads.ts";

/** What the date is, as everybody may read it. */
export const DateFactsList = ({
  date,
  zone,
  audience,
}: {
  date: DateLine;
  zone: string;
  audience: { types: readonly string[]; named: readonly string[] };
}) => (
  <Facts
    facts={[
      { label: "Partenaire culturel", value: date.venue },
      { label: "De quoi ça parle", value: date.about || null },
      { label: "Où", value: [date.place, date.commune].filter(Boolean).join(", ") || null },
      { label: "Comment venir", value: date.wayThere || null },
      { label: "Genre", value: date.genre || null },
      {
        label: "Âge",
        value:
          date.fromAge === null && date.toAge === null
            ? null
            : date.toAge === null
              ? `à partir de ${date.fromAge} ans`
              : `de ${date.fromAge ?? 0} à ${date.toAge} ans`,
      },
      { label: "Durée", value: date.minutes === null ? null : `${date.minutes} minutes` },
      { label: "Langue", value: date.language || null },
      { label: "Facile parce que", value: date.access.map((one) => accessWords[one]).join(", ") || null },
      { label: "Accueil", value: date.meeting || null },
      { label: "Accompagnants", value: date.companions ? "bienvenus" : "non" },
      { label: "Réservé aux structures de", value: date.communes.join(", ") || null },
      { label: "Réservé à ces types", value: audience.types.join(", ") || null },
      { label: "Réservé à ces structures", value: audience.named.join(", ") || null },
      { label: "Par réservation", value: plural(date.mostEach, "place au plus", "places au plus") },
      {
        label: "Réservations jusqu’au",
        value: date.closesAt ? `${shortDay(dayIn(zone, date.closesAt))} à ${minuteIn(zone, date.closesAt)}` : null,
      },
      { label: "Places données", value: wayWords[date.way] },
    ]}
  />
);
