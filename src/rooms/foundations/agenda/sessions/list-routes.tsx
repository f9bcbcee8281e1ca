// The list of sessions, filtered, counted, exported.
import { readInBatches } from "../../../../core/db/transaction.ts";
import { csvFile, type ListColumn } from "../../../../core/exporting/list.ts";
import { page, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may, sitesFor } from "../../../../core/rights.ts";
import { addDays } from "../../../../core/time.ts";
import { ExportLink } from "../../../../ui/export-link.tsx";
import { DateField, SelectField } from "../../../../ui/fields.tsx";
import { Pager } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { Link } from "../../../../ui/link.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { plural, shortDay } from "../../../../ui/words.ts";
import { listProgrammes } from "../../programmes/door.ts";
import { sitesHeld } from "../choices.ts";
import { momentOf } from "../interviews/one.ts";
import { optionsOf } from "../interviews/words.ts";
import { rights } from "../rights.ts";
import { modeWords } from "../words.ts";
import { placeOf, seatsOf, statusOf } from "./one.ts";
import { countSessions, type SessionFilter, type SessionLine, sessionList } from "./reads.ts";
import type { SessionStatus } from "./tables.ts";
import { sessionStatusWords } from "./words.ts";

/** The filter that an address says; without days, a month back and three months ahead. */
function filterOf(at: At<unknown>): { filter: SessionFilter; mistakes: Record<string, string> } {
  const mistakes: Record<string, string> = {};
  const dayOf = (name: string, fallback: string): string => {
    const typed = at.query[name] ?? "";
    if (typed.trim() === "") return fallback;
    const found = readDay(typed);
    if (found.ok) return found.value;
    mistakes[name] = `${found.reason}.`;
    return fallback;
  };
  const chosen = (name: string): string | undefined => (isUuid(at.query[name] ?? "") ? at.query[name] : undefined);
  const held = sitesFor(at.scope, rights["session.see"]);
  const site = chosen("lieu");
  return {
    mistakes,
    filter: {
      sites: site && (held === "all" || held.includes(site)) ? [site] : held,
      from: dayOf("de", addDays(at.tx.today, -30)),
      to: dayOf("a", addDays(at.tx.today, 90)),
      programme: chosen("dispositif"),
      status: Object.hasOwn(sessionStatusWords, at.query.etat ?? "") ? (at.query.etat as SessionStatus) : undefined,
    },
  };
}

const exported: readonly ListColumn<SessionLine>[] = [
  { label: "Jour", cell: (line) => ({ day: line.startsOn }) },
  { label: "Heure", cell: (line) => line.startsAt },
  { label: "Durée en heures", cell: (line) => (line.minutes === null ? null : line.minutes / 60) },
  { label: "Type", cell: (line) => line.kind },
  { label: "Intitulé", cell: (line) => line.title },
  { label: "Dispositif", cell: (line) => line.programme },
  { label: "Antenne", cell: (line) => line.site },
  { label: "Salle", cell: (line) => line.placeName },
  { label: "Ailleurs", cell: (line) => line.placeText },
  { label: "Mode", cell: (line) => modeWords[line.mode] },
  { label: "Animée par", cell: (line) => line.speakers },
  { label: "Partenaires", cell: (line) => line.partners.join(";") },
  { label: "Places", cell: (line) => line.capacity },
  { label: "Inscrits", cell: (line) => line.registered },
  { label: "En attente", cell: (line) => line.waiting },
  { label: "Présents", cell: (line) => line.present },
  { label: "État", cell: (line) => sessionStatusWords[line.status] },
  { label: "Motif", cell: (line) => line.reason },
  { label: "Identifiant", cell: (line) => line.id },
];

export function declareSessionList(routes: Routes): void {
  const right = rights["session.see"];
  routes.get("/seances", { right, trace: "session.listed" }, async (at) => {
    const { filter, mistakes } = filterOf(at);
    const before = isUuid(at.query.avant ?? "") ? (at.query.avant ?? null) : null;
    const [count, { rows }, programmes, sites] = await Promise.all([
      countSessions(at.tx, filter),
      sessionList(at.tx, filter, { before, most: 51 }).execute(at.tx.on()),
      listProgrammes(at.tx),
      sitesHeld(at.tx, right, true),
    ]);
    const shown = rows.slice(0, 50);
    const query = new URLSearchParams({ ...at.query });
    for (const name of ["avant", "dit", "sceau"]) query.delete(name);
    return page({
      title: "Séances",
      status: Object.keys(mistakes).length > 0 ? 422 : 200,
      body: (
        <>
          <Heading
            title="Séances"
            {...(may(at.scope, rights["session.record"])
              ? { action: { href: "/seances/nouvelle", label: "Programmer une séance" } }
              : {})}
          >
            Du {shortDay(filter.from)} au {shortDay(filter.to)} : {plural(count, "séance", "séances")}.
          </Heading>
          <form method="get" action="/seances" class="filters">
            <DateField
              name="de"
              label="Du"
              value={mistakes.de ? at.query.de : shortDay(filter.from)}
              error={mistakes.de}
            />
            <DateField name="a" label="Au" value={mistakes.a ? at.query.a : shortDay(filter.to)} error={mistakes.a} />
            {sites.length > 1 ? (
              <SelectField name="lieu" label="Lieu" empty="tous" value={at.query.lieu} options={sites} />
            ) : null}
            <SelectField
              name="dispositif"
              label="Dispositif"
              empty="tous"
              value={filter.programme}
              options={programmes.map(({ id, label }) => ({ value: id, label }))}
            />
            <SelectField
              name="etat"
              label="État"
              empty="tous"
              value={filter.status}
              options={optionsOf(sessionStatusWords)}
            />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          <p class="no-print">
            <ExportLink
              href={`/seances/export.csv?${query}`}
              count={count}
              words={["cette séance", "séance", "séances"]}
            />
          </p>
          <DataTable
            caption="Séances"
            hideCaption
            rows={shown}
            rowKey={(line) => line.id}
            empty={<p>Aucune séance de cette sorte entre ces deux jours. Programmez-en une, ou une série entière.</p>}
            columns={[
              {
                key: "when",
                label: "Quand",
                header: true,
                render: (line) => <Link href={`/seances/${line.id}`}>{momentOf(line)}</Link>,
              },
              { key: "what", label: "Intitulé", render: (line) => line.title },
              { key: "programme", label: "Dispositif", render: (line) => line.programme },
              { key: "where", label: "Où", render: placeOf },
              {
                key: "seats",
                label: "Places",
                render: (line) => (line.status === "held" ? `${line.present} présents` : seatsOf(line)),
              },
              { key: "state", label: "État", render: statusOf },
            ]}
          />
          <Pager
            count={plural(count, "séance", "séances")}
            first={before ? `/seances?${query}` : undefined}
            next={
              rows.length > 50
                ? `/seances?${new URLSearchParams([...query, ["avant", shown.at(-1)?.id ?? ""]])}`
                : undefined
            }
          />
        </>
      ),
    });
  });

  routes.get("/seances/export.csv", { right, trace: "session.exported" }, (at) => {
    const { filter, mistakes } = filterOf(at);
    if (Object.keys(mistakes).length > 0) return refusal(422, Object.values(mistakes).join(" "));
    const rows = readInBatches<SessionLine>(at.tx, { compile: () => sessionList(at.tx, filter).compile(at.tx.on()) });
    return csvFile(`seances-${filter.from}-${filter.to}`, exported, rows);
  });
}
