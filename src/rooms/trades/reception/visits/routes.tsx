// Visits after the desk: the list and its export, one visit, its correction, withdrawal, return, and the person found later.
import { z } from "zod";
import { csvStream } from "../../../../core/exporting/csv.ts";
import type { Cell } from "../../../../core/exporting/cell.ts";
import { xlsxStream } from "../../../../core/exporting/xlsx.ts";
import { readInBatches } from "../../../../core/db/transaction.ts";
import { notFound, page, redirect, refusal } from "../../../../core/http/answer.ts";
import type { At, Routes } from "../../../../core/http/route.ts";
import { isUuid } from "../../../../core/ids.ts";
import { readDay } from "../../../../core/importing/values.ts";
import { may, sitesFor } from "../../../../core/rights.ts";
import { addDays, dayIn, minuteIn } from "../../../../core/time.ts";
import { DateField, ErrorSummary, SelectField, TextField } from "../../../../ui/fields.tsx";
import { Facts, Pager, Timeline } from "../../../../ui/figures.tsx";
import { Heading } from "../../../../ui/heading.tsx";
import { DataTable } from "../../../../ui/table.tsx";
import { hour, plural, shortDay } from "../../../../ui/words.ts";
import { agendaRights, attachVisit, correctionsOf, correctVisit, countVisits, isOfTheDay, listTerms, modeWords, momentRefusal, restoreVisit, termsOf, type VisitFilter, type VisitLine, visitById, visitList, withdrawVisit } from "../../../foundations/agenda/door.ts";
import { listSites } from "../../../foundations/house/door.ts";
import { findPersons, PersonSummary } from "../../../foundations/people/door.ts";
import { CorrectionForm, ReasonForm } from "../shapes.ts";
import { momentOf, subjectOf, visitorOf } from "../words.ts";

const crumbs = [{ href: "/visites", label: "Visites" }];

/** The visit of the path, when it is of a site that this scope sees. */
async function visitOf(at: At<unknown>): Promise<VisitLine | null> {
  const id = at.params["visit"] ?? "";
  const visit = isUuid(id) ? await visitById(at.tx, id) : null;
  return visit && may(at.scope, agendaRights["visit.see"], { site: visit.siteId }) ? visit : null;
}

/** Who only receives corrects today's visits; older ones are for those who answer for the site. */
const mayMend = (at: At<unknown>, visit: VisitLine): boolean =>
  isOfTheDay({ occurred_on: visit.occurredOn }, at.tx.today) ||
  at.scope.grants.some((grant) => grant.role === "direction" || ((grant.role === "site-manager" || grant.role === "adviser") && (grant.site === null || grant.site === visit.siteId)));

const tooLate = () => refusal(403, "Une visite d’un autre jour se corrige par le responsable de l’antenne.");

function filterOf(at: At<unknown>): VisitFilter {
  const held = sitesFor(at.scope, agendaRights["visit.see"]);
  const asked = at.query["lieu"] ?? "";
  const from = readDay(at.query["de"] ?? "");
  const to = readDay(at.query["a"] ?? "");
  const reason = at.query["motif"] ?? "";
  const named = at.query["nom"];
  return {
    sites: isUuid(asked) && (held === "all" || held.includes(asked)) ? [asked] : held,
    from: from.ok ? from.value : addDays(at.tx.today, -30),
    to: to.ok ? to.value : at.tx.today,
    reason: isUuid(reason) ? reason : undefined,
    named: named === "oui" ? true : named === "non" ? false : undefined,
  };
}

export function declareVisits(routes: Routes): void {
  routes.get("/visites", { right: agendaRights["visit.see"], trace: "visit.listed" }, async (at) => {
    const filter = filterOf(at);
    const before = isUuid(at.query["avant"] ?? "") ? (at.query["avant"] ?? null) : null;
    const { rows: visits } = await visitList(at.tx, filter, { before, most: 51 }).execute(at.tx.on());
    const { count, withdrawn } = await countVisits(at.tx, filter);
    const sites = await listSites(at.tx);
    const reasons = termsOf(await listTerms(at.tx), "reason");
    const query = new URLSearchParams({ ...at.query });
    query.delete("avant");
    query.delete("dit");
    const shown = visits.slice(0, 50);
    return page({
      title: "Visites",
      body: (
        <>
          <Heading title="Visites">
            Du {shortDay(filter.from)} au {shortDay(filter.to)} : {plural(count, "visite", "visites")}
            {withdrawn > 0 ? `, dont ${plural(withdrawn, "retirée", "retirées")}` : ""}.
          </Heading>
          <form method="get" action="/visites" class="filters">
            <DateField name="de" label="Du" value={shortDay(filter.from)} />
            <DateField name="a" label="au" value={shortDay(filter.to)} />
            <SelectField name="lieu" label="Lieu" empty="tous" value={at.query["lieu"]} options={sites.map((site) => ({ value: site.id, label: site.name }))} />
            <SelectField name="motif" label="Motif" empty="tous" value={filter.reason} options={reasons.map((term) => ({ value: term.id, label: term.label }))} />
            <SelectField name="nom" label="Nom" empty="avec ou sans" value={at.query["nom"]} options={[{ value: "oui", label: "avec nom" }, { value: "non", label: "sans nom" }]} />
            <button type="submit" class="second">
              Filtrer
            </button>
          </form>
          {may(at.scope, agendaRights["visit.export"]) ? (
            <p class="no-print">
              Exporter ces {plural(count, "ligne", "lignes")} : <a href={`/visites/export.csv?${query}`}>CSV</a> · <a href={`/visites/export.xlsx?${query}`}>XLSX</a>
            </p>
          ) : null}
          <DataTable
            caption="Visites"
            hideCaption
            rows={shown}
            rowKey={(visit) => visit.id}
            empty={<p>Aucune visite dans ces dates.</p>}
            columns={[
              { key: "when", label: "Quand", header: true, render: (visit) => <a href={`/visites/${visit.id}`}>{momentOf(visit)}</a> },
              { key: "who", label: "Qui", render: (visit) => (visit.personId ? <a href={`/personnes/${visit.personId}`}>{visitorOf(visit)}</a> : visitorOf(visit)) },
              { key: "where", label: "Lieu", render: (visit) => visit.site },
              { key: "why", label: "Motif", render: (visit) => <span class={visit.withdrawn ? "withdrawn" : undefined}>{subjectOf(visit)}</span> },
              { key: "state", label: "État", render: (visit) => (visit.withdrawn ? `retirée : ${visit.withdrawn}` : "") },
            ]}
          />
          <Pager
            count={plural(count, "visite", "visites")}
            first={before ? `/visites?${query}` : undefined}
            next={visits.length > 50 ? `/visites?${new URLSearchParams([...query, ["avant", shown.at(-1)?.id ?? ""]])}` : undefined}
          />
        </>
      ),
    });
  });

  const exported = [
    { key: "day", label: "Jour" },
    { key: "hour", label: "Heure" },
    { key: "site", label: "Lieu" },
    { key: "family", label: "Nom" },
    { key: "given", label: "Prénom" },
    { key: "reason", label: "Motif" },
    { key: "orientation", label: "Orientation" },
    { key: "mode", label: "Mode" },
    { key: "withdrawn", label: "Retirée parce que" },
    { key: "id", label: "Identifiant" },
  ];
  async function* cells(at: At<unknown>): AsyncGenerator<Record<string, Cell>[]> {
    for await (const rows of readInBatches<VisitLine>(at.tx, { compile: () => visitList(at.tx, filterOf(at)).compile(at.tx.on()) }))
      yield rows.map((visit) => ({
        day: { day: visit.occurredOn },
        hour: visit.occurredAt,
        site: visit.site,
        family: visit.familyName ?? visit.nameToAttach,
        given: visit.givenName,
        reason: visit.reason,
        orientation: visit.orientation,
        mode: modeWords[visit.mode],
        withdrawn: visit.withdrawn,
        id: visit.id,
      }));
  }
  routes.get("/visites/export.csv", { right: agendaRights["visit.export"], trace: "visit.exported" }, (at) => ({ kind: "file", stream: csvStream(exported, cells(at)), name: "visites.csv", type: "text/csv; charset=utf-8" }));
  routes.get("/visites/export.xlsx", { right: agendaRights["visit.export"], trace: "visit.exported" }, async (at) => {
    const filter = filterOf(at);
    const { count } = await countVisits(at.tx, filter);
    const readMe = ["Visites", `Du ${shortDay(filter.from)} au ${shortDay(filter.to)}`, `${count} lignes ; les visites retirées y sont, avec leur raison, et ne sont pas comptées dans les chiffres.`];
    return { kind: "file", stream: xlsxStream("Visites", exported, cells(at), readMe), name: "visites.xlsx", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" };
  });

  routes.get("/visites/:visit", { right: agendaRights["visit.see"], trace: "visit.opened" }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    at.about("visit", visit.id);
    const corrections = await correctionsOf(at.tx, visit.id);
    return page({
      title: "Visite",
      crumbs,
      body: (
        <>
          <Heading title={`Visite de ${visitorOf(visit)}`} {...(visit.withdrawn || !mayMend(at, visit) ? {} : { action: { href: `/visites/${visit.id}/corriger`, label: "Corriger" } })}>
            {momentOf(visit)}, {visit.site}
          </Heading>
          {visit.withdrawn ? (
            <div class="notice notice-warn">
              <strong>Retirée</strong> {visit.withdrawn}. Elle n’est comptée nulle part.
            </div>
          ) : null}
          <Facts
            facts={[
              { label: "Personne", value: visit.personId ? <a href={`/personnes/${visit.personId}`}>{visitorOf(visit)}</a> : visitorOf(visit) },
              { label: "Motif", value: visit.reason },
              { label: "Orientation", value: visit.orientation ?? "aucune" },
              { label: "Mode", value: modeWords[visit.mode] },
              { label: "Notée par", value: visit.recordedBy ?? "un import" },
            ]}
          />
          {corrections.length > 0 ? (
            <>
              <h2>Corrections</h2>
              <Timeline lines={corrections.map((one) => ({ when: `${shortDay(dayIn(at.scope.zone, one.at))} ${hour(minuteIn(at.scope.zone, one.at))}`, kind: one.name ?? "", text: `${one.reason} (avant : ${shortDay(String(one.before["occurredOn"]))} ${String(one.before["occurredAt"] ?? "")})` }))} />
            </>
          ) : null}
          {visit.nameToAttach && !visit.personId ? (
            <p>
              <a class="button" href={`/visites/${visit.id}/rattacher`}>
                Rattacher à une fiche
              </a>
            </p>
          ) : null}
          {mayMend(at, visit) ? (
            visit.withdrawn ? (
              <form method="post" action={`/visites/${visit.id}/retour`}>
                <button type="submit" class="second">
                  Remettre cette visite dans le compte
                </button>
              </form>
            ) : (
              <form method="post" action={`/visites/${visit.id}/retrait`}>
                <TextField name="raison" label="Retirer cette visite parce que" maxlength={300} />
                <button type="submit" class="second">
                  Retirer
                </button>
              </form>
            )
          ) : null}
        </>
      ),
    });
  });

  routes.post("/visites/:visit/retrait", { right: agendaRights["visit.correct"], trace: "visit.withdrawn", form: ReasonForm, onMistakes: (_, { fields }) => refusal(422, Object.values(fields).join(" ")) }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    if (!mayMend(at, visit)) return tooLate();
    if (await withdrawVisit(at.tx, visit.id, at.form.raison)) at.about("visit", visit.id);
    else at.nothingHappened();
    const back = at.form.retour ?? "";
    return redirect(/^\/accueil(\?lieu=[0-9a-f-]+)?$/.test(back) ? back : `/visites/${visit.id}`, "La visite est retirée ; elle reste visible et n’est plus comptée.");
  });

  routes.post("/visites/:visit/retour", { right: agendaRights["visit.correct"], trace: "visit.restored", form: z.object({}), onMistakes: () => refusal(422, "Demande illisible.") }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    if (!mayMend(at, visit)) return tooLate();
    if (await restoreVisit(at.tx, visit.id)) at.about("visit", visit.id);
    else at.nothingHappened();
    return redirect(`/visites/${visit.id}`, "La visite est de nouveau comptée.");
  });

  declareCorrection(routes);
  declareAttachment(routes);
}

function declareCorrection(routes: Routes): void {
  type Shown = { visit: VisitLine; values: Record<string, string>; mistakes?: Readonly<Record<string, string>>; status?: number; stale?: boolean };
  const valuesOf = (visit: VisitLine): Record<string, string> => ({
    lieu: visit.siteId,
    jour: shortDay(visit.occurredOn),
    heure: visit.occurredAt ?? "",
    motif: visit.reasonId ?? "",
    orientation: visit.orientationId ?? "",
    mode: visit.mode,
  });
  const form = async (at: At<unknown>, { visit, values, mistakes = {}, status = 200, stale }: Shown) => {
    const sites = (await listSites(at.tx)).filter((site) => may(at.scope, agendaRights["visit.correct"], { site: site.id }));
    const terms = await listTerms(at.tx);
    const options = (kind: "reason" | "orientation") => termsOf(terms, kind).map((term) => ({ value: term.id, label: term.to_day ? `${term.label} (jusqu’au ${shortDay(term.to_day)})` : term.label }));
    return page({
      title: "Corriger une visite",
      status,
      crumbs: [...crumbs, { href: `/visites/${visit.id}`, label: visitorOf(visit) }],
      body: (
        <>
          <Heading title={`Corriger la visite de ${visitorOf(visit)}`} />
          {stale ? (
            <div class="notice notice-warn" role="alert">
              <strong>Quelqu’un a corrigé cette visite entre-temps.</strong> Elle dit maintenant : {momentOf(visit)}, {visit.site}, {subjectOf(visit)}. Votre saisie est ci-dessous.
            </div>
          ) : null}
          <ErrorSummary fields={mistakes} />
          <form method="post" action={`/visites/${visit.id}/corriger`}>
            <input type="hidden" name="version" value={String(visit.version)} />
            <div class="fields">
              <SelectField name="lieu" label="Lieu" value={values["lieu"]} options={sites.map((site) => ({ value: site.id, label: site.name }))} />
              <DateField name="jour" label="Jour" value={values["jour"]} error={mistakes["jour"]} />
              <TextField name="heure" label="Heure" value={values["heure"]} error={mistakes["heure"]} width="short" required={false} />
              <SelectField name="motif" label="Motif" empty="aucun" value={values["motif"]} options={options("reason")} />
              <SelectField name="orientation" label="Orientation" empty="aucune" value={values["orientation"]} options={options("orientation")} />
              <SelectField name="mode" label="Mode" value={values["mode"]} options={Object.entries(modeWords).map(([value, label]) => ({ value, label }))} />
            </div>
            <TextField name="raison" label="Pourquoi cette correction" value={values["raison"]} error={mistakes["raison"]} maxlength={300} />
            <div class="submit">
              <button type="submit">Corriger</button>
              <a href={`/visites/${visit.id}`}>Ne rien changer</a>
            </div>
          </form>
        </>
      ),
    });
  };
  const plain = (typed: Record<string, string[]>) => Object.fromEntries(Object.entries(typed).map(([name, list]) => [name, list[0] ?? ""]));

  routes.get("/visites/:visit/corriger", { right: agendaRights["visit.correct"], trace: "visit.opened" }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    if (!mayMend(at, visit)) return tooLate();
    at.about("visit", visit.id);
    return form(at, { visit, values: valuesOf(visit) });
  });
  routes.post(
    "/visites/:visit/corriger",
    {
      right: agendaRights["visit.correct"],
      trace: "visit.corrected",
      form: CorrectionForm,
      async onMistakes(at, { fields, typed }) {
        const visit = await visitOf(at);
        return visit ? form(at, { visit, values: plain(typed), mistakes: fields, status: 422 }) : notFound("Cette visite");
      },
    },
    async (at) => {
      const visit = await visitOf(at);
      if (!visit) return notFound("Cette visite");
      if (!mayMend(at, visit)) return tooLate();
      if (!may(at.scope, agendaRights["visit.correct"], { site: at.form.lieu })) return refusal(403, "Votre rôle ne permet pas de mettre une visite dans ce lieu.");
      const late = momentRefusal({ occurredOn: at.form.jour, occurredAt: at.form.heure }, at.tx.today, minuteIn(at.scope.zone, at.services.clock.now()));
      if (late && at.form.jour !== visit.occurredOn) return form(at, { visit, values: plain(at.typed), mistakes: { jour: late }, status: 422 });
      const corrected = await correctVisit(at.tx, visit, { siteId: at.form.lieu, occurredOn: at.form.jour, occurredAt: at.form.heure, reasonId: at.form.motif, orientationId: at.form.orientation, mode: at.form.mode, reason: at.form.raison, version: at.form.version });
      if (!corrected.ok) return corrected.now ? form(at, { visit: corrected.now, values: plain(at.typed), status: 409, stale: true }) : notFound("Cette visite");
      at.about("visit", visit.id);
      return redirect(`/visites/${visit.id}`, "La visite est corrigée ; ce qu’elle disait avant est gardé.");
    },
  );
}

function declareAttachment(routes: Routes): void {
  routes.get("/visites/:visit/rattacher", { right: agendaRights["visit.correct"], trace: "visit.opened" }, async (at) => {
    const visit = await visitOf(at);
    if (!visit?.nameToAttach || visit.personId) return notFound("Cette visite à rattacher");
    at.about("visit", visit.id);
    const typed = at.query["q"] ?? visit.nameToAttach;
    const found = await findPersons(at.tx, typed, 12);
    return page({
      title: "Rattacher une visite",
      crumbs,
      body: (
        <>
          <Heading title={`Qui était ${visit.nameToAttach} ?`}>
            {momentOf(visit)}, {visit.site}
            {visit.birthToAttach ? `, né(e) le ${shortDay(visit.birthToAttach)}` : ""}. La visite est déjà comptée ; elle sera rattachée à la fiche choisie.
          </Heading>
          <form method="get" action={`/visites/${visit.id}/rattacher`} role="search" class="filters">
            <TextField name="q" label="Chercher" type="search" value={typed} />
            <button type="submit" class="second">
              Chercher
            </button>
          </form>
          <form method="post" action={`/visites/${visit.id}/rattacher`}>
            <ul class="results">
              {found.map((person) => (
                <li key={person.id}>
                  <button type="submit" name="personne" value={person.id} class="row">
                    <PersonSummary person={person} />
                  </button>
                </li>
              ))}
            </ul>
          </form>
          {found.length === 0 ? (
            <p>
              Personne ne correspond. <a href={`/personnes/nouvelle?nom=${encodeURIComponent(visit.nameToAttach)}`}>Créer sa fiche</a>, puis revenir ici.
            </p>
          ) : null}
        </>
      ),
    });
  });
  routes.post("/visites/:visit/rattacher", { right: agendaRights["visit.correct"], trace: "visit.attached", form: z.object({ personne: z.string() }), onMistakes: () => refusal(422, "Choisissez une fiche.") }, async (at) => {
    const visit = await visitOf(at);
    if (!visit) return notFound("Cette visite");
    if (!isUuid(at.form.personne) || !(await attachVisit(at.tx, visit.id, at.form.personne))) return refusal(409, "Cette visite est déjà rattachée, ou la fiche n’existe plus.");
    at.about("visit", visit.id, { person: at.form.personne });
    return redirect(`/visites/${visit.id}`, "La visite est rattachée.");
  });
}
