// What left the house and what waits to, as a list.
import { sql } from "kysely";
import type { List } from "../../../core/lists/list.ts";
import { may } from "../../../core/rights.ts";
import { addDays, dayIn, minuteIn } from "../../../core/time.ts";
import { Notice } from "../../../ui/notice.tsx";
import { hour, plural, shortDay } from "../../../ui/words.ts";
import { type MessageLine, messageColumns, messageTables } from "./reads.ts";
import { rights } from "./rights.ts";
import { channelWords, isPurpose, purposes, stateWords } from "./words.ts";

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

/** "01/12/2020 à 9 h 05", in the house's zone. */
export const momentIn = (zone: string, at: Date): string =>
  `${shortDay(dayIn(zone, at))} à ${hour(minuteIn(zone, at))}`;

export const stateOf = (message: Pick<MessageLine, "state" | "via">): string =>
  message.state === "sent" && message.via === "outbox" ? "gardé ici, à envoyer à la main" : stateWords[message.state];

export const purposeOf = (purpose: string): string => (isPurpose(purpose) ? purposes[purpose] : purpose);

export const messagesList: List<MessageLine> = {
  name: "messages",
  path: "/messages",
  title: "Messages",
  words: ["message", "messages"],
  right: rights["message.see"],
  trace: { listed: "messages.listed", exported: "messages.exported" },
  query: (tx) => ({
    select: messageColumns,
    from: messageTables,
    where: [sql`m.house_id = ${tx.scope.house}`],
    // Those of all days: somebody has to decide.
    tallies: {
      waiting: sql`(SELECT count(*)::int FROM messages.messages w WHERE w.house_id = ${tx.scope.house} AND w.state IN ('doubtful', 'failed'))`,
    },
  }),
  usual: [{ by: sql`m.planned_at`, down: true }],
  tie: { by: sql`m.id`, down: true },
  filters: [
    {
      kind: "days",
      key: "de",
      label: "Prévus",
      usual: (today) => ({ from: addDays(today, -31), to: addDays(today, 31) }),
      where: (from, to, tx) =>
        sql`m.planned_at >= ${from}::date::timestamp AT TIME ZONE ${tx.scope.zone} AND m.planned_at < (${to}::date + 1)::timestamp AT TIME ZONE ${tx.scope.zone}`,
    },
    {
      kind: "choice",
      key: "etat",
      label: "État",
      all: "tous",
      options: () => options(stateWords),
      where: (value) => sql`m.state = ${value}`,
    },
    {
      kind: "choice",
      key: "objet",
      label: "Objet",
      all: "tous",
      options: () => options(purposes),
      where: (value) => sql`m.purpose = ${value}`,
    },
    {
      kind: "choice",
      key: "canal",
      label: "Canal",
      all: "tous",
      options: () => options(channelWords),
      where: (value) => sql`m.channel = ${value}`,
    },
  ],
  columns: [
    {
      key: "prevu",
      label: "Prévu",
      header: true,
      render: (message, { scope }) => <a href={`/messages/${message.id}`}>{momentIn(scope.zone, message.plannedAt)}</a>,
      sort: sql`m.planned_at`,
    },
    { key: "jour", label: "Prévu le", cell: ({ plannedAt }, { scope }) => ({ day: dayIn(scope.zone, plannedAt) }) },
    { key: "heure", label: "Prévu à", cell: ({ plannedAt }, { scope }) => minuteIn(scope.zone, plannedAt) },
    {
      key: "objet",
      label: "Objet",
      render: ({ purpose }) => purposeOf(purpose),
      cell: ({ purpose }) => purposeOf(purpose),
      sort: sql`m.purpose`,
    },
    {
      key: "canal",
      label: "Canal",
      render: ({ channel }) => channelWords[channel],
      cell: ({ channel }) => channelWords[channel],
      sort: sql`m.channel`,
    },
    {
      key: "a",
      label: "Destinataire",
      render: ({ recipient }) => recipient ?? "effacé",
      cell: ({ recipient }) => recipient,
    },
    { key: "fiche", label: "Fiche", cell: ({ personCode }) => personCode },
    { key: "etat", label: "État", render: stateOf, cell: stateOf, sort: sql`m.state` },
    { key: "essais", label: "Essais", cell: ({ tries }) => tries },
    {
      key: "envoye",
      label: "Envoyé le",
      cell: ({ sentAt }, { scope }) => (sentAt ? { day: dayIn(scope.zone, sentAt) } : null),
    },
    { key: "parties", label: "Parties de SMS", cell: ({ parts }) => parts },
    { key: "identifiant", label: "Identifiant", cell: ({ id }) => id },
  ],
  tell: ({ count }, { values }) =>
    `Courriels et SMS que la maison envoie aux personnes et aux partenaires, prévus du ${shortDay(values.de ?? "")} au ${shortDay(values.a ?? "")}\u00a0: ${plural(count, "message", "messages")}.`,
  action: ({ scope }) =>
    may(scope, rights["message.rule"], { site: null })
      ? { href: "/messages/reglages", label: "Régler et suspendre" }
      : null,
  above: (_, __, { tallies: { waiting = 0 } }) =>
    waiting > 0 ? (
      <Notice
        kind="warn"
        text={`${plural(waiting, "message attend", "messages attendent")} que quelqu’un décide : peut-être envoyés, ou refusés par le serveur.`}
        action={{ href: "/messages?etat=doubtful", label: "Voir ceux qui sont peut-être envoyés" }}
      />
    ) : null,
  empty: () => (
    <p>
      Aucun message de cette sorte entre ces deux jours. Les enquêtes, les orientations et les rappels en écrivent
      {"\u00a0"}; ils partent d’eux-mêmes.
    </p>
  ),
};
