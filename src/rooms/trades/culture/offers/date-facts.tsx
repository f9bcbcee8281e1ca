// What a date was published as: the same facts for the team and for the venue that gives it.
import { Facts } from "../../../../ui/figures.tsx";
import { plural } from "../../../../ui/words.ts";
import { untilWords } from "../until.ts";
import { accessWords, wayWords } from "../words.ts";
import type { DateLine } from "./reads.ts";

/** What is said only where it restricts something: an outing open to all has nothing left to be filled in. */
const only = (label: string, value: string) => (value ? [{ label, value }] : []);

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
      ...only("Réservé aux structures de", date.communes.join(", ")),
      ...only("Réservé à ces types", audience.types.join(", ")),
      ...only("Réservé à ces structures", audience.named.join(", ")),
      { label: "Par réservation", value: plural(date.mostEach, "place au plus", "places au plus") },
      ...only("Réservations", date.closesAt ? untilWords(zone, date.closesAt) : ""),
      { label: "Places données", value: wayWords[date.way] },
    ]}
  />
);
