// A session's page: what it is, who registered, who waits, what can be done with it.
import type { ComponentChildren } from "preact";
import { type Answer, page } from "../../../../core/http/answer.ts";
import type { At } from "../../../../core/http/route.ts";
import { may } from "../../../../core/rights.ts";
import { dayIn, minuteIn } from "../../../../core/time.ts";
import { ErrorSummary } from "../../../../ui/fields.tsx";
import { Facts, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { lengthWords, momentOf, whoOf } from "../interviews/one.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { crumbs, placeOf, seatsOf, statusOf } from "./one.ts";
import { Registered, RegistrationForms, StatusForms } from "./parts.tsx";
import {
  type Attendance,
  attendancesOf,
  type Heads,
  registrationsOf,
  type SessionChange,
  type SessionLine,
  seriesOf,
  sessionChangesOf,
} from "./reads.ts";
import { attendanceWords, sessionStatusWords } from "./words.ts";

export type PageWish = {
  values?: Record<string, string>;
  mistakes?: Readonly<Record<string, string>>;
  status?: number;
  stale?: boolean;
  /** Shown above all else: a link that was just made. */
  said?: ComponentChildren;
};

const beforeWords = ({ before }: SessionChange): string =>
  [
    before.startsOn ? momentOf({ startsOn: before.startsOn, startsAt: before.startsAt ?? null }) : null,
    before.status ? sessionStatusWords[before.status] : null,
    before.present === undefined ? null : plural(before.present, "présent", "présents"),
  ]
    .filter(Boolean)
    .join(", ");

const sexWords = { F: "femmes", M: "hommes", X: "autre", "": "sexe non précisé" } as const;

function Came({ people, heads }: { people: readonly Attendance[]; heads: readonly Heads[] }) {
  return (
    <section>
      <h2>Présences</h2>
      {heads.length > 0 ? (
        <p>Comptés sans nom : {heads.map((one) => `${one.heads} ${sexWords[one.sex ?? ""]}`).join(", ")}.</p>
      ) : null}
      {people.length > 0 ? (
        <DataTable
          caption="Présences"
          hideCaption
          rows={people}
          rowKey={(row) => row.personId}
          columns={[
            {
              key: "who",
              label: "Personne",
              header: true,
              render: (row) => <Link href={`/personnes/${row.personId}`}>{whoOf(row)}</Link>,
            },
            { key: "state", label: "Présence", render: (row) => attendanceWords[row.state] },
          ]}
        />
      ) : null}
    </section>
  );
}

export async function sessionPage(at: At<unknown>, session: SessionLine, wish: PageWish = {}): Promise<Answer> {
  at.about("session", session.id);
  const { values = {}, mistakes = {} } = wish;
  const site = { site: session.siteId };
  const [records, registers, closes] = [
    may(at.scope, rights["session.record"], site),
    may(at.scope, rights["session.register"], site),
    may(at.scope, rights["session.close"], site),
  ];
  const [rows, { people, heads }, changes, series] = await Promise.all([
    registrationsOf(at.tx, session.id),
    attendancesOf(at.tx, session.id),
    sessionChangesOf(at.tx, session.id),
    session.seriesId ? seriesOf(at.tx, session.seriesId) : [],
  ]);
  const part = { session, values, mistakes, nextKey: at.tx.ids.uuid() };
  const closing =
    closes && session.startsOn <= at.tx.today && (session.status === "planned" || session.status === "held");
  return page({
    title: session.title,
    status: wish.status ?? 200,
    crumbs,
    body: (
      <>
        <Heading
          title={session.title}
          {...(closing
            ? {
                action: {
                  href: `/seances/${session.id}/presences`,
                  label: session.status === "held" ? "Corriger les présences" : "Noter les présences",
                },
              }
            : {})}
        >
          {momentOf(session)}, {placeOf(session)}
        </Heading>
        {wish.said}
        {wish.stale ? (
          <div class="notice notice-warn" role="alert">
            <strong>Quelqu’un a modifié cette séance entre-temps.</strong> Voici ce qu’elle dit maintenant ; rien
            d’autre n’a été changé.
          </div>
        ) : null}
        <ErrorSummary fields={mistakes} />
        <Facts
          facts={[
            { label: "État", value: statusOf(session) },
            { label: "Dispositif", value: session.programme },
            { label: "Type", value: session.kind },
            { label: "Durée", value: lengthWords(session.minutes) },
            { label: "Mode", value: modeWords[session.mode] },
            { label: "Places", value: seatsOf(session) },
            { label: "Animée par", value: session.speakers },
            ...(session.partners.length > 0 ? [{ label: "Partenaires", value: session.partners.join(", ") }] : []),
            ...(session.postponedTo
              ? [
                  {
                    label: "Reportée",
                    value: <Link href={`/seances/${session.postponedTo}`}>voir la nouvelle date</Link>,
                  },
                ]
              : []),
            ...(session.postponedFrom
              ? [
                  {
                    label: "Reprend",
                    value: <Link href={`/seances/${session.postponedFrom}`}>une séance reportée</Link>,
                  },
                ]
              : []),
          ]}
        />
        {series.length > 1 ? (
          <p>
            Série de {series.length} :{" "}
            {series.map((one, turn) => (
              <span key={one.id}>
                {turn > 0 ? " · " : ""}
                <Link href={`/seances/${one.id}`} current={one.id === session.id}>
                  {shortDay(one.startsOn)}
                </Link>
              </span>
            ))}
          </p>
        ) : null}
        <p class="no-print">
          <Link href={`/seances/${session.id}/feuille`}>Feuille d’émargement</Link>
          {records ? (
            <>
              {" · "}
              <Link href={`/seances/${session.id}/modifier`}>Modifier</Link>
            </>
          ) : null}
        </p>
        {session.status === "held" ? <Came people={people} heads={heads} /> : null}
        <Registered session={session} rows={rows} registers={registers} />
        {registers && session.status === "planned" ? <RegistrationForms {...part} /> : null}
        {records ? <StatusForms {...part} /> : null}
        {changes.length > 0 ? (
          <>
            <h2>Ce qu’elle disait avant</h2>
            <Timeline
              lines={changes.map((change) => ({
                when: `${shortDay(dayIn(at.scope.zone, change.at))} ${hour(minuteIn(at.scope.zone, change.at))}`,
                kind: change.name ?? "",
                text: `avant : ${beforeWords(change)}${change.reason ? ` (${change.reason})` : ""}`,
              }))}
            />
          </>
        ) : null}
      </>
    ),
  });
}
