// The page of a door: find somebody, let them in, take a slip back. Forms that need no script; with scripts the same list works without a
// network and on several devices.
import type { Answer } from "../../../../core/http/answer.ts";
import { page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { TextField } from "../../../../ui/fields.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Notice } from "../../../../ui/notice.tsx";
import { hour, number, plural, shortDay } from "../../../../ui/words.ts";
import { type Found, nameOf } from "./finding.ts";
import { type DoorDate, type Guest, isUnsaid } from "./reads.ts";

export type Door = {
  date: DoorDate;
  guests: readonly Guest[];
  base: string;
  crumb: { href: string; label: string };
  /** Its day has come: entries may be noted. Before, the list is there to be read and printed. */
  open: boolean;
};

const whenWords = (date: DoorDate): string => `${shortDay(date.day)}${date.at ? `, ${hour(date.at)}` : ""}`;

/** How far a group is: said in words, never by a colour alone. */
const cameWords = (guest: Guest): string =>
  guest.came === null
    ? "pas encore"
    : guest.came === 0
      ? "n’est pas venu"
      : guest.came >= guest.seats
        ? guest.seats > 1
          ? `entrés, ${guest.came} sur ${guest.seats}`
          : "entré"
        : `${plural(guest.came, "entrée", "entrées")} sur ${guest.seats}`;

type RowFacts = { guest: Guest; action: string; id: () => string; found: boolean; open: boolean };
const Row = ({ guest, action, id, found, open }: RowFacts) => {
  const left = guest.seats - (guest.came ?? 0);
  return (
    <li
      class={found ? "found" : undefined}
      data-booking={guest.booking}
      data-code={guest.code}
      data-seal={guest.seal}
      data-name={guest.name ?? ""}
      data-by={guest.by}
      data-seats={String(guest.seats)}
      data-came={guest.came ?? ""}
      data-last={guest.last ?? ""}
      data-before={guest.before ?? ""}
      data-ended={guest.ended ?? undefined}
    >
      <span class="who">
        <strong>{nameOf(guest)}</strong>{" "}
        <small>
          {plural(guest.people, "personne", "personnes")}
          {guest.companions > 0 ? ` et ${plural(guest.companions, "accompagnant", "accompagnants")}` : ""} · {guest.by}
          {guest.name ? ` · ${guest.code}` : ""}
        </small>
      </span>
      {guest.ended ? (
        <span class="state">{guest.ended}</span>
      ) : (
        <>
          <span class="state" data-state>
            {cameWords(guest)}
          </span>
          {open ? <EntryForms {...{ guest, action, id, left }} /> : null}
          <span class="print-only">☐</span>
        </>
      )}
    </li>
  );
};

/** Letting in, and taking back. */
const EntryForms = ({ guest, action, id, left }: Omit<RowFacts, "found" | "open"> & { left: number }) => (
  <>
    <form method="post" action={action} class="in no-print" hidden={left <= 0}>
      <input type="hidden" name="cle" value={id()} />
      <input type="hidden" name="reservation" value={guest.booking} />
      {guest.seats > 1 ? (
        <input
          name="entrees"
          inputmode="numeric"
          value={String(left)}
          aria-label={`Combien entrent, ${nameOf(guest)}`}
        />
      ) : (
        <input type="hidden" name="entrees" value="1" />
      )}
      <button type="submit" aria-label={`Entrée, ${nameOf(guest)}`}>
        Entrée
      </button>
    </form>
    <form method="post" action={action} class="back no-print" hidden={guest.last === null}>
      <input type="hidden" name="cle" value={id()} />
      <input type="hidden" name="reservation" value={guest.booking} />
      <input type="hidden" name="defait" value={guest.last ?? ""} />
      <button type="submit" class="second" aria-label={`Défaire la dernière entrée, ${nameOf(guest)}`}>
        Défaire
      </button>
    </form>
  </>
);

/** The list, as the page has it and as a device takes it again after its lines have gone. */
export const GuestList = ({
  door,
  found,
  id,
  already = [],
}: {
  door: Door;
  found: readonly string[];
  id: () => string;
  already?: readonly string[];
}) => {
  const { guests, base } = door;
  const expected = guests.filter((guest) => guest.ended === null);
  const gone = guests.filter((guest) => guest.ended !== null);
  const unsaid = expected.filter(isUnsaid).length;
  // Who was looked for comes first.
  const ordered = [
    ...expected.filter((guest) => found.includes(guest.booking)),
    ...expected.filter((guest) => !found.includes(guest.booking)),
  ];
  return (
    <div id="porte-liste" data-already={already.length > 0 ? already.join(" ") : undefined}>
      <p>
        <strong data-count>{number(expected.reduce((sum, guest) => sum + (guest.came ?? 0), 0))}</strong> {"sur "}
        {plural(
          expected.reduce((sum, guest) => sum + guest.seats, 0),
          "place réservée",
          "places réservées",
        )}
        , en {plural(expected.length, "réservation", "réservations")}.
      </p>
      {expected.length === 0 ? <p class="empty">Personne n’a réservé.</p> : null}
      <ul class="guests">
        {ordered.map((guest) => (
          <Row
            key={guest.booking}
            guest={guest}
            action={`${base}/porte`}
            id={id}
            found={found.includes(guest.booking)}
            open={door.open}
          />
        ))}
      </ul>
      {gone.length > 0 ? (
        <details>
          <summary>{plural(gone.length, "réservation annulée", "réservations annulées")}</summary>
          <ul class="guests">
            {gone.map((guest) => (
              <Row key={guest.booking} guest={guest} action={`${base}/porte`} id={id} found={false} open={false} />
            ))}
          </ul>
        </details>
      ) : null}
      {unsaid > 0 && door.open ? (
        <form method="post" action={`${base}/porte/cloture`} class="no-print" data-close>
          <input type="hidden" name="cle" value={id()} />
          <h2>Tout le monde est entré ?</h2>
          <p>
            Tant que rien n’est noté de quelqu’un, on ne sait pas s’il est venu. Ce bouton dit que les personnes qui ne
            sont pas entrées, sur {plural(unsaid, "réservation", "réservations")}, ne sont pas venues.
          </p>
          <button type="submit" class="second">
            Les autres ne sont pas venus
          </button>
        </form>
      ) : null}
    </div>
  );
};

type Told = { typed?: string; found?: Found; elsewhere?: string; mistake?: string; status?: 409 | 422 };

/** `elsewhere`: where the code is good, when it is not here. */
export function doorPage(
  at: At<unknown>,
  door: Door,
  { typed = "", found, elsewhere, mistake, status }: Told = {},
): Answer {
  const { date, base, crumb } = door;
  const id = () => at.tx.ids.uuid();
  const foundHere = found?.kind === "one" ? [found.booking] : found?.kind === "some" ? found.bookings : [];
  return page({
    title: `À l’entrée : ${date.title}`,
    status: status ?? (mistake ? 422 : 200),
    crumbs: [crumb],
    scripts: ["porte"],
    body: (
      <door-list
        data-date={date.id}
        data-day={date.day}
        data-account={at.scope.account ?? ""}
        data-action={`${base}/porte`}
      >
        <Heading title={`À l’entrée : ${date.title}`}>
          {date.venue}, {whenWords(date)}.
        </Heading>
        {date.cancelled ? <Notice kind="warn" text={`Date annulée : ${date.cancelled}`} /> : null}
        {door.open ? null : <Notice kind="info" text="Les entrées se noteront ici le jour venu. La liste s’imprime." />}
        {mistake ? <Notice kind="error" text={mistake} /> : null}
        <div class="at-hand no-print">
          <form method="get" action={`${base}/porte`} class="find-guest no-print" role="search">
            <TextField name="code" label="Code, prénom ou structure" value={typed} autocomplete="off" maxlength={200} />
            <button type="submit">Chercher</button>
            <button type="button" class="second" data-scan hidden>
              Lire un billet
            </button>
          </form>
          <div id="porte-camera" hidden />
          <p id="porte-dit" role="status" class={found && found.kind === "none" ? "said wrong" : "said"}>
            {found ? `${found.said}${elsewhere ? ` ${elsewhere}` : ""}` : ""}
          </p>
          <div id="porte-reseau" class="no-print" />
        </div>
        <GuestList door={door} found={foundHere} id={id} />
        <p class="no-print">
          <small data-kept>
            Cette page se garde sur l’appareil : elle marche aussi sans réseau, une fois ouverte ici.
          </small>
        </p>
      </door-list>
    ),
  });
}
